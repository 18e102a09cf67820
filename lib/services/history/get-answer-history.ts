import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { answers, answerVersions, assessments } from '#db/schema/assessments.ts';
import { users } from '#db/schema/identity.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { statement } from '#db/statement.ts';
import type { Response } from '#domain/answers.ts';
import type { Level, LocalizedText } from '#domain/framework.ts';
import { type Actor, can } from '#domain/policy.ts';
import { applyTransition, type State } from '#domain/workflow.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';

/** Versions on one page of the list. */
const pageSize = 20;

export const getAnswerHistoryInput = z.object({
  assessmentId: z.string(),
  criterionKey: z.string(),
  /** Only versions below this one: the next page of the list. */
  before: z.coerce.number().int().positive().max(2_000_000_000).optional().catch(undefined),
});
export type GetAnswerHistoryInput = z.infer<typeof getAnswerHistoryInput>;

export type AnswerText = { response: Response | null; explanation: string };
export type AnswerVersion = AnswerText & {
  version: number;
  savedAt: Date;
  by: { userId: string; name: string; you: boolean };
  /** What was saved right after it; null: it is the answer as it stands. */
  next: AnswerText | null;
};

export type AnswerHistory = {
  assessmentId: string;
  roundName: string;
  criterion: { key: string; level: Level; short: LocalizedText; text: LocalizedText };
  /** The answer as it stands; version 0 when nothing was ever saved. */
  current: AnswerText & { version: number };
  /** The newest first. */
  versions: readonly AnswerVersion[];
  /** The last version on this page where older ones follow, for the next page. */
  older: number | null;
  /** It does not begin with the answer as it stands. */
  isLaterPage: boolean;
  /** Why no earlier text can be put back; null when one can. */
  readOnly: 'state' | 'role' | 'section' | null;
};

/** Every text that an answer ever had, with who saved it and when, newest first and page by page. */
export async function getAnswerHistory(ctx: Context, input: GetAnswerHistoryInput): Promise<AnswerHistory> {
  onlyInsurer(ctx.actor);
  const { assessmentId, criterionKey, before } = input;
  if (!z.uuid().safeParse(assessmentId).success) throw notFound();
  return inTransaction(ctx, async (tx) => {
    // One more on each side: the version that followed the first of the page, and whether older ones are left.
    const [[head], rows] = await Promise.all([
      selectHead(tx, { assessmentId, criterionKey }),
      selectVersions(tx, { assessmentId, criterionKey, upTo: before ?? 2_147_483_647, count: pageSize + 2 }),
    ]);
    if (!head) throw notFound();
    authorize(ctx.actor, 'assessment.read', head);
    const criterion = (await compiledFramework(tx, head)).criterion(criterionKey);
    if (!criterion) throw notFound();
    const own = rows.filter(({ version }) => before === undefined || version < before);
    const shown = own.slice(0, pageSize);
    const { key, level, short, text } = criterion;
    return {
      assessmentId,
      roundName: head.roundName,
      criterion: { key, level, short, text },
      current: { version: head.version ?? 0, response: head.response, explanation: head.explanation ?? '' },
      versions: shown.map(({ savedBy, name, ...version }) => {
        const next = rows[rows.findIndex((row) => row.version === version.version) - 1];
        return {
          ...version,
          by: { userId: savedBy, name: name ?? '', you: savedBy === ctx.actor.userId },
          next: next ? { response: next.response, explanation: next.explanation } : null,
        };
      }),
      older: own.length > shown.length ? (shown.at(-1)?.version ?? null) : null,
      isLaterPage: before !== undefined && rows.length > own.length,
      readOnly: readOnlyOf(ctx.actor, head, criterion.sectionKey),
    };
  });
}

function readOnlyOf(
  actor: Actor,
  { state, organisationId }: { state: State; organisationId: string },
  section: string,
) {
  if (!applyTransition({ verb: 'save_answer', state, guards: {} }).ok) return 'state';
  const permission = can(actor, 'answer.save', { organisationId, sectionKey: section });
  if (permission.ok) return null;
  return permission.because === 'own_section' ? 'section' : 'role';
}

const selectHead = statement('answer-history:head', (db) =>
  db
    .select({
      organisationId: assessments.organisationId,
      state: assessments.state,
      roundName: rounds.name,
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
      version: answers.version,
      response: answers.response,
      explanation: answers.explanation,
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

const selectVersions = statement('answer-history:versions', (db) =>
  db
    .select({
      version: answerVersions.version,
      response: answerVersions.response,
      explanation: answerVersions.explanation,
      savedAt: answerVersions.savedAt,
      savedBy: answerVersions.savedBy,
      name: users.name,
    })
    .from(answerVersions)
    .leftJoin(users, eq(users.id, answerVersions.savedBy))
    .where(
      and(
        eq(answerVersions.assessmentId, sql.placeholder('assessmentId')),
        eq(answerVersions.criterionKey, sql.placeholder('criterionKey')),
        sql`${answerVersions.version} <= ${sql.placeholder('upTo')}::int`,
      ),
    )
    .orderBy(sql`${answerVersions.version} desc`)
    .limit(sql.placeholder('count')),
);
