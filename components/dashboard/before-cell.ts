import { fromLowest, round1HalfUp } from '#domain/fraction.ts';
import type { EarlierRound } from '#services/publications/earlier-rounds.ts';

type Words = { locale: 'nl' | 'en'; notComparable: string };

/**
 * What a table of figures says of an earlier round, of a section or of the total: the score where it may be laid beside
 * the round that is shown, the word for it where it may not, a dash where there was none. Screen, PDF and sheet say this.
 */
export function beforeCell(round: EarlierRound, key: string, { locale, notComparable }: Words): string {
  if (key === 'total') {
    if (!round.total) return '–';
    return round.totalComparable ? round1HalfUp(fromLowest(round.total), locale) : notComparable;
  }
  const level = round.levels[key];
  if (!level) return '–';
  return round.comparable.includes(key) ? String(level) : notComparable;
}
