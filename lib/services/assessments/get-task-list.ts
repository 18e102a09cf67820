import 'server-only';
import type { Fraction } from '#domain/fraction.ts';
import { can } from '#domain/policy.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type ClaimsAsked, claimsAsked, readClaimsStanding } from '#services/claims/claims-asked.ts';
import { type Context, inTransaction } from '#services/context.ts';
import {
  type DelegationShown,
  delegationsOf,
  firstAsked,
  readDelegations,
} from '#services/delegations/delegation-facts.ts';
import { readLastRoundName } from '#services/last-round/last-round-facts.ts';
import { type PresentColleague, presentColleagues } from '#services/live/present-colleagues.ts';
import { type OpenNotes, openNotes } from '#services/notes/open-notes.ts';
import { type RequestView, readRequests, requestViews } from '#services/requests/request-facts.ts';
import { type AssessmentStatus, isHeard, readStatus } from './assessment-status.ts';
import { type Hindrance, hindrancesOf } from './in-the-way.ts';
import { type ResumePoint, resumePoint } from './resume-point.ts';
import { type SectionWork, sectionWork } from './section-work.ts';
import { type Colleague, type Crew, colleagues, crewOf, readTeam } from './team.ts';
import { type LastSaved, readWork } from './work-facts.ts';

export type TaskList = {
  readAt: string;
  userId: string;
  /** Who else has the assessment open. */
  present: readonly PresentColleague[];
  status: AssessmentStatus;
  /** The work in progress; null once it was submitted: then the signed snapshot holds. */
  work: {
    intake: { asked: number; answered: number };
    sections: readonly (SectionWork & { crew: Crew; asked: DelegationShown | null })[];
    /** Null while the intake is not answered, or where no section applies. */
    total: { low: Fraction; high: Fraction } | null;
    waitsForIntake: boolean;
    applicable: number;
    responded: number;
    /** The points in the work that block submitting, and what stands in the way besides. */
    blocks: number;
    hindrances: readonly Hindrance[];
    resume: ResumePoint;
    lastSaved: LastSaved | null;
  } | null;
  /** What the supervisor asks about criteria while it reviews. */
  requests: readonly RequestView[];
  /** The list of claims that the norm asks for once it was submitted; null where none is asked. */
  claims: ClaimsAsked | null;
  /** The round before, where this insurer signed something in it. */
  lastRound: string | null;
  team: readonly Colleague[];
  /** Colleagues' notes that stand open or name the reader, by criterion. */
  notes: Readonly<Record<string, OpenNotes>>;
  /** Whether the supervisor's items are criteria or sections: where each can be opened. */
  spots: Readonly<Record<string, string>>;
  maySubmit: boolean;
  mayWithdraw: boolean;
  mayAskExtension: boolean;
  mayAnswer: boolean;
  /** Ask a colleague for a section. */
  mayAssign: boolean;
};

/** The page of one assessment: what is to be done, by whom, until when; or where it stands when it was submitted. */
export async function getTaskList(ctx: Context, { assessmentId }: { assessmentId: string }): Promise<TaskList> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [status, work, team, rows, notes, lastRound, present, requests, claims] = await Promise.all([
      readStatus(tx, ctx.now, assessmentId),
      readWork(tx, assessmentId),
      readTeam(tx, ctx.actor.organisationId),
      readDelegations(tx, [assessmentId]),
      openNotes(tx, assessmentId, ctx.actor.userId),
      readLastRoundName(tx, assessmentId),
      presentColleagues(tx, assessmentId, ctx),
      readRequests(tx, assessmentId),
      readClaimsStanding(tx, assessmentId),
    ]);
    const facts = { organisationId: status.organisationId };
    authorize(ctx.actor, 'assessment.read', facts);
    const { framework, score } = work;
    const waitsForIntake = score.awaitsIntake.length > 0;
    const questions = framework.intake.length;
    const asked = delegationsOf(work, rows, ctx);
    return {
      readAt: ctx.now.toISOString(),
      userId: ctx.actor.userId,
      present,
      status,
      work: status.editable
        ? {
            intake: { asked: questions, answered: questions - score.awaitsIntake.length },
            sections: framework.sections.map((section) => ({
              ...sectionWork(work, section),
              crew: crewOf(team, work, ctx.actor, section.key),
              asked: asked.find(({ sectionKey }) => sectionKey === section.key) ?? null,
            })),
            total: waitsForIntake ? null : score.total,
            waitsForIntake,
            applicable: score.counts.applicable,
            responded: score.counts.responded,
            blocks: work.blocks.length,
            hindrances: hindrancesOf(status, team),
            resume: resumePoint(work, ctx.actor, status.notices.returned, firstAsked(asked)),
            lastSaved: work.lastSaved[ctx.actor.userId] ?? null,
          }
        : null,
      requests: requestViews(requests, ctx.now),
      claims: claimsAsked(framework, status.state, claims),
      lastRound,
      team: colleagues(team, work, { actor: ctx.actor, asked }),
      notes,
      spots: Object.fromEntries([
        ...framework.sections.flatMap(({ key, criteria }) => (criteria[0] ? [[key, criteria[0].key]] : [])),
        ...framework.criteria.map(({ key }) => [key, key]),
      ]),
      maySubmit: status.editable && can(ctx.actor, 'assessment.submit', facts).ok,
      mayWithdraw: mayWithdraw(ctx, status),
      mayAskExtension: mayAskExtension(ctx, status),
      mayAnswer:
        status.editable && can(ctx.actor, 'answer.save', { ...facts, sectionKey: ctx.actor.sectionKeys?.[0] ?? '' }).ok,
      mayAssign: status.editable && can(ctx.actor, 'section.assign', facts).ok,
    };
  });
}

/** Whether the signed assessment can still be taken back by this actor. */
export function mayWithdraw(ctx: Context, status: AssessmentStatus): boolean {
  const { organisationId } = status;
  return (
    status.state === 'submitted' && !status.deadlineOver && can(ctx.actor, 'assessment.withdraw', { organisationId }).ok
  );
}

/**
 * Whether this actor can ask for more time: there is something to hand in, a draft outcome to respond to or a question to
 * answer, and no request that waits for its answer.
 */
export function mayAskExtension(ctx: Context, status: AssessmentStatus): boolean {
  const { organisationId, editable, extension, openRequest } = status;
  const waits = extension !== null && extension.granted === null;
  const useful = editable || openRequest || isHeard(status);
  return useful && !waits && can(ctx.actor, 'extension.ask', { organisationId }).ok;
}
