import 'server-only';
import { z } from 'zod';
import { addDays, dayInAmsterdam, nextWorkingDay } from '#domain/terms.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { readFrameworkOptions, readReviewerOptions, readSectionOptions } from './round-options.ts';

export const getNewRoundInput = z.object({});

/** What a form for a new round starts from: what can be chosen, and terms that usually serve. */
export async function getNewRound(ctx: Context, _input: z.infer<typeof getNewRoundInput>) {
  authorize(ctx.actor, 'round.manage');
  const today = dayInAmsterdam(ctx.now);
  const year = Number(today.slice(0, 4));
  const { frameworks, reviewers, sections } = await inTransaction(ctx, async (tx) => {
    const [frameworks, reviewers] = await Promise.all([readFrameworkOptions(tx), readReviewerOptions(tx, null)]);
    return { frameworks, reviewers, sections: await readSectionOptions(tx, frameworks) };
  });
  const deadlineOn = nextWorkingDay(addDays(today, 56));
  const decisionsDueOn = nextWorkingDay(addDays(deadlineOn, 84));
  return {
    frameworks,
    reviewers,
    sections,
    suggested: {
      periodFrom: `${year - 1}-01-01`,
      periodTo: `${year - 1}-12-31`,
      opensOn: today,
      deadlineOn,
      decisionsDueOn,
      retainUntil: `${Number(decisionsDueOn.slice(0, 4)) + 7}-12-31`,
    },
  };
}
