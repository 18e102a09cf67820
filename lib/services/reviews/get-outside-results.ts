import 'server-only';
import { count, countDistinct, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { assessments, outsideResults } from '#db/schema/assessments.ts';
import { users } from '#db/schema/identity.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { knownParticipants, readWithout } from './outside-plan.ts';

export const getOutsideResultsInput = z.object({ roundId: z.uuid() });
export type GetOutsideResultsInput = z.infer<typeof getOutsideResultsInput>;

export type OutsideResultsPage = {
  roundId: string;
  name: string;
  isOpen: boolean;
  /** Sections that an outside assessor can establish. */
  sections: readonly { key: string; title: LocalizedText; criterionKeys: readonly string[] }[];
  participants: number;
  without: { count: number; insurers: readonly { name: string; number: string }[] };
  /** Newest first, the last twenty. */
  imports: readonly { at: string; by: string; source: string; results: number; insurers: number }[];
};

/** What was measured outside in a round: who has no result, and every import with its source, its moment and its hand. */
export async function getOutsideResults(
  ctx: Context,
  { roundId }: GetOutsideResultsInput,
): Promise<OutsideResultsPage> {
  onlyStaff(ctx.actor);
  authorize(ctx.actor, 'outside.import', { conflictOfInterest: false, inActorsRounds: true, everSubmitted: true });
  return inTransaction(ctx, async (tx) => {
    const [round, [participants], without, imports] = await Promise.all([
      readRound(tx, roundId),
      tx.select({ count: count() }).from(assessments).where(knownParticipants(ctx, roundId)),
      readWithout(tx, ctx, roundId),
      readImports(tx, ctx, roundId),
    ]);
    const framework = await compiledFramework(tx, round);
    return {
      roundId,
      name: round.name,
      isOpen: round.openedAt !== null,
      sections: framework.sections
        .filter(({ outsideAssessor }) => outsideAssessor)
        .map(({ key, title, criteria }) => ({ key, title, criterionKeys: criteria.map((criterion) => criterion.key) })),
      participants: participants?.count ?? 0,
      without,
      imports: imports.map(({ at, ...line }) => ({ ...line, at: at.toISOString() })),
    };
  });
}

export async function readRound(tx: Transaction, roundId: string) {
  const [row] = await tx
    .select({
      name: rounds.name,
      openedAt: rounds.openedAt,
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
    })
    .from(rounds)
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(eq(rounds.id, roundId));
  if (!row) throw notFound();
  return row;
}

function readImports(tx: Transaction, ctx: Context, roundId: string) {
  return tx
    .select({
      at: outsideResults.importedAt,
      by: sql<string>`max(${users.name})`,
      source: outsideResults.source,
      results: count(),
      insurers: countDistinct(outsideResults.assessmentId),
    })
    .from(outsideResults)
    .innerJoin(assessments, eq(assessments.id, outsideResults.assessmentId))
    .innerJoin(users, eq(users.id, outsideResults.importedBy))
    .where(knownParticipants(ctx, roundId))
    .groupBy(outsideResults.importedAt, outsideResults.importedBy, outsideResults.source)
    .orderBy(desc(outsideResults.importedAt), outsideResults.source)
    .limit(20);
}
