import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { extensionRequests } from '#db/schema/teamwork.ts';
import { type State, transitions } from '#domain/workflow.ts';
import type { Context } from '#services/context.ts';
import { type AskedRequest, readRequests, requestState } from '#services/requests/request-facts.ts';

/** What an insurer asks for and nobody answered yet. */
export type OpenExtension = { id: string; reason: string; askedAt: Date };

/** The request for more time that stands at an assessment, or null. */
export async function readOpenExtension(tx: Transaction, assessmentId: string): Promise<OpenExtension | null> {
  const [row] = await tx
    .select({ id: extensionRequests.id, reason: extensionRequests.reason, askedAt: extensionRequests.askedAt })
    .from(extensionRequests)
    .where(
      and(eq(extensionRequests.assessmentId, sql.placeholder('assessmentId')), isNull(extensionRequests.answeredAt)),
    )
    .prepare('extension:open')
    .execute({ assessmentId });
  return row ?? null;
}

/** Whether a request for more time still asks for an answer: where it was submitted since, it asks for none. */
export const awaitsExtension = (state: State): boolean => transitions.ask_extension.from.includes(state);

/**
 * The information requests whose term more time would move: those that are open, or were when it was asked for and were
 * neither answered nor withdrawn since.
 */
export function requestsToExtend<Asked extends AskedRequest>(
  requests: readonly Asked[],
  asked: Pick<OpenExtension, 'askedAt'> | null,
  now: Date,
): Asked[] {
  return requests.filter((request) => requestState(request, asked?.askedAt ?? now) === 'open');
}

/** Ends the request that stands, if one does. @param granted the answer; null when a step makes it moot */
export function answerExtension(tx: Transaction, ctx: Context, assessmentId: string, granted: boolean | null) {
  return tx
    .update(extensionRequests)
    .set({ answeredAt: ctx.now, ...(granted !== null && { granted }) })
    .where(and(eq(extensionRequests.assessmentId, assessmentId), isNull(extensionRequests.answeredAt)));
}

/** Ends the request that stands when, without this information request, nothing is left that more time was asked for. */
export async function lapseExtension(tx: Transaction, ctx: Context, assessmentId: string, doneId: string) {
  const [asked, requests] = await Promise.all([readOpenExtension(tx, assessmentId), readRequests(tx, assessmentId)]);
  if (!asked) return;
  const left = requestsToExtend(requests, asked, ctx.now).filter(({ id }) => id !== doneId);
  if (left.length === 0) await answerExtension(tx, ctx, assessmentId, null);
}
