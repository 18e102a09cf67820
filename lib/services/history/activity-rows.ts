import 'server-only';
import { sql } from 'drizzle-orm';
import { answerVersions } from '#db/schema/assessments.ts';
import { statement } from '#db/statement.ts';
import type { Response } from '#domain/answers.ts';

/** What can be told of an assessment, by what happened. */
export const activityKinds = [
  'answer',
  'intake',
  'evidence_added',
  'evidence_newer',
  'evidence_taken_over',
  'evidence_removed',
  'evidence_linked',
  'evidence_unlinked',
  'note',
  'note_resolved',
  'delegated',
  'extension_asked',
  'claims_given',
  'claims_drawn',
  'question_asked',
  'question_answered',
  'question_withdrawn',
  'outcome_drafted',
  'outcome_heard',
  'submitted',
  'withdrawn',
  'returned',
  'extended',
  'extension_refused',
  'closed',
  'reopened',
  'under_revision',
  'published',
] as const;
export type ActivityKind = (typeof activityKinds)[number];

export type ActivityRow = {
  id: string;
  at: Date;
  kind: ActivityKind;
  /** Null: the supervisor, whose people are not named to an insurer. */
  userId: string | null;
  name: string | null;
  criterionKey: string | null;
  sectionKey: string | null;
  /** How often an answer was saved in what this row gathers. */
  times: number;
  response: Response | null;
  /** The first save of this answer is among them. */
  first: boolean;
  /** The title of a piece of evidence, the name of who was asked. */
  subject: string | null;
};

const of = () => sql`assessment_id = ${sql.placeholder('assessmentId')}::uuid`;
const none = sql.raw('null::text');
/** The columns after kind, actor, criterion and section, for what has a subject or nothing more to tell. */
const telling = (subject: string) => sql.raw(`1, null::response, false, ${subject}`);

/**
 * Everything that happened in an assessment, newest first, from the tables themselves: an insurer does not read the log.
 * Saves of one answer by one person on one day are one row, at the last of them. What a row replaces is not kept for the
 * intake and for a note that was opened again: there the last act stands.
 */
export const selectActivity = statement('activity:rows', (db) =>
  db
    .select({
      id: sql<string>`event.id`,
      at: sql`event.at`.mapWith(answerVersions.savedAt),
      kind: sql<ActivityKind>`event.kind`,
      userId: sql<string | null>`event.user_id`,
      name: sql<string | null>`person.name`,
      criterionKey: sql<string | null>`event.criterion_key`,
      sectionKey: sql<string | null>`event.section_key`,
      times: sql<number>`event.times`,
      response: sql<Response | null>`event.response`,
      first: sql<boolean>`event.first`,
      subject: sql<string | null>`event.subject`,
    })
    .from(sql`(${everything()}) as event (id, at, kind, user_id, criterion_key, section_key, times, response, first, subject)
      left join users as person on person.id = event.user_id`)
    .where(
      sql`(${sql.placeholder('sectionKey')}::text is null or event.section_key = ${sql.placeholder('sectionKey')}
          or event.criterion_key = any(${sql.placeholder('criterionKeys')}::text[]))
        and (${sql.placeholder('userId')}::uuid is null or event.user_id = ${sql.placeholder('userId')}::uuid)
        and (${sql.placeholder('at')}::timestamptz is null or (event.at, event.id collate "C")
          < (${sql.placeholder('at')}::timestamptz, ${sql.placeholder('id')}::text collate "C"))`,
    )
    .orderBy(sql`event.at desc, event.id collate "C" desc`)
    .limit(sql.placeholder('count')),
);

function everything() {
  return sql`
    select 'answer:' || criterion_key || ':' || saved_by || ':' || (saved_at at time zone 'Europe/Amsterdam')::date,
      max(saved_at), 'answer', saved_by, criterion_key, ${none}, count(*)::int,
      (array_agg(response order by version desc))[1], min(version) = 1, ${none}
      from answer_versions where ${of()}
      group by criterion_key, saved_by, (saved_at at time zone 'Europe/Amsterdam')::date
    union all
    select 'intake:' || saved_at || saved_by, saved_at, 'intake', saved_by, ${none}, ${none}, ${telling('null')}
      from intake_answers where ${of()} group by saved_at, saved_by
    union all
    select 'added:' || id, added_at,
      case when replaces_id is not null then 'evidence_newer' when taken_over_from is not null then 'evidence_taken_over'
        else 'evidence_added' end,
      added_by, (select min(link.criterion_key) from evidence_links as link
        where link.evidence_id = evidence.id and link.linked_at = evidence.added_at), ${none}, ${telling('title')}
      from evidence where ${of()}
    union all
    select 'removed:' || id, removed_at, 'evidence_removed', removed_by, ${none}, ${none}, ${telling('title')}
      from evidence where ${of()} and removed_at is not null
    union all
    select 'linked:' || link.id, link.linked_at, 'evidence_linked', link.linked_by, link.criterion_key, ${none},
      ${telling('evidence.title')}
      from evidence_links as link join evidence on evidence.id = link.evidence_id
      where link.${of()} and link.linked_at <> evidence.added_at
    union all
    select 'unlinked:' || link.id, link.removed_at, 'evidence_unlinked', link.removed_by, link.criterion_key, ${none},
      ${telling('evidence.title')}
      from evidence_links as link join evidence on evidence.id = link.evidence_id
      where link.${of()} and link.removed_at is not null and link.removed_at is distinct from evidence.removed_at
    union all
    select 'note:' || id, written_at, 'note', written_by, criterion_key, ${none}, ${telling('null')}
      from notes where ${of()}
    union all
    select 'resolved:' || id, resolved_at, 'note_resolved', resolved_by, criterion_key, ${none}, ${telling('null')}
      from notes where ${of()} and resolved_at is not null
    union all
    select 'delegated:' || delegation.id, delegation.asked_at, 'delegated', delegation.asked_by, ${none},
      delegation.section_key, ${telling('asked.name')}
      from delegations as delegation join memberships as member on member.id = delegation.membership_id
      join users as asked on asked.id = member.user_id where delegation.${of()}
    union all
    select 'extension:' || id, asked_at, 'extension_asked', asked_by, ${none}, ${none}, ${telling('null')}
      from extension_requests where ${of()}
    union all
    select 'claims:' || id, given_at, 'claims_given', given_by, ${none}, ${none}, ${telling('null')}
      from claim_lists where ${of()}
    union all
    select 'drawn:' || id, drawn_at, 'claims_drawn', null::uuid, ${none}, ${none}, ${telling('null')}
      from claim_draws where ${of()}
    union all
    select 'question:' || id, sent_at, 'question_asked', null::uuid, criterion_key, ${none}, ${telling('null')}
      from information_requests where ${of()}
    union all
    select 'unasked:' || id, withdrawn_at, 'question_withdrawn', null::uuid, criterion_key, ${none}, ${telling('null')}
      from information_requests where ${of()} and withdrawn_at is not null
    union all
    select 'supplement:' || asked.id, supplement.sent_at, 'question_answered', supplement.sent_by, asked.criterion_key,
      ${none}, ${telling('null')}
      from supplements as supplement join information_requests as asked on asked.id = supplement.request_id
      where supplement.${of()} and supplement.sent_at is not null
    union all
    select 'draft:' || id, sent_at, 'outcome_drafted', null::uuid, ${none}, ${none}, ${telling('version::text')}
      from draft_outcomes where ${of()}
    union all
    select 'heard:' || draft.id, response.sent_at, 'outcome_heard', response.sent_by, ${none}, ${none},
      ${telling('draft.version::text')}
      from hearing_responses as response join draft_outcomes as draft on draft.id = response.draft_outcome_id
      where response.${of()} and response.sent_at is not null
    union all
    select 'published:' || id, published_at, 'published', null::uuid, ${none}, ${none}, ${telling('edition::text')}
      from publications where ${of()}
    union all
    select 'submitted:' || id, signed_at, 'submitted', signed_by, ${none}, ${none}, ${telling('null')}
      from submissions where ${of()}
    union all
    select 'withdrawn:' || id, withdrawn_at, 'withdrawn', withdrawn_by, ${none}, ${none}, ${telling('null')}
      from submissions where ${of()} and withdrawn_at is not null
    union all
    select 'notice:' || id, sent_at, kind::text, null::uuid, ${none}, ${none}, ${telling('null')}
      from notices where ${of()}`;
}
