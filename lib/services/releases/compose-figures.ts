import type { releaseFigures } from '#db/schema/publications.ts';
import { fraction } from '#domain/fraction.ts';
import {
  effectiveReleaseSettings,
  givesAway,
  levelCounts,
  type SectorFigure,
  sectorFigure,
} from '#domain/release-rules.ts';
import type { ReleaseFacts } from './release-facts.ts';
import type { ScoreGroups } from './score-groups.ts';

type Figure = Omit<typeof releaseFigures.$inferInsert, 'releaseId'>;

/** The figures of the release before, by key, with its number. */
export type LastFigures = { number: number; figures: ReadonlyMap<string, Figure> };

/** What becomes of a figure in a release made now. */
export type FigureFate = 'computed' | 'taken_over' | 'too_few';

/**
 * The figures of a release: computed where enough insurers stand behind them and nobody is given away, also not beside
 * earlier releases; else taken over from the release before, or left out. The total is computed only together with every
 * section that enough insurers have: from the sections and the total one could work out the one that is left out; and only
 * where it gives away nobody's level in any section, not even of the few to whom a section does not apply.
 */
export function composeFigures(
  sectionKeys: readonly string[],
  facts: Pick<ReleaseFacts, 'settings' | 'sections' | 'totals'>,
  groups: ScoreGroups,
  last: LastFigures | null,
  number: number,
): Figure[] {
  const { mean: enough } = effectiveReleaseSettings(facts.settings);
  const sections = sectionKeys.map((key) => {
    const levels = facts.sections.get(key) ?? [];
    const counts = levels.map(({ level, insurers }) => ({ value: fraction(level), insurers }));
    const many = levels.reduce((sum, { insurers }) => sum + insurers, 0) >= enough;
    const safe = many && !givesAway(groups.sections.get(key) ?? [], groups.totals);
    const shown = levelCounts(
      Object.fromEntries(levels.map(({ level, insurers }) => [level, insurers])),
      facts.settings,
    );
    const figure = {
      ...figureOf(key, sectorFigure(counts, facts.settings)),
      levelCounts: shown && [shown[1], shown[2], shown[3], shown[4], shown[5]],
    };
    return { many, safe, row: safe ? figure : instead(key, many, last) };
  });
  const total = sectorFigure(facts.totals, facts.settings);
  const whole = sections.every(({ many, safe }) => safe || !many) && !totalGivesAway(groups, total, number);
  // How the totals spread is not among the figures: beside those of the sections it would tell who has which.
  const totalRow = whole
    ? { ...figureOf('total', total), spread: null, levelCounts: null }
    : instead('total', total.mean !== null, last);
  return [totalRow, ...sections.map(({ row }) => row)];
}

function totalGivesAway({ sections, totals }: ScoreGroups, { mean, insurers }: SectorFigure, number: number): boolean {
  if (mean === null || insurers === null) return false;
  const shown = [...totals, { release: number, mean, insurers }];
  return [...sections.values()].some((groups) => givesAway(groups, shown));
}

/** What the release says of a figure, for who is about to make it. */
export function fateOf({ meanNumerator, computedIn }: Figure): FigureFate {
  if (meanNumerator === null || meanNumerator === undefined) return 'too_few';
  return computedIn ? 'taken_over' : 'computed';
}

function instead(sectionKey: string, many: boolean, last: LastFigures | null): Figure {
  const before = many ? last?.figures.get(sectionKey) : undefined;
  if (!last || !before?.meanNumerator) {
    return figureOf(sectionKey, { mean: null, spread: null, insurers: null });
  }
  return { ...before, computedIn: before.computedIn ?? last.number };
}

function figureOf(sectionKey: string, { mean, spread, insurers }: SectorFigure): Figure {
  return {
    sectionKey,
    meanNumerator: mean && Number(mean.numerator),
    meanDenominator: mean && Number(mean.denominator),
    spread,
    insurers,
    levelCounts: null,
    computedIn: null,
  };
}
