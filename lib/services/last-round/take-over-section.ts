import 'server-only';
import { z } from 'zod';
import { readWork } from '#services/assessments/work-facts.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { authorizeAt, readRoom } from '#services/evidence/evidence-room.ts';
import { readLastRound } from './last-round-facts.ts';
import { sectionPlan } from './section-plan.ts';
import { placesToTake } from './take-over-plan.ts';
import { type TakeOverContext, type Taking, writeTakeOver } from './write-take-over.ts';

export const takeOverSectionInput = z.object({
  assessmentId: z.uuid(),
  sectionKey: z.string().max(32),
  /** The criteria of which the screen said that they would be taken over: no other is. */
  criterionKeys: z.array(z.string().max(32)).max(1_000).default([]),
});
export type TakeOverSectionInput = z.infer<typeof takeOverSectionInput>;

/** `left`: what was to be taken over and was not, since somebody did something there meanwhile. */
export type TakenOverSection = { taken: readonly string[]; left: readonly string[] };

/**
 * Takes over explanation and evidence of the last round at the criteria of a section where nothing stands yet and the
 * norm asks the same; all in one transaction. Nothing that anybody wrote is touched, so a repeat changes nothing.
 * @throws invalid when the assessment would hold too much evidence: then nothing comes over
 */
export async function takeOverSection(ctx: TakeOverContext, input: TakeOverSectionInput): Promise<TakenOverSection> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [room, work, last] = await Promise.all([
      readRoom(tx, input.assessmentId),
      readWork(tx, input.assessmentId),
      readLastRound(tx, input.assessmentId, null),
    ]);
    const section = work.framework.section(input.sectionKey);
    if (!section) throw notFound();
    authorize(ctx.actor, 'answer.save', { organisationId: room.organisationId, sectionKey: section.key });
    const keys = section.criteria.map(({ key }) => key);
    await authorizeAt(tx, ctx.actor, 'evidence.store', room, keys);

    const asked = new Set(input.criterionKeys);
    const takings = sectionPlan(work, last, section).flatMap(({ criterionKey, step, source, earlier }): Taking[] => {
      if (step !== 'take' || !source || !earlier || !asked.has(criterionKey)) return [];
      const explanation = earlier.answer?.explanation.trim() ?? '';
      const answer = work.answers[criterionKey];
      const version = (answer?.version ?? 0) + 1;
      return [
        {
          criterionKey,
          from: source.assessmentId,
          text: explanation === '' ? null : { explanation, version, response: answer?.response ?? null },
          places: placesToTake(earlier, criterionKey),
        },
      ];
    });
    if (takings.length > 0) await writeTakeOver(tx, ctx, room, takings);
    const taken = takings.map(({ criterionKey }) => criterionKey);
    return { taken, left: keys.filter((key) => asked.has(key) && !taken.includes(key)) };
  });
}
