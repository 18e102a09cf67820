import { getTranslations } from 'next-intl/server';
import type { EarlierRound } from '#services/publications/earlier-rounds.ts';

type FrameworkChangesProps = { earlier: readonly EarlierRound[]; edition: (ref: string) => string };

/** What changed in the framework since each earlier version, a section at a time. */
export async function FrameworkChanges({ earlier, edition }: FrameworkChangesProps) {
  const t = await getTranslations('dashboard.rounds');
  const versions = [...new Map(earlier.map((round) => [round.framework, round])).values()];
  return versions
    .filter(({ changes }) => changes.length > 0)
    .map(({ framework, changes }) => (
      <div key={framework} className="changes">
        <h3>{t('changesTitle', { framework: edition(framework) })}</h3>
        <ul>
          {changes.map(({ section, added, removed, changed, comparable }) => (
            <li key={section}>
              {t('change', {
                section,
                what: [
                  added.length > 0 && t('added', { keys: added.join(', ') }),
                  removed.length > 0 && t('removed', { keys: removed.join(', ') }),
                  changed.length > 0 && t('changed', { keys: changed.join(', ') }),
                  t(comparable ? 'declared' : 'notCompared'),
                ]
                  .filter((part) => part !== false)
                  .join('; '),
              })}
            </li>
          ))}
        </ul>
      </div>
    ));
}
