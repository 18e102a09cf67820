import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { auditEvents } from '#db/schema/audit.ts';
import { statement } from '#db/statement.ts';
import { type Context, inTransaction } from './context.ts';
import type { Refusal } from './errors.ts';
import { noteChange } from './live/announce.ts';

/** One line of the log: codes, versions, ids and hashes; never what a person typed. */
export type AuditEvent = {
  at: Date;
  actorId: string | null;
  action: string;
  organisationId?: string | null;
  assessmentId?: string | null;
  detail?: Record<string, string | number | boolean | null | readonly string[]>;
};

/** Writes the event in the same transaction as the change: when it cannot be written, the change does not happen. */
export function recordEvent(tx: Transaction, event: AuditEvent) {
  noteChange(tx, event);
  return insertEvent(tx, eventValues(event));
}

/** The event as a row of placeholders, for a verb that writes change and event in one statement. */
export const eventRow = () => ({
  at: sql.placeholder('at'),
  actorId: sql.placeholder('actorId'),
  action: sql.placeholder('action'),
  organisationId: sql.placeholder('organisationId'),
  assessmentId: sql.placeholder('assessmentId'),
  detail: sql.placeholder('detail'),
});

/** What the placeholders of `eventRow` stand for. */
export const eventValues = ({ organisationId = null, assessmentId = null, detail = {}, ...event }: AuditEvent) => ({
  ...event,
  organisationId,
  assessmentId,
  detail,
});

const insertEvent = statement('audit', (db) => db.insert(auditEvents).values(eventRow()));

/** Writes the lines of one act on many things, in one statement for any number of them. */
export function recordEvents(tx: Transaction, events: readonly AuditEvent[]) {
  for (const event of events) noteChange(tx, event);
  return tx.insert(auditEvents).values(events.map(eventValues));
}

/**
 * Logs that somebody was refused, on its own: the transaction of the refused verb is gone. Only ids of the input are
 * kept. A refusal that a normal day brings (a stale version, a field left open) is not an event.
 */
export async function recordRefusal(ctx: Context, action: string, refusal: Refusal, input: unknown) {
  if (refusal.code === 'conflict' || refusal.code === 'invalid') return;
  const event: AuditEvent = {
    at: ctx.now,
    actorId: ctx.actor.userId,
    action: `${action}.refuse`,
    organisationId: ctx.actor.organisationId,
    detail: { code: refusal.code, because: refusal.because, ...idsOf(input) },
  };
  await inTransaction(ctx, (tx) => recordEvent(tx, event));
}

function idsOf(input: unknown): Record<string, string> {
  if (typeof input !== 'object' || input === null) return {};
  const entries = Object.entries(input).filter(([key, value]) => /(Id|Key)$/.test(key) && typeof value === 'string');
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value).slice(0, 64)]));
}
