import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { answers, answerVersions } from '#db/schema/assessments.ts';
import { responses } from '#domain/answers.ts';
import { type AssessmentScore, scoreAssessment } from '#domain/scoring.ts';
import { applyTransition } from '#domain/workflow.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict, notFound, precondition } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { lockAssessment, readInsurerFacts } from './assessment-facts.ts';

/** Explanations up to 20,000 characters; line ends as the server keeps them. */
export const saveAnswerInput = z.object({
  assessmentId: z.uuid(),
  criterionKey: z.string().max(32),
  /** The version that the writer saw; 0 when there was no answer yet. */
  version: z.coerce.number().int().min(0),
  response: z
    .enum(responses)
    .nullable()
    .or(z.literal('').transform(() => null))
    .default(null),
  explanation: z
    .string()
    .max(20_000)
    .transform((text) => text.replace(/\r\n?/g, '\n').normalize('NFC'))
    .default(''),
});
export type SaveAnswerInput = z.infer<typeof saveAnswerInput>;

export type SavedAnswer = { version: number; savedAt: string; score: AssessmentScore };

/** What another person saved meanwhile: the screen shows it beside what was typed. */
export type AnswerConflict = {
  version: number;
  response: (typeof responses)[number] | null;
  explanation: string;
  savedAt: string;
};

/**
 * Saves the answer to one criterion, and scores the assessment with it.
 * @throws conflict when somebody saved another answer since `version`; a repeat of what is saved already succeeds
 */
export async function saveAnswer(ctx: Context, input: SaveAnswerInput): Promise<SavedAnswer> {
  return inTransaction(ctx, async (tx) => {
    const [assessment, facts, current] = await Promise.all([
      lockAssessment(tx, input.assessmentId),
      readInsurerFacts(tx, input.assessmentId),
      readAnswer(tx, input),
    ]);
    const framework = await compiledFramework(tx, facts.framework);
    const criterion = framework.criterion(input.criterionKey);
    if (!criterion) throw notFound();
    authorize(ctx.actor, 'answer.save', {
      organisationId: assessment.organisationId,
      sectionKey: criterion.sectionKey,
    });
    const allowed = applyTransition({ verb: 'save_answer', state: assessment.state, guards: {} });
    if (!allowed.ok) throw precondition(['wrong_state']);

    const responsesNow = { ...facts.answers };
    if (input.response) responsesNow[input.criterionKey] = input.response;
    else delete responsesNow[input.criterionKey];
    const score = scoreAssessment(framework, {
      intake: facts.intake,
      answers: responsesNow,
      outside: facts.outside,
    });

    const same = (current?.response ?? null) === input.response && (current?.explanation ?? '') === input.explanation;
    if (same) return { version: current?.version ?? 0, savedAt: (current?.savedAt ?? ctx.now).toISOString(), score };
    if ((current?.version ?? 0) !== input.version) {
      throw conflict({
        version: current?.version ?? 0,
        response: current?.response ?? null,
        explanation: current?.explanation ?? '',
        savedAt: (current?.savedAt ?? ctx.now).toISOString(),
      } satisfies AnswerConflict);
    }
    const version = input.version + 1;
    await Promise.all([
      writeAnswer(tx, ctx, assessment.organisationId, { ...input, version }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'answer.save',
        organisationId: assessment.organisationId,
        assessmentId: assessment.id,
        detail: { criterionKey: input.criterionKey, version, response: input.response },
      }),
    ]);
    return { version, savedAt: ctx.now.toISOString(), score };
  });
}

async function readAnswer(tx: Transaction, { assessmentId, criterionKey }: SaveAnswerInput) {
  const [row] = await tx
    .select({
      version: answers.version,
      response: answers.response,
      explanation: answers.explanation,
      savedAt: answers.savedAt,
    })
    .from(answers)
    .where(
      and(
        eq(answers.assessmentId, sql.placeholder('assessmentId')),
        eq(answers.criterionKey, sql.placeholder('criterionKey')),
      ),
    )
    .prepare('save-answer:current')
    .execute({ assessmentId, criterionKey });
  return row;
}

/** The answer and its version in one statement: neither can be there without the other. */
function writeAnswer(tx: Transaction, ctx: Context, organisationId: string, input: SaveAnswerInput) {
  const row = {
    assessmentId: sql.placeholder('assessmentId'),
    organisationId: sql.placeholder('organisationId'),
    criterionKey: sql.placeholder('criterionKey'),
    version: sql.placeholder('version'),
    response: sql.placeholder('response'),
    explanation: sql.placeholder('explanation'),
    savedAt: sql.placeholder('savedAt'),
    savedBy: sql.placeholder('savedBy'),
  };
  const saved = tx.$with('saved').as(
    tx
      .insert(answers)
      .values(row)
      .onConflictDoUpdate({
        target: [answers.assessmentId, answers.criterionKey],
        set: {
          version: sql`excluded.version`,
          response: sql`excluded.response`,
          explanation: sql`excluded.explanation`,
          savedAt: sql`excluded.saved_at`,
          savedBy: sql`excluded.saved_by`,
        },
      })
      .returning(),
  );
  return tx
    .with(saved)
    .insert(answerVersions)
    .select(
      tx
        .select({
          assessmentId: saved.assessmentId,
          organisationId: saved.organisationId,
          criterionKey: saved.criterionKey,
          version: saved.version,
          response: saved.response,
          explanation: saved.explanation,
          savedAt: saved.savedAt,
          savedBy: saved.savedBy,
        })
        .from(saved),
    )
    .prepare('save-answer:write')
    .execute({
      assessmentId: input.assessmentId,
      organisationId,
      criterionKey: input.criterionKey,
      version: input.version,
      response: input.response,
      explanation: input.explanation,
      savedAt: ctx.now,
      savedBy: ctx.actor.userId,
    });
}
