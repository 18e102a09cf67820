import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { notices } from '#db/schema/reviews.ts';
import type { Framework } from '#domain/framework.ts';
import { isOver } from '#domain/terms.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { invalid } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { givenTerm, termFields } from '#services/given-term.ts';
import { withdrawOpenRequests } from '#services/requests/withdraw-open-requests.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { reasonText } from './decide-criterion.ts';
import { answerExtension } from './extension-requests.ts';
import { readReviewFacts } from './review-facts.ts';

const text = z.string().max(4000).default('');

export const returnAssessmentInput = z.object({
  /** Key of the notice, made by the client. */
  id: z.uuid(),
  assessmentId: z.uuid(),
  reason: reasonText,
  /** Criteria or sections, and at the same place what is asked about each; a line without text is left out. */
  itemKey: z.array(z.string().max(64)).max(100).default([]),
  itemText: z.array(text).max(100).default([]),
  /** The insurer's own term: in days, or its last day. */
  ...termFields,
});
export type ReturnAssessmentInput = z.infer<typeof returnAssessmentInput>;

export type ReturnedAssessment = { assessmentId: string; termAt: string };

/**
 * Sends an assessment back to its insurer with a reason, what is asked, and a term of its own, which becomes its deadline.
 * The insurer reads the reason and never a name. Nothing is lost: submission, verdicts and determinations stay. What
 * was asked and still waits is withdrawn: it works on its answers again.
 */
export async function returnAssessment(ctx: Context, input: ReturnAssessmentInput): Promise<ReturnedAssessment> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId } = input;
    const [assessment, facts, [sent]] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
      tx.select({ termAt: notices.termAt }).from(notices).where(eq(notices.id, input.id)),
    ]);
    authorize(ctx.actor, 'assessment.return', facts.policy);
    if (sent?.termAt) return { assessmentId, termAt: sent.termAt.toISOString() };
    const framework = await compiledFramework(tx, facts.framework);
    const items = itemsOf(framework, input);
    const termAt = givenTerm(input, ctx.now);
    const guards = { reason_given: input.reason !== '', term_set: termAt !== null && !isOver(termAt, ctx.now) };
    const to = nextState(assessment, { verb: 'return', guards });
    const deadlineAt = termAt as Date;
    await Promise.all([
      writeTransition(tx, ctx, assessment, {
        verb: 'return',
        to,
        action: 'assessment.return',
        reason: input.reason,
        detail: { items: items.map(({ key }) => key), term: deadlineAt.toISOString() },
        set: { deadlineAt },
      }),
      writeNotice(tx, ctx, { ...input, organisationId: assessment.organisationId, items, termAt: deadlineAt }),
      withdrawOpenRequests(tx, ctx, assessment),
      // It has a term of its own: what was asked before it came is answered by it.
      answerExtension(tx, ctx, assessmentId, true),
    ]);
    return { assessmentId, termAt: deadlineAt.toISOString() };
  });
}

type Item = { key: string; text: string };

function itemsOf(framework: Framework, { itemKey, itemText }: ReturnAssessmentInput): Item[] {
  const items = itemText.map((said, place) => ({ key: itemKey[place] ?? '', text: said.trim() }));
  const asked = items.filter((item) => item.text !== '');
  const unknown = asked.some(({ key }) => !framework.criterion(key) && !framework.section(key));
  if (unknown) throw invalid({ itemKey: 'item_unknown' });
  return asked;
}

function writeNotice(
  tx: Transaction,
  ctx: Context,
  notice: { id: string; assessmentId: string; organisationId: string; reason: string; items: Item[]; termAt: Date },
) {
  const { id, assessmentId, organisationId, reason, items, termAt } = notice;
  return tx
    .insert(notices)
    .values({ id, assessmentId, organisationId, kind: 'returned', reason, items, termAt, sentAt: ctx.now });
}
