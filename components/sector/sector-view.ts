import { fromLowest, round1HalfUp } from '#domain/fraction.ts';
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
