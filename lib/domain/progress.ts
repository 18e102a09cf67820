import type { State } from './workflow.ts';

/** What the insurer reads: `in_decision` "In besluitvorming" stands for proposed, decided, and in_review after a hearing. */
export const insurerStates = [
  'draft',
  'submitted',
  'in_review',
  'hearing',
  'in_decision',
  'published',
  'returned',
  'closed',
] as const;
export type InsurerState = (typeof insurerStates)[number];

/**
 * The state as the insurer may know it; `hadHearing`: a draft outcome was sent to it. `openRequest`: it is asked something
 * now. Then it reads that the review goes on, also after a hearing: the next step is its own.
 */
export function insurerState(state: State, hadHearing: boolean, openRequest = false): InsurerState {
  if (state === 'proposed' || state === 'decided') return 'in_decision';
  return state === 'in_review' && hadHearing && !openRequest ? 'in_decision' : state;
}

export type Party = 'insurer' | 'reviewer' | 'lead' | 'nobody';

/** Facts beside the state that decide who acts next. Absent reads as no. */
export type ProgressFacts = {
  readonly assigned?: boolean;
  readonly openRequests?: number;
  /** The insurer responded to the draft outcome that is out now. */
  readonly responded?: boolean;
  /** The hearing's term is over. */
  readonly termOver?: boolean;
};

/** Who takes the next step. A submission that nobody is assigned to waits on the lead. */
export function waitingOn(state: State, facts: ProgressFacts = {}): Party {
  switch (state) {
    case 'draft':
    case 'returned':
      return 'insurer';
    case 'submitted':
      return facts.assigned ? 'reviewer' : 'lead';
    case 'in_review':
      if (facts.openRequests) return 'insurer';
      return facts.assigned ? 'reviewer' : 'lead';
    case 'hearing':
      return facts.responded || facts.termOver ? 'reviewer' : 'insurer';
    case 'proposed':
    case 'decided':
      return 'lead';
    case 'published':
    case 'closed':
      return 'nobody';
  }
}

/** Codes of what is derived beside the state: niet begonnen, te laat, n informatieverzoeken open, zienswijze ontvangen, termijn voorbij, wordt herzien. */
export const derivedStatuses = [
  'not_started',
  'late',
  'requests_open',
  'response_received',
  'term_over',
  'being_revised',
] as const;
export type DerivedStatus = (typeof derivedStatuses)[number];

export type DerivedFacts = ProgressFacts & {
  /** Anything was ever answered or uploaded. */
  readonly started?: boolean;
  /** The insurer's own deadline is over (`isOver` in `terms.ts`). */
  readonly deadlineOver?: boolean;
  readonly everPublished?: boolean;
};

/** The statuses that stand beside the state, in the order of `derivedStatuses`. */
export function derivedStatusesOf(state: State, facts: DerivedFacts): readonly DerivedStatus[] {
  const holds: Record<DerivedStatus, boolean> = {
    not_started: state === 'draft' && !facts.started,
    late: isLate(state, facts.deadlineOver === true),
    requests_open: state === 'in_review' && Boolean(facts.openRequests),
    response_received: state === 'hearing' && facts.responded === true,
    term_over: state === 'hearing' && facts.termOver === true,
    being_revised: facts.everPublished === true && state !== 'published' && state !== 'closed',
  };
  return derivedStatuses.filter((status) => holds[status]);
}

/** Late: still to be submitted, and its own deadline is over. */
export function isLate(state: State, deadlineOver: boolean): boolean {
  return (state === 'draft' || state === 'returned') && deadlineOver;
}
