import 'server-only';
import { and, desc, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { publications } from '#db/schema/publications.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import type { SubmissionSnapshot } from '#domain/snapshot.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';

/** A piece of evidence as it supported a criterion when it was signed. */
export type Piece = { id: string; title: string; locator: string; kind: 'file' | 'web_address' };

/** By criterion key. */
export type Pieces = Readonly<Record<string, readonly Piece[]>>;

/** The insurer's own open self-assessment of a later round, and which criteria it has. */
export type NextRound = { assessmentId: string; name: string; criteria: readonly string[] };

/** The evidence of the submission that was judged; only links and titles leave the database. */
export async function readPieces(tx: Transaction, publicationId: string): Promise<Pieces> {
  const [row] = await tx
    .select({
      evidence: sql<SubmissionSnapshot['evidence']>`${submissions.snapshot}::jsonb->'evidence'`,
      links: sql<SubmissionSnapshot['evidenceLinks']>`${submissions.snapshot}::jsonb->'evidenceLinks'`,
    })
    .from(publications)
    .innerJoin(
      submissions,
      and(
        eq(submissions.assessmentId, publications.assessmentId),
        sql`${submissions.number} = (${publications.content}::jsonb->'submission'->>'number')::int`,
      ),
    )
    .where(eq(publications.id, sql.placeholder('publicationId')))
    .prepare('dashboard:pieces')
    .execute({ publicationId });
  const found = (row?.links ?? []).flatMap(({ criterionKey, evidenceId, locator }) => {
    const piece = row?.evidence.find(({ id }) => id === evidenceId);
    return piece ? [{ criterionKey, id: piece.id, title: piece.title, kind: piece.kind, locator }] : [];
  });
  return Object.fromEntries(Map.groupBy(found, ({ criterionKey }) => criterionKey));
}

/** Where the insurer can mend it: its newest open self-assessment on the same framework, of a round after this one. */
export async function readNextRound(tx: Transaction, publicationId: string, now: Date): Promise<NextRound | null> {
  const shown = (column: string) => sql`(select ${sql.raw(column)} from publications as shown
    join rounds as shown_round on shown_round.id = shown.round_id where shown.id = ${publicationId})`;
  const [row] = await tx
    .select({
      assessmentId: assessments.id,
      name: rounds.name,
      version: { ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 },
    })
    .from(assessments)
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(
      and(
        eq(assessments.organisationId, shown('shown.organisation_id')),
        inArray(assessments.state, ['draft', 'returned']),
        lte(rounds.opensAt, now),
        sql`${rounds.periodTo} > ${shown('shown_round.period_to')}`,
        sql`split_part(${rounds.frameworkRef}, '@', 1) = split_part(${shown('shown_round.framework_ref')}, '@', 1)`,
      ),
    )
    .orderBy(desc(rounds.periodTo))
    .limit(1);
  if (!row) return null;
  const { criteria } = await compiledFramework(tx, row.version);
  return { assessmentId: row.assessmentId, name: row.name, criteria: criteria.map(({ key }) => key) };
}
