import 'server-only';
import type { LocalizedText } from '#domain/framework.ts';
import { can } from '#domain/policy.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { type AssessmentStatus, readStatus } from './assessment-status.ts';
import { readWork, type Work } from './work-facts.ts';

export type IntakeQuestionShown = {
  key: string;
  question: LocalizedText;
  help: LocalizedText;
  /** Null: not answered yet. */
  value: boolean | null;
  version: number;
  /** What does not apply when the answer is no: whole sections, and single criteria of other sections. */
  decides: { sectionKeys: readonly string[]; criterionKeys: readonly string[] };
  /** Answers that wait behind a no, and come back with a yes. */
  waiting: number;
};

export type IntakePage = {
  status: AssessmentStatus;
  questions: readonly IntakeQuestionShown[];
  maySave: boolean;
};

/** The page with the facts about the insurer that decide which criteria apply. */
export async function getIntake(ctx: Context, { assessmentId }: { assessmentId: string }): Promise<IntakePage> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [status, work] = await Promise.all([readStatus(tx, ctx.now, assessmentId), readWork(tx, assessmentId)]);
    const facts = { organisationId: status.organisationId };
    authorize(ctx.actor, 'assessment.read', facts);
    return {
      status,
      questions: work.framework.intake.map(({ key, question, help }) => ({
        key,
        question,
        help,
        value: work.intake[key]?.value ?? null,
        version: work.intake[key]?.version ?? 0,
        decides: decidedBy(work, key),
        waiting: waitingBehind(work, key),
      })),
      maySave: status.editable && can(ctx.actor, 'intake.save', facts).ok,
    };
  });
}

function decidedBy({ framework }: Work, intakeKey: string) {
  const sectionKeys = framework.sections.filter(({ appliesWhen }) => appliesWhen === intakeKey).map(({ key }) => key);
  return {
    sectionKeys,
    criterionKeys: framework.criteria
      .filter(({ appliesWhen, sectionKey }) => appliesWhen.includes(intakeKey) && !sectionKeys.includes(sectionKey))
      .map(({ key }) => key),
  };
}

function waitingBehind({ score, answers }: Work, intakeKey: string): number {
  return Object.values(score.traces).filter(
    ({ key, because }) => because.includes(intakeKey) && answers[key]?.response != null,
  ).length;
}
