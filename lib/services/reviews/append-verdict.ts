import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { verdicts } from '#db/schema/reviews.ts';
import type { AssessmentScore } from '#domain/scoring.ts';
import { type KeptScores, keptScores } from '#domain/snapshot.ts';
import type { ClaimQuote } from '#services/claims/claim-facts.ts';
import type { Context } from '#services/context.ts';
import { conflict, invalid } from '#services/errors.ts';
import type { ReviewFacts, Verdict } from './review-facts.ts';

/** A verdict as a form hands it in, whatever it is about. */
export type Word = Pick<Verdict, 'id' | 'response' | 'intakeValue' | 'ground' | 'reason' | 'overrides'>;

/** What a colleague said meanwhile: the screen shows it beside what was chosen. */
export type VerdictConflict = Pick<Verdict, 'version' | 'response' | 'intakeValue' | 'ground' | 'reason'> & {
  decidedAt: string;
};

/**
 * Whether this very word stands already, so that nothing is to be written.
 * @param last the verdict that counts now; undefined when there is none
 * @throws conflict when somebody said something else since `version`
 */
export function isRepeated(facts: ReviewFacts, last: Verdict | undefined, word: Word, version: number): boolean {
  const present = last?.submissionId === facts.submission?.id ? last : undefined;
  if (present?.id === word.id) return true;
  if ((last?.version ?? 0) === version) return false;
  if (present && sameWord(present, word)) return true;
  throw conflict({
    version: last?.version ?? 0,
    response: last?.response ?? null,
    intakeValue: last?.intakeValue ?? null,
    ground: last?.ground ?? null,
    reason: last?.reason ?? '',
    decidedAt: (last?.decidedAt ?? facts.assessment.stateChangedAt).toISOString(),
  } satisfies VerdictConflict);
}

function sameWord(a: Word, b: Word): boolean {
  return (['response', 'intakeValue', 'ground', 'reason'] as const).every((part) => a[part] === b[part]);
}

/** Appends a verdict on the present submission; the ones before it stay. @throws invalid when the id was used for another one */
export async function writeVerdict(
  tx: Transaction,
  ctx: Context,
  facts: ReviewFacts,
  target: { criterionKey?: string; intakeKey?: string; version: number; quote?: ClaimQuote | null },
  word: Word,
) {
  const written = await tx
    .insert(verdicts)
    .values({
      id: sql.placeholder('id'),
      assessmentId: sql.placeholder('assessmentId'),
      organisationId: sql.placeholder('organisationId'),
      submissionId: sql.placeholder('submissionId'),
      criterionKey: sql.placeholder('criterionKey'),
      intakeKey: sql.placeholder('intakeKey'),
      version: sql.placeholder('version'),
      response: sql.placeholder('response'),
      intakeValue: sql.placeholder('intakeValue'),
      overrides: sql.placeholder('overrides'),
      ground: sql.placeholder('ground'),
      reason: sql.placeholder('reason'),
      decidedAt: sql.placeholder('decidedAt'),
      decidedBy: sql.placeholder('decidedBy'),
      claimDrawId: sql.placeholder('claimDrawId'),
      claimCounts: sql`${sql.placeholder('claimCounts')}::text::jsonb`,
    })
    .onConflictDoNothing({ target: verdicts.id })
    .returning({ id: verdicts.id })
    .prepare('verdict:append')
    .execute({
      ...word,
      assessmentId: facts.assessment.id,
      organisationId: facts.organisationId,
      submissionId: facts.submission?.id,
      criterionKey: target.criterionKey ?? null,
      intakeKey: target.intakeKey ?? null,
      version: target.version,
      decidedAt: ctx.now,
      decidedBy: ctx.actor.userId,
      claimDrawId: target.quote?.claimDrawId ?? null,
      claimCounts: target.quote ? JSON.stringify(target.quote.claimCounts) : null,
    });
  if (written.length === 0) throw invalid({ id: 'used_before' });
}

/** What a word of the supervisor does to the scores, for the line "Gevolg". */
export type Consequence = { before: KeptScores; after: KeptScores };

export const consequenceOf = (before: AssessmentScore, after: AssessmentScore): Consequence => ({
  before: keptScores(before),
  after: keptScores(after),
});
