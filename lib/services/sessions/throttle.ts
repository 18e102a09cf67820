import 'server-only';
import { createHash } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { signInThrottles } from '#db/schema/identity.ts';
import { recordEvent } from '#services/audit.ts';

const windowMinutes = 15;
/** Failures in a window after which an account, or an address that tries many accounts, has to wait. */
const limits = { account: 10, address: 50 };

/** Whose failures are counted: hashes, so that the table tells nobody who tried. */
export type ThrottleSubjects = { account: string; address?: string };

/** @param email lower-case, as it is signed in with */
export function throttleSubjects(email: string, address?: string): ThrottleSubjects {
  return {
    account: subject('account', email),
    ...(address === undefined ? {} : { address: subject('address', address) }),
  };
}

/** Whether the account or the address failed too often to try again now. */
export async function isThrottled(tx: Transaction, subjects: ThrottleSubjects, now: Date): Promise<boolean> {
  const rows = await tx
    .select()
    .from(signInThrottles)
    .where(inArray(signInThrottles.subject, Object.values(subjects)));
  const failures = (of: string | undefined) => {
    const row = rows.find((throttle) => throttle.subject === of);
    return row && row.windowStartedAt > windowStart(now) ? row.failures : 0;
  };
  return failures(subjects.account) >= limits.account || failures(subjects.address) >= limits.address;
}

/** Counts a failure for each subject and logs it. */
export async function countFailure(
  tx: Transaction,
  subjects: ThrottleSubjects,
  { now, actorId = null }: { now: Date; actorId?: string | null },
) {
  const expired = sql`${signInThrottles.windowStartedAt} <= ${windowStart(now).toISOString()}::timestamptz`;
  await Promise.all([
    tx
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
      }),
    recordEvent(tx, { at: now, actorId, action: 'session.refuse' }),
  ]);
}

function subject(kind: string, value: string) {
  return `${kind}:${createHash('sha256').update(value).digest('base64url')}`;
}

const windowStart = (now: Date) => new Date(now.getTime() - windowMinutes * 60_000);
