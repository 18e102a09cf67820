import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { publicationSections, publications } from '#db/schema/publications.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { fromLowest } from '#domain/fraction.ts';
import type { PublicationContent } from '#domain/snapshot.ts';
import { type LockedAssessment, lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize } from '#services/authorize.ts';
import type { Context } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { contentToPublish, readOutcomeToPublish } from './outcome-to-publish.ts';
import { endPlans } from './planned-facts.ts';

export type Published = { publicationId: string; edition: number };

/**
 * Publishes a decided case in the transaction at hand, which locks it; what is published already gives that publication.
 * A plan to publish it later ends with it.
 * @throws precondition `wrong_state`
 */
export async function publishCase(tx: Transaction, ctx: Context, assessmentId: string): Promise<Published> {
  const [assessment, outcome] = await Promise.all([
    lockAssessment(tx, assessmentId),
    readOutcomeToPublish(tx, ctx, assessmentId),
  ]);
  const { facts, auditHead } = outcome;
  const [last] = outcome.editions;
  authorize(ctx.actor, 'outcome.publish', facts.policy);
  if (assessment.state === 'published' && last) return { publicationId: last.id, edition: last.edition };
  const verb = 'publish';
  const to = nextState(assessment, { verb, guards: {} });
  const framework = await compiledFramework(tx, facts.framework);
  const content = contentToPublish(framework, outcome, {
    decidedAt: assessment.stateChangedAt,
    publishedAt: ctx.now,
  });
  const { edition } = content;
  const publicationId = randomUUID();
  const sha256 = await writePublication(tx, ctx, assessment, { id: publicationId, content, auditHead });
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
