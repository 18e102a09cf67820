import 'server-only';
import { z } from 'zod';
import { can } from '#domain/policy.ts';
import { effectiveReleaseSettings } from '#domain/release-rules.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type OpenFigure, openFigures } from '#services/open-data/open-data-content.ts';
import { type FrameworkTexts, frameworkTexts } from '#services/publications/framework-texts.ts';
import {
  readBefore,
  readClaims,
  readCriteria,
  readFigures,
  readReleases,
  readSectorHead,
  type SectorRelease,
} from './sector-facts.ts';
import { sectorOf } from './sector-figures.ts';

export const getSectorReportInput = z.object({
  roundId: z.uuid(),
  /** The release's number; the newest unless said. */
  release: z.coerce.number().int().min(1).optional().catch(undefined),
});
export type GetSectorReportInput = z.infer<typeof getSectorReportInput>;

/** A null says that too few insurers stand behind it. */
export type SectorFigureView = {
  /** A section's key, or `total`. */
  key: string;
  /** Exact. */
  mean: string | null;
  insurers: number | null;
  spread: number | null;
  /** Insurers on levels 1 to 5. */
  levels: readonly number[] | null;
  /** The release that it is taken over from. */
  computedIn: number | null;
  /** Exact: the mean of the last round on the same framework. */
  before: string | null;
  /** What insurers claimed: the exact mean of their own scores, and of how many the determined one is lower, equal, higher. */
  claims: { own: string; insurers: number; lower: number; equal: number; higher: number } | null;
};

export type SectorCriterionView = {
  key: string;
  /** Null: too few insurers. All counts are of insurers to which the criterion applies. */
  counts: {
    insurers: number;
    met: number;
    partly: number;
    notMet: number;
    claimedMet: number;
    changed: number;
    missing: number;
  } | null;
};

export type SectorReport = {
  round: { id: string; name: string; productScope: string; periodFrom: string; periodTo: string };
  texts: FrameworkTexts;
  framework: string;
  /** Newest first. */
  releases: readonly SectorRelease[];
  shown: SectorRelease | null;
  minimumForMean: number;
  minimumForSpread: number;
  /** The sections in the framework's order, the total last. */
  figures: readonly SectorFigureView[];
  /** In the framework's order. */
  criteria: readonly SectorCriterionView[];
  /** What stands in the way of most insurers' next level, most first: at most ten keys. */
  missed: readonly string[];
  before: { name: string; number: number } | null;
  mayOpen: boolean;
  /** What would become public of the shown release, or is. */
  open: readonly OpenFigure[];
};

/**
 * The supervisor's report on one release of a round: its figures, what was claimed against what was determined, and how the
 * sector stands on each criterion. Everything in it was kept when the release was made.
 * @throws not found for who may not see the round, and for a release that is not there
 */
export async function getSectorReport(ctx: Context, { roundId, release }: GetSectorReportInput): Promise<SectorReport> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const asked = { roundId, number: release ?? null };
    const [head, releases, figures, claims, criteria, before] = await Promise.all([
      readSectorHead(tx, ctx, roundId),
      readReleases(tx, roundId),
      readFigures(tx, asked),
      readClaims(tx, asked),
      readCriteria(tx, asked),
      readBefore(tx, roundId),
    ]);
    if (!head) throw notFound();
    authorize(ctx.actor, 'sector.read', { inActorsRounds: head.inActorsRounds });
    const shown = release ? releases.find(({ number }) => number === release) : (releases[0] ?? null);
    if (shown === undefined) throw notFound();
    const framework = await compiledFramework(tx, head.version);
    const { round } = head;
    const settings = effectiveReleaseSettings({ mean: round.minimumForMean, spread: round.minimumForSpread });
    const { id, name, productScope, periodFrom, periodTo } = round;
    return {
      round: { id, name, productScope, periodFrom, periodTo },
      texts: frameworkTexts(framework),
      framework: head.version.ref,
      releases,
      shown,
      minimumForMean: settings.mean,
      minimumForSpread: settings.spread,
      ...sectorOf({ framework, figures, claims, criteria, before, settings }),
      mayOpen: can(ctx.actor, 'release.open').ok,
      open: openFigures(framework.sections, figures, shown?.number ?? 0),
    };
  });
}
