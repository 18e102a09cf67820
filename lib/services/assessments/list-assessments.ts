import 'server-only';
import type { Fraction } from '#domain/fraction.ts';
import { can } from '#domain/policy.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { readListsAwaited } from '#services/claims/claims-asked.ts';
import { type Context, inTransaction } from '#services/context.ts';
import {
  type DelegationShown,
  delegationsOf,
  firstAsked,
  readDelegations,
} from '#services/delegations/delegation-facts.ts';
import { readStanding } from '#services/members/get-team.ts';
import { readOpenRequests } from '#services/requests/request-facts.ts';
import { type AssessmentStatus, readStatuses } from './assessment-status.ts';
import { type Hindrance, hindrancesOf } from './in-the-way.ts';
import { readMentions } from './mention-facts.ts';
import { type ResumePoint, resumePoint } from './resume-point.ts';
import { type SectionWork, sectionWork } from './section-work.ts';
import { type Colleague, type Crew, colleagues, crewOf, readTeam, type TeamRow } from './team.ts';
import { type Waiting, waitingOnMe } from './waiting-on-me.ts';
import { type LastSaved, readWorks, type Work } from './work-facts.ts';

export type AssessmentListed = {
  status: AssessmentStatus;
  /** Something is awaited of the insurer while the supervisor reviews: its list of claims, or an answer to a question. */
  awaited: boolean;
  /** Of an assessment that can be worked on. */
  work: {
    applicable: number;
    responded: number;
    /** The points in the work that block submitting, and what stands in the way besides. */
    blocks: number;
    hindrances: readonly Hindrance[];
    waitsForIntake: boolean;
    total: { low: Fraction; high: Fraction } | null;
    resume: ResumePoint;
    lastSaved: LastSaved | null;
    sections: readonly (SectionWork & { crew: Crew; asked: DelegationShown | null })[];
    team: readonly Colleague[];
    /** Who looks may ask a colleague for a section. */
    mayAssign: boolean;
  } | null;
};

export type Home = { waiting: readonly Waiting[]; rounds: readonly AssessmentListed[] };

/**
 * The insurer's home: what waits on who looks, and its rounds, newest first, with where each stands, who acts next, who
 * does what, and where this person resumes.
 */
export async function listAssessments(ctx: Context): Promise<Home> {
  onlyInsurer(ctx.actor);
  const { actor, now } = ctx;
  return inTransaction(ctx, async (tx) => {
    authorize(actor, 'assessment.read', { organisationId: actor.organisationId });
    const statuses = await readStatuses(tx, now);
    const editable = statuses.filter((status) => status.editable).map(({ id }) => id);
    const [works, team, rows, mentions, invitations, requests, listsAwaited] = await Promise.all([
      readWorks(tx, editable),
      readTeam(tx, actor.organisationId),
      readDelegations(tx, editable),
      readMentions(tx, actor.userId),
      readStanding(tx),
      readOpenRequests(tx, now),
      readListsAwaited(tx, statuses),
    ]);
    const asked = new Map(works.map((work) => [work.assessment.id, delegationsOf(work, rows, ctx)]));
    return {
      waiting: waitingOnMe({ actor, now, statuses, works, asked, mentions, invitations, requests, listsAwaited }),
      rounds: statuses.map((status) => {
        const work = works.find(({ assessment }) => assessment.id === status.id);
        return {
          status,
          awaited: listsAwaited.has(status.id) || requests.some(({ assessmentId }) => assessmentId === status.id),
          work: work ? listed(work, ctx, { team, asked: asked.get(status.id) ?? [], status }) : null,
        };
      }),
    };
  });
}

type People = { team: readonly TeamRow[]; asked: readonly DelegationShown[]; status: AssessmentStatus };

function listed(work: Work, { actor }: Context, { team, asked, status }: People): AssessmentListed['work'] {
  const { score } = work;
  const waitsForIntake = score.awaitsIntake.length > 0;
  return {
    applicable: score.counts.applicable,
    responded: score.counts.responded,
    blocks: work.blocks.length,
    hindrances: hindrancesOf(status, team),
    waitsForIntake,
    total: waitsForIntake ? null : score.total,
    resume: resumePoint(work, actor, status.notices.returned, firstAsked(asked)),
    lastSaved: work.lastSaved[actor.userId] ?? null,
    sections: work.framework.sections.map((section) => ({
      ...sectionWork(work, section),
      crew: crewOf(team, work, actor, section.key),
      asked: asked.find(({ sectionKey }) => sectionKey === section.key) ?? null,
    })),
    team: colleagues(team, work, { actor, asked }),
    mayAssign: can(actor, 'section.assign', { organisationId: work.assessment.organisationId }).ok,
  };
}
