import 'server-only';
import { z } from 'zod';
import { endOfDayAmsterdam, isOver } from '#domain/terms.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { invalid, precondition } from '#services/errors.ts';
import { admitInsurers, type OpenedAssessment, readParticipants } from './admit-insurers.ts';
import { lockRound } from './round-facts.ts';

export const addParticipantInput = z.object({
  roundId: z.uuid(),
  organisationId: z.uuid({ error: 'none_chosen' }),
  /** The insurer's own last day; empty: that of the round. */
  deadlineOn: z.iso
    .date({ error: 'day_invalid' })
    .or(z.literal('').transform(() => null))
    .nullable()
    .default(null),
});
export type AddParticipantInput = z.infer<typeof addParticipantInput>;

/**
 * Lets one more insurer take part in a round that is open. A repeat gives the assessment that is there.
 * @throws precondition `round_not_open`; invalid when the deadline (its own, or the round's) is over
 */
export async function addParticipant(ctx: Context, input: AddParticipantInput): Promise<OpenedAssessment> {
  authorize(ctx.actor, 'assessment.open');
  const { roundId, organisationId } = input;
  return inTransaction(ctx, async (tx) => {
    const round = await lockRound(tx, roundId);
    if (!round.openedAt) throw precondition(['round_not_open']);
    const [present] = await readParticipants(tx, roundId, [organisationId]);
    if (present) return present;
    const deadlineAt = input.deadlineOn ? endOfDayAmsterdam(input.deadlineOn) : round.deadlineAt;
    if (isOver(deadlineAt, ctx.now)) throw invalid({ deadlineOn: input.deadlineOn ? 'over' : 'round_over' });
    const [made] = await admitInsurers(tx, ctx, round, { organisationIds: [organisationId], deadlineAt });
    return made as OpenedAssessment;
  });
}
