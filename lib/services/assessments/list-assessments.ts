import 'server-only';
import type { Fraction } from '#domain/fraction.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { type AssessmentStatus, readStatuses } from './assessment-status.ts';
import { type LastSaved, lastSavedBy, type ResumePoint, type Returned, resumePoint } from './resume-point.ts';
import { readWorks, type Work } from './work-facts.ts';

export type AssessmentListed = {
  status: AssessmentStatus;
  /** Of an assessment that can be worked on. */
  work: {
    applicable: number;
    responded: number;
    blocks: number;
    waitsForIntake: boolean;
    total: { low: Fraction; high: Fraction } | null;
    resume: ResumePoint;
    lastSaved: LastSaved | null;
  } | null;
};

/** The insurer's home: its rounds, newest first, with where each stands, who acts next, and where this person resumes. */
export async function listAssessments(ctx: Context): Promise<readonly AssessmentListed[]> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    authorize(ctx.actor, 'assessment.read', { organisationId: ctx.actor.organisationId });
    const statuses = await readStatuses(tx, ctx.now);
    const works = await readWorks(
      tx,
      statuses.filter(({ editable }) => editable).map(({ id }) => id),
    );
    return statuses.map((status) => {
      const work = works.find(({ assessment }) => assessment.id === status.id);
      return { status, work: work ? listed(work, ctx, status.notices.returned) : null };
    });
  });
}

function listed(work: Work, { actor }: Context, returned?: Returned): AssessmentListed['work'] {
  const { score } = work;
  const waitsForIntake = score.awaitsIntake.length > 0;
  return {
    applicable: score.counts.applicable,
    responded: score.counts.responded,
    blocks: work.blocks.length,
    waitsForIntake,
    total: waitsForIntake ? null : score.total,
    resume: resumePoint(work, actor, returned),
    lastSaved: lastSavedBy(work, actor.userId),
  };
}
