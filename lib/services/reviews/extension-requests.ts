import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { extensionRequests } from '#db/schema/teamwork.ts';
import { type State, transitions } from '#domain/workflow.ts';
import type { Context } from '#services/context.ts';

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

/** Ends the request that stands, if one does: by an answer, or by a step that makes it moot. */
export function answerExtension(tx: Transaction, ctx: Context, assessmentId: string, granted: boolean) {
  return tx
    .update(extensionRequests)
    .set({ answeredAt: ctx.now, granted })
    .where(and(eq(extensionRequests.assessmentId, assessmentId), isNull(extensionRequests.answeredAt)));
}
