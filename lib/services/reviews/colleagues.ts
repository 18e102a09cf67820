import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { memberships, users } from '#db/schema/identity.ts';
import { assignments, transitions, workingNotes } from '#db/schema/reviews.ts';
import type { State } from '#domain/workflow.ts';
import type { Context } from '#services/context.ts';

/** Reviewers by user id: their code among colleagues, such as `B2`, in the order in which their accounts were made. */
export type Codes = Readonly<Record<string, string>>;

const reviewersOf = sql`select u.id, 'B' || row_number() over (order by u.created_at, u.email) as code
  from ${users} u join ${memberships} m on m.user_id = u.id
  where m.organisation_id = ${sql.placeholder('staffOf')}::uuid and 'reviewer' = any (m.roles)`;

/** The codes of all reviewers of the actor's own organisation, past ones included, in one statement. */
export async function readCodes(tx: Transaction, ctx: Context): Promise<Codes> {
  const rows = await tx
    .select({ id: sql<string>`reviewer.id`, code: sql<string>`reviewer.code` })
    .from(sql`(${reviewersOf}) as reviewer`)
    .prepare('colleagues:codes')
    .execute({ staffOf: ctx.actor.organisationId });
  return Object.fromEntries(rows.map(({ id, code }) => [id, code]));
}

export type Step = {
  verb: string;
  from: State;
  to: State;
  reason: string;
  at: string;
  /** Null for whoever is no reviewer of this organisation: the insurer, a lead. */
  by: string | null;
};
export type WorkingNote = {
  id: string;
  criterionKey: string | null;
  text: string;
  /** ISO 8601, in UTC. */
  writtenAt: string;
  writtenBy: string;
  name: string;
};

export type People = {
  codes: Codes;
  assigned: readonly string[];
  history: readonly Step[];
  /** Working notes, oldest first; those that were taken away are left out. */
  notes: readonly WorkingNote[];
};

/** Who stands how to an assessment, the steps that it took, newest first, and what was noted on it; one statement. */
export async function readPeople(tx: Transaction, ctx: Context, assessmentId: string): Promise<People> {
  const [row] = await tx
    .select({
      codes: sql<Codes>`(select coalesce(json_object_agg(id, code), '{}') from (${reviewersOf}) as reviewer)`,
      assigned: sql<string[]>`(select coalesce(json_agg(user_id order by assigned_at), '[]') from ${assignments}
        where assessment_id = ${sql.placeholder('assessmentId')} and ended_at is null)`,
      history: sql<Step[]>`(select coalesce(json_agg(json_build_object('verb', verb, 'from', from_state, 'to', to_state,
        'reason', reason, 'at', to_char(taken_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', taken_by)
        order by taken_at desc, id), '[]') from ${transitions}
        where assessment_id = ${sql.placeholder('assessmentId')})`,
      notes: sql<WorkingNote[]>`(select coalesce(json_agg(json_build_object('id', note.id, 'criterionKey',
        note.criterion_key, 'text', note.text, 'writtenAt', note.written_at, 'writtenBy', note.written_by,
        'name', author.name) order by note.written_at, note.id), '[]')
        from ${workingNotes} as note join users as author on author.id = note.written_by
        where note.assessment_id = ${sql.placeholder('assessmentId')} and note.removed_at is null)`,
    })
    .from(sql`(values (1)) as one`)
    .prepare('colleagues:people')
    .execute({ assessmentId, staffOf: ctx.actor.organisationId });
  const { codes = {}, assigned = [], history = [], notes = [] } = row ?? {};
  return { codes, assigned, notes, history: history.map((step) => ({ ...step, by: codes[step.by ?? ''] ?? null })) };
}
