import 'server-only';
import { randomUUID } from 'node:crypto';
import { asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { organisations } from '#db/schema/identity.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { issueInvitation } from './issue-invitation.ts';

export const inviteAdministratorInput = z.object({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email({ error: 'email_invalid' }).max(254)),
  /** Of the supervisor, where there is none yet. */
  supervisorName: z.string().trim().min(1).max(120),
});
export type InviteAdministratorInput = z.infer<typeof inviteAdministratorInput>;

/**
 * Invites an administrator in the platform's own name, for the one who runs it: the way to the first account. Makes the
 * supervisor where there is none.
 * @param ctx of the platform
 * @throws invalid when the address is a member already, is closed, or belongs to an insurer
 */
export async function inviteAdministrator(ctx: Context, input: InviteAdministratorInput) {
  authorize(ctx.actor, 'organisation.manage');
  const { email, supervisorName } = input;
  return inTransaction(ctx, async (tx) => {
    const organisation = (await lockSupervisor(tx)) ?? (await makeSupervisor(tx, ctx, supervisorName));
    const invitation = {
      invitationId: randomUUID(),
      organisation,
      email,
      name: email.split('@')[0] ?? email,
      roles: ['administrator' as const],
      sectionKeys: null,
    };
    const { token, expiresAt } = await issueInvitation(tx, ctx, invitation, () => {});
    return { token, expiresAt, supervisor: organisation.name };
  });
}

/** Two at once make one supervisor: the first statement orders them. */
async function lockSupervisor(tx: Transaction) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('trede supervisor'))`);
  const [present] = await tx
    .select()
    .from(organisations)
    .where(eq(organisations.kind, 'supervisor'))
    .orderBy(asc(organisations.createdAt), asc(organisations.id))
    .limit(1);
  return present;
}

async function makeSupervisor(tx: Transaction, ctx: Context, name: string) {
  const organisation = { id: randomUUID(), kind: 'supervisor' as const, name, number: 'T-1', createdAt: ctx.now };
  await tx.insert(organisations).values(organisation);
  await recordEvent(tx, {
    at: ctx.now,
    actorId: ctx.actor.userId,
    action: 'organisation.save',
    organisationId: organisation.id,
  });
  return organisation;
}
