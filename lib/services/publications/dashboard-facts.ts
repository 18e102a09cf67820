import 'server-only';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { submissions } from '#db/schema/assessments.ts';
import { publications, releaseFigures, releases } from '#db/schema/publications.ts';
import { conflictsOfInterest } from '#db/schema/reviews.ts';
import { frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import { fraction, toLowest } from '#domain/fraction.ts';
import type { Facts } from '#domain/policy.ts';
import type { Context } from '#services/context.ts';

export type Edition = {
  id: string;
  edition: number;
  reason: string;
  publishedAt: string;
  underRevision: boolean;
  replaced: boolean;
};

/** Sector figures of the newest release, by section key and `total`. An absent mean: too few insurers have that score. */
export type Sector = {
  number: number;
  madeAt: string;
  /** Insurers that have a total; null when too few. */
  insurers: number | null;
  /** Exact. */
  means: Readonly<Record<string, string>>;
  spreads: Readonly<Record<string, number>>;
  /** Insurers on levels 1 to 5. */
  levelCounts: Readonly<Record<string, readonly number[]>>;
  /** The number of the release that a figure is taken over from; absent for those computed for this one. */
  computedIn: Readonly<Record<string, number>>;
};

/** What a dashboard is drawn of: what was published, or a case that is not published yet. */
export type ShownBy = 'publications' | 'assessments';

const ofShown = sql`(select shown.assessment_id from ${publications} as shown
  where shown.id = ${sql.placeholder('publicationId')})`;

export async function readHead(tx: Transaction, publicationId: string) {
  const [row] = await tx
    .select({
      organisationId: publications.organisationId,
      assessmentId: publications.assessmentId,
      roundId: publications.roundId,
      content: publications.content,
      sha256: publications.sha256,
      ref: frameworkVersions.ref,
      frameworkSha256: frameworkVersions.sha256,
    })
    .from(publications)
    .innerJoin(rounds, eq(rounds.id, publications.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(eq(publications.id, sql.placeholder('publicationId')))
    .prepare('dashboard:head')
    .execute({ publicationId });
  return row;
}

/** How somebody of the supervisor stands to the insurer. */
export async function readStanding(tx: Transaction, ctx: Context, publicationId: string): Promise<Facts> {
  const [row] = await tx
    .select({
      conflictOfInterest: sql<boolean>`exists (select from ${conflictsOfInterest}
        where ${conflictsOfInterest.organisationId} = ${publications.organisationId}
        and ${conflictsOfInterest.userId} = ${sql.placeholder('userId')})`,
      inActorsRounds: sql<boolean>`exists (select from ${roundReviewers}
        where ${roundReviewers.roundId} = ${publications.roundId}
        and ${roundReviewers.userId} = ${sql.placeholder('userId')} and ${roundReviewers.endedAt} is null)`,
      everSubmitted: sql<boolean>`exists (select from ${submissions} where ${and(
        eq(submissions.assessmentId, publications.assessmentId),
        isNull(submissions.withdrawnAt),
      )})`,
    })
    .from(publications)
    .where(eq(publications.id, sql.placeholder('publicationId')))
    .prepare('dashboard:standing')
    .execute({ publicationId, userId: ctx.actor.userId });
  return row ?? {};
}

export async function readEditions(tx: Transaction, publicationId: string): Promise<Edition[]> {
  const rows = await tx
    .select({
      id: publications.id,
      edition: publications.edition,
      reason: publications.reason,
      publishedAt: publications.publishedAt,
      underRevisionAt: publications.underRevisionAt,
      replacedAt: publications.replacedAt,
    })
    .from(publications)
    .where(eq(publications.assessmentId, ofShown))
    .orderBy(desc(publications.edition))
    .prepare('dashboard:editions')
    .execute({ publicationId });
  return rows.map(({ id, edition, reason, publishedAt, underRevisionAt, replacedAt }) => ({
    id,
    edition,
    reason,
    publishedAt: publishedAt.toISOString(),
    underRevision: underRevisionAt !== null && replacedAt === null,
    replaced: replacedAt !== null,
  }));
}

export function readSector(tx: Transaction, id: string, of: ShownBy = 'publications') {
  const newest = tx
    .select({ id: releases.id })
    .from(releases)
    .where(
      eq(
        releases.roundId,
        sql`(select shown.round_id from ${sql.raw(of)} as shown where shown.id = ${sql.placeholder('id')})`,
      ),
    )
    .orderBy(desc(releases.number))
    .limit(1);
  return tx
    .select({ number: releases.number, madeAt: releases.madeAt, figure: releaseFigures })
    .from(releases)
    .innerJoin(releaseFigures, eq(releaseFigures.releaseId, releases.id))
    .where(eq(releases.id, sql`(${newest})`))
    .prepare(`dashboard:sector-${of}`)
    .execute({ id });
}

export function sectorOf(rows: Awaited<ReturnType<typeof readSector>>): Sector | null {
  const [first] = rows;
  if (!first) return null;
  const figures = rows.map(({ figure }) => figure);
  const pick = <Value>(value: (figure: (typeof figures)[number]) => Value | null) =>
    Object.fromEntries(
      figures.flatMap((figure) => {
        const found = value(figure);
        return found === null ? [] : [[figure.sectionKey, found] as const];
      }),
    );
  return {
    number: first.number,
    madeAt: first.madeAt.toISOString(),
    insurers: figures.find(({ sectionKey }) => sectionKey === 'total')?.insurers ?? null,
    means: pick(({ meanNumerator, meanDenominator }) =>
      meanNumerator === null || meanDenominator === null ? null : toLowest(fraction(meanNumerator, meanDenominator)),
    ),
    spreads: pick(({ spread }) => spread),
    levelCounts: pick(({ levelCounts }) => levelCounts),
    computedIn: pick(({ computedIn }) => computedIn),
  };
}
