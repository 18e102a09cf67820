import type { releaseClaims, releaseCriteria, releaseFigures } from '#db/schema/publications.ts';
import { fraction, toLowest } from '#domain/fraction.ts';
import type { Framework } from '#domain/framework.ts';
import { frameworkChange } from '#domain/framework-changes.ts';
import type { ReleaseSettings } from '#domain/release-rules.ts';
import type { SectorCriterionView, SectorFigureView } from '#domain/sector.ts';
import { changedSince } from '#services/publications/changed-since.ts';
import type { SectorReport } from './read-sector-report.ts';

type Figure = typeof releaseFigures.$inferSelect;
type Kept = {
  framework: Framework;
  figures: readonly Figure[];
  claims: readonly (typeof releaseClaims.$inferSelect)[];
  criteria: readonly (typeof releaseCriteria.$inferSelect)[];
  before: readonly { name: string; number: number; figure: Figure }[];
  /** The framework of the round before; null where there is none. */
  earlier: Framework | null;
  settings: ReleaseSettings;
};

/** Criteria on the list of what is missed most. */
const missedMost = 10;

/** Turns what was kept of a release into what the report shows: what too few insurers stand behind is left out. */
export function sectorOf(kept: Kept): Pick<SectorReport, 'figures' | 'criteria' | 'missed' | 'before'> {
  const { framework, before, earlier } = kept;
  const criteria = framework.criteria.map(({ key }) => criterionView(kept, key));
  const [round] = before;
  const change = earlier && frameworkChange(earlier, framework);
  const comparable = new Set([
    ...(change?.sections ?? []).flatMap(({ section, comparable: same }) => (same ? [section] : [])),
    ...(change?.total ? ['total'] : []),
  ]);
  return {
    figures: [...framework.sections.map(({ key }) => key), 'total'].map((key) => figureView(kept, key, comparable)),
    criteria,
    missed: criteria
      .filter(({ counts }) => counts && counts.missing > 0)
      .toSorted((a, b) => missing(b) - missing(a))
      .slice(0, missedMost)
      .map(({ key }) => key),
    before:
      round && earlier && change
        ? {
            name: round.name,
            number: round.number,
            framework: earlier.ref,
            ...changedSince(change, earlier, framework),
          }
        : null,
  };
}

const missing = ({ counts }: SectorCriterionView) => counts?.missing ?? 0;

function figureView(kept: Kept, key: string, comparable: ReadonlySet<string>): SectorFigureView {
  const { figures, claims, before, earlier, settings } = kept;
  const figure = figures.find(({ sectionKey }) => sectionKey === key);
  const claim = claims.find(({ sectionKey, insurers }) => sectionKey === key && insurers >= settings.spread);
  return {
    key,
    mean: meanOf(figure),
    insurers: figure?.insurers ?? null,
    spread: figure?.spread ?? null,
    levels: figure?.levelCounts ?? null,
    computedIn: figure?.computedIn ?? null,
    before: comparable.has(key) ? meanOf(before.find((row) => row.figure.sectionKey === key)?.figure) : null,
    normChanged: earlier !== null && !comparable.has(key),
    claims: claim
      ? {
          own: toLowest(fraction(claim.ownNumerator, claim.ownDenominator)),
          insurers: claim.insurers,
          lower: claim.lower,
          equal: claim.equal,
          higher: claim.higher,
        }
      : null,
  };
}

function meanOf(figure: Figure | undefined): string | null {
  if (!figure || figure.meanNumerator === null || figure.meanDenominator === null) return null;
  return toLowest(fraction(figure.meanNumerator, figure.meanDenominator));
}

function criterionView({ criteria, settings }: Kept, key: string): SectorCriterionView {
  const row = criteria.find(({ criterionKey, insurers }) => criterionKey === key && insurers >= settings.spread);
  if (!row) return { key, counts: null };
  const { insurers, met, partly, notMet, claimedMet, changed, missing: missed } = row;
  return { key, counts: { insurers, met, partly, notMet, claimedMet, changed, missing: missed } };
}
