import 'server-only';
import { and, eq, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import { presences } from '#db/schema/teamwork.ts';
import { statement } from '#db/statement.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { noteChange } from './announce.ts';
import { readOwner } from './open-presence.ts';

export const savePresenceInput = z.object({ assessmentId: z.uuid(), presenceId: z.uuid(), editing: z.boolean() });
export type SavePresenceInput = z.infer<typeof savePresenceInput>;

/** Says that somebody began or stopped typing on a page that is open. A page that is not open any more changes nothing. */
export async function savePresence(ctx: Context, input: SavePresenceInput): Promise<void> {
  onlyInsurer(ctx.actor);
  await inTransaction(ctx, async (tx) => {
    const organisationId = await readOwner(tx, input.assessmentId);
    authorize(ctx.actor, 'assessment.read', { organisationId });
    const [changed] = await updatePresence(tx, { ...input, userId: ctx.actor.userId });
    if (!changed) return;
    const { assessmentId } = input;
    noteChange(tx, { action: 'presence', actorId: ctx.actor.userId, assessmentId, detail: changed });
  });
}

const updatePresence = statement('presence:save', (db) =>
  db
    .update(presences)
    .set({ editing: sql`${sql.placeholder('editing')}` })
    .where(
      and(
        eq(presences.id, sql.placeholder('presenceId')),
        eq(presences.assessmentId, sql.placeholder('assessmentId')),
        eq(presences.userId, sql.placeholder('userId')),
        ne(presences.editing, sql.placeholder('editing')),
      ),
    )
    .returning({ criterionKey: presences.criterionKey }),
);
