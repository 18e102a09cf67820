import type { LocalizedText } from '#domain/framework.ts';
import { type Actor, can } from '#domain/policy.ts';
import type { DelegationShown } from '#services/delegations/delegation-facts.ts';
import type { OpenRequest } from '#services/requests/request-facts.ts';
import type { AssessmentStatus } from './assessment-status.ts';
import type { Mentions } from './mention-facts.ts';
import { stillReturned } from './resume-point.ts';
import { sectionWork } from './section-work.ts';
import type { Work } from './work-facts.ts';

type InRound = { assessmentId: string; round: string };

/** One thing that waits on who looks, with where to do it. */
export type Waiting =
  | (InRound & {
      kind: 'asked';
      section: { key: string; title: LocalizedText };
      dueOn: string;
      late: boolean;
      askedBy: string | null;
      /** Criteria of the section that lack something. */
      lacking: number;
      /** The first of them. */
      startKey: string;
    })
  | (InRound & {
      kind: 'returned';
      reason: string;
      deadlineAt: Date | null;
      items: readonly { key: string; at: string }[];
    })
  | (InRound & { kind: 'sign'; deadlineAt: Date })
  | (InRound & { kind: 'hearing'; termAt: Date })
  | (InRound & { kind: 'intake' })
  | (InRound & { kind: 'mentioned'; count: number; criterionKey: string })
  | (InRound & { kind: 'request'; requestId: string; criterionKey: string; termAt: Date })
  | (InRound & { kind: 'claims' })
  | { kind: 'invitations'; over: number; soon: number };

type Standing = { email: string; roles: readonly string[]; expiresAt: Date };

type Facts = {
  actor: Actor;
  now: Date;
  statuses: readonly AssessmentStatus[];
  works: readonly Work[];
  asked: ReadonlyMap<string, readonly DelegationShown[]>;
  mentions: readonly Mentions[];
  invitations: readonly Standing[];
  requests: readonly OpenRequest[];
  /** Assessments whose list of claims is awaited. */
  listsAwaited: ReadonlySet<string>;
};

/** How long before its end an invitation that nobody accepted is worth a word. */
const soonMs = 2 * 86_400_000;

/** What waits on one person, over all rounds: what is late first, then what the supervisor asks, then by day. */
export function waitingOnMe(facts: Facts): Waiting[] {
  const { statuses, works, actor } = facts;
  const found = statuses.flatMap((status): Waiting[] => {
    const work = works.find(({ assessment }) => assessment.id === status.id);
    const inRound = { assessmentId: status.id, round: status.round.name };
    const mentioned = facts.mentions
      .filter(({ assessmentId }) => assessmentId === status.id)
      .map(({ count, criterionKey }): Waiting => ({ ...inRound, kind: 'mentioned', count, criterionKey }));
    const besides = [...mentioned, ...requestsOf(status, facts), ...listOf(status, facts), ...hearingOf(status, actor)];
    return work ? [...ownWork(status, work, facts), ...besides] : besides;
  });
  if (can(actor, 'member.invite', { organisationId: actor.organisationId }).ok) found.push(...invitationsOf(facts));
  return found.toSorted((a, b) => weight(a) - weight(b) || dayOf(a).localeCompare(dayOf(b)));
}

/** The draft outcome that its writers can still respond to. */
function hearingOf(
  { id: assessmentId, organisationId, round, state, hearing }: AssessmentStatus,
  actor: Actor,
): Waiting[] {
  if (state !== 'hearing' || !hearing || hearing.respondedAt || hearing.termOver) return [];
  if (!can(actor, 'hearing.save', { organisationId }).ok) return [];
  return [{ assessmentId, round: round.name, kind: 'hearing', termAt: hearing.termAt }];
}

function ownWork(status: AssessmentStatus, work: Work, { actor, asked }: Facts): Waiting[] {
  const { id: assessmentId, organisationId } = status;
  const inRound = { assessmentId, round: status.round.name };
  const found: Waiting[] = [];
  for (const delegation of asked.get(assessmentId) ?? []) {
    const section = work.framework.section(delegation.sectionKey);
    if (!delegation.you || delegation.done || !delegation.able || !section) continue;
    const { startKey, lacking } = sectionWork(work, section);
    found.push({
      ...inRound,
      kind: 'asked',
      section: { key: section.key, title: section.title },
      dueOn: delegation.dueOn,
      late: delegation.late,
      askedBy: delegation.askedByYou ? null : delegation.askedByName,
      lacking: lacking.unanswered + lacking.evidence + lacking.explanation + lacking.refused,
      startKey: startKey ?? section.criteria[0]?.key ?? '',
    });
  }
  const mayAnswer = (key: string) =>
    can(actor, 'answer.save', { organisationId, sectionKey: work.framework.criterion(key)?.sectionKey ?? '' }).ok;
  const returned = status.notices.returned;
  const items = stillReturned(work, returned).filter(({ at }) => mayAnswer(at));
  if (returned && items.length > 0) {
    found.push({
      ...inRound,
      kind: 'returned',
      reason: returned.reason,
      deadlineAt: status.deadlineOver ? null : status.deadlineAt,
      items,
    });
  }
  if (work.blocks.length === 0 && !status.deadlineOver && can(actor, 'assessment.submit', { organisationId }).ok) {
    found.push({ ...inRound, kind: 'sign', deadlineAt: status.deadlineAt });
  }
  const intakeOpen = work.blocks.some(({ code }) => code === 'intake_missing');
  if (intakeOpen && can(actor, 'intake.save', { organisationId }).ok) found.push({ ...inRound, kind: 'intake' });
  return found;
}

/** The questions that this person may write on or send. */
function requestsOf({ id, organisationId, round }: AssessmentStatus, { actor, requests }: Facts): Waiting[] {
  return requests.flatMap(({ id: requestId, assessmentId, criterionKey, termAt }): Waiting[] => {
    const facts = { organisationId, sectionKey: criterionKey.slice(0, criterionKey.indexOf('.')) };
    const may = can(actor, 'request.save', facts).ok || can(actor, 'request.answer', facts).ok;
    if (assessmentId !== id || !may) return [];
    return [{ kind: 'request', assessmentId, round: round.name, requestId, criterionKey, termAt }];
  });
}

/** The list of claims that the norm asks for, until it is given. */
function listOf({ id, organisationId, round }: AssessmentStatus, { actor, listsAwaited }: Facts): Waiting[] {
  const mine = listsAwaited.has(id) && can(actor, 'claims.give', { organisationId }).ok;
  return mine ? [{ kind: 'claims', assessmentId: id, round: round.name }] : [];
}

/** Those that nobody accepted and that end within two days, or have ended. Who is to sign is the administrator's matter. */
function invitationsOf({ invitations, now }: Facts): Waiting[] {
  const own = invitations.filter(({ roles }) => !roles.includes('signatory'));
  const over = own.filter(({ expiresAt }) => expiresAt <= now).length;
  const ending = own.filter(({ expiresAt }) => expiresAt.getTime() <= now.getTime() + soonMs).length;
  return ending > 0 ? [{ kind: 'invitations', over, soon: ending - over }] : [];
}

function weight(item: Waiting): number {
  if (item.kind === 'asked') return item.late ? 0 : 3;
  return { hearing: 1, returned: 1, request: 1, sign: 2, claims: 3, mentioned: 4, intake: 5, invitations: 6 }[
    item.kind
  ];
}

function dayOf(item: Waiting): string {
  if (item.kind === 'request') return item.termAt.toISOString();
  return item.kind === 'asked' ? item.dueOn : '';
}
