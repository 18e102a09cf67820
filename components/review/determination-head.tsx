import { getTranslations } from 'next-intl/server';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { ReviewHead, SectionView } from '#services/reviews/review-view.ts';
import { CarriedNote } from '../score/carried-note.tsx';
import { Notice } from '../ui/notice.tsx';
import { ReviewRow } from './review-row.tsx';
import { rangeText } from './score-facts.ts';

type DeterminationHeadProps = {
  head: ReviewHead;
  section: SectionView;
  /** Whether a level can be chosen here now. */
  may: boolean;
};

/** The question, on what it rests, and what was determined before. */
export async function DeterminationHead({ head, section, may }: DeterminationHeadProps) {
  const [t, format] = await Promise.all([getTranslations('review'), readFormatter()]);
  const { determinationNow: made, computed } = section;
  const level = rangeText(computed, { none: '–', range: (low, high) => t('strip.range', { low, high }) });
  const open = head.toJudge.criteria.filter((key) =>
    section.section.criteria.some((criterion) => criterion.key === key),
  );
  return (
    <ReviewRow name={<span className="h2 voice">{section.key}</span>}>
      <h2 className="h2">{may ? t('determination.question') : t('determination.heading')}</h2>
      {section.carried ? (
        <CarriedNote carried={section.carried} />
      ) : section.applies ? (
        <p className="meta">{t('determination.intro', { judged: section.judged, of: section.toBeJudged, level })}</p>
      ) : (
        <p>{t('determination.notApplicable')}</p>
      )}
      {made && (
        <p className="meta">
          {t('determination.last', { level: made.level, computed: made.computedLevel })}.{' '}
          {t('determination.by', {
            by: made.by ?? '–',
            date: format.dateTime(made.determinedAt, { dateStyle: 'long' }),
          })}
        </p>
      )}
      {made && section.determination === 'outdated' && (
        <Notice kind="attention" level={3} title={t('determination.outdatedTitle')}>
          <p>{t('determination.outdatedText', { was: made.computedLevel, now: level })}</p>
        </Notice>
      )}
      {open.length > 0 && (
        <Notice level={3} title={t('determination.waitsTitle')}>
          <p>
            {t.rich('determination.waitsText', {
              list: () =>
                open.map((key, place) => (
                  <span key={key}>
                    {place > 0 && ', '}
                    <a href={`/reviews/${head.assessmentId}/sections/${section.key}?criterion=${key}`}>{key}</a>
                  </span>
                )),
            })}
          </p>
        </Notice>
      )}
    </ReviewRow>
  );
}
