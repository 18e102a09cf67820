import { getTranslations } from 'next-intl/server';
import type { OutcomePreview } from '#services/publications/get-outcome-preview.ts';

/** What an outcome still lacks before it can be proposed, each as a link to its spot. */
export async function OutcomeLacks({ preview: { assessmentId, lacks } }: { preview: OutcomePreview }) {
  const t = await getTranslations('review.preview');
  const base = `/reviews/${assessmentId}`;
  const lines = [
    ...lacks.undetermined.map((key) => ({ key, text: t('undetermined', { key }) })),
    ...lacks.outdated.map((key) => ({ key, text: t('outdated', { key }) })),
  ];
  if (lines.length + lacks.unjudged.length === 0) return null;
  return (
    <ul>
      {lines.map(({ key, text }) => (
        <li key={key}>
          <a href={`${base}/sections/${key}/determination`}>{text}</a>
        </li>
      ))}
      {lacks.unjudged.length > 0 && (
        <li>
          <a href={base}>{t('unjudged', { count: lacks.unjudged.length })}</a>
        </li>
      )}
    </ul>
  );
}
