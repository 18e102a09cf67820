import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import { dayInAmsterdam } from '#domain/terms.ts';
import { recordEvent } from '#services/audit.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { inTransaction } from '#services/context.ts';
import { invalid } from '#services/errors.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { authorizeAt, readRoom } from './evidence-room.ts';

const line = (length: number) => z.string().trim().max(length, 'too_long').default('');

/** A page that was seen, with the day. The server never fetches it. `evidenceId` is made by the client. */
export const addWebAddressInput = z.object({
  assessmentId: z.uuid(),
  criterionKey: z.string().max(32),
  evidenceId: z.uuid(),
  title: z.string().trim().min(1, 'title_missing').max(200, 'too_long'),
  webAddress: z
    .string()
    .trim()
    .max(2_000, 'too_long')
    .refine((address) => URL.canParse(address) && /^https?:$/.test(new URL(address).protocol), 'address_wrong'),
  seenOn: z.iso.date('date_missing'),
  aboutPeriod: line(200),
  locator: line(200),
});
export type AddWebAddressInput = z.infer<typeof addWebAddressInput>;

/**
 * Names a web address as evidence for a criterion. A repeat of the same key succeeds and adds nothing.
 * @throws invalid when the day it was seen is still to come, or the assessment holds too much already
 */
export async function addWebAddress(ctx: Omit<EvidenceContext, 'storage'>, input: AddWebAddressInput) {
  onlyInsurer(ctx.actor);
  if (input.seenOn > dayInAmsterdam(ctx.now)) throw invalid({ seenOn: 'date_to_come' });
  return inTransaction(ctx, async (tx) => {
    const [room, [existing]] = await Promise.all([
      readRoom(tx, input.assessmentId),
      tx
        .select({ id: evidence.id })
        .from(evidence)
        .where(eq(evidence.id, sql.placeholder('evidenceId')))
        .prepare('add-web-address:existing')
        .execute({ evidenceId: input.evidenceId }),
    ]);
    await authorizeAt(tx, ctx.actor, 'evidence.store', room, [input.criterionKey]);
    if (existing) return { evidenceId: input.evidenceId };
    if (room.count >= ctx.limits.count) throw invalid({ webAddress: 'too_many_files' });
    const of = { assessmentId: room.assessmentId, organisationId: room.organisationId };
    await tx.insert(evidence).values({
      id: input.evidenceId,
      ...of,
      kind: 'web_address',
      title: input.title,
      aboutPeriod: input.aboutPeriod,
      webAddress: new URL(input.webAddress).href,
      seenOn: input.seenOn,
      // Nothing is stored, so nothing awaits a scan.
      scanResult: 'clean',
      addedAt: ctx.now,
      addedBy: ctx.actor.userId,
    });
    await Promise.all([
      tx.insert(evidenceLinks).values({
        id: input.evidenceId,
        ...of,
        evidenceId: input.evidenceId,
        criterionKey: input.criterionKey,
        locator: input.locator,
        linkedAt: ctx.now,
        linkedBy: ctx.actor.userId,
      }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'evidence.store',
        ...of,
        detail: { evidenceId: input.evidenceId, criterionKey: input.criterionKey, kind: 'web_address' },
      }),
    ]);
    return { evidenceId: input.evidenceId };
  });
}
