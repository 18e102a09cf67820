import 'server-only';
import { randomUUID } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { evidenceLinks } from '#db/schema/evidence.ts';
import type { Context } from '#services/context.ts';

/** A link that stands: where a piece supports a criterion. */
export type StandingLink = {
  id: string;
  criterionKey: string;
  locator: string;
  assessmentId: string;
  organisationId: string;
};

/** Takes links away from the piece they are of and makes them anew for another, at the same criteria. Two statements. */
export async function moveLinks(tx: Transaction, ctx: Context, links: readonly StandingLink[], evidenceId: string) {
  if (links.length === 0) return;
  await removeLinks(
    tx,
    ctx,
    links.map(({ id }) => id),
  );
  await tx.insert(evidenceLinks).values(
    links.map(({ id: _, ...link }) => ({
      ...link,
      id: randomUUID(),
      evidenceId,
      linkedAt: ctx.now,
      linkedBy: ctx.actor.userId,
    })),
  );
}

/** Takes links away: the rows stay, as what was once said. */
export async function removeLinks(tx: Transaction, ctx: Context, linkIds: readonly string[]) {
  if (linkIds.length === 0) return;
  await tx
    .update(evidenceLinks)
    .set({ removedAt: ctx.now, removedBy: ctx.actor.userId })
    .where(inArray(evidenceLinks.id, [...linkIds]));
}
