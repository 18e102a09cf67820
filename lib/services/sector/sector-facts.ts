import 'server-only';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { releaseClaims, releaseCriteria, releaseFigures, releases } from '#db/schema/publications.ts';
import { frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import type { Context } from '#services/context.ts';
import { isOpen } from '#services/open-data/open-data-content.ts';

export type SectorRelease = { id: string; number: number; madeAt: string; open: boolean };

/** A release of a round by its number; null: the newest. */
type Asked = { roundId: string; number: number | null };

export async function readSectorHead(tx: Transaction, ctx: Context, roundId: string) {
  const [row] = await tx
    .select({
      round: rounds,
      version: { ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 },
      inActorsRounds: sql<boolean>`exists (select from ${roundReviewers} where ${roundReviewers.roundId} = ${rounds.id}
        and ${roundReviewers.userId} = ${ctx.actor.userId} and ${roundReviewers.endedAt} is null)`,
    })
    .from(rounds)
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(eq(rounds.id, roundId));
  return row;
}

/** Newest first. */
export async function readReleases(tx: Transaction, roundId: string): Promise<SectorRelease[]> {
  const rows = await tx
    .select({
      id: releases.id,
      number: releases.number,
      madeAt: releases.madeAt,
      open: isOpen,
    })
    .from(releases)
    .where(eq(releases.roundId, roundId))
    .orderBy(desc(releases.number))
    .limit(50);
  return rows.map(({ madeAt, ...release }) => ({ ...release, madeAt: madeAt.toISOString() }));
}

export const readFigures = (tx: Transaction, asked: Asked) =>
  tx
    .select()
    .from(releaseFigures)
    .where(eq(releaseFigures.releaseId, releaseOf(tx, asked)));

export const readClaims = (tx: Transaction, asked: Asked) =>
  tx
    .select()
    .from(releaseClaims)
    .where(eq(releaseClaims.releaseId, releaseOf(tx, asked)));

export const readCriteria = (tx: Transaction, asked: Asked) =>
  tx
    .select()
    .from(releaseCriteria)
    .where(eq(releaseCriteria.releaseId, releaseOf(tx, asked)));

/**
 * The newest figures of the round before that used a version of the same framework and was about the same product, with
 * that version: which of them may be compared depends on it.
 */
export function readBefore(tx: Transaction, roundId: string) {
  const of = (column: string) =>
    sql`(select ${sql.raw(column)} from rounds as shown where shown.id = ${sql.placeholder('roundId')})`;
  const newest = tx
    .select({ id: releases.id })
    .from(releases)
    .innerJoin(rounds, eq(rounds.id, releases.roundId))
    .where(
      and(
        sql`split_part(${rounds.frameworkRef}, '@', 1) = split_part(${of('shown.framework_ref')}, '@', 1)`,
        eq(rounds.productScope, of('shown.product_scope')),
        lt(rounds.periodTo, of('shown.period_to')),
      ),
    )
    .orderBy(desc(rounds.periodTo), desc(releases.number))
    .limit(1);
  return tx
    .select({
      name: rounds.name,
      number: releases.number,
      version: { ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 },
      figure: releaseFigures,
    })
    .from(releases)
    .innerJoin(rounds, eq(rounds.id, releases.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .innerJoin(releaseFigures, eq(releaseFigures.releaseId, releases.id))
    .where(eq(releases.id, sql`(${newest})`))
    .prepare('sector:before')
    .execute({ roundId });
}

const releaseOf = (tx: Transaction, { roundId, number }: Asked) =>
  sql`(${tx
    .select({ id: releases.id })
    .from(releases)
    .where(and(eq(releases.roundId, roundId), number === null ? undefined : eq(releases.number, number)))
    .orderBy(desc(releases.number))
    .limit(1)})`;
