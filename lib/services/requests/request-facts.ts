import 'server-only';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { informationRequests, supplements } from '#db/schema/requests.ts';
import { isOver } from '#domain/terms.ts';
import { type EnclosedPiece, enclosedWithRequest } from '#services/evidence/enclosed-pieces.ts';

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

/** One question that waits for the insurer, for a list over all its rounds. */
export type OpenRequest = Pick<AskedRequest, 'id' | 'assessmentId' | 'criterionKey' | 'termAt'>;

/** Every open request of the organisation that reads, the first to end first; one statement. */
export function readOpenRequests(tx: Transaction, now: Date): Promise<OpenRequest[]> {
  return tx
    .select({
      id: informationRequests.id,
      assessmentId: informationRequests.assessmentId,
      criterionKey: informationRequests.criterionKey,
      termAt: informationRequests.termAt,
    })
    .from(informationRequests)
    .innerJoin(
      assessments,
      and(eq(assessments.id, informationRequests.assessmentId), eq(assessments.state, 'in_review')),
    )
    .where(requestIsOpen)
    .orderBy(asc(informationRequests.termAt), asc(informationRequests.id))
    .prepare('requests:open-of-all')
    .execute({ now: now.toISOString() });
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
  /** The file that was refused after it was signed or sent, where the platform asks; then `question` is its title. */
  refusedEvidenceId: string | null;
  /** What goes with it, by title. */
  evidence: readonly EnclosedPiece[];
};

/** A request with how it stands now. */
export type RequestView = AskedRequest & { state: RequestState };

/** How requests stand at a moment. */
export function requestViews(requests: readonly AskedRequest[], now: Date): RequestView[] {
  return requests.map((request) => ({ ...request, state: requestState(request, now) }));
}

/** How many still wait for their insurer. */
export const openOf = (requests: readonly RequestView[]) => requests.filter(({ state }) => state === 'open').length;

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
      refusedEvidenceId: informationRequests.refusedEvidenceId,
      evidence: enclosedWithRequest(sql`${informationRequests.id}`),
    })
    .from(informationRequests)
    .leftJoin(supplements, eq(supplements.requestId, informationRequests.id))
    .$dynamic();

type Row = Awaited<ReturnType<typeof selectRequests>>[number];

const askedRequest = (row: Row): AskedRequest => ({ ...row, text: row.text ?? '', version: row.version ?? 0 });
