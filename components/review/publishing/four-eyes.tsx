import { getTranslations } from 'next-intl/server';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { DecisionFacts } from '#services/reviews/read-decision-facts.ts';

/** Who proposed and who approved, and when: both names are recorded, and shown to the supervisor alone. */
export async function FourEyes({ hands }: Pick<DecisionFacts, 'hands'>) {
  const [t, format] = await Promise.all([getTranslations('publishing.hands'), readFormatter()]);
  if (hands.length === 0) return null;
  return (
    <>
      <h3 className="h3">{t('title')}</h3>
      <ul>
        {hands.map(({ verb, name, at }) => (
          <li key={verb}>
            {t(verb === 'propose' ? 'proposed' : 'approved', {
              name,
              moment: format.dateTime(at, { dateStyle: 'long', timeStyle: 'short' }),
            })}
          </li>
        ))}
      </ul>
      <p className="meta">{t('hidden')}</p>
    </>
  );
}
