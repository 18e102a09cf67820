import { fromLowest, round1HalfUp, tenthsOf } from '#domain/fraction.ts';
import { changeOfMean, type SectorFigureView } from '#domain/sector.ts';
import type { SectorReport } from '#services/sector/read-sector-report.ts';

type Locale = 'nl' | 'en';

/** A mean as the page writes it. */
export const writeMean = (exact: string, locale: Locale) => round1HalfUp(fromLowest(exact), locale);

/** The change against the last round, with its sign; null when one of the two is not shown. */
export function writeChange(figure: SectorFigureView, locale: Locale): string | null {
  const change = changeOfMean(figure);
  if (change === null) return null;
  const text = round1HalfUp(change, locale);
  return change.numerator > 0n ? `+${text}` : text;
}

/** A section's name, or that of the total. */
export function figureName({ texts }: SectorReport, key: string, locale: Locale, total: string): string {
  const section = texts.sections.find((one) => one.key === key);
  return section ? `${key} ${section.title[locale]}` : total;
}

/** The sections with the highest and the lowest mean as written, all of those that share it; one list where all read the same. */
export function extremesOf({ figures }: Pick<SectorReport, 'figures'>): { high: string[]; low: string[] } | null {
  const means = figures.flatMap(({ key, mean }) =>
    key === 'total' || !mean ? [] : [{ key, tenths: Number(tenthsOf(fromLowest(mean))) }],
  );
  if (means.length < 2) return null;
  const all = means.map(({ tenths }) => tenths);
  const at = (tenths: number) => means.flatMap((one) => (one.tenths === tenths ? [one.key] : []));
  const [high, low] = [at(Math.max(...all)), at(Math.min(...all))];
  return { high, low: high.length === means.length ? [] : low };
}

/** The scores, 1 to 5, that most insurers have; all of those that share the number, none where nobody is counted. */
export function commonestOf(levels: readonly number[]): number[] {
  const most = Math.max(...levels);
  return most === 0 ? [] : levels.flatMap((count, place) => (count === most ? [place + 1] : []));
}

/** The criteria that keep most insurers from their next score: all of those that share the number. */
export function mostMissedOf({ missed, criteria }: Pick<SectorReport, 'missed' | 'criteria'>) {
  const counts = missed.flatMap((key) => criteria.find((one) => one.key === key && one.counts) ?? []);
  const count = Math.max(0, ...counts.map((one) => one.counts?.missing ?? 0));
  const most = counts.filter((one) => one.counts?.missing === count);
  return { keys: most.map(({ key }) => key), count, insurers: most[0]?.counts?.insurers ?? 0 };
}
