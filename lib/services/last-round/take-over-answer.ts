import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { answers } from '#db/schema/assessments.ts';
import { scoreAssessment } from '#domain/scoring.ts';
import { readInsurerFacts } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { inTransaction } from '#services/context.ts';
import { conflict, invalid, notFound, precondition } from '#services/errors.ts';
import { authorizeAt, readRoom } from '#services/evidence/evidence-room.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { readLastRound, sourceOf } from './last-round-facts.ts';
import { earlierAnswer, placesToTake, textStep } from './take-over-plan.ts';
import { type TakeOverContext, writeTakeOver } from './write-take-over.ts';

export const takeOverAnswerInput = z.object({
  assessmentId: z.uuid(),
  criterionKey: z.string().max(32),
  /** The version of the answer that was seen; 0 when there was none yet. */
  version: z.coerce.number().int().min(0),
  /** Says that an explanation that stands there stays, with the earlier one under it. */
  append: z
    .literal('yes')
    .optional()
    .transform((choice) => choice === 'yes'),
});
export type TakeOverAnswerInput = z.infer<typeof takeOverAnswerInput>;

export type TakenOverAnswer = { version: number; evidence: number };

/** An explanation that is there already, and the earlier one that would come under it: the screen shows both. */
export type TakeOverConflict = { version: number; explanation: string; earlier: string };

/**
 * Takes over explanation and evidence of the last round at one criterion; never the response, and never a verdict. What
 * came over already stays as it is, so that a repeat changes nothing.
 * @throws conflict with both texts when an explanation stands there that was not seen, or not asked to be added to
 * @throws precondition `nothing_then` or `not_applicable`; invalid when it no longer fits
 */
export async function takeOverAnswer(ctx: TakeOverContext, input: TakeOverAnswerInput): Promise<TakenOverAnswer> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [room, facts, [current], last] = await Promise.all([
      readRoom(tx, input.assessmentId),
      readInsurerFacts(tx, input.assessmentId),
      readAnswer(tx, input),
      readLastRound(tx, input.assessmentId, [input.criterionKey]),
    ]);
    const framework = await compiledFramework(tx, facts.framework);
    const criterion = framework.criterion(input.criterionKey);
    if (!criterion) throw notFound();
    const { key, sectionKey } = criterion;
    authorize(ctx.actor, 'answer.save', { organisationId: room.organisationId, sectionKey });
    await authorizeAt(tx, ctx.actor, 'evidence.store', room, [key]);
    if (!scoreAssessment(framework, facts).traces[key]?.applies) throw precondition(['not_applicable']);

    const source = sourceOf(last, key);
    const earlier = source && earlierAnswer(source, key, criterion.text);
    const then = earlier?.answer?.explanation.trim() ?? '';
    if (!earlier || (then === '' && earlier.places.length === 0)) throw precondition(['nothing_then']);
    const version = current?.version ?? 0;
    const explanation = current?.explanation ?? '';
    const step = textStep(earlier, explanation, last.takenOver[key]?.assessmentId === source.assessmentId);
    if (step !== 'keep' && (version !== input.version || (step === 'append' && !input.append))) {
      throw conflict({ version, explanation, earlier: then } satisfies TakeOverConflict);
    }
    const becomes = step === 'append' ? `${explanation.trimEnd()}\n\n${then}` : then;
    if (becomes.length > 20_000) throw invalid({ explanation: 'too_long' });

    const places = placesToTake(earlier, key);
    const text =
      step === 'keep' ? null : { explanation: becomes, version: version + 1, response: current?.response ?? null };
    if (text || places.length > 0) {
      await writeTakeOver(tx, ctx, room, [{ criterionKey: key, from: source.assessmentId, text, places }]);
    }
    return { version: text?.version ?? version, evidence: places.length };
  });
}

function readAnswer(tx: Transaction, { assessmentId, criterionKey }: TakeOverAnswerInput) {
  return tx
    .select({ version: answers.version, response: answers.response, explanation: answers.explanation })
    .from(answers)
    .where(
      and(
        eq(answers.assessmentId, sql.placeholder('assessmentId')),
        eq(answers.criterionKey, sql.placeholder('criterionKey')),
      ),
    )
    .prepare('take-over-answer:current')
    .execute({ assessmentId, criterionKey });
}
