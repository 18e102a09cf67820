import 'server-only';
import { desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { memberships, organisations, users } from '#db/schema/identity.ts';
import { informationRequests, supplements } from '#db/schema/requests.ts';
import { assignments, conflictsOfInterest } from '#db/schema/reviews.ts';
import { frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import { extensionRequests } from '#db/schema/teamwork.ts';
import type { State } from '#domain/workflow.ts';
import type { Context } from '#services/context.ts';
import type { ListQueueInput, QueueLine } from './list-queue.ts';

export const queuePageSize = 20;

export type QueueCounts = {
  mine: number;
  unassigned: number;
  late: number;
  insurer: number;
  all: number;
  /** With the filters on. */
  matching: number;
  /** Of those, how many come before the page. */
  before: number;
};

const given = (name: string) => sql.placeholder(name);

/** Rounds that the actor may look into: a reviewer's own, for lead and auditor every one. */
const visibleRound = sql`(not ${given('ownRounds')}::boolean or exists (select from ${roundReviewers} admitted
  where admitted.round_id = r.id and admitted.user_id = ${given('userId')}::uuid and admitted.ended_at is null))`;

/** One line an assessment of the round, with what is derived from its state. The conditions of `assessment.status` in SQL. */
const line = sql`(
  select a.id, a.state, o.name, o.number, of.assigned, due.term_at, signed.there as submitted, asked.more as asks_extension, open.requests as open_requests,
    coalesce(due.term_at + interval '1 second' <= ${given('now')}::timestamptz, false) as late,
    case when asked.more then 'lead'
      when a.state in ('draft', 'returned', 'hearing') or open.requests > 0 then 'insurer'
      when a.state in ('published', 'closed') then 'nobody'
      when a.state in ('proposed', 'decided') or of.assigned = '{}' then 'lead'
      when ${given('userId')}::uuid = any (of.assigned) then 'me'
      else 'colleague' end as waiting_on,
    case ${given('order')}::text
      when 'name' then lower(o.name)
      when 'state' then lpad(array_position(enum_range(null::assessment_state), a.state)::text, 2, '0') || lower(o.name)
      else coalesce(to_char(due.term_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'), '9999') || lower(o.name)
      end as sort_key
  from ${assessments} a
  join ${organisations} o on o.id = a.organisation_id
  join ${rounds} r on r.id = a.round_id
  cross join lateral (select case when a.state in ('draft', 'returned') then a.deadline_at
    when a.state in ('submitted', 'in_review', 'hearing', 'proposed') then r.decisions_due_at end as term_at) as due
  cross join lateral (select coalesce(array_agg(user_id order by assigned_at), '{}') as assigned from ${assignments}
    where assessment_id = a.id and ended_at is null) as of
  cross join lateral (select exists (select from ${submissions} s
    where s.assessment_id = a.id and s.withdrawn_at is null) as there) as signed
  cross join lateral (select a.state in ('draft', 'returned', 'in_review', 'hearing') and exists (
    select from ${extensionRequests} e where e.assessment_id = a.id and e.answered_at is null) as more) as asked
  cross join lateral (select count(*)::integer as requests from ${informationRequests} i
    where a.state = 'in_review' and i.assessment_id = a.id and i.withdrawn_at is null
    and i.term_at + interval '1 second' > ${given('now')}::timestamptz
    and not exists (select from ${supplements} s where s.request_id = i.id and s.sent_at is not null)) as open
  where a.round_id = coalesce((select r.id from ${rounds} r where r.id = ${given('round')}::uuid and ${visibleRound}),
      (select r.id from ${rounds} r where ${visibleRound} order by r.opens_at desc, r.id limit 1))
    and not exists (select from ${conflictsOfInterest} c
      where c.organisation_id = a.organisation_id and c.user_id = ${given('userId')}::uuid)
    and (not ${given('submittedOnly')}::boolean or signed.there)
) as line`;

const isMine = sql`(line.waiting_on = 'me' or (line.waiting_on = 'lead' and ${given('isLead')}::boolean))`;
const isUnassigned = sql`(line.assigned = '{}' and line.state in ('submitted', 'in_review'))`;

const matches = sql`(${given('state')}::text is null or line.state::text = ${given('state')}::text)
  and (${given('waiting')}::text is null or line.waiting_on = ${given('waiting')}::text
    or (${given('waiting')}::text = 'me' and ${isMine}))
  and (${given('assigned')}::text is null
    or (${given('assigned')}::text = 'nobody' and line.assigned = '{}')
    or (${given('assigned')}::text = 'me' and ${given('userId')}::uuid = any (line.assigned))
    or exists (select from (select u.id, 'B' || row_number() over (order by u.created_at, u.email) as code
      from ${users} u join ${memberships} m on m.user_id = u.id
      where m.organisation_id = ${given('staffOf')}::uuid and 'reviewer' = any (m.roles)) as reviewer
      where reviewer.code = ${given('assigned')}::text and reviewer.id = any (line.assigned)))
  and (not ${given('late')}::boolean or line.late)
  and (not ${given('unassigned')}::boolean or ${isUnassigned})
  and (${given('q')}::text = '' or strpos(lower(line.name || ' ' || line.number), lower(${given('q')}::text)) > 0)`;

/** Both ends of the page as rows; a place that is not given lies outside every list. */
const here = sql`(line.sort_key, line.id::text)`;
const there = sql`(${given('placeKey')}::text, ${given('placeId')}::text)`;

type Row = Pick<
  QueueLine,
  'name' | 'number' | 'state' | 'waitingOn' | 'termAt' | 'late' | 'asksExtension' | 'openRequests'
> & {
  id: string;
  assigned: string[];
  submitted: boolean;
  sortKey: string;
};

/** The lines of a page and one more, forwards from `after` or backwards from `before`. */
export function readQueueRows(tx: Transaction, ctx: Context, input: ListQueueInput): Promise<Row[]> {
  const backwards = input.before !== null;
  const onward: SQL = backwards ? sql`${here} < ${there}` : sql`${here} > ${there}`;
  return tx
    .select({
      id: sql<string>`line.id`,
      name: sql<string>`line.name`,
      number: sql<string>`line.number`,
      state: sql<State>`line.state`,
      waitingOn: sql<QueueLine['waitingOn']>`line.waiting_on`,
      assigned: sql<string[]>`to_json(line.assigned)`,
      termAt: sql<Date | null>`line.term_at`.mapWith(assessments.deadlineAt),
      late: sql<boolean>`line.late`,
      submitted: sql<boolean>`line.submitted`,
      asksExtension: sql<boolean>`line.asks_extension`,
      openRequests: sql<number>`line.open_requests`,
      sortKey: sql<string>`line.sort_key`,
    })
    .from(line)
    .where(sql`${matches} and ${onward}`)
    .orderBy(backwards ? sql`line.sort_key desc, line.id::text desc` : sql`line.sort_key, line.id::text`)
    .limit(queuePageSize + 1)
    .prepare(backwards ? 'queue:rows-before' : 'queue:rows')
    .execute(parameters(ctx, input));
}

/** The strip above the list, and how many match the filters. */
export async function readQueueCounts(tx: Transaction, ctx: Context, input: ListQueueInput): Promise<QueueCounts> {
  const count = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::integer`;
  const [counts] = await tx
    .select({
      mine: count(isMine),
      unassigned: count(isUnassigned),
      late: count(sql`line.late`),
      insurer: count(sql`line.waiting_on = 'insurer'`),
      all: count(sql`true`),
      matching: count(matches),
      before: count(
        input.before !== null ? sql`${matches} and ${here} < ${there}` : sql`${matches} and ${here} <= ${there}`,
      ),
    })
    .from(line)
    .prepare(input.before !== null ? 'queue:counts-before' : 'queue:counts')
    .execute(parameters(ctx, input));
  return counts ?? { mine: 0, unassigned: 0, late: 0, insurer: 0, all: 0, matching: 0, before: 0 };
}

/** The rounds that the actor may choose from, newest first. */
export async function readQueueRounds(tx: Transaction, ctx: Context, input: ListQueueInput) {
  const rows = await tx
    .select({
      id: sql<string>`r.id`,
      name: sql<string>`r.name`,
      productScope: sql<string>`r.product_scope`,
      decisionsDueAt: sql<Date>`r.decisions_due_at`.mapWith(rounds.decisionsDueAt),
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
    })
    .from(sql`${rounds} r`)
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, sql`r.framework_ref`))
    .where(visibleRound)
    .orderBy(desc(sql`r.opens_at`), sql`r.id`)
    .prepare('queue:rounds')
    .execute(parameters(ctx, input));
  return rows.map(({ ref, sha256, ...round }) => ({ ...round, framework: { ref, sha256 } }));
}

function parameters({ actor, now }: Context, input: ListQueueInput) {
  const seesAllRounds = actor.roles.includes('lead') || actor.roles.includes('auditor');
  const place = input.before ?? input.after;
  return {
    ...input,
    late: input.late === '1',
    unassigned: input.unassigned === '1',
    now: now.toISOString(),
    userId: actor.userId,
    staffOf: actor.organisationId,
    ownRounds: !seesAllRounds,
    isLead: actor.roles.includes('lead'),
    submittedOnly: actor.roles.includes('auditor'),
    placeKey: place?.key ?? '',
    placeId: place?.id ?? '',
  };
}
