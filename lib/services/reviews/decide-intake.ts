import 'server-only';
import { z } from 'zod';
import { grounds } from '#domain/answers.ts';
import { weakenedByIntake } from '#domain/score-advice.ts';
import { scoreAssessment } from '#domain/scoring.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { nextState } from '#services/take-transition.ts';
import { type Consequence, consequenceOf, isRepeated, writeVerdict } from './append-verdict.ts';
import { computeReview } from './compute-review.ts';
import { reasonText } from './decide-criterion.ts';
import { keepQueueScores } from './keep-queue-score.ts';
import { readReviewFacts } from './review-facts.ts';

export const decideIntakeInput = z.object({
  id: z.uuid(),
  assessmentId: z.uuid(),
  intakeKey: z.string().max(64),
  version: z.coerce.number().int().min(0),
  value: z.enum(['yes', 'no'], { error: 'value_missing' }).transform((value) => value === 'yes'),
  ground: z
    .enum(grounds)
    .nullable()
    .or(z.literal('').transform(() => null))
    .default(null),
  reason: reasonText,
});
export type DecideIntakeInput = z.infer<typeof decideIntakeInput>;

export type DecidedIntake = { version: number; decidedAt: string; consequence: Consequence };

/**
 * Confirms or overrides a fact that the insurer stated about itself. Criteria that then apply are unanswered, whatever is
 * still stored (clause 5); what no longer applies fulfils nothing.
 * @throws precondition `weakened_judged` with the criteria that would lose their fulfilment unjudged (clause 14)
 */
export async function decideIntake(ctx: Context, input: DecideIntakeInput): Promise<DecidedIntake> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, intakeKey, value } = input;
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'verdict.decide', facts.policy);
    const framework = await compiledFramework(tx, facts.framework);
    if (!framework.intakeQuestion(intakeKey)) throw notFound();
    const { layers, computed, toJudge } = computeReview(framework, facts);

    const overrides = layers.intake[intakeKey] !== value;
    const ground = overrides ? input.ground : null;
    const word = { id: input.id, response: null, intakeValue: value, overrides, ground, reason: input.reason };
    const last = facts.intakeVerdicts[intakeKey];
    const after = scoreAssessment(framework, {
      ...layers,
      intakeVerdicts: { ...layers.intakeVerdicts, [intakeKey]: value },
    });
    const consequence = consequenceOf(computed, after);
    if (isRepeated(facts, last, word, input.version)) {
      return { version: last?.version ?? 0, decidedAt: (last?.decidedAt ?? ctx.now).toISOString(), consequence };
    }
    const weakened = weakenedByIntake(framework, layers, intakeKey, value);
    nextState(
      assessment,
      {
        verb: 'decide',
        guards: {
          override_reasoned: !overrides || (ground !== null && input.reason !== ''),
          weakened_judged: weakened.length === 0,
        },
      },
      { weakened },
    );

    const version = input.version + 1;
    await Promise.all([
      writeVerdict(tx, ctx, facts, { intakeKey, version }, word),
      keepQueueScores(tx, [{ assessmentId, scores: consequence.after, openCriteria: toJudge.criteria.length }]),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'verdict.decide',
        organisationId: assessment.organisationId,
        assessmentId,
        detail: { intakeKey, version, value, overrides, ground },
      }),
    ]);
    return { version, decidedAt: ctx.now.toISOString(), consequence };
  });
}
