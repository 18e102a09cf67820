import 'server-only';
import type { Transaction } from '#db/client.ts';
import { can } from '#domain/policy.ts';
import { effectiveReleaseSettings } from '#domain/release-rules.ts';
import type { SectorCriterionView, SectorFigureView } from '#domain/sector.ts';
import { authorize } from '#services/authorize.ts';
import type { Context } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type OpenFigure, openFigures } from '#services/open-data/open-data-content.ts';
import type { ChangedSince } from '#services/publications/changed-since.ts';
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
  /** The last round on a version of the same framework, with what changed in it since. */
  before: ({ name: string; number: number; framework: string } & ChangedSince) | null;
  mayOpen: boolean;
  /** What would become public of the shown release, or is. */
  open: readonly OpenFigure[];
};

/**
 * Reads the report on one release of a round, in six statements.
 * @param release its number; undefined: the newest, if there is one
 * @throws not found for who may not see the round, and for a release that is not there
 */
export async function readSectorReport(
  tx: Transaction,
  ctx: Context,
  { roundId, release }: { roundId: string; release?: number | undefined },
): Promise<SectorReport> {
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
  const [last] = before;
  const [framework, earlier] = await Promise.all([
    compiledFramework(tx, head.version),
    last ? compiledFramework(tx, last.version) : null,
  ]);
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
    ...sectorOf({ framework, figures, claims, criteria, before, earlier, settings }),
    mayOpen: can(ctx.actor, 'release.open').ok,
    open: openFigures(framework.sections, figures, shown?.number ?? 0),
  };
}
