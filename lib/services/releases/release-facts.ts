import 'server-only';
import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import {
  publicationSections,
  publications,
  releaseFigures,
  releaseInclusions,
  releases,
} from '#db/schema/publications.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { fraction } from '#domain/fraction.ts';
import type { Level } from '#domain/framework.ts';
import { mayRelease, type ReleaseSettings, type ScoreCount } from '#domain/release-rules.ts';
import { notFound } from '#services/errors.ts';
import type { LastFigures } from './compose-figures.ts';

export type ReleaseFacts = {
  round: typeof rounds.$inferSelect;
  /** The framework version of the round. */
  version: { ref: string; sha256: Uint8Array };
  settings: ReleaseSettings;
  last: { id: string; number: number; madeAt: Date } | null;
  /** Insurers that a release would hold now. */
  insurers: number;
  /** Of those, how many changed or came since the last release; null when there is none. */
  changed: number | null;
  /** Insurers by exact total, and per section by level: the database counts, nothing here grows with the sector. */
  totals: readonly ScoreCount[];
  sections: ReadonlyMap<string, readonly { level: Level; insurers: number }[]>;
};

/** What stands behind a release: the newest publication of each insurer, unless it is being revised or its case is closed. */
export const includedPublications = (roundId: string) =>
  and(
    eq(publications.roundId, roundId),
    isNull(publications.replacedAt),
    isNull(publications.underRevisionAt),
    sql`exists (select from ${assessments} where ${assessments.id} = ${publications.assessmentId}
      and ${assessments.state} = 'published')`,
  );

/** What stands behind a release that is made. */
export const behind = (releaseId: string) =>
  sql`${publications.id} in (select ${releaseInclusions.publicationId} from ${releaseInclusions}
    where ${releaseInclusions.releaseId} = ${releaseId})`;

/** The figures of the release before, which a new one may take over; null when there is none. */
export async function readLastFigures(tx: Transaction, last: ReleaseFacts['last']): Promise<LastFigures | null> {
  if (!last) return null;
  const rows = await tx.select().from(releaseFigures).where(eq(releaseFigures.releaseId, last.id));
  return {
    number: last.number,
    figures: new Map(rows.map(({ releaseId: _, ...figure }) => [figure.sectionKey, figure])),
  };
}

/**
 * Reads what a release of a round would hold, in one flight of five statements for any number of insurers.
 * @param making a release whose inclusions are written already: it is read from those, so that its figures and its
 * inclusions cannot differ by what is published at the same moment
 * @throws not found for an unknown round
 */
export async function readReleaseFacts(tx: Transaction, roundId: string, making?: string): Promise<ReleaseFacts> {
  const included = making ? behind(making) : includedPublications(roundId);
  const earlier = and(eq(releases.roundId, roundId), making ? ne(releases.id, making) : undefined);
  const insurers = sql<number>`count(*)::int`;
  const newest = tx.select({ id: releases.id }).from(releases).where(earlier).orderBy(desc(releases.number)).limit(1);
  const [[found], [last], [size], totals, levels] = await Promise.all([
    tx
      .select({ round: rounds, version: { ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 } })
      .from(rounds)
      .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
      .where(eq(rounds.id, roundId)),
    tx
      .select({ id: releases.id, number: releases.number, madeAt: releases.madeAt })
      .from(releases)
      .where(earlier)
      .orderBy(desc(releases.number))
      .limit(1),
    tx
      .select({
        insurers,
        changed: sql<number>`(count(*) filter (where not exists (select from ${releaseInclusions}
          where ${releaseInclusions.publicationId} = ${publications.id}
          and ${releaseInclusions.releaseId} = (${newest}))))::int`,
      })
      .from(publications)
      .where(included),
    tx
      .select({ numerator: publications.totalNumerator, denominator: publications.totalDenominator, insurers })
      .from(publications)
      .where(and(included, sql`${publications.totalNumerator} is not null`))
      .groupBy(publications.totalNumerator, publications.totalDenominator),
    tx
      .select({ sectionKey: publicationSections.sectionKey, level: publicationSections.level, insurers })
      .from(publicationSections)
      .innerJoin(publications, eq(publications.id, publicationSections.publicationId))
      .where(included)
      .groupBy(publicationSections.sectionKey, publicationSections.level),
  ]);
  if (!found) throw notFound();
  const { round, version } = found;
  return {
    round,
    version,
    settings: { mean: round.minimumForMean, spread: round.minimumForSpread, changed: round.minimumChanged },
    last: last ?? null,
    insurers: size?.insurers ?? 0,
    changed: last ? (size?.changed ?? 0) : null,
    totals: totals.map((row) => ({
      value: fraction(row.numerator ?? 0, row.denominator ?? 1),
      insurers: row.insurers,
    })),
    sections: Map.groupBy(
      levels.map((row) => ({ ...row, level: row.level as Level })),
      ({ sectionKey }) => sectionKey,
    ),
  };
}

/** Everything that stands in the way of a release now: nobody is published, or too little changed since the last. */
export function releaseBlocks({
  insurers,
  changed,
  settings,
}: ReleaseFacts): ('nothing_published' | 'too_few_changed')[] {
  if (insurers === 0) return ['nothing_published'];
  return mayRelease(changed, settings) ? [] : ['too_few_changed'];
}
