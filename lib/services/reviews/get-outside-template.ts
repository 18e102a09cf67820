import 'server-only';
import { asc, eq } from 'drizzle-orm';
import { assessments } from '#db/schema/assessments.ts';
import { organisations } from '#db/schema/identity.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type GetOutsideResultsInput, readRound } from './get-outside-results.ts';
import { knownParticipants } from './outside-plan.ts';
import { mostOutsideRows, outsideTemplate } from './outside-rows.ts';

/** A table for the outside assessor: a line for each insurer of the round and each criterion that it can establish. */
export async function getOutsideTemplate(
  ctx: Context,
  { roundId }: GetOutsideResultsInput,
): Promise<{ fileName: string; text: string }> {
  onlyStaff(ctx.actor);
  authorize(ctx.actor, 'outside.import', { conflictOfInterest: false, inActorsRounds: true, everSubmitted: true });
  return inTransaction(ctx, async (tx) => {
    const round = await readRound(tx, roundId);
    const framework = await compiledFramework(tx, round);
    const keys = framework.sections
      .filter(({ outsideAssessor }) => outsideAssessor)
      .flatMap(({ criteria }) => criteria.map(({ key }) => key));
    const insurers = await tx
      .select({ number: organisations.number })
      .from(assessments)
      .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
      .where(knownParticipants(ctx, roundId))
      .orderBy(asc(organisations.name), asc(organisations.id))
      .limit(Math.floor(mostOutsideRows / Math.max(1, keys.length)));
    return {
      fileName: 'externe-uitkomsten.csv',
      text: outsideTemplate(
        insurers.map(({ number }) => number),
        keys,
      ),
    };
  });
}
