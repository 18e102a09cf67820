import 'server-only';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { publicationSections, publications } from '#db/schema/publications.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { fraction, toLowest } from '#domain/fraction.ts';
import type { Framework } from '#domain/framework.ts';
import { frameworkChange } from '#domain/framework-changes.ts';
import { type ChangedSince, changedSince } from './changed-since.ts';
import type { ShownBy } from './dashboard-facts.ts';

/** What was published in an earlier round on a version of the same framework, and what of it may be compared. */
export type EarlierRound = {
  publicationId: string;
  name: string;
  /** What it was about; a round on another product is comparable in nothing. */
  productScope: string;
  /** The framework version that it was scored under. */
  framework: string;
  /** Exact. */
  total: string | null;
  levels: Readonly<Record<string, number>>;
  /** Keys of the sections whose scores may be laid beside those of the round that is shown. */
  comparable: readonly string[];
  totalComparable: boolean;
  /** Why its total may not be laid beside that of the round that is shown; null where it may. */
  why: 'product' | 'framework' | null;
} & ChangedSince;

/** Rounds before the one that is shown: with it they are six. */
const mostEarlier = 5;

/** The last rounds before the one that is shown, oldest first, by the framework version that each was scored under. */
export async function readEarlier(tx: Transaction, id: string, of: ShownBy = 'publications') {
  const shown = (column: string) => sql`(select ${sql.raw(column)} from ${sql.raw(of)} as shown
    join rounds as shown_round on shown_round.id = shown.round_id where shown.id = ${sql.placeholder('id')})`;
  const key = (ref: unknown) => sql`split_part(${ref}, '@', 1)`;
  const rows = await tx
    .select({
      publicationId: publications.id,
      name: rounds.name,
      productScope: rounds.productScope,
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
    .prepare(`dashboard:earlier-${of}`)
    .execute({ id });
  return rows.toReversed().map(({ numerator, denominator, ...round }) => ({
    ...round,
    total: numerator === null || denominator === null ? null : toLowest(fraction(numerator, denominator)),
  }));
}

/** Says of an earlier round what of it may be laid beside the round that is shown. */
export function comparedTo(
  shown: { framework: Framework; productScope: string },
  { version, ...round }: Awaited<ReturnType<typeof readEarlier>>[number],
  framework: Framework,
): EarlierRound {
  const change = frameworkChange(framework, shown.framework);
  const { sections, total } = change;
  const sameProduct = round.productScope === shown.productScope;
  return {
    ...round,
    framework: version.ref,
    comparable: sections.filter(({ comparable }) => sameProduct && comparable).map(({ section }) => section),
    totalComparable: sameProduct && total,
    why: sameProduct ? (total ? null : 'framework') : 'product',
    ...changedSince(change, framework, shown.framework),
  };
}
