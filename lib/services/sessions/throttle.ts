import 'server-only';
import { createHash } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { signInThrottles } from '#db/schema/identity.ts';
import { type AuditEvent, recordEvents } from '#services/audit.ts';

const windowMinutes = 15;
/** Failures in a window after which an account, or an address that tries many accounts, has to wait. */
const limits = { account: 10, address: 50 };

/** Whose failures are counted: hashes, so that the table tells nobody who tried. */
export type ThrottleSubjects = { account: string; address?: string };
type ThrottleKind = keyof ThrottleSubjects;

/** @param email lower-case, as it is signed in with */
export function throttleSubjects(email: string, address?: string): ThrottleSubjects {
  return {
    account: subject('account', email),
    ...(address === undefined ? {} : { address: subject('address', address) }),
  };
}

/** Which of the subjects failed too often to try again now; none of them: go on. */
export async function throttledOf(tx: Transaction, subjects: ThrottleSubjects, now: Date): Promise<ThrottleKind[]> {
  const rows = await tx
    .select()
    .from(signInThrottles)
    .where(inArray(signInThrottles.subject, Object.values(subjects)));
  return kindsOf(subjects).filter((kind) => {
    const row = rows.find((throttle) => throttle.subject === subjects[kind]);
    return row !== undefined && row.windowStartedAt > windowStart(now) && row.failures >= limits[kind];
  });
}

/** Counts a failure for each subject and logs it, and which of them has to wait from now on. */
export async function countFailure(tx: Transaction, subjects: ThrottleSubjects, tried: Tried) {
  const counts = await count(tx, subjects, tried.now);
  const waiting = kindsOf(subjects).filter((kind) => counts.get(kind) === limits[kind]);
  await recordEvents(tx, [
    tried.event('session.refuse'),
    ...waiting.map((kind) => tried.event('session.lock', { limit: kind })),
  ]);
}

/**
 * Counts an attempt that was turned away unread. The log gets the first of a window, then the tenth, the hundredth and so
 * on with their number: whoever goes on trying, as fast as it goes, fills no log.
 */
export async function countTurnedAway(
  tx: Transaction,
  subjects: ThrottleSubjects,
  kinds: readonly ThrottleKind[],
  tried: Tried,
) {
  const counts = await count(tx, Object.fromEntries(kinds.map((kind) => [kind, subjects[kind]])), tried.now);
  const events = kinds.flatMap((kind) => {
    const turnedAway = (counts.get(kind) ?? 0) - limits[kind];
    return /^10*$/.test(String(turnedAway)) ? [tried.event('session.turn_away', { limit: kind, turnedAway })] : [];
  });
  if (events.length > 0) await recordEvents(tx, events);
}

/**
 * Who tried, and when, as its lines in the log begin.
 * @param accountId the account that was named, when there is one: its person need not be who tried
 */
export function tried(now: Date, { actorId = null, accountId }: { actorId?: string | null; accountId: string | null }) {
  return {
    now,
    event: (action: string, detail: AuditEvent['detail'] = {}): AuditEvent => ({
      at: now,
      actorId,
      action,
      detail: { ...detail, accountId },
    }),
  };
}
type Tried = ReturnType<typeof tried>;

/** Adds one to each subject, and says what each has come to in its window. */
async function count(tx: Transaction, subjects: Partial<ThrottleSubjects>, now: Date) {
  const expired = sql`${signInThrottles.windowStartedAt} <= ${windowStart(now).toISOString()}::timestamptz`;
  const rows = await tx
    .insert(signInThrottles)
    // In one order, so that two failures at once never wait for each other.
    .values(
      Object.values(subjects)
        .toSorted()
        .map((of) => ({ subject: of, windowStartedAt: now, failures: 1 })),
    )
    .onConflictDoUpdate({
      target: signInThrottles.subject,
      set: {
        failures: sql`case when ${expired} then 1 else ${signInThrottles.failures} + 1 end`,
        windowStartedAt: sql`case when ${expired} then excluded.window_started_at else ${signInThrottles.windowStartedAt} end`,
      },
    })
    .returning({ of: signInThrottles.subject, failures: signInThrottles.failures });
  return new Map(kindsOf(subjects).map((kind) => [kind, rows.find((row) => row.of === subjects[kind])?.failures]));
}

const kindsOf = (subjects: Partial<ThrottleSubjects>) =>
  (['account', 'address'] as const).filter((kind) => subjects[kind] !== undefined);

function subject(kind: string, value: string) {
  return `${kind}:${createHash('sha256').update(value).digest('base64url')}`;
}

const windowStart = (now: Date) => new Date(now.getTime() - windowMinutes * 60_000);
