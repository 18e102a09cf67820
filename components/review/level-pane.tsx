import { getLocale, getTranslations } from 'next-intl/server';
import { keepHyphens } from '#components/ui/keep-hyphens.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import type { CriterionLine, ReviewHead, SectionView } from '#services/reviews/review-view.ts';
import { type BlockKind, BlockShape } from '../score/block.tsx';

/** What the norm asks, level by level from the top, word for word, with what was found beside each criterion. */
export async function LevelPane({ head, section }: { head: ReviewHead; section: SectionView }) {
  const [t, locale] = await Promise.all([getTranslations('review.determination'), getLocale().then(localeOf)]);
  const { publisher, title } = head.source;
  const texts = new Map(section.section.levelTexts.map(({ level, text }) => [level, text]));
  return (
    <>
      <header className="fbar">
        <h2 className="h3">{t('norm')}</h2>
        <p className="meta">{t('normSource', { publisher, title, key: section.key })}</p>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1) */}
      <section className="desk on-paper" tabIndex={0} aria-label={t('norm')}>
        <ol className="lvls">
          {section.levels.toReversed().map(({ level, name, criteria }) => (
            <li key={level} className={level === section.determined ? 'pick' : undefined}>
              <h3>
                {t('level', { level })}{' '}
                <span className="meta">{[name[locale], markOf(level)].filter(Boolean).join(', ')}</span>
              </h3>
              {texts.get(level) && criteria.some(({ key }) => isDerived(key)) && (
                <p className="quote" lang="nl">
                  {keepHyphens(texts.get(level)?.nl ?? '')}
                </p>
              )}
              <ul>
                {criteria.map((line) => (
                  <li key={line.key} className={line.trace.applies && !line.trace.fulfilled ? 'gap' : undefined}>
                    <span className="rs">
                      <BlockShape kind={blockOf(line)} />
                      {line.key}
                    </span>
                    <span className="quote" lang="nl">
                      {keepHyphens(line.text.nl)}
                    </span>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      </section>
    </>
  );

  function isDerived(key: string): boolean {
    return section.section.criteria.some((criterion) => criterion.key === key && criterion.derived);
  }

  function markOf(level: number): string {
    const marks = [
      section.computed.low === level && t('computed'),
      section.own.low === level && t('own'),
      section.determined === level && t('concept'),
    ];
    return marks.filter(Boolean).join(', ');
  }
}

/** What counts for the criterion, as the block that stands for it elsewhere. */
function blockOf({ trace }: CriterionLine): BlockKind {
  return trace.code === 'unanswered' ? 'open' : trace.code;
}
