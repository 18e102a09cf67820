import { randomUUID } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { submissions } from '#db/schema/assessments.ts';
import { determinations } from '#db/schema/reviews.ts';
import type { Level } from '#domain/framework.ts';
import type { SubmissionSnapshot } from '#domain/snapshot.ts';
import { confirmUndisputed } from '#services/reviews/confirm-undisputed.ts';
import { decideCriterion } from '#services/reviews/decide-criterion.ts';
import { decideIntake } from '#services/reviews/decide-intake.ts';
import { determineSection } from '#services/reviews/determine-section.ts';
import { getReview } from '#services/reviews/get-review.ts';
import type { ReviewCase, Staff } from './review-case.ts';

/** Everything judged as answered by the staff's reviewer, on both sides of the intake. */
export async function judgeAll({ assessmentId }: ReviewCase, staff: Staff) {
  const ctx = staff.as(staff.reviewer);
  const [{ undisputed, head, intake }, answers] = await Promise.all([
    getReview(ctx, { assessmentId }),
    staff.work(staff.reviewer, (tx) => readAnswers(tx, assessmentId)),
  ]);
  await confirmUndisputed(ctx, {
    assessmentId,
    lines: undisputed.map(({ key }) => ({ criterionKey: key, id: randomUUID() })),
  });
  const word = () => ({ id: randomUUID(), assessmentId, version: 0, ground: null, reason: '' });
  for (const criterionKey of head.toJudge.criteria.filter((key) => !undisputed.some((line) => line.key === key))) {
    await decideCriterion(ctx, { ...word(), criterionKey, response: answers[criterionKey]?.response ?? 'partly' });
  }
  for (const { question, value } of intake) {
    await decideIntake(ctx, { ...word(), intakeKey: question.key, value: value === true });
  }
}

async function readAnswers(tx: Transaction, assessmentId: string): Promise<SubmissionSnapshot['answers']> {
  const [signed] = await tx
    .select({ snapshot: submissions.snapshot })
    .from(submissions)
    .where(eq(submissions.assessmentId, assessmentId))
    .orderBy(desc(submissions.number))
    .limit(1);
  return (JSON.parse(signed?.snapshot ?? '{"answers":{}}') as SubmissionSnapshot).answers;
}

/** Each section determined at the level that is computed for it, but for those that are named. */
export async function determineAll(
  { assessmentId }: ReviewCase,
  staff: Staff,
  levels: Readonly<Record<string, { level: Level; reason: string }>> = {},
) {
  const ctx = staff.as(staff.reviewer);
  const { head } = await getReview(ctx, { assessmentId });
  const versions = await staff.work(staff.reviewer, (tx) =>
    tx.select().from(determinations).where(eq(determinations.assessmentId, assessmentId)),
  );
  for (const { key, computed } of head.sections) {
    if (computed.low === null || computed.carried) continue;
    const made = versions.filter(({ sectionKey }) => sectionKey === key);
    await determineSection(ctx, {
      id: randomUUID(),
      assessmentId,
      sectionKey: key,
      version: made.length,
      computedLevel: computed.low,
      level: computed.low,
      reason: '',
      ...levels[key],
    });
  }
}
