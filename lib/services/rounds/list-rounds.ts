import 'server-only';
import { and, count, desc, eq, lt, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { assessments } from '#db/schema/assessments.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { can } from '#domain/policy.ts';
import type { CalendarDay } from '#domain/terms.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';

export const listRoundsInput = z.object({
  /** The last round of the page before: `<deadline>_<id>`, as `next` gave it. */
  after: z.string().refine(isPlace).optional(),
});

/** A deadline in milliseconds that is a date, and a round. */
function isPlace(after: string): boolean {
  const [at = '', id, ...more] = after.split('_');
  return more.length === 0 && /^\d{1,15}$/.test(at) && z.uuid().safeParse(id).success;
}

export type ListRoundsInput = z.infer<typeof listRoundsInput>;

export type RoundLine = {
  id: string;
  name: string;
  productScope: string;
  framework: LocalizedText & { ref: string };
  periodFrom: CalendarDay;
  periodTo: CalendarDay;
  opensAt: Date;
  deadlineAt: Date;
  decisionsDueAt: Date;
  openedAt: Date | null;
  participants: number;
};

const pageSize = 50;

/** All rounds, the latest deadline first; for everybody at the supervisor. */
export async function listRounds(ctx: Context, input: ListRoundsInput) {
  authorize(ctx.actor, 'round.read');
  const [deadline, id = ''] = input.after?.split('_') ?? [];
  const after = deadline === undefined ? undefined : new Date(Number(deadline));
  const rows = await inTransaction(ctx, (tx) =>
    tx
      .select({
        id: rounds.id,
        name: rounds.name,
        productScope: rounds.productScope,
        framework: { ref: frameworkVersions.ref, nl: frameworkVersions.titleNl, en: frameworkVersions.titleEn },
        periodFrom: rounds.periodFrom,
        periodTo: rounds.periodTo,
        opensAt: rounds.opensAt,
        deadlineAt: rounds.deadlineAt,
        decisionsDueAt: rounds.decisionsDueAt,
        openedAt: rounds.openedAt,
        participants:
          sql<number>`(${tx.select({ n: count() }).from(assessments).where(eq(assessments.roundId, rounds.id))})`.mapWith(
            Number,
          ),
      })
      .from(rounds)
      .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
      .where(after && or(lt(rounds.deadlineAt, after), and(eq(rounds.deadlineAt, after), lt(rounds.id, id))))
      .orderBy(desc(rounds.deadlineAt), desc(rounds.id))
      .limit(pageSize + 1),
  );
  const page: RoundLine[] = rows.slice(0, pageSize);
  const last = page.at(-1);
  return {
    rounds: page,
    next: rows.length > pageSize && last ? `${last.deadlineAt.getTime()}_${last.id}` : null,
    mayManage: can(ctx.actor, 'round.manage').ok,
  };
}
