import { fromLowest, round1HalfUp } from '#domain/fraction.ts';
import { changeOfMean, type SectorFigureView } from '#domain/sector.ts';
import type { SectorReport } from '#services/sector/read-sector-report.ts';

type Locale = 'nl' | 'en';

/** A mean as the page writes it. */
export const writeMean = (exact: string, locale: Locale) => round1HalfUp(fromLowest(exact), locale);

/** The change against the last round, of the exact means, with its sign; null when one of the two is not shown. */
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

/** The sections with the highest and the lowest mean that are shown; null when fewer than two differ. */
export function extremesOf({ figures }: SectorReport): { high: string; low: string } | null {
  const means = figures.flatMap(({ key, mean }) => {
    if (key === 'total' || !mean) return [];
    const { numerator, denominator } = fromLowest(mean);
    return [{ key, value: Number(numerator) / Number(denominator) }];
  });
  const [first, ...rest] = means.toSorted((a, b) => b.value - a.value);
  const last = rest.at(-1);
  return first && last && first.value > last.value ? { high: first.key, low: last.key } : null;
}
