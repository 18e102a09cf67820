import 'server-only';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { submissions } from '#db/schema/assessments.ts';
import { publicationSections, publications, releaseFigures, releases } from '#db/schema/publications.ts';
import { conflictsOfInterest } from '#db/schema/reviews.ts';
import { frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import { fraction, toLowest } from '#domain/fraction.ts';
import type { Framework } from '#domain/framework.ts';
import { frameworkChange, type SectionChange } from '#domain/framework-changes.ts';
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

/** What was published in an earlier round on a version of the same framework, and what of it may be compared. */
export type EarlierRound = {
  publicationId: string;
  name: string;
  /** The framework version that it was scored under. */
  framework: string;
  /** Exact. */
  total: string | null;
  levels: Readonly<Record<string, number>>;
  /** Keys of the sections whose scores may be laid beside those of the round that is shown. */
  comparable: readonly string[];
  totalComparable: boolean;
  /** What changed since, a section at a time; sections that read the same are not among them. */
  changes: readonly SectionChange[];
};

/** Rounds before the one that is shown: with it they are six. */
const mostEarlier = 5;

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

export function readSector(tx: Transaction, publicationId: string) {
  const newest = tx
    .select({ id: releases.id })
    .from(releases)
    .where(
      eq(
        releases.roundId,
        sql`(select shown.round_id from ${publications} as shown where shown.id = ${sql.placeholder('publicationId')})`,
      ),
    )
    .orderBy(desc(releases.number))
    .limit(1);
  return tx
    .select({ number: releases.number, madeAt: releases.madeAt, figure: releaseFigures })
    .from(releases)
    .innerJoin(releaseFigures, eq(releaseFigures.releaseId, releases.id))
    .where(eq(releases.id, sql`(${newest})`))
    .prepare('dashboard:sector')
    .execute({ publicationId });
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

/** The last rounds before the one that is shown, oldest first, by the framework version that each was scored under. */
export async function readEarlier(tx: Transaction, publicationId: string) {
  const shown = (column: string) => sql`(select ${sql.raw(column)} from publications as shown
    join rounds as shown_round on shown_round.id = shown.round_id where shown.id = ${sql.placeholder('publicationId')})`;
  const key = (ref: unknown) => sql`split_part(${ref}, '@', 1)`;
  const rows = await tx
    .select({
      publicationId: publications.id,
      name: rounds.name,
      version: { ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 },
      numerator: publications.totalNumerator,
      denominator: publications.totalDenominator,
      levels: sql<Record<string, number>>`(select coalesce(json_object_agg(${publicationSections.sectionKey},
        ${publicationSections.level}), '{}') from ${publicationSections}
        where ${publicationSections.publicationId} = ${publications.id})`,
    })
    .from(publications)
    .innerJoin(rounds, eq(rounds.id, publications.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(
      and(
        eq(publications.organisationId, shown('shown.organisation_id')),
        isNull(publications.replacedAt),
        sql`${key(rounds.frameworkRef)} = ${key(shown('shown_round.framework_ref'))}`,
        lt(rounds.periodTo, shown('shown_round.period_to')),
      ),
    )
    .orderBy(desc(rounds.periodTo), desc(rounds.id))
    .limit(mostEarlier)
    .prepare('dashboard:earlier')
    .execute({ publicationId });
  return rows.toReversed().map(({ numerator, denominator, ...round }) => ({
    ...round,
    total: numerator === null || denominator === null ? null : toLowest(fraction(numerator, denominator)),
  }));
}

/** Says of an earlier round what of it may be laid beside the round that is shown. */
export function comparedTo(
  shown: Framework,
  { version, ...round }: Awaited<ReturnType<typeof readEarlier>>[number],
  framework: Framework,
): EarlierRound {
  const { sections, total } = frameworkChange(framework, shown);
  return {
    ...round,
    framework: version.ref,
    comparable: sections.filter(({ comparable }) => comparable).map(({ section }) => section),
    totalComparable: total,
    changes: sections.filter(({ added, removed, changed }) => added.length + removed.length + changed.length > 0),
  };
}
