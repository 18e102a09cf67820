import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { answers, answerVersions, assessments } from '#db/schema/assessments.ts';
import { auditEvents } from '#db/schema/audit.ts';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { statement } from '#db/statement.ts';
import { closeWith } from '#db/transaction.ts';
import { responses } from '#domain/answers.ts';
import { type BlockCode, submissionBlocks } from '#domain/evidence-rules.ts';
import type { Framework, Level } from '#domain/framework.ts';
import { effectOf } from '#domain/score-advice.ts';
import { type Layers, sectionScore } from '#domain/scoring.ts';
import { applyTransition } from '#domain/workflow.ts';
import { type AuditEvent, eventRow, eventValues } from '#services/audit.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict, notFound, precondition } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { noteChange } from '#services/live/announce.ts';
import { insurerLayers, lockAssessment } from './assessment-facts.ts';
import { type CarriedSections, carriedLevels } from './carried-sections.ts';
import { neighboursOf, type ScoreView, viewScore } from './score-view.ts';

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
  // Counted as the field on the page counts: a form carries each line end as two characters.
  explanation: z
    .string()
    .transform((text) => text.replace(/\r\n?/g, '\n').normalize('NFC'))
    .pipe(z.string().max(20_000))
    .default(''),
});
export type SaveAnswerInput = z.infer<typeof saveAnswerInput>;

/** What one answer did, for the line "Gevolg": other criteria that it fulfils or no longer fulfils, and the section before it. */
export type AnswerEffect = {
  gained: readonly string[];
  lost: readonly string[];
  before: { low: Level; high: Level } | null;
};

/** What the page of the criterion redraws once the answer is safe. */
export type Redraw = {
  score: ScoreView;
  effect: AnswerEffect;
  /** What of this criterion still blocks submitting. */
  block: BlockCode | null;
};

export type SavedAnswer = Redraw & {
  version: number;
  savedAt: string;
  /** The next criterion that applies; null when only checking and signing follow. */
  next: string | null;
};

/** What another person saved meanwhile: the screen shows it beside what was typed. */
export type AnswerConflict = {
  version: number;
  response: (typeof responses)[number] | null;
  explanation: string;
  savedAt: string;
  /** The same person saved it, in another window. */
  byYou: boolean;
};

/**
 * Saves the answer to one criterion, and scores the assessment with it.
 * @throws precondition `carried` in a section that the round does not measure; conflict when somebody saved another answer since `version`; a repeat of what is saved already succeeds
 */
export async function saveAnswer(ctx: Context, asked: SaveAnswerInput): Promise<SavedAnswer> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [assessment, current] = await Promise.all([lockAssessment(tx, asked.assessmentId), readFacts(tx, asked)]);
    const framework = await compiledFramework(tx, current);
    const criterion = framework.criterion(asked.criterionKey);
    if (!criterion) throw notFound();
    authorize(ctx.actor, 'answer.save', {
      organisationId: assessment.organisationId,
      sectionKey: criterion.sectionKey,
    });
    const allowed = applyTransition({ verb: 'save_answer', state: assessment.state, guards: {} });
    if (!allowed.ok) throw precondition(['wrong_state']);
    if (current.carriedFrom[criterion.sectionKey]) throw precondition(['carried']);

    // An outside assessor measured it: the insurer's own response stays what it was, and only a remark is taken.
    const input = current.outside[asked.criterionKey] ? { ...asked, response: current.response } : asked;
    const outcome = outcomeOf(framework, current, input);
    const held = { version: current.version ?? 0, savedAt: (current.savedAt ?? ctx.now).toISOString() };
    const same = current.response === input.response && (current.explanation ?? '') === input.explanation;
    if (same) return { ...held, ...outcome };
    if (held.version !== input.version) {
      throw conflict({
        ...held,
        response: current.response,
        explanation: current.explanation ?? '',
        byYou: current.savedBy === ctx.actor.userId,
      } satisfies AnswerConflict);
    }
    const version = input.version + 1;
    const saved = { version, savedAt: ctx.now.toISOString(), ...outcome };
    return closeWith(tx, saved, writeAnswer(tx, ctx, assessment.organisationId, { ...input, version }));
  });
}

type Held = { carriedFrom: CarriedSections; hasEvidence: boolean };

function outcomeOf(
  framework: Framework,
  { carriedFrom, hasEvidence, ...current }: Pick<Layers, 'intake' | 'answers' | 'outside'> & Held,
  { criterionKey, response, explanation }: SaveAnswerInput,
): Omit<SavedAnswer, 'version' | 'savedAt'> {
  const criterion = framework.criterion(criterionKey);
  const sectionKey = criterion?.sectionKey ?? '';
  const { intake, answers, outside } = current;
  const carried = carriedLevels(carriedFrom);
  const layers = { intake, answers, outside, carried };
  const { before, after, gained, lost } = effectOf(framework, layers, criterionKey, response);
  const was = sectionScore(before, sectionKey);
  const blocks = submissionBlocks(framework, {
    intake,
    answers: { [criterionKey]: { response, explanation } },
    outside,
    carried,
    evidence: hasEvidence ? [{ criterion: criterionKey, scan: null, locator: null }] : [],
  });
  return {
    score: viewScore(framework, after, sectionKey),
    effect: { gained, lost, before: was?.low && was.high ? { low: was.low, high: was.high } : null },
    block: blocks.find((block) => block.criterion === criterionKey)?.code ?? null,
    next: (criterion && neighboursOf(framework, after, criterion).next?.key) ?? null,
  };
}

/** What the score rests on, and the answer as it stands, with nulls when there is none yet: one trip, and no column more. */
async function readFacts(tx: Transaction, { assessmentId, criterionKey }: SaveAnswerInput) {
  const [row] = await selectFacts(tx, { assessmentId, criterionKey });
  if (!row) throw notFound();
  return row;
}

const selectFacts = statement('save-answer:facts', (db) =>
  db
    .select({
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
      ...insurerLayers(),
      version: answers.version,
      response: answers.response,
      explanation: answers.explanation,
      savedAt: answers.savedAt,
      savedBy: answers.savedBy,
      hasEvidence: sql<boolean>`exists (select from ${evidenceLinks} join ${evidence} on ${evidence.id} = ${evidenceLinks.evidenceId}
        where ${evidenceLinks.assessmentId} = ${assessments.id}
        and ${evidenceLinks.criterionKey} = ${sql.placeholder('criterionKey')}
        and ${evidenceLinks.removedAt} is null and ${evidence.removedAt} is null
        and ${evidence.scanResult} <> 'refused')`,
    })
    .from(assessments)
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .leftJoin(
      answers,
      and(eq(answers.assessmentId, assessments.id), eq(answers.criterionKey, sql.placeholder('criterionKey'))),
    )
    .where(eq(assessments.id, sql.placeholder('assessmentId'))),
);

/** The answer, its version and the audit event in one statement: none can be there without the others. */
function writeAnswer(tx: Transaction, ctx: Context, organisationId: string, input: SaveAnswerInput) {
  const { assessmentId, criterionKey, version, response, explanation } = input;
  const event: AuditEvent = {
    at: ctx.now,
    actorId: ctx.actor.userId,
    action: 'answer.save',
    organisationId,
    assessmentId,
    detail: { criterionKey, version, response },
  };
  noteChange(tx, event);
  return insertAnswer(tx, { ...eventValues(event), criterionKey, version, response, explanation });
}

const insertAnswer = statement('save-answer:write', (db) => {
  const saved = db.$with('saved').as(
    db
      .insert(answers)
      .values({
        assessmentId: sql.placeholder('assessmentId'),
        organisationId: sql.placeholder('organisationId'),
        criterionKey: sql.placeholder('criterionKey'),
        version: sql.placeholder('version'),
        response: sql.placeholder('response'),
        explanation: sql.placeholder('explanation'),
        savedAt: sql.placeholder('at'),
        savedBy: sql.placeholder('actorId'),
      })
      .onConflictDoUpdate({
        target: [answers.assessmentId, answers.criterionKey],
        set: {
          version: sql`excluded.version`,
          response: sql`excluded.response`,
          explanation: sql`excluded.explanation`,
          savedAt: sql`excluded.saved_at`,
          savedBy: sql`excluded.saved_by`,
          takenOverFrom: sql`case when answers.explanation = excluded.explanation then answers.taken_over_from end`,
        },
      })
      .returning(),
  );
  const kept = db.$with('kept').as(
    db
      .insert(answerVersions)
      .select(
        db
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
      .returning({ version: answerVersions.version }),
  );
  return db.with(saved, kept).insert(auditEvents).values(eventRow());
});
