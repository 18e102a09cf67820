import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import {
  type CriterionRow,
  type Outlier,
  type ReviewerRow,
  readCaseCounts,
  readCriterionRows,
  readOutliers,
  readReviewerRows,
  readSectionRows,
  type SectionRow,
} from './calibration-rows.ts';
import { readCodes } from './colleagues.ts';

export const getCalibrationInput = z.object({ roundId: z.uuid() });
export type GetCalibrationInput = z.infer<typeof getCalibrationInput>;

export type Calibration = {
  round: { id: string; name: string };
  cases: { signed: number; judged: number };
  sections: readonly (SectionRow & { title: LocalizedText })[];
  outliers: readonly (Omit<Outlier, 'decidedBy'> & { by: string | null })[];
  criteria: readonly (CriterionRow & { short: LocalizedText; sectionKey: string })[];
  /** By code, never by name; `me` for the actor. */
  reviewers: readonly (Omit<ReviewerRow, 'userId'> & { code: string })[];
};

/**
 * How insurers were scored in a round and how each reviewer judges. Figures of the supervisor's own work, all aggregates
 * of the database. What concerns an insurer with which the actor has a conflict of interest is in no figure.
 */
export async function getCalibration(ctx: Context, input: GetCalibrationInput): Promise<Calibration> {
  onlyStaff(ctx.actor);
  authorize(ctx.actor, 'calibration.read');
  const parsed = getCalibrationInput.safeParse(input);
  if (!parsed.success) throw notFound();
  const { roundId } = parsed.data;
  return inTransaction(ctx, async (tx) => {
    const [[round], cases, sections, outliers, criteria, reviewers, codes] = await Promise.all([
      tx
        .select({
          name: rounds.name,
          ref: frameworkVersions.ref,
          sha256: frameworkVersions.sha256,
          admitted: sql<boolean>`exists (select from ${roundReviewers} where ${roundReviewers.roundId} = ${rounds.id}
            and ${roundReviewers.userId} = ${ctx.actor.userId} and ${roundReviewers.endedAt} is null)`,
        })
        .from(rounds)
        .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
        .where(eq(rounds.id, roundId)),
      readCaseCounts(tx, ctx, roundId),
      readSectionRows(tx, ctx, roundId),
      readOutliers(tx, ctx, roundId),
      readCriterionRows(tx, ctx, roundId),
      readReviewerRows(tx, ctx, roundId),
      readCodes(tx, ctx),
    ]);
    const everyRound = ctx.actor.roles.some((role) => role === 'lead' || role === 'auditor');
    if (!round || (!everyRound && !round.admitted)) throw notFound();
    const framework = await compiledFramework(tx, round);
    const codeOf = (userId: string) => (userId === ctx.actor.userId ? 'me' : (codes[userId] ?? null));
    return {
      round: { id: roundId, name: round.name },
      cases,
      sections: framework.sections.flatMap(({ key, title }) =>
        sections.flatMap((row) => (row.key === key ? [{ ...row, title }] : [])),
      ),
      outliers: outliers.map(({ decidedBy, ...outlier }) => ({ ...outlier, by: codeOf(decidedBy) })),
      criteria: criteria.flatMap((row) => {
        const criterion = framework.criterion(row.key);
        return criterion ? [{ ...row, short: criterion.short, sectionKey: criterion.sectionKey }] : [];
      }),
      reviewers: reviewers.map(({ userId, ...row }) => ({ ...row, code: codeOf(userId) ?? '?' })),
    };
  });
}
