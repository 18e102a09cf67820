import 'server-only';
import { and, desc, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { evidence } from '#db/schema/evidence.ts';
import { publications } from '#db/schema/publications.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import type { PinnedEvidence, SubmissionSnapshot } from '#domain/snapshot.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';

/** A piece of evidence as it supported a criterion when it was signed. */
export type Piece = Pick<PinnedEvidence, 'id' | 'title' | 'fileName' | 'webAddress' | 'seenOn' | 'sha256'> & {
  locator: string;
};

/** By criterion key. */
export type Pieces = Readonly<Record<string, readonly Piece[]>>;

/** The evidence that was signed, and the ids of the files of the case that can be opened now. */
export type HandedIn = { pieces: Pieces; openable: readonly string[] };

/** The insurer's own open self-assessment of a later round, and which criteria it has. */
export type NextRound = { assessmentId: string; name: string; criteria: readonly string[] };

/** The evidence of the submission that was judged, without the answers; row security shows no file of others. */
export async function readPieces(tx: Transaction, publicationId: string): Promise<HandedIn> {
  const [row] = await tx
    .select({
      evidence: sql<SubmissionSnapshot['evidence']>`${submissions.snapshot}::jsonb->'evidence'`,
      links: sql<SubmissionSnapshot['evidenceLinks']>`${submissions.snapshot}::jsonb->'evidenceLinks'`,
      openable: sql<string[]>`(select coalesce(json_agg(${evidence.id}), '[]') from ${evidence}
        where "evidence"."assessment_id" = "publications"."assessment_id" and ${evidence.kind} = 'file'
        and ${evidence.storageKey} is not null and ${evidence.scanResult} = 'clean')`,
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
  return {
    pieces: piecesOf({ evidence: row?.evidence ?? [], evidenceLinks: row?.links ?? [] }),
    openable: row?.openable ?? [],
  };
}

/** The evidence of a submission as it supports each criterion. */
export function piecesOf({ evidence, evidenceLinks }: Pick<SubmissionSnapshot, 'evidence' | 'evidenceLinks'>): Pieces {
  const found = evidenceLinks.flatMap(({ criterionKey, evidenceId, locator }) => {
    const piece = evidence.find(({ id }) => id === evidenceId);
    if (!piece) return [];
    const { id, title, fileName, webAddress, seenOn, sha256 } = piece;
    return [{ criterionKey, id, title, fileName, webAddress, seenOn, sha256, locator: locator.trim() }];
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
