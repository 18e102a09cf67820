import 'server-only';
import { and, asc, count, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { assessments } from '#db/schema/assessments.ts';
import { organisations } from '#db/schema/identity.ts';
import { publications, releases } from '#db/schema/publications.ts';
import { conflictsOfInterest, plannedPublications } from '#db/schema/reviews.ts';
import { effectiveReleaseSettings } from '#domain/release-rules.ts';
import type { State } from '#domain/workflow.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { isOpen } from '#services/open-data/open-data-content.ts';
import { composeFigures, type FigureFate, fateOf } from './compose-figures.ts';
import {
  includedPublications,
  type ReleaseFacts,
  readLastFigures,
  readReleaseFacts,
  releaseBlocks,
} from './release-facts.ts';
import { readScoreGroups } from './score-groups.ts';
import { readWaiting, type WaitingCase, waitingCases } from './waiting-cases.ts';

/** Decided cases on one page. */
export const decidedPage = 50;

export const getRoundOutcomesInput = z.object({
  roundId: z.uuid(),
  /** The reference of the last decided case of the page before. */
  after: z.string().max(64).optional().catch(undefined),
});
export type GetRoundOutcomesInput = z.infer<typeof getRoundOutcomesInput>;

export type RoundOutcomes = {
  roundId: string;
  name: string;
  /** Only states that occur. */
  counts: Partial<Readonly<Record<State, number>>>;
  decided: readonly {
    assessmentId: string;
    reference: string;
    organisation: string;
    decidedAt: string;
    /** The edition that is published already and being revised. */
    revises: number | null;
    /** The moment at which it is published by itself; null when nothing is planned. */
    plannedFor: string | null;
  }[];
  /** How many are decided, and of how many of those the publication is planned. */
  ready: number;
  planned: number;
  /** Cases that are not that far, with what still stands in the way; of the newest deadline first. */
  waiting: readonly WaitingCase[];
  waitingMore: number;
  next: string | null;
  release: {
    insurers: number;
    changed: number | null;
    /** What becomes of each figure in a release made now, and how many insurers have that score; the total first. */
    figures: readonly { sectionKey: string; insurers: number; fate: FigureFate; spread: boolean }[];
    minimumForMean: number;
    minimumForSpread: number;
    minimumChanged: number;
    blocks: readonly ('nothing_published' | 'too_few_changed')[];
  };
  releases: readonly { id: string; number: number; madeAt: string; open: boolean }[];
};

/**
 * What a lead needs to bring the outcomes of a round out: how far it is, what is decided, and what a release would hold.
 * Cases of insurers with which the lead has a conflict are counted, not named.
 */
export async function getRoundOutcomes(
  ctx: Context,
  { roundId, after }: GetRoundOutcomesInput,
): Promise<RoundOutcomes> {
  onlyStaff(ctx.actor);
  authorize(ctx.actor, 'release.make');
  return inTransaction(ctx, async (tx) => {
    const [facts, states, decided, made, waiting] = await Promise.all([
      readReleaseFacts(tx, roundId),
      tx
        .select({ state: assessments.state, cases: count(), planned: count(plannedPublications.id) })
        .from(assessments)
        .leftJoin(
          plannedPublications,
          and(eq(plannedPublications.assessmentId, assessments.id), isNull(plannedPublications.endedAt)),
        )
        .where(eq(assessments.roundId, roundId))
        .groupBy(assessments.state),
      tx
        .select({
          assessmentId: assessments.id,
          reference: assessments.reference,
          organisation: organisations.name,
          decidedAt: assessments.stateChangedAt,
          plannedFor: plannedFor(),
          revises: sql<number | null>`(select max(${publications.edition}) from ${publications}
            where ${publications.assessmentId} = ${assessments.id})`,
        })
        .from(assessments)
        .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
        .where(
          and(
            eq(assessments.roundId, roundId),
            eq(assessments.state, 'decided'),
            after ? gt(assessments.reference, after) : undefined,
            sql`not exists (select from ${conflictsOfInterest} where ${conflictsOfInterest.userId} = ${ctx.actor.userId}
              and ${conflictsOfInterest.organisationId} = ${assessments.organisationId})`,
          ),
        )
        .orderBy(asc(assessments.reference))
        .limit(decidedPage + 1),
      tx
        .select({
          id: releases.id,
          number: releases.number,
          madeAt: releases.madeAt,
          open: isOpen,
        })
        .from(releases)
        .where(eq(releases.roundId, roundId))
        .orderBy(desc(releases.number))
        .limit(20),
      readWaiting(tx, ctx, roundId),
    ]);
    const number = (facts.last?.number ?? 0) + 1;
    const framework = await compiledFramework(tx, facts.version);
    const [groups, last] = await Promise.all([
      readScoreGroups(tx, { roundId, number, included: includedPublications(roundId), sections: framework.sections }),
      readLastFigures(tx, facts.last),
    ]);
    const keys = framework.sections.map(({ key }) => key);
    const lines = decided.slice(0, decidedPage);
    const { mean, spread, changed } = effectiveReleaseSettings(facts.settings);
    return {
      roundId,
      name: facts.round.name,
      counts: Object.fromEntries(states.map(({ state, cases }) => [state, cases])),
      decided: lines.map(({ decidedAt, plannedFor: moment, ...line }) => ({
        ...line,
        decidedAt: decidedAt.toISOString(),
        plannedFor: moment && new Date(moment).toISOString(),
      })),
      ready: states.find(({ state }) => state === 'decided')?.cases ?? 0,
      planned: states.find(({ state }) => state === 'decided')?.planned ?? 0,
      ...(await waitingCases(tx, waiting)),
      next: decided.length > decidedPage ? (lines.at(-1)?.reference ?? null) : null,
      release: {
        insurers: facts.insurers,
        changed: facts.changed,
        figures: composeFigures(keys, facts, groups, last, number).map((figure) => ({
          sectionKey: figure.sectionKey,
          insurers: insurersWith(facts, figure.sectionKey),
          fate: fateOf(figure),
          spread: Boolean(figure.levelCounts),
        })),
        minimumForMean: mean,
        minimumForSpread: spread,
        minimumChanged: changed,
        blocks: releaseBlocks(facts),
      },
      releases: made.map(({ madeAt, ...release }) => ({ ...release, madeAt: madeAt.toISOString() })),
    };
  });
}

function insurersWith({ totals, sections }: ReleaseFacts, key: string): number {
  const counts = key === 'total' ? totals : (sections.get(key) ?? []);
  return counts.reduce((sum, { insurers }) => sum + insurers, 0);
}

const plannedFor = () => sql<string | null>`(select ${plannedPublications.plannedFor} from ${plannedPublications}
  where ${plannedPublications.assessmentId} = ${assessments.id} and ${plannedPublications.endedAt} is null)`;
