import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { publicationSections, publications } from '#db/schema/publications.ts';
import { transitions } from '#db/schema/reviews.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { fromLowest } from '#domain/fraction.ts';
import type { PublicationContent } from '#domain/snapshot.ts';
import { type LockedAssessment, lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize } from '#services/authorize.ts';
import type { Context } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { readHearing } from '#services/hearing/hearing-facts.ts';
import { computeReview } from '#services/reviews/compute-review.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { readReplies } from './dossier-replies.ts';
import { endPlans } from './planned-facts.ts';
import { publicationContent } from './publication-content.ts';

export type Published = { publicationId: string; edition: number };

/**
 * Publishes a decided case in the transaction at hand, which locks it; what is published already gives that publication.
 * A plan to publish it later ends with it.
 * @throws precondition `wrong_state`
 */
export async function publishCase(tx: Transaction, ctx: Context, assessmentId: string): Promise<Published> {
  const [assessment, facts, last, correction, head, hearing, replies] = await Promise.all([
    lockAssessment(tx, assessmentId),
    readReviewFacts(tx, ctx, assessmentId),
    readLast(tx, assessmentId),
    readCorrection(tx, assessmentId),
    readAuditHead(tx, assessmentId),
    readHearing(tx, assessmentId),
    readReplies(tx, assessmentId),
  ]);
  authorize(ctx.actor, 'outcome.publish', facts.policy);
  if (assessment.state === 'published' && last) return { publicationId: last.id, edition: last.edition };
  const verb = 'publish';
  const to = nextState(assessment, { verb, guards: {} });
  const framework = await compiledFramework(tx, facts.framework);
  const edition = (last?.edition ?? 0) + 1;
  const content = publicationContent(framework, facts, computeReview(framework, facts), {
    edition,
    reason: last ? correction : '',
    previousSha256: last?.sha256 ?? null,
    decidedAt: assessment.stateChangedAt,
    publishedAt: ctx.now,
    auditHead: head,
    heard: hearing.versions,
    replies,
  });
  const publicationId = randomUUID();
  const sha256 = await writePublication(tx, ctx, assessment, { id: publicationId, content, auditHead: head });
  await Promise.all([
    endPlans(tx, ctx, [assessmentId]),
    writeTransition(tx, ctx, assessment, {
      verb,
      to,
      action: 'outcome.publish',
      detail: { publicationId, edition, sha256 },
    }),
  ]);
  return { publicationId, edition };
}

/** Writes the edition, its levels for the sector figures, and marks the one before as replaced. Gives the hash. */
async function writePublication(
  tx: Transaction,
  ctx: Context,
  { id: assessmentId, organisationId, roundId }: LockedAssessment,
  { id, content, auditHead }: { id: string; content: PublicationContent; auditHead: Uint8Array | null },
): Promise<string> {
  const text = canonicalJson(content);
  const sha256 = createHash('sha256').update(text).digest();
  const total = content.total === null ? null : fromLowest(content.total);
  const levels = content.sections.flatMap(({ key, level, computed, trace: { carried } }) =>
    level && computed
      ? [{ publicationId: id, organisationId, sectionKey: key, level, computedLevel: computed, carried }]
      : [],
  );
  await Promise.all([
    tx
      .update(publications)
      .set({ replacedAt: ctx.now })
      .where(and(eq(publications.assessmentId, assessmentId), isNull(publications.replacedAt))),
    tx.insert(publications).values({
      id,
      assessmentId,
      organisationId,
      roundId,
      edition: content.edition,
      content: text,
      sha256,
      totalNumerator: total && Number(total.numerator),
      totalDenominator: total && Number(total.denominator),
      reason: content.reason,
      publishedAt: ctx.now,
      auditHead,
    }),
    levels.length > 0 && tx.insert(publicationSections).values(levels),
  ]);
  return sha256.toString('hex');
}

async function readLast(tx: Transaction, assessmentId: string) {
  const [row] = await tx
    .select({ id: publications.id, edition: publications.edition, sha256: publications.sha256 })
    .from(publications)
    .where(eq(publications.assessmentId, sql.placeholder('assessmentId')))
    .orderBy(desc(publications.edition))
    .limit(1)
    .prepare('publish:last')
    .execute({ assessmentId });
  return row;
}

/** Why the case was taken back into review after its last publication; empty when it never was. */
async function readCorrection(tx: Transaction, assessmentId: string): Promise<string> {
  const [row] = await tx
    .select({ reason: transitions.reason })
    .from(transitions)
    .where(and(eq(transitions.assessmentId, sql.placeholder('assessmentId')), eq(transitions.verb, 'correct')))
    .orderBy(desc(transitions.takenAt))
    .limit(1)
    .prepare('publish:correction')
    .execute({ assessmentId });
  return row?.reason ?? '';
}

/** The last link of the case's log before this publication. */
async function readAuditHead(tx: Transaction, assessmentId: string): Promise<Uint8Array | null> {
  const [row] = await tx
    .select({ head: sql<Uint8Array | null>`audit_head(${sql.placeholder('assessmentId')}::uuid)` })
    .from(sql`(values (1)) as one`)
    .prepare('publish:audit-head')
    .execute({ assessmentId });
  return row?.head ?? null;
}
