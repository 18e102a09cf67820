import 'server-only';
import { and, desc, eq, isNull, type SQLWrapper, sql } from 'drizzle-orm';
import { z } from 'zod';
import { organisations } from '#db/schema/identity.ts';
import { publications } from '#db/schema/publications.ts';
import { conflictsOfInterest } from '#db/schema/reviews.ts';
import { roundReviewers, rounds } from '#db/schema/rounds.ts';
import { fraction, toLowest } from '#domain/fraction.ts';
import { can } from '#domain/policy.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';

/** Rows on one page. */
export const dashboardsPage = 50;

export const listDashboardsInput = z.object({
  roundId: z.uuid().optional().catch(undefined),
  /** The last row of the page before, as `next` gave it. */
  after: z.string().refine(isPlace).optional().catch(undefined),
});

/** An instant and a publication, as the database reads them: it knows no year 0. */
function isPlace(after: string): boolean {
  const [at = '', id, ...more] = after.split('_');
  return more.length === 0 && at > '0001' && z.iso.datetime().safeParse(at).success && z.uuid().safeParse(id).success;
}

export type ListDashboardsInput = z.infer<typeof listDashboardsInput>;

export type DashboardLine = {
  id: string;
  organisation: string;
  round: string;
  edition: number;
  /** Exact; null when no section applied. */
  total: string | null;
  publishedAt: string;
  underRevision: boolean;
};

export type DashboardList = {
  lines: readonly DashboardLine[];
  next: string | null;
  /** For the supervisor: the rounds that were opened and that they may see, newest first. */
  rounds: readonly { id: string; name: string }[];
  supervisor: boolean;
  mayRelease: boolean;
};

/** The newest publications: an insurer's own, or all that somebody of the supervisor may see; newest first, by key. */
export async function listDashboards(ctx: Context, input: ListDashboardsInput): Promise<DashboardList> {
  const { actor } = ctx;
  const insurer = actor.organisationKind === 'insurer';
  if (!insurer && actor.roles.includes('administrator')) throw notFound();
  const [afterAt, afterId] = input.after?.split('_') ?? [];
  // Who is a lead or reads along sees every round; a reviewer only those that they are admitted to.
  const everyRound = insurer || actor.roles.includes('lead') || actor.roles.includes('auditor');
  return inTransaction(ctx, async (tx) => {
    const [rows, roundRows] = await Promise.all([
      tx
        .select({
          id: publications.id,
          organisation: organisations.name,
          round: rounds.name,
          edition: publications.edition,
          numerator: publications.totalNumerator,
          denominator: publications.totalDenominator,
          publishedAt: publications.publishedAt,
          underRevisionAt: publications.underRevisionAt,
        })
        .from(publications)
        .innerJoin(organisations, eq(organisations.id, publications.organisationId))
        .innerJoin(rounds, eq(rounds.id, publications.roundId))
        .where(
          and(
            isNull(publications.replacedAt),
            input.roundId ? eq(publications.roundId, input.roundId) : undefined,
            afterAt ? sql`(${publications.publishedAt}, ${publications.id}) < (${afterAt}, ${afterId})` : undefined,
            insurer
              ? undefined
              : sql`not exists (select from ${conflictsOfInterest} where ${conflictsOfInterest.userId} = ${actor.userId}
                  and ${conflictsOfInterest.organisationId} = ${publications.organisationId})`,
            everyRound ? undefined : admittedTo(actor.userId, publications.roundId),
          ),
        )
        .orderBy(desc(publications.publishedAt), desc(publications.id))
        .limit(dashboardsPage + 1),
      insurer
        ? []
        : tx
            .select({ id: rounds.id, name: rounds.name })
            .from(rounds)
            .where(
              and(sql`${rounds.openedAt} is not null`, everyRound ? undefined : admittedTo(actor.userId, rounds.id)),
            )
            .orderBy(desc(rounds.opensAt), desc(rounds.id))
            .limit(20),
    ]);
    const lines = rows.slice(0, dashboardsPage);
    const last = lines.at(-1);
    return {
      lines: lines.map(({ numerator, denominator, publishedAt, underRevisionAt, ...line }) => ({
        ...line,
        total: numerator === null || denominator === null ? null : toLowest(fraction(numerator, denominator)),
        publishedAt: publishedAt.toISOString(),
        underRevision: underRevisionAt !== null,
      })),
      next: rows.length > dashboardsPage && last ? `${last.publishedAt.toISOString()}_${last.id}` : null,
      rounds: roundRows,
      supervisor: !insurer,
      mayRelease: can(actor, 'release.make').ok,
    };
  });
}

const admittedTo = (userId: string, roundId: SQLWrapper) =>
  sql`exists (select from ${roundReviewers} where ${roundReviewers.userId} = ${userId}
    and ${roundReviewers.roundId} = ${roundId} and ${roundReviewers.endedAt} is null)`;
