import 'server-only';
import { z } from 'zod';
import { hearingResponses } from '#db/schema/hearing.ts';
import type { DraftOutcomeContent } from '#domain/snapshot.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { precondition } from '#services/errors.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { type OpenDraftOutcome, readOpenDraftOutcome } from './open-draft-outcome.ts';

export const respondOutcomeInput = z.object({
  assessmentId: z.uuid(),
  /** The version that the signatory read: a response to another one is not theirs. */
  draftOutcomeId: z.uuid(),
});
export type RespondOutcomeInput = z.infer<typeof respondOutcomeInput>;

export type RespondedOutcome = { assessmentId: string; respondedAt: string };

/**
 * A section that keeps a response from being sent: nothing chosen there, an objection without a word of why, files with
 * what one agrees with, or a file that was refused.
 */
export type StatementGap = { sectionKey: string; because: 'not_chosen' | 'no_text' | 'files_agreed' | 'refused_file' };

/**
 * Sends the insurer's response to the newest draft outcome, once and for good; the supervisor reads it from then on.
 * Sent already: nothing happens.
 * @throws precondition with the guards that fail; `statements_complete` with the gaps in `detail`; `newer_version` when
 * another version was sent meanwhile
 */
export async function respondOutcome(ctx: Context, input: RespondOutcomeInput): Promise<RespondedOutcome> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId } = input;
    const assessment = await lockAssessment(tx, assessmentId);
    const { organisationId } = assessment;
    authorize(ctx.actor, 'hearing.respond', { organisationId });
    const outcome = await readOpenDraftOutcome(tx, assessmentId, ctx.now);
    if (outcome.respondedAt && outcome.id === input.draftOutcomeId) {
      return { assessmentId, respondedAt: outcome.respondedAt.toISOString() };
    }
    const verb = 'respond';
    const to = nextState(assessment, { verb, guards: outcome.guards });
    if (outcome.id !== input.draftOutcomeId) throw precondition(['newer_version']);
    const gaps = gapsIn(outcome);
    if (gaps.length > 0) throw precondition(['statements_complete'], { gaps });
    const objections = Object.entries(outcome.statements).flatMap(([key, { agrees }]) => (agrees ? [] : [key]));
    const evidenceIds = Object.values(outcome.enclosed).flatMap((pieces) => pieces.map(({ id }) => id));
    await Promise.all([
      tx.insert(hearingResponses).values({
        draftOutcomeId: outcome.id,
        assessmentId,
        organisationId,
        sentAt: ctx.now,
        sentBy: ctx.actor.userId,
      }),
      writeTransition(tx, ctx, assessment, {
        verb,
        to,
        action: 'outcome.respond',
        detail: { version: outcome.version, objections, evidenceIds },
      }),
    ]);
    return { assessmentId, respondedAt: ctx.now.toISOString() };
  });
}

type Said = Pick<OpenDraftOutcome, 'content' | 'statements' | 'enclosed'>;

/** What still lacks, in the order of the sections. */
export function gapsIn({ content, statements, enclosed }: Said): StatementGap[] {
  const { sections } = JSON.parse(content) as DraftOutcomeContent;
  return sections.flatMap(({ key, level }): StatementGap[] => {
    if (level === null) return [];
    const said = statements[key];
    const files = enclosed[key] ?? [];
    const gap = (because: StatementGap['because'], stands: boolean) => (stands ? [{ sectionKey: key, because }] : []);
    return [
      ...gap('not_chosen', said?.agrees == null),
      ...gap('no_text', said?.agrees === false && said.text.trim() === ''),
      ...gap('files_agreed', said?.agrees === true && files.length > 0),
      ...gap(
        'refused_file',
        files.some(({ scan }) => scan === 'refused'),
      ),
    ];
  });
}
