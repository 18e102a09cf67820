import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { openData, releaseFigures, releases } from '#db/schema/publications.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { canonicalJson, type JsonValue } from '#domain/canonical-json.ts';
import { effectiveReleaseSettings } from '#domain/release-rules.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound, precondition } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type OpenDataContent, openFigures } from './open-data-content.ts';

export const openReleaseInput = z.object({ releaseId: z.uuid() });
export type OpenReleaseInput = z.infer<typeof openReleaseInput>;

/**
 * Makes the averages of a release public, under an address that needs no account. What goes out is fixed now. Opening what
 * is open already changes nothing.
 * @throws not found; precondition `no_figures` when no average of it may be shown
 */
export async function openRelease(ctx: Context, { releaseId }: OpenReleaseInput): Promise<{ releaseId: string }> {
  onlyStaff(ctx.actor);
  authorize(ctx.actor, 'release.open');
  return inTransaction(ctx, async (tx) => {
    const content = await readOpenContent(tx, releaseId);
    if (content.figures.every(({ mean }) => mean === null)) throw precondition(['no_figures']);
    const text = canonicalJson(content as unknown as JsonValue);
    const sha256 = createHash('sha256').update(text).digest();
    const row = { id: randomUUID(), releaseId, content: text, sha256, openedAt: ctx.now, openedBy: ctx.actor.userId };
    const opened = await tx.insert(openData).values(row).onConflictDoNothing().returning({ id: openData.id });
    if (opened.length > 0) {
      const detail = { releaseId, number: content.release.number, sha256: sha256.toString('hex') };
      await recordEvent(tx, { at: ctx.now, actorId: ctx.actor.userId, action: 'release.open', detail });
    }
    return { releaseId };
  });
}

/** What of a release becomes public. @throws not found */
async function readOpenContent(tx: Transaction, releaseId: string): Promise<OpenDataContent> {
  const [[head], figures] = await Promise.all([
    tx
      .select({ release: releases, round: rounds, version: frameworkVersions })
      .from(releases)
      .innerJoin(rounds, eq(rounds.id, releases.roundId))
      .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
      .where(eq(releases.id, releaseId)),
    tx.select().from(releaseFigures).where(eq(releaseFigures.releaseId, releaseId)),
  ]);
  if (!head) throw notFound();
  const { release, round, version } = head;
  const { sections, title, subject, source } = await compiledFramework(tx, version);
  const { name, productScope, periodFrom, periodTo } = round;
  return {
    schema: 'trede-open-data-1',
    round: { name, productScope, periodFrom, periodTo },
    framework: { ref: version.ref, title, subject, publisher: source.publisher },
    release: { id: release.id, number: release.number, madeAt: release.madeAt.toISOString() },
    scale: { lowest: 1, highest: 5 },
    minimumInsurers: effectiveReleaseSettings({ mean: round.minimumForMean }).mean,
    figures: openFigures(sections, figures, release.number),
  };
}
