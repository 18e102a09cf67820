import 'server-only';
import { z } from 'zod';
import { objectionAnswers } from '#db/schema/hearing.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict, notFound } from '#services/errors.ts';
import { reasonText } from '#services/reviews/decide-criterion.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';
import { nextState } from '#services/take-transition.ts';
import { readHearing } from './hearing-facts.ts';

export const answerObjectionInput = z.object({
  assessmentId: z.uuid(),
  draftOutcomeId: z.uuid(),
  sectionKey: z.string().max(32),
  /** The version of the answer that the reviewer saw; 0 when there was none. */
  version: z.coerce.number().int().min(0),
  text: reasonText,
});
export type AnswerObjectionInput = z.infer<typeof answerObjectionInput>;

export type AnsweredObjection = { sectionKey: string; version: number };

/**
 * Answers what the insurer said against one section. The insurer reads the answer with the outcome. Appended: an earlier
 * answer stays. A stale version with equal text is answered already.
 * @throws conflict with the answer that a colleague gave meanwhile; precondition `reason_given` for an empty one
 */
export async function answerObjection(ctx: Context, input: AnswerObjectionInput): Promise<AnsweredObjection> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, draftOutcomeId, sectionKey, text } = input;
    const [assessment, facts, hearing] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
      readHearing(tx, assessmentId),
    ]);
    authorize(ctx.actor, 'objection.answer', facts.policy);
    nextState(assessment, { verb: 'answer_objection', guards: { reason_given: text !== '' } });
    const said = hearing.versions.find(({ id }) => id === draftOutcomeId)?.statements[sectionKey];
    if (!said || said.agrees) throw notFound();
    if (said.answer === text) return { sectionKey, version: said.answerVersion };
    if (said.answerVersion !== input.version) throw conflict({ text: said.answer, version: said.answerVersion });
    const version = input.version + 1;
    const { organisationId } = assessment;
    await Promise.all([
      tx.insert(objectionAnswers).values({
        draftOutcomeId,
        sectionKey,
        version,
        assessmentId,
        organisationId,
        text,
        answeredAt: ctx.now,
        answeredBy: ctx.actor.userId,
      }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'objection.answer',
        organisationId,
        assessmentId,
        detail: { draftOutcomeId, sectionKey, version },
      }),
    ]);
    return { sectionKey, version };
  });
}
