import 'server-only';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { organisations } from '#db/schema/identity.ts';
import { conflictsOfInterest } from '#db/schema/reviews.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import type { State } from '#domain/workflow.ts';
import type { Context } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type QueueScores, readQueueScores } from '#services/reviews/queue-scores.ts';

const ahead = [
  'draft',
  'returned',
  'submitted',
  'in_review',
  'hearing',
  'proposed',
] as const satisfies readonly State[];
export type WaitingState = (typeof ahead)[number];

/** A case that is not decided: who acts next, and in review what is still to be judged and determined. */
export type WaitingCase = {
  assessmentId: string;
  reference: string;
  organisation: string;
  state: WaitingState;
  deadlineAt: string;
  open: Pick<QueueScores, 'toJudge' | 'undetermined'> | null;
};

/** Cases that a page names; beyond them it counts. */
const most = 50;

/** The cases of a round that are not decided yet, those that come last first; not those of insurers in conflict. */
export function readWaiting(tx: Transaction, ctx: Context, roundId: string) {
  return tx
    .select({
      assessmentId: assessments.id,
      reference: assessments.reference,
      organisation: organisations.name,
      state: assessments.state,
      deadlineAt: assessments.deadlineAt,
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
      all: sql<number>`count(*) over ()::int`,
    })
    .from(assessments)
    .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(
      and(
        eq(assessments.roundId, roundId),
        inArray(assessments.state, [...ahead]),
        sql`not exists (select from ${conflictsOfInterest} where ${conflictsOfInterest.userId} = ${ctx.actor.userId}
          and ${conflictsOfInterest.organisationId} = ${assessments.organisationId})`,
      ),
    )
    .orderBy(sql`${assessments.state} desc`, asc(assessments.reference))
    .limit(most);
}

/** What still stands in the way of each. Two statements for any number of cases, and none where there is none. */
export async function waitingCases(
  tx: Transaction,
  rows: Awaited<ReturnType<typeof readWaiting>>,
): Promise<{ waiting: WaitingCase[]; waitingMore: number }> {
  const [first] = rows;
  if (!first) return { waiting: [], waitingMore: 0 };
  const framework = await compiledFramework(tx, first);
  const reviewed = rows.filter(({ state }) => state === 'in_review').map(({ assessmentId }) => assessmentId);
  const scores = await readQueueScores(tx, framework, reviewed);
  return {
    waiting: rows.map(({ assessmentId, reference, organisation, state, deadlineAt }) => {
      const score = scores[assessmentId];
      return {
        assessmentId,
        reference,
        organisation,
        state: state as WaitingState,
        deadlineAt: deadlineAt.toISOString(),
        open: score ? { toJudge: score.toJudge, undetermined: score.undetermined } : null,
      };
    }),
    waitingMore: first.all - rows.length,
  };
}
