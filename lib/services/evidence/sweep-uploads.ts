import 'server-only';
import { and, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import { evidence, uploads } from '#db/schema/evidence.ts';
import { organisations } from '#db/schema/identity.ts';
import type { Staging } from '#lib/storage/staging.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { inSystemTransaction, type SystemContext } from '#services/context.ts';

type SweepContext = SystemContext & { storage: Storage; staging: Staging };

const day = 86_400_000;
const atOnce = 500;

/**
 * Clears away uploads that were broken off and not taken up again in time, and what lies in staging without a row: of a
 * process that ended in mid-request.
 */
export async function sweepUploads(ctx: Omit<SweepContext, 'storage'>): Promise<{ removed: number }> {
  const over = await inSystemTransaction(ctx, (tx) =>
    tx.delete(uploads).where(lt(uploads.expiresAt, ctx.now)).returning({ id: uploads.id }),
  );
  for (const { id } of over) await ctx.staging.remove(id);
  const old = (await ctx.staging.list()).filter(({ changedAt }) => changedAt.getTime() < ctx.now.getTime() - day);
  let removed = over.length;
  for (let at = 0; at < old.length; at += atOnce) {
    const names = old.slice(at, at + atOnce).map(({ name }) => name);
    const known = await inSystemTransaction(ctx, (tx) =>
      tx.select({ id: uploads.id }).from(uploads).where(inArray(uploads.id, names)),
    );
    const held = new Set(known.map(({ id }) => id));
    for (const name of names.filter((one) => !held.has(one))) {
      await ctx.staging.remove(name);
      removed += 1;
    }
  }
  return { removed };
}

/**
 * Clears away files in storage that no row holds: of a process that ended between the bytes and the row. Only what has
 * lain for a week and belongs to an organisation of this database: a database that is put back from a copy, or an empty
 * one, does not take the files of another with it. Files that still wait for their scan are put in the queue once more.
 */
export async function sweepStorage(ctx: Omit<SweepContext, 'staging'>): Promise<{ removed: number }> {
  let removed = 0;
  let batch: string[] = [];
  for await (const { key, changedAt } of ctx.storage.list()) {
    if (changedAt.getTime() < ctx.now.getTime() - 7 * day && evidenceKey.test(key)) batch.push(key);
    if (batch.length < atOnce) continue;
    removed += await removeUnheld(ctx, batch);
    batch = [];
  }
  removed += await removeUnheld(ctx, batch);
  await inSystemTransaction(ctx, (tx) =>
    tx
      .select({ asked: sql`ask_for_scan(${evidence.id})` })
      .from(evidence)
      .where(
        and(
          eq(evidence.scanResult, 'waiting'),
          isNotNull(evidence.storageKey),
          lt(evidence.addedAt, new Date(ctx.now.getTime() - day)),
        ),
      ),
  );
  return { removed };
}

/** Organisation, assessment, file: what `keepEvidence` names them. */
const evidenceKey = /^([0-9a-f-]{36})\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/;

async function removeUnheld(ctx: Omit<SweepContext, 'staging'>, keys: readonly string[]): Promise<number> {
  if (keys.length === 0) return 0;
  const owners = [...new Set(keys.map((key) => evidenceKey.exec(key)?.[1] ?? ''))];
  const [held, ours] = await inSystemTransaction(ctx, async (tx) => [
    await tx
      .select({ key: evidence.storageKey })
      .from(evidence)
      .where(inArray(evidence.storageKey, [...keys])),
    await tx.select({ id: organisations.id }).from(organisations).where(inArray(organisations.id, owners)),
  ]);
  const heldKeys = new Set(held.map(({ key }) => key));
  const ourIds = new Set(ours.map(({ id }) => id));
  const unheld = keys.filter((key) => !heldKeys.has(key) && ourIds.has(evidenceKey.exec(key)?.[1] ?? ''));
  for (const key of unheld) await ctx.storage.remove(key);
  return unheld.length;
}
