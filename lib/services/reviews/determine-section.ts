import 'server-only';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { determinations } from '#db/schema/reviews.ts';
import { toLowest } from '#domain/fraction.ts';
import type { Level } from '#domain/framework.ts';
import { determinedTotal, sectionScore } from '#domain/scoring.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict, invalid, notFound, precondition } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { nextState } from '#services/take-transition.ts';
import { computeReview } from './compute-review.ts';
import { reasonText } from './decide-criterion.ts';
import { readReviewFacts } from './review-facts.ts';

const level = z.coerce.number({ error: 'level_missing' }).int().min(1, { error: 'level_missing' }).max(5);

export const determineSectionInput = z.object({
  id: z.uuid(),
  assessmentId: z.uuid(),
  sectionKey: z.string().max(32),
  /** The version of the determination that the reviewer saw; 0 when there was none. */
  version: z.coerce.number().int().min(0),
  /** The computed level that the reviewer saw. */
  computedLevel: level,
  level,
  reason: reasonText,
});
export type DetermineSectionInput = z.infer<typeof determineSectionInput>;

export type DeterminedSection = {
  version: number;
  level: number;
  computedLevel: number;
  /** Exact, over the sections that have a determination. */
  totalBefore: string | null;
  totalAfter: string | null;
};

/** What changed meanwhile: another determination, or another computed level. */
export type DeterminationConflict = {
  version: number;
  level: number | null;
  reason: string;
  computedLevel: number;
};

/**
 * Determines a section: the computed level, or another one with a reason (norm framework clause 13). It holds for the
 * computed level that it was made on.
 * @throws precondition `everything_judged` while criteria of the section wait for a verdict, `carried` where the round
 *   does not measure it
 * @throws conflict when the section was determined, or its computed level changed, since the page was drawn
 */
export async function determineSection(ctx: Context, input: DetermineSectionInput): Promise<DeterminedSection> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, sectionKey } = input;
    const [assessment, facts] = await Promise.all([
      lockAssessment(tx, assessmentId),
      readReviewFacts(tx, ctx, assessmentId),
    ]);
    authorize(ctx.actor, 'determination.determine', facts.policy);
    const framework = await compiledFramework(tx, facts.framework);
    if (!framework.section(sectionKey)) throw notFound();
    const { computed, determined, toJudge } = computeReview(framework, facts);
    const score = sectionScore(computed, sectionKey);
    const last = facts.determinations[sectionKey];
    const after = { ...determined, [sectionKey]: input.level as Level };
    const total = (levels: Readonly<Record<string, Level>>) => {
      const exact = determinedTotal(framework, levels);
      return exact && toLowest(exact);
    };
    const result = {
      level: input.level,
      computedLevel: input.computedLevel,
      totalBefore: total(determined),
      totalAfter: total(after),
    };
    if (last?.id === input.id) return { version: last.version, ...result };

    const open = toJudge.criteria.filter((key) => framework.criterion(key)?.sectionKey === sectionKey);
    nextState(assessment, { verb: 'determine', guards: { difference_reasoned: isReasoned(input) } });
    if (!score?.low) throw precondition(['not_applicable']);
    if (score.carried) throw precondition(['carried']);
    if (open.length > 0) throw precondition(['everything_judged'], { criteria: open });
    if ((last?.version ?? 0) !== input.version || score.low !== input.computedLevel) {
      throw conflict({
        version: last?.version ?? 0,
        level: last?.level ?? null,
        reason: last?.reason ?? '',
        computedLevel: score.low,
      } satisfies DeterminationConflict);
    }

    const version = input.version + 1;
    const [written] = await Promise.all([
      tx
        .insert(determinations)
        .values({
          id: sql.placeholder('id'),
          assessmentId: sql.placeholder('assessmentId'),
          organisationId: sql.placeholder('organisationId'),
          sectionKey: sql.placeholder('sectionKey'),
          version: sql.placeholder('version'),
          computedLevel: sql.placeholder('computedLevel'),
          level: sql.placeholder('level'),
          reason: sql.placeholder('reason'),
          determinedAt: sql.placeholder('determinedAt'),
          determinedBy: sql.placeholder('determinedBy'),
        })
        .onConflictDoNothing({ target: determinations.id })
        .returning({ id: determinations.id })
        .prepare('determine-section:append')
        .execute({
          ...input,
          organisationId: assessment.organisationId,
          version,
          determinedAt: ctx.now,
          determinedBy: ctx.actor.userId,
        }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'determination.determine',
        organisationId: assessment.organisationId,
        assessmentId,
        detail: { sectionKey, version, level: input.level, computedLevel: input.computedLevel },
      }),
    ]);
    if (written.length === 0) throw invalid({ id: 'used_before' });
    return { version, ...result };
  });
}

function isReasoned({ level: chosen, computedLevel, reason }: DetermineSectionInput): boolean {
  return chosen === computedLevel || reason !== '';
}
