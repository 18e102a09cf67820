import 'server-only';
import type { LocalizedText } from '#domain/framework.ts';
import { can } from '#domain/policy.ts';
import { applyTransition } from '#domain/workflow.ts';
import { readWork } from '#services/assessments/work-facts.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { readLastRound } from './last-round-facts.ts';
import { sectionPlan } from './section-plan.ts';
import { placesToTake, type SectionStep } from './take-over-plan.ts';

export type GetSectionTakeOverInput = { assessmentId: string; sectionKey: string };

export type SectionTakeOver = {
  assessmentId: string;
  roundName: string;
  section: { key: string; title: LocalizedText };
  /** The rounds that something comes from, newest first; empty when there was none. */
  sources: readonly string[];
  criteria: readonly {
    key: string;
    short: LocalizedText;
    step: SectionStep;
    /** The explanation that would come over; empty when there was none. */
    explanation: string;
    /** Pieces of evidence that would come over. */
    evidence: number;
    /** The explanation came over before, and nobody edited it. */
    unedited: boolean;
  }[];
  /** The other sections, to go on with. */
  sections: readonly { key: string; title: LocalizedText }[];
  mayTakeOver: boolean;
};

/** What taking over a whole section would do, criterion by criterion, before it is done. */
export async function getSectionTakeOver(ctx: Context, input: GetSectionTakeOverInput): Promise<SectionTakeOver> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [work, last] = await Promise.all([
      readWork(tx, input.assessmentId),
      readLastRound(tx, input.assessmentId, null),
    ]);
    const { framework, assessment } = work;
    const { organisationId, state } = assessment;
    authorize(ctx.actor, 'assessment.read', { organisationId });
    const section = framework.section(input.sectionKey);
    if (!section) throw notFound();
    const plan = sectionPlan(work, last, section);
    return {
      assessmentId: assessment.id,
      roundName: work.round.name,
      section: { key: section.key, title: section.title },
      sources: [...new Set(plan.flatMap(({ source }) => source?.name ?? []))],
      criteria: plan.map(({ criterionKey, step, earlier }) => ({
        key: criterionKey,
        short: framework.criterion(criterionKey)?.short ?? { nl: '', en: '' },
        step,
        explanation: step === 'take' ? (earlier?.answer?.explanation.trim() ?? '') : '',
        evidence: step === 'take' && earlier ? placesToTake(earlier, criterionKey).length : 0,
        unedited: criterionKey in last.takenOver,
      })),
      sections: framework.sections.map(({ key, title }) => ({ key, title })),
      mayTakeOver:
        applyTransition({ verb: 'save_answer', state, guards: {} }).ok &&
        can(ctx.actor, 'answer.save', { organisationId, sectionKey: section.key }).ok,
    };
  });
}
