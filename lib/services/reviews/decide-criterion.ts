import 'server-only';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { grounds, type Response, responses } from '#domain/answers.ts';
import type { Criterion, Framework } from '#domain/framework.ts';
import { effectOf, weakenedBy } from '#domain/score-advice.ts';
import { type Layers, scoreAssessment } from '#domain/scoring.ts';
import { keptScores } from '#domain/snapshot.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type ClaimQuote, claimQuote, readClaims, readFindings } from '#services/claims/claim-facts.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound, precondition } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { nextState } from '#services/take-transition.ts';
import { type Consequence, consequenceOf, isRepeated, writeVerdict } from './append-verdict.ts';
import { computeReview } from './compute-review.ts';
import { keepQueueScores } from './keep-queue-score.ts';
import { readReviewFacts } from './review-facts.ts';

/** A reason of up to 10,000 characters; line ends as the server keeps them. */
export const reasonText = z
  .string()
  .max(10_000)
  .transform((text) => text.replace(/\r\n?/g, '\n').normalize('NFC').trim())
  .default('');

export const decideCriterionInput = z.object({
  /** Made by the client: a repeated post finds its own verdict. */
  id: z.uuid(),
  assessmentId: z.uuid(),
  criterionKey: z.string().max(32),
  /** The version of the verdict that the reviewer saw; 0 when there was none. */
  version: z.coerce.number().int().min(0),
  response: z.enum(responses, { error: 'response_missing' }),
  ground: z
    .enum(grounds)
    .nullable()
    .or(z.literal('').transform(() => null))
    .default(null),
  reason: reasonText,
});
export type DecideCriterionInput = z.infer<typeof decideCriterionInput>;

export type DecidedCriterion = {
  version: number;
  decidedAt: string;
  consequence: Consequence;
  sectionKey: string;
  next: string | null;
};

/**
 * Lays the supervisor's word on one criterion beside the answer, which stays. Equal to the answer it confirms; another
 * response overrides and needs a ground and a reason; where nothing was answered it needs a reason. Where the norm judges
 * from claim files, what they showed so far is kept with it: counted here, never handed in.
 * @throws precondition `weakened_judged` with the criteria that would lose their fulfilment unjudged (clause 14)
 */
export async function decideCriterion(ctx: Context, input: DecideCriterionInput): Promise<DecidedCriterion> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, criterionKey, response } = input;
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'verdict.decide', facts.policy);
    const framework = await compiledFramework(tx, facts.framework);
    const criterion = framework.criterion(criterionKey);
    if (!criterion) throw notFound();
    const review = computeReview(framework, facts);
    if (!review.computed.traces[criterionKey]?.applies) throw precondition(['not_applicable']);

    const claimed = claimedResponse(framework, review.layers, criterionKey);
    const overrides = claimed !== null && claimed !== response;
    const word = { ...input, intakeValue: null, overrides, ground: overrides ? input.ground : null };
    const last = facts.criterionVerdicts[criterionKey];
    const { before, after } = effectOf(framework, review.layers, criterionKey, response, 'verdicts');
    const result = {
      consequence: consequenceOf(before, after),
      sectionKey: criterion.sectionKey,
      next: nextToJudge(review.toJudge.criteria, framework, criterion),
    };
    if (isRepeated(facts, last, word, input.version)) {
      return { version: last?.version ?? 0, decidedAt: (last?.decidedAt ?? ctx.now).toISOString(), ...result };
    }
    const weakened = weakenedBy(framework, review.layers, criterionKey, response);
    nextState(
      assessment,
      {
        verb: 'decide',
        guards: {
          override_reasoned: isReasoned(claimed, word),
          weakened_judged: weakened.length === 0,
        },
      },
      { weakened },
    );

    const version = input.version + 1;
    const { ground } = word;
    const quote = criterion.claimFiles ? await readQuote(tx, assessmentId, criterionKey) : null;
    await Promise.all([
      writeVerdict(tx, ctx, facts, { criterionKey, version, quote }, word),
      keepQueueScores(tx, [
        {
          assessmentId,
          scores: keptScores(after),
          openCriteria: review.toJudge.criteria.filter((key) => key !== criterionKey).length,
        },
      ]),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'verdict.decide',
        organisationId: assessment.organisationId,
        assessmentId,
        detail: { criterionKey, version, response, overrides, ground, ...(quote && quotedDetail(quote)) },
      }),
    ]);
    return { version, decidedAt: ctx.now.toISOString(), ...result };
  });
}

/** The case is locked: no finding comes between these counts and the verdict that quotes them. */
async function readQuote(tx: Transaction, assessmentId: string, criterionKey: string): Promise<ClaimQuote | null> {
  const [claims, found] = await Promise.all([readClaims(tx, assessmentId), readFindings(tx, assessmentId)]);
  return claimQuote(claims, found, criterionKey);
}

const quotedDetail = ({ claimDrawId, claimCounts: { conform, notConform, undeterminable, open } }: ClaimQuote) => ({
  claimDrawId,
  conform,
  notConform,
  undeterminable,
  open,
});

/** What a verdict on this criterion is measured against: the outside result, else the answer; null when there is neither. */
export function claimedResponse(framework: Framework, layers: Layers, criterionKey: string): Response | null {
  const { [criterionKey]: _, ...verdicts } = layers.verdicts ?? {};
  return scoreAssessment(framework, { ...layers, verdicts }).traces[criterionKey]?.response ?? null;
}

function isReasoned(claimed: Response | null, word: { overrides: boolean; ground: unknown; reason: string }): boolean {
  if (claimed === null) return word.reason !== '';
  return !word.overrides || (word.ground !== null && word.reason !== '');
}

/** The next criterion of the section that asks for a verdict, from this one on and then from the start. */
function nextToJudge(
  open: readonly string[],
  framework: Framework,
  { key, sectionKey, index }: Criterion,
): string | null {
  const others = open.flatMap((other) => framework.criterion(other) ?? []).filter((other) => other.key !== key);
  const inSection = others.filter((other) => other.sectionKey === sectionKey);
  return (inSection.find((other) => other.index > index) ?? inSection[0])?.key ?? null;
}
