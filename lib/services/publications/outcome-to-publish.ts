import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { evidence } from '#db/schema/evidence.ts';
import { publications } from '#db/schema/publications.ts';
import { transitions } from '#db/schema/reviews.ts';
import type { Framework } from '#domain/framework.ts';
import type { PublicationContent } from '#domain/snapshot.ts';
import type { Context } from '#services/context.ts';
import { type Hearing, readHearing } from '#services/hearing/hearing-facts.ts';
import { computeReview } from '#services/reviews/compute-review.ts';
import { type ReviewFacts, readReviewFacts } from '#services/reviews/review-facts.ts';
import type { Edition } from './dashboard-facts.ts';
import { type Replies, readReplies } from './dossier-replies.ts';
import { publicationContent } from './publication-content.ts';

export type PublishedEdition = Edition & { sha256: Uint8Array };

/** Everything that the next edition of a case is made of. */
export type OutcomeToPublish = {
  facts: ReviewFacts;
  hearing: Hearing;
  replies: Replies;
  /** Newest first. */
  editions: readonly PublishedEdition[];
  /** Why the case was taken back into review after its last publication; empty when it never was. */
  correction: string;
  /** The last link of the case's log. */
  auditHead: Uint8Array | null;
  /** The files of the case that can be opened now: what a dashboard shows beside the content. */
  openable: readonly string[];
};

/**
 * Reads what the next edition of a case would say, in one flight, for publishing it and for showing it before.
 * @throws not found as `readReviewFacts`
 */
export async function readOutcomeToPublish(
  tx: Transaction,
  ctx: Context,
  assessmentId: string,
): Promise<OutcomeToPublish> {
  const [facts, hearing, replies, occasion] = await Promise.all([
    readReviewFacts(tx, ctx, assessmentId),
    readHearing(tx, assessmentId),
    readReplies(tx, assessmentId),
    readOccasion(tx, assessmentId),
  ]);
  return { facts, hearing, replies, ...occasion };
}

/**
 * What publishing writes, and what is previewed before: one function, so that the two cannot differ.
 * @throws Error as `publicationContent`
 */
export function contentToPublish(
  framework: Framework,
  { facts, hearing, replies, editions, correction, auditHead }: OutcomeToPublish,
  { decidedAt, publishedAt }: { decidedAt: Date; publishedAt: Date },
): PublicationContent {
  const [last] = editions;
  return publicationContent(framework, facts, computeReview(framework, facts), {
    edition: (last?.edition ?? 0) + 1,
    reason: last ? correction : '',
    previousSha256: last?.sha256 ?? null,
    decidedAt,
    publishedAt,
    auditHead,
    heard: hearing.versions,
    replies,
  });
}

type StoredEdition = Omit<Edition, 'publishedAt'> & { publishedAt: string; sha256: string };

async function readOccasion(tx: Transaction, assessmentId: string) {
  const [row] = await tx
    .select({
      editions: sql<StoredEdition[]>`(select coalesce(json_agg(json_build_object('id', edition.id,
        'edition', edition.edition, 'reason', edition.reason, 'publishedAt', edition.published_at,
        'underRevision', edition.under_revision_at is not null and edition.replaced_at is null,
        'replaced', edition.replaced_at is not null, 'sha256', encode(edition.sha256, 'hex'))
        order by edition.edition desc), '[]')
        from ${publications} as edition where edition.assessment_id = ${sql.placeholder('assessmentId')})`,
      correction: sql<string | null>`(select step.reason from ${transitions} as step
        where step.assessment_id = ${sql.placeholder('assessmentId')} and step.verb = 'correct'
        order by step.taken_at desc limit 1)`,
      openable: sql<string[]>`(select coalesce(json_agg(piece.id), '[]') from ${evidence} as piece
        where piece.assessment_id = ${sql.placeholder('assessmentId')} and piece.kind = 'file'
        and piece.storage_key is not null and piece.scan_result = 'clean')`,
      auditHead: sql<Uint8Array | null>`audit_head(${sql.placeholder('assessmentId')}::uuid)`,
    })
    .from(assessments)
    .where(eq(assessments.id, sql.placeholder('assessmentId')))
    .prepare('publish:occasion')
    .execute({ assessmentId });
  return {
    editions: (row?.editions ?? []).map((edition) => ({
      ...edition,
      publishedAt: new Date(edition.publishedAt).toISOString(),
      sha256: Uint8Array.from(Buffer.from(edition.sha256, 'hex')),
    })),
    correction: row?.correction ?? '',
    auditHead: row?.auditHead ?? null,
    openable: row?.openable ?? [],
  };
}
