import 'server-only';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { informationRequests, supplements } from '#db/schema/requests.ts';
import { isOver } from '#domain/terms.ts';

/**
 * A request is open until it is answered or withdrawn, or its term is over; the last second of a term belongs to it.
 * In a statement that reads from `information_requests` and has the placeholder `now`.
 */
export const requestIsOpen = and(
  isNull(informationRequests.withdrawnAt),
  sql`${informationRequests.termAt} + interval '1 second' > ${sql.placeholder('now')}::timestamptz`,
  sql`not exists (select from ${supplements} where ${supplements.requestId} = ${informationRequests.id}
    and ${supplements.sentAt} is not null)`,
);

/** Whether a case has an information request that still waits for its insurer. */
export async function hasOpenRequest(tx: Transaction, assessmentId: string, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: informationRequests.id })
    .from(informationRequests)
    .where(and(eq(informationRequests.assessmentId, sql.placeholder('assessmentId')), requestIsOpen))
    .limit(1)
    .prepare('requests:open')
    .execute({ assessmentId, now: now.toISOString() });
  return rows.length > 0;
}

/** How a request stands. `overdue`: its term went by without an answer. */
export type RequestState = 'open' | 'answered' | 'withdrawn' | 'overdue';

type Stands = { termAt: Date; withdrawnAt: Date | null; answeredAt: Date | null };

export function requestState({ termAt, withdrawnAt, answeredAt }: Stands, now: Date): RequestState {
  if (answeredAt) return 'answered';
  if (withdrawnAt) return 'withdrawn';
  return isOver(termAt, now) ? 'overdue' : 'open';
}

/** One request with what the insurer wrote on it. */
export type AskedRequest = {
  id: string;
  assessmentId: string;
  organisationId: string;
  criterionKey: string;
  question: string;
  termAt: Date;
  sentAt: Date;
  withdrawnAt: Date | null;
  answeredAt: Date | null;
  /** The supplement: what is being written while it is open, for its insurer alone. `version` 0: nothing yet. */
  text: string;
  version: number;
};

/**
 * Reads the requests of a case, oldest first, in one statement. For the supervisor a supplement is there once it is sent:
 * row security shows no other.
 */
export async function readRequests(tx: Transaction, assessmentId: string): Promise<AskedRequest[]> {
  const rows = await selectRequests(tx)
    .where(eq(informationRequests.assessmentId, sql.placeholder('assessmentId')))
    .orderBy(asc(informationRequests.sentAt), asc(informationRequests.id))
    .prepare('requests:list')
    .execute({ assessmentId });
  return rows.map(askedRequest);
}

/** One request of a case; undefined when it is not there, or of another. */
export async function readRequest(
  tx: Transaction,
  { assessmentId, requestId }: { assessmentId: string; requestId: string },
): Promise<AskedRequest | undefined> {
  const [row] = await selectRequests(tx)
    .where(eq(informationRequests.id, sql.placeholder('requestId')))
    .prepare('requests:one')
    .execute({ requestId });
  return row?.assessmentId === assessmentId ? askedRequest(row) : undefined;
}

const selectRequests = (tx: Transaction) =>
  tx
    .select({
      id: informationRequests.id,
      assessmentId: informationRequests.assessmentId,
      organisationId: informationRequests.organisationId,
      criterionKey: informationRequests.criterionKey,
      question: informationRequests.question,
      termAt: informationRequests.termAt,
      sentAt: informationRequests.sentAt,
      withdrawnAt: informationRequests.withdrawnAt,
      answeredAt: supplements.sentAt,
      text: supplements.text,
      version: supplements.version,
    })
    .from(informationRequests)
    .leftJoin(supplements, eq(supplements.requestId, informationRequests.id))
    .$dynamic();

type Row = Awaited<ReturnType<typeof selectRequests>>[number];

const askedRequest = (row: Row): AskedRequest => ({ ...row, text: row.text ?? '', version: row.version ?? 0 });
