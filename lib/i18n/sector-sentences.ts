import { createTranslator } from 'next-intl';
import { fromLowest, round1HalfUp } from '#domain/fraction.ts';
import {
  commonestOf,
  extremesOf,
  mostMissedOf,
  type SectorCriterionView,
  type SectorFigureView,
} from '#domain/sector.ts';
import { languages } from './dates.ts';
import type { Locale } from './locale.ts';
import { messages } from './messages.ts';

/** The figures of one release, as far as sentences tell them. */
export type SectorTold = {
  figures: readonly SectorFigureView[];
  criteria: readonly SectorCriterionView[];
  missed: readonly string[];
};

/** What stands above each table and its picture, on the page and on paper; empty where there is nothing to tell. */
export function sectorSentences({ figures, criteria, missed }: SectorTold, locale: Locale) {
  const t = createTranslator({ locale, messages: messages[locale], namespace: 'sector' });
  const list = (items: readonly (string | number)[], type: 'conjunction' | 'disjunction' = 'conjunction') =>
    new Intl.ListFormat(languages[locale], { type }).format(items.map(String));
  const total = figures.find(({ key }) => key === 'total');
  const extremes = extremesOf(figures);
  const commonest = figures.flatMap(({ key, levels }) => {
    const found = commonestOf(levels ?? [0]);
    return found.length > 0 ? [t('levels.commonestOf', { key, levels: list(found, 'disjunction') })] : [];
  });
  const most = mostMissedOf(missed, criteria);
  return {
    figures: [
      total?.mean
        ? t('figures.sentence', { mean: round1HalfUp(fromLowest(total.mean), locale), insurers: total.insurers ?? 0 })
        : t('figures.sentenceNone'),
      ...(extremes
        ? [
            t(extremes.low.length > 0 ? 'figures.highest' : 'figures.allEqual', {
              high: list(extremes.high),
              highs: extremes.high.length,
              low: list(extremes.low),
              lows: extremes.low.length,
            }),
          ]
        : []),
    ].join(' '),
    levels: commonest.length > 0 ? t('levels.commonest', { list: list(commonest) }) : '',
    missed: most ? t('missed.sentence', { shared: most.keys.length, ...most, keys: list(most.keys) }) : '',
    claims: total?.claims ? t('claims.sentence', total.claims) : '',
  };
}
