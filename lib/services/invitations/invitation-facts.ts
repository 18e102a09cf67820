import 'server-only';
import { randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { credentials, invitations, memberships, organisations, users } from '#db/schema/identity.ts';
import type { OrganisationKind } from '#domain/policy.ts';

/** Days after which the link of an invitation no longer works. */
export const invitationDays = 7;

/** What a link carries. Whoever reads the table cannot make it: only its hash is kept. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function invitationEnd(now: Date): Date {
  return new Date(now.getTime() + invitationDays * 86_400_000);
}

/** The account of an e-mail address, whether it has a password, and in which organisations it stands now. */
export async function readAccount(tx: Transaction, email: string) {
  const rows = await tx
    .select({
      userId: users.id,
      disabledAt: users.disabledAt,
      organisationId: memberships.organisationId,
      organisationKind: organisations.kind,
    })
    .from(users)
    .leftJoin(memberships, and(eq(memberships.userId, users.id), isNull(memberships.endedAt)))
    .leftJoin(organisations, eq(organisations.id, memberships.organisationId))
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()));
  const [first] = rows;
  if (!first) return null;
  return {
    userId: first.userId,
    disabled: first.disabledAt !== null,
    memberships: rows.flatMap(({ organisationId, organisationKind }) =>
      organisationId && organisationKind ? [{ organisationId, organisationKind }] : [],
    ),
  };
}

export type Account = NonNullable<Awaited<ReturnType<typeof readAccount>>>;

/** Why this account cannot become a member of the organisation, or null. No account has roles of both kinds. */
export function accountFault(
  account: Account | null,
  organisation: { id: string; kind: OrganisationKind },
): 'disabled' | 'member' | 'other_kind' | null {
  if (!account) return null;
  if (account.disabled) return 'disabled';
  if (account.memberships.some(({ organisationId }) => organisationId === organisation.id)) return 'member';
  return account.memberships.some(({ organisationKind }) => organisationKind !== organisation.kind)
    ? 'other_kind'
    : null;
}

/** The invitation of a link that still works, locked: of two who accept at once, the second finds it used. */
export async function lockInvitation(tx: Transaction, tokenHash: Uint8Array, now: Date) {
  const [row] = await tx
    .select({ invitation: invitations, organisation: organisations })
    .from(invitations)
    .innerJoin(organisations, eq(organisations.id, invitations.organisationId))
    .where(stands(tokenHash, now))
    .for('no key update', { of: invitations });
  return row;
}

export async function findInvitation(tx: Transaction, tokenHash: Uint8Array, now: Date) {
  const [row] = await tx
    .select({ invitation: invitations, organisation: organisations })
    .from(invitations)
    .innerJoin(organisations, eq(organisations.id, invitations.organisationId))
    .where(stands(tokenHash, now));
  return row;
}

function stands(tokenHash: Uint8Array, now: Date) {
  return and(
    eq(invitations.tokenHash, tokenHash),
    isNull(invitations.usedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, now),
  );
}

/** Gives the account the password that it signs in with from now on. */
export async function writePassword(tx: Transaction, userId: string, passwordHash: string, now: Date) {
  await tx
    .insert(credentials)
    .values({ userId, passwordHash, changedAt: now })
    .onConflictDoUpdate({ target: credentials.userId, set: { passwordHash, changedAt: now } });
}
