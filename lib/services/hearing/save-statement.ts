import 'server-only';
import { z } from 'zod';
import { hearingStatements } from '#db/schema/hearing.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict, notFound } from '#services/errors.ts';
import { nextState } from '#services/take-transition.ts';
import { type OwnStatement, readOpenDraftOutcome, tells } from './open-draft-outcome.ts';

export const saveStatementInput = z.object({
  assessmentId: z.uuid(),
  sectionKey: z.string().max(32),
  /** The version of the statement that its writer saw; 0 when there was none. */
  version: z.coerce.number().int().min(0),
  /** Empty: nothing chosen yet. */
  agrees: z
    .enum(['yes', 'no', ''])
    .transform((choice) => (choice === '' ? null : choice === 'yes'))
    .default(null),
  text: z
    .string()
    .max(20_000)
    .transform((text) => text.replace(/\r\n?/g, '\n').normalize('NFC'))
    .default(''),
});
export type SaveStatementInput = z.infer<typeof saveStatementInput>;

export type SavedStatement = { sectionKey: string; version: number; savedAt: string };

/**
 * Saves what the insurer says of one section of the newest draft outcome; nobody but the insurer sees it until the
 * response is sent. Repeatable: a stale version with equal content is saved already.
 * @throws conflict with the statement that a colleague saved meanwhile
 */
export async function saveStatement(ctx: Context, input: SaveStatementInput): Promise<SavedStatement> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const { assessmentId, sectionKey, agrees, text } = input;
    const assessment = await lockAssessment(tx, assessmentId);
    const { organisationId } = assessment;
    authorize(ctx.actor, 'hearing.save', { organisationId });
    const outcome = await readOpenDraftOutcome(tx, assessmentId, ctx.now);
    nextState(assessment, { verb: 'save_statement', guards: outcome.guards });
    if (!tells(outcome.content, sectionKey)) throw notFound();
    const present: OwnStatement = outcome.statements[sectionKey] ?? { agrees: null, text: '', version: 0 };
    const equal = present.agrees === agrees && present.text === text;
    if (equal) return { sectionKey, version: present.version, savedAt: ctx.now.toISOString() };
    if (present.version !== input.version) throw conflict(present);
    const version = present.version + 1;
    const saved = { agrees, text, version, savedAt: ctx.now, savedBy: ctx.actor.userId };
    await Promise.all([
      tx
        .insert(hearingStatements)
        .values({ draftOutcomeId: outcome.id, sectionKey, assessmentId, organisationId, ...saved })
        .onConflictDoUpdate({ target: [hearingStatements.draftOutcomeId, hearingStatements.sectionKey], set: saved }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'statement.save',
        organisationId,
        assessmentId,
        detail: { draftOutcomeId: outcome.id, sectionKey, version, agrees },
      }),
    ]);
    return { sectionKey, version, savedAt: ctx.now.toISOString() };
  });
}
