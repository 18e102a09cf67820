import 'server-only';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { intakeAnswers } from '#db/schema/assessments.ts';
import { applyTransition } from '#domain/workflow.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict, invalid, precondition } from '#services/errors.ts';
import { lockAssessment } from './assessment-facts.ts';
import { type IntakeFact, readWork, type Work } from './work-facts.ts';

/**
 * Facts by intake key, each with the version that the writer saw (0: not answered yet). A form posts them as
 * `fact.KEY` and `version.KEY`; a fact that is left open is not posted and stays as it is.
 */
export const saveIntakeInput = z.preprocess(
  factsOfForm,
  z.object({
    assessmentId: z.uuid(),
    facts: z.record(
      z.string().max(64),
      z.object({
        value: z.boolean().or(z.stringbool({ truthy: ['true'], falsy: ['false'] })),
        version: z.coerce.number().int().min(0),
      }),
    ),
  }),
);
export type SaveIntakeInput = z.infer<typeof saveIntakeInput>;

export type SavedIntake = {
  assessmentId: string;
  facts: Readonly<Record<string, IntakeFact>>;
  complete: boolean;
};

/** The facts as another person saved them meanwhile, by intake key: only those that differ from what was sent. */
export type IntakeConflict = { facts: Readonly<Record<string, IntakeFact>> };

/**
 * Saves the facts about the insurer that decide which criteria apply (clause 5). Answers to criteria that no longer
 * apply stay as they are, and count again when the fact changes back.
 * @throws conflict when somebody saved another value since; then nothing is saved. A repeat of what is saved succeeds.
 */
export async function saveIntake(ctx: Context, input: SaveIntakeInput): Promise<SavedIntake> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [assessment, work] = await Promise.all([
      lockAssessment(tx, input.assessmentId),
      readWork(tx, input.assessmentId),
    ]);
    authorize(ctx.actor, 'intake.save', { organisationId: assessment.organisationId });
    if (!applyTransition({ verb: 'save_intake', state: assessment.state, guards: {} }).ok) {
      throw precondition(['wrong_state']);
    }
    const changes = changesOf(work, input);
    const facts = { ...work.intake, ...Object.fromEntries(changes.map(({ key, ...fact }) => [key, fact])) };
    const complete = work.framework.intake.every(({ key }) => Object.hasOwn(facts, key));
    if (changes.length === 0) return { assessmentId: assessment.id, facts, complete };
    await Promise.all([
      writeFacts(tx, ctx, assessment, changes),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'intake.save',
        organisationId: assessment.organisationId,
        assessmentId: assessment.id,
        detail: Object.fromEntries(changes.map(({ key, value }) => [key, value])),
      }),
    ]);
    return { assessmentId: assessment.id, facts, complete };
  });
}

type Change = IntakeFact & { key: string };

function changesOf(work: Work, { facts }: SaveIntakeInput): Change[] {
  const unknown = Object.keys(facts).find((key) => !work.framework.intakeQuestion(key));
  if (unknown !== undefined) throw invalid({ [`fact.${unknown}`]: 'unknown_fact' });
  const differing = Object.entries(facts).filter(([key, { value }]) => work.intake[key]?.value !== value);
  const stale = differing.filter(([key, { version }]) => (work.intake[key]?.version ?? 0) !== version);
  if (stale.length > 0) {
    const current = stale.flatMap(([key]) => (work.intake[key] ? [[key, work.intake[key]] as const] : []));
    throw conflict({ facts: Object.fromEntries(current) } satisfies IntakeConflict);
  }
  return differing.map(([key, { value, version }]) => ({ key, value, version: version + 1 }));
}

function writeFacts(
  tx: Transaction,
  ctx: Context,
  { id: assessmentId, organisationId }: Work['assessment'],
  changes: readonly Change[],
) {
  return tx
    .insert(intakeAnswers)
    .values(
      changes.map(({ key, value, version }) => ({
        assessmentId,
        organisationId,
        intakeKey: key,
        value,
        version,
        savedAt: ctx.now,
        savedBy: ctx.actor.userId,
      })),
    )
    .onConflictDoUpdate({
      target: [intakeAnswers.assessmentId, intakeAnswers.intakeKey],
      set: {
        value: sql`excluded.value`,
        version: sql`excluded.version`,
        savedAt: sql`excluded.saved_at`,
        savedBy: sql`excluded.saved_by`,
      },
    });
}

function factsOfForm(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || 'facts' in input) return input;
  const entries = Object.entries(input);
  const facts = entries.flatMap(([name, value]) => {
    const key = name.startsWith('fact.') ? name.slice('fact.'.length) : null;
    return key === null ? [] : [[key, { value, version: Object.fromEntries(entries)[`version.${key}`] ?? 0 }]];
  });
  return { ...input, facts: Object.fromEntries(facts) };
}
