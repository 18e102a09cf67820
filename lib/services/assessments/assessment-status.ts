import 'server-only';
import { desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { draftOutcomes, hearingResponses } from '#db/schema/hearing.ts';
import { organisations } from '#db/schema/identity.ts';
import { publications } from '#db/schema/publications.ts';
import { informationRequests } from '#db/schema/requests.ts';
import { notices } from '#db/schema/reviews.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { extensionRequests } from '#db/schema/teamwork.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { type InsurerState, insurerState, isLate, waitingOn } from '#domain/progress.ts';
import { daysLeft, isOver } from '#domain/terms.ts';
import type { State } from '#domain/workflow.ts';
import { notFound } from '#services/errors.ts';
import { requestIsOpen } from '#services/requests/request-facts.ts';

export type NoticeShown = {
  kind: (typeof notices.$inferSelect)['kind'];
  reason: string;
  items: readonly { key: string; text: string }[];
  termAt: Date | null;
  sentAt: Date;
};

export type SubmissionShown = {
  id: string;
  number: number;
  sha256: string;
  signedAt: Date;
  signatoryName: string;
  signatoryFunction: string;
  withdrawnAt: Date | null;
};

export type HearingShown = {
  version: number;
  sentAt: Date;
  termAt: Date;
  respondedAt: Date | null;
  termOver: boolean;
  daysLeft: number;
};

/** Where an assessment stands, as its insurer may know it: on top of each of its pages. */
export type AssessmentStatus = {
  id: string;
  organisationId: string;
  organisationName: string;
  reference: string;
  title: LocalizedText;
  round: { name: string; productScope: string; periodFrom: string; periodTo: string; contactMailbox: string };
  decisionsDueAt: Date;
  state: InsurerState;
  /** Answers, intake and evidence can be changed. */
  editable: boolean;
  /** What was signed holds, and no work in progress. */
  signed: boolean;
  deadlineAt: Date;
  daysLeft: number;
  deadlineOver: boolean;
  late: boolean;
  nextBy: 'insurer' | 'supervisor' | 'nobody';
  /** The last submission that was not withdrawn. */
  submission: SubmissionShown | null;
  /** The last submission, where it was withdrawn and nothing was signed since. */
  withdrawn: (SubmissionShown & { withdrawnAt: Date }) | null;
  /** What the supervisor told last, of each kind. */
  notices: Readonly<Partial<Record<NoticeShown['kind'], NoticeShown>>>;
  /** The last time that more time was asked for; `granted` is null until it is answered. */
  extension: { reason: string; askedAt: Date; granted: boolean | null } | null;
  /** A question of the supervisor waits for its answer. */
  openRequest: boolean;
  /** The newest draft outcome that was sent for a response, and whether this insurer responded to it. */
  hearing: HearingShown | null;
  /** An outcome was published; `underRevision` while it is being corrected. */
  outcome: { publicationId: string; edition: number; underRevision: boolean } | null;
};

/** Whether the insurer can still respond to the draft outcome that was sent to it. */
export function isHeard({ state, hearing }: Pick<AssessmentStatus, 'state' | 'hearing'>): boolean {
  return state === 'hearing' && hearing !== null && !hearing.respondedAt && !hearing.termOver;
}

type HearingRow = { version: number; sentAt: string; termAt: string; respondedAt: string | null };

type Row = {
  assessment: typeof assessments.$inferSelect;
  organisation: { name: string };
  round: typeof rounds.$inferSelect;
  title: LocalizedText;
  notices: (Omit<NoticeShown, 'termAt' | 'sentAt'> & { termAt: string | null; sentAt: string })[];
  submissions: (Omit<SubmissionShown, 'signedAt' | 'withdrawnAt'> & { signedAt: string; withdrawnAt: string | null })[];
  extension: { reason: string; askedAt: string; granted: boolean | null } | null;
  hearing: HearingRow | null;
  outcome: AssessmentStatus['outcome'];
  openRequest: boolean;
};

/** Reads the status of one assessment, or of all that the organisation has, newest round first; one statement. */
export async function readStatuses(tx: Transaction, now: Date, assessmentId: string | null = null) {
  const of = (table: typeof notices | typeof submissions | typeof publications | typeof extensionRequests) =>
    sql`${table.assessmentId} = ${assessments.id}`;
  const rows = await tx
    .select({
      assessment: assessments,
      organisation: { name: organisations.name },
      round: rounds,
      title: { nl: frameworkVersions.titleNl, en: frameworkVersions.titleEn },
      notices: sql<Row['notices']>`(select coalesce(json_agg(json_build_object('kind', ${notices.kind},
        'reason', ${notices.reason}, 'items', ${notices.items}, 'termAt', ${notices.termAt}, 'sentAt', ${notices.sentAt})
        order by ${notices.sentAt}), '[]') from ${notices} where ${of(notices)})`,
      submissions: sql<Row['submissions']>`(select coalesce(json_agg(json_build_object('id', ${submissions.id},
        'number', ${submissions.number}, 'sha256', encode(${submissions.sha256}, 'hex'), 'signedAt', ${submissions.signedAt},
        'signatoryName', ${submissions.signatoryName}, 'signatoryFunction', ${submissions.signatoryFunction},
        'withdrawnAt', ${submissions.withdrawnAt}) order by ${submissions.number}), '[]')
        from ${submissions} where ${of(submissions)})`,
      extension: sql<Row['extension']>`(select json_build_object('reason', ${extensionRequests.reason},
        'askedAt', ${extensionRequests.askedAt}, 'granted',
        case when ${extensionRequests.answeredAt} is not null then coalesce(${extensionRequests.granted}, false) end) from ${extensionRequests}
        where ${of(extensionRequests)} order by ${extensionRequests.askedAt} desc, ${extensionRequests.id} limit 1)`,
      hearing: lastHearing(),
      outcome: sql<Row['outcome']>`(select json_build_object('publicationId', ${publications.id},
        'edition', ${publications.edition},
        'underRevision', ${publications.underRevisionAt} is not null) from ${publications} where ${of(publications)}
        order by ${publications.edition} desc limit 1)`,
      openRequest: sql<boolean>`exists (select from ${informationRequests} where ${informationRequests.assessmentId} =
        ${assessments.id} and ${requestIsOpen})`,
    })
    .from(assessments)
    .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(
      sql`(${sql.placeholder('assessmentId')}::uuid is null or ${assessments.id} = ${sql.placeholder('assessmentId')}::uuid)`,
    )
    .orderBy(desc(rounds.opensAt), desc(assessments.id))
    .prepare('assessment:statuses')
    .execute({ assessmentId, now: now.toISOString() });
  return rows.map((row) => statusOf(row, now));
}

/** The newest draft outcome that was sent for a response, as a column of a statement that reads from `assessments`. */
export const lastHearing = () =>
  sql<HearingRow | null>`(select json_build_object('version', ${draftOutcomes.version},
    'sentAt', ${draftOutcomes.sentAt}, 'termAt', ${draftOutcomes.termAt}, 'respondedAt', ${hearingResponses.sentAt})
    from ${draftOutcomes} left join ${hearingResponses}
    on ${hearingResponses.draftOutcomeId} = ${draftOutcomes.id}
    where ${draftOutcomes.assessmentId} = ${assessments.id} order by ${draftOutcomes.version} desc limit 1)`;

/** The status of one assessment. @throws not found */
export async function readStatus(tx: Transaction, now: Date, assessmentId: string): Promise<AssessmentStatus> {
  if (!z.uuid().safeParse(assessmentId).success) throw notFound();
  const [status] = await readStatuses(tx, now, assessmentId);
  if (!status) throw notFound();
  return status;
}

function statusOf({ assessment, organisation, round, title, ...row }: Row, now: Date): AssessmentStatus {
  const deadlineOver = isOver(assessment.deadlineAt, now);
  const editable = assessment.state === 'draft' || assessment.state === 'returned';
  const standing = row.submissions.filter(({ withdrawnAt }) => withdrawnAt === null).at(-1);
  const last = row.submissions.at(-1);
  return {
    id: assessment.id,
    organisationId: assessment.organisationId,
    organisationName: organisation.name,
    reference: assessment.reference,
    title,
    round,
    decisionsDueAt: round.decisionsDueAt,
    ...standsFor(assessment.state, row, now),
    editable,
    signed: standing !== undefined && isSigned(assessment.stateBeforeClosing ?? assessment.state),
    deadlineAt: assessment.deadlineAt,
    daysLeft: daysLeft(assessment.deadlineAt, now),
    deadlineOver,
    late: isLate(assessment.state, deadlineOver),
    submission: standing ? { ...standing, signedAt: new Date(standing.signedAt), withdrawnAt: null } : null,
    withdrawn: last?.withdrawnAt
      ? { ...last, signedAt: new Date(last.signedAt), withdrawnAt: new Date(last.withdrawnAt) }
      : null,
    notices: Object.fromEntries(
      row.notices.map((notice) => [
        notice.kind,
        { ...notice, sentAt: new Date(notice.sentAt), termAt: notice.termAt ? new Date(notice.termAt) : null },
      ]),
    ),
    extension: row.extension && { ...row.extension, askedAt: new Date(row.extension.askedAt) },
    outcome: row.outcome,
  };
}

/** From submitted on; a case that was closed stays as it was before. */
const isSigned = (state: State) => state !== 'draft' && state !== 'returned';

/**
 * How a state reads to the insurer, and who takes the next step. To the insurer a review that goes on after a hearing is
 * the way to a decision, unless it is asked something.
 */
export function standsFor(
  state: State,
  facts: { openRequest: boolean; hearing: HearingRow | null },
  now: Date,
): Pick<AssessmentStatus, 'state' | 'nextBy' | 'openRequest' | 'hearing'> {
  const hearing = hearingOf(facts.hearing, now);
  const party = waitingOn(state, {
    openRequests: Number(facts.openRequest),
    responded: hearing?.respondedAt != null,
    termOver: hearing?.termOver === true,
  });
  return {
    state: insurerState(state, hearing !== null, facts.openRequest),
    nextBy: party === 'insurer' || party === 'nobody' ? party : 'supervisor',
    openRequest: facts.openRequest && state === 'in_review',
    hearing,
  };
}

function hearingOf(row: HearingRow | null, now: Date): HearingShown | null {
  if (!row) return null;
  const termAt = new Date(row.termAt);
  return {
    version: row.version,
    sentAt: new Date(row.sentAt),
    termAt,
    respondedAt: row.respondedAt ? new Date(row.respondedAt) : null,
    termOver: isOver(termAt, now),
    daysLeft: daysLeft(termAt, now),
  };
}
