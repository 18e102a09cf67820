import { sql } from 'drizzle-orm';
import type { releaseFigures } from '#db/schema/publications.ts';
import { fraction, round1HalfUp } from '#domain/fraction.ts';
import type { LocalizedText } from '#domain/framework.ts';

/** One average; `section` is null for the total. A null says that too few insurers stand behind it. */
export type OpenFigure = {
  section: string | null;
  name: LocalizedText;
  /** Rounded once, half up, to one decimal, with a point. */
  mean: string | null;
  insurers: number | null;
  /** The release in which it was computed. */
  computedInRelease: number | null;
};

/** What a lead makes public of a release, as canonical JSON: averages, and how many insurers stand behind each. */
export type OpenDataContent = {
  schema: 'trede-open-data-1';
  round: { name: string; productScope: string; periodFrom: string; periodTo: string };
  /** What was made public before `subject` was kept says the title instead. */
  framework: { ref: string; title: LocalizedText; subject?: LocalizedText; publisher: string };
  release: { id: string; number: number; madeAt: string };
  scale: { lowest: 1; highest: 5 };
  /** From how many insurers an average is shown. */
  minimumInsurers: number;
  figures: readonly OpenFigure[];
};

type Figure = Pick<
  typeof releaseFigures.$inferSelect,
  'sectionKey' | 'meanNumerator' | 'meanDenominator' | 'insurers' | 'computedIn'
>;

/** The averages of a release in the order of the framework, the total last. */
export function openFigures(
  sections: readonly { key: string; title: LocalizedText }[],
  figures: readonly Figure[],
  number: number,
): OpenFigure[] {
  const total = { key: 'total', title: { nl: 'Totaal', en: 'Total' } };
  return [...sections, total].map(({ key, title }) => {
    const figure = figures.find(({ sectionKey }) => sectionKey === key);
    const section = key === 'total' ? null : key;
    const { meanNumerator = null, meanDenominator = null } = figure ?? {};
    if (!figure || meanNumerator === null || meanDenominator === null) {
      return { section, name: title, mean: null, insurers: null, computedInRelease: null };
    }
    const mean = round1HalfUp(fraction(meanNumerator, meanDenominator), 'en');
    return { section, name: title, mean, insurers: figure.insurers, computedInRelease: figure.computedIn ?? number };
  });
}

/** Whether a release of a query over `releases` is open. Written out: a query of one table leaves its name away. */
export const isOpen = sql<boolean>`exists (select from open_data
  where open_data.release_id = releases.id and open_data.withdrawn_at is null)`;
