import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { hearingEvidence, hearingResponses } from '#db/schema/hearing.ts';
import { supplementEvidence, supplements } from '#db/schema/requests.ts';
import { authorize } from '#services/authorize.ts';
import type { Context } from '#services/context.ts';
import { notFound, precondition } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { readOpenDraftOutcome, tells } from '#services/hearing/open-draft-outcome.ts';
import { readRequest, requestState } from '#services/requests/request-facts.ts';
import { nextState } from '#services/take-transition.ts';
import type { EvidenceRoom } from './evidence-room.ts';

const keyOrNone = z.uuid().or(z.literal('')).nullish();

/** What a form says of where a piece is enclosed; all empty for a piece that is enclosed nowhere. */
export const enclosingFields = {
  requestId: keyOrNone,
  draftOutcomeId: keyOrNone,
  sectionKey: z.string().max(32).nullish(),
};

type EnclosingFields = {
  requestId?: string | null | undefined;
  draftOutcomeId?: string | null | undefined;
  sectionKey?: string | null | undefined;
};

/** Where a piece is enclosed: in a supplement, or in what is said of one section in a hearing. */
export type Enclosing = { requestId: string } | { draftOutcomeId: string; sectionKey: string };

export function enclosingOf({ requestId, draftOutcomeId, sectionKey }: EnclosingFields): Enclosing | null {
  if (requestId) return { requestId };
  return draftOutcomeId ? { draftOutcomeId, sectionKey: sectionKey ?? '' } : null;
}

/**
 * Lets the actor change what is enclosed: with a supplement while its request is open, with what is said of a section
 * while the newest draft outcome waits for the response. Who may write the text may enclose.
 * @throws not found for a request or a section that is not there; precondition with the guards that fail
 */
export async function authorizeEnclosing(
  tx: Transaction,
  ctx: Pick<Context, 'actor' | 'now'>,
  room: EvidenceRoom,
  enclosing: Enclosing,
) {
  const { assessmentId, organisationId, state } = room;
  if ('requestId' in enclosing) {
    const [request, framework] = await Promise.all([
      readRequest(tx, { assessmentId, requestId: enclosing.requestId }),
      compiledFramework(tx, room.framework),
    ]);
    const sectionKey = framework.criterion(request?.criterionKey ?? '')?.sectionKey ?? '';
    authorize(ctx.actor, 'request.save', { organisationId, sectionKey });
    if (!request) throw notFound();
    const guards = { request_open: requestState(request, ctx.now) === 'open' };
    nextState({ state }, { verb: 'save_supplement', guards });
    return;
  }
  authorize(ctx.actor, 'hearing.save', { organisationId });
  const outcome = await readOpenDraftOutcome(tx, assessmentId, ctx.now);
  nextState({ state }, { verb: 'save_statement', guards: outcome.guards });
  if (outcome.id !== enclosing.draftOutcomeId) throw precondition(['newer_version']);
  if (!tells(outcome.content, enclosing.sectionKey)) throw notFound();
}

type Enclosed = { evidenceId: string; organisationId: string; locator: string; own: boolean };

/** Encloses a piece; one that was taken away there comes back. */
export function writeEnclosure(tx: Transaction, enclosing: Enclosing, { locator, own, ...piece }: Enclosed) {
  const set = { locator, own, removedAt: null };
  return 'requestId' in enclosing
    ? tx
        .insert(supplementEvidence)
        .values({ ...enclosing, ...piece, locator, own })
        .onConflictDoUpdate({ target: [supplementEvidence.requestId, supplementEvidence.evidenceId], set })
    : tx
        .insert(hearingEvidence)
        .values({ ...enclosing, ...piece, locator, own })
        .onConflictDoUpdate({
          target: [hearingEvidence.draftOutcomeId, hearingEvidence.sectionKey, hearingEvidence.evidenceId],
          set,
        });
}

/** Takes an enclosure away; nothing happens to one that is gone. */
export function takeEnclosureAway(tx: Transaction, ctx: Context, enclosing: Enclosing, evidenceId: string) {
  const gone = { removedAt: ctx.now };
  return 'requestId' in enclosing
    ? tx.update(supplementEvidence).set(gone).where(inSupplement(enclosing, evidenceId))
    : tx.update(hearingEvidence).set(gone).where(inStatement(enclosing, evidenceId));
}

/** How a piece stands where it is, or once was, enclosed; undefined when it never was. */
export async function readEnclosure(tx: Transaction, enclosing: Enclosing, evidenceId: string) {
  const [row] = await ('requestId' in enclosing
    ? tx
        .select({ own: supplementEvidence.own, removedAt: supplementEvidence.removedAt })
        .from(supplementEvidence)
        .where(inSupplement(enclosing, evidenceId))
    : tx
        .select({ own: hearingEvidence.own, removedAt: hearingEvidence.removedAt })
        .from(hearingEvidence)
        .where(inStatement(enclosing, evidenceId)));
  return row;
}

const inSupplement = ({ requestId }: { requestId: string }, evidenceId: string) =>
  and(eq(supplementEvidence.requestId, requestId), eq(supplementEvidence.evidenceId, evidenceId));

const inStatement = (at: { draftOutcomeId: string; sectionKey: string }, evidenceId: string) =>
  and(
    eq(hearingEvidence.draftOutcomeId, at.draftOutcomeId),
    eq(hearingEvidence.sectionKey, at.sectionKey),
    eq(hearingEvidence.evidenceId, evidenceId),
  );

/** Whether a piece was sent with a supplement or in a hearing, in a statement that calls it `piece`. */
export const wasSent = (piece: string) => sql`(
  exists (select from ${supplementEvidence} s join ${supplements} su on su.request_id = s.request_id
    where s.evidence_id = ${sql.raw(piece)}."id" and s.removed_at is null and su.sent_at is not null)
  or exists (select from ${hearingEvidence} h join ${hearingResponses} r on r.draft_outcome_id = h.draft_outcome_id
    where h.evidence_id = ${sql.raw(piece)}."id" and h.removed_at is null and r.sent_at is not null))`;

/** Takes a piece that leaves the assessment away wherever it is enclosed and was not sent. */
export const takeUnsentAway = (tx: Transaction, ctx: Context, evidenceId: string) => [
  tx
    .update(supplementEvidence)
    .set({ removedAt: ctx.now })
    .where(
      sql`${supplementEvidence.evidenceId} = ${evidenceId} and ${supplementEvidence.removedAt} is null and not exists (
        select from ${supplements} su where su.request_id = ${supplementEvidence.requestId} and su.sent_at is not null)`,
    ),
  tx
    .update(hearingEvidence)
    .set({ removedAt: ctx.now })
    .where(
      sql`${hearingEvidence.evidenceId} = ${evidenceId} and ${hearingEvidence.removedAt} is null and not exists (select
        from ${hearingResponses} r where r.draft_outcome_id = ${hearingEvidence.draftOutcomeId} and r.sent_at is not null)`,
    ),
];

/** For the log: where a piece is enclosed, as far as it is. */
export const enclosingDetail = (enclosing: Enclosing | null): Record<string, string> => ({ ...enclosing });
