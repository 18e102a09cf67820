import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { publications, releaseFigures, releaseInclusions, releases } from '#db/schema/publications.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound, precondition } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { composeFigures } from './compose-figures.ts';
import { keepSectorDetail } from './keep-sector-detail.ts';
import { behind, includedPublications, readLastFigures, readReleaseFacts, releaseBlocks } from './release-facts.ts';
import { readScoreGroups } from './score-groups.ts';

export const makeReleaseInput = z.object({
  /** Made by the caller: the same request twice makes one release. */
  id: z.uuid(),
  roundId: z.uuid(),
});
export type MakeReleaseInput = z.infer<typeof makeReleaseInput>;

export type Release = { id: string; number: number; insurers: number };

/**
 * Makes the next numbered set of sector figures of a round, over what is published at this moment. It never changes;
 * figures that too few insurers stand behind are left out of it, and so is what would give one of them away.
 * @throws not found for an unknown round; precondition `nothing_published`, or `too_few_changed` since the last release
 */
export async function makeRelease(ctx: Context, { id, roundId }: MakeReleaseInput): Promise<Release> {
  onlyStaff(ctx.actor);
  authorize(ctx.actor, 'release.make');
  return inTransaction(ctx, async (tx) => {
    // Two leads at once: the second waits, and then counts from the release of the first.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`release:${roundId}`}, 0))`);
    const made = await readRelease(tx, id);
    if (made && made.roundId !== roundId) throw notFound();
    if (made) return { id, number: made.number, insurers: made.insurers };
    const version = await openRelease(tx, ctx, { id, roundId });
    if (!version) throw notFound();
    const [facts, framework] = await Promise.all([readReleaseFacts(tx, roundId, id), compiledFramework(tx, version)]);
    const blocks = releaseBlocks(facts);
    if (blocks.length > 0) throw precondition(blocks);
    const { number } = version;
    const [groups, last] = await Promise.all([
      readScoreGroups(tx, { roundId, number, included: behind(id), sections: framework.sections }),
      readLastFigures(tx, facts.last),
    ]);
    const keys = framework.sections.map(({ key }) => key);
    const figures = composeFigures(keys, facts, groups, last, number);
    await Promise.all([
      tx.insert(releaseFigures).values(figures.map((figure) => ({ releaseId: id, ...figure }))),
      keepSectorDetail(tx, id),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'release.make',
        detail: { releaseId: id, roundId, number, insurers: facts.insurers },
      }),
    ]);
    return { id, number, insurers: facts.insurers };
  });
}

/**
 * Writes the release with the next number and what stands behind it; the figures come from there. Gives nothing back for
 * an unknown round.
 */
async function openRelease(tx: Transaction, ctx: Context, { id, roundId }: MakeReleaseInput) {
  const [version] = await tx
    .select({
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
      number: sql<number>`(select coalesce(max(${releases.number}), 0) + 1 from ${releases}
        where ${releases.roundId} = ${rounds.id})`,
    })
    .from(rounds)
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(eq(rounds.id, roundId));
  if (!version) return undefined;
  await tx.insert(releases).values({ id, roundId, number: version.number, madeAt: ctx.now, madeBy: ctx.actor.userId });
  await tx.insert(releaseInclusions).select(
    tx
      .select({ releaseId: sql<string>`${id}::uuid`.as('release_id'), publicationId: publications.id })
      .from(publications)
      .where(includedPublications(roundId)),
  );
  return version;
}

async function readRelease(tx: Transaction, id: string) {
  const [row] = await tx
    .select({
      roundId: releases.roundId,
      number: releases.number,
      insurers: sql<number>`(select count(*)::int from ${releaseInclusions}
        where ${releaseInclusions.releaseId} = ${releases.id})`,
    })
    .from(releases)
    .where(eq(releases.id, id));
  return row;
}
