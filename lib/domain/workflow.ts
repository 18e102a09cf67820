export const states = [
  'draft',
  'submitted',
  'in_review',
  'hearing',
  'proposed',
  'decided',
  'published',
  'returned',
  'closed',
] as const;
export type State = (typeof states)[number];

export const verbs = [
  'open',
  'submit',
  'withdraw',
  'assign',
  'unassign',
  'start',
  'return',
  'request',
  'answer_request',
  'withdraw_request',
  'send',
  'respond',
  'reopen',
  'propose',
  'send_back',
  'approve',
  'revoke',
  'publish',
  'correct',
  'close',
  'reopen_closed',
  'extend',
  'ask_extension',
  'refuse_extension',
  'import_outside',
  'save_intake',
  'save_answer',
  'store_evidence',
  'remove_evidence',
  'save_note',
  'decide',
  'determine',
  'save_supplement',
  'save_statement',
  'answer_objection',
  'give_claims',
  'draw_claims',
  'record_finding',
  'plan_publication',
] as const;
export type Verb = (typeof verbs)[number];

/** The named conditions of the table; the caller answers them from locked facts. */
export const guards = [
  'framework_frozen',
  'round_set', // scope, period and terms of the round
  'intake_complete',
  'all_answered', // every applicable criterion, or it has an outside result
  'evidence_rules_met',
  'no_refused_file',
  'declaration_signed', // declaration, name and function
  'signed_in_again',
  'own_deadline_open',
  'no_conflict', // of interest, of the one to whom it is assigned
  'reason_given',
  'term_set', // in the future
  'request_open', // this very request
  'hearing_on', // answered from the settings, never by the caller
  'everything_judged', // intake facts and applicable criteria, but those with an outside result
  'every_section_determined',
  'determinations_current', // each made on the level that is computed now (clause 13)
  'no_open_request',
  'term_open', // of the hearing
  'not_yet_responded', // to this version
  'responded_or_term_over',
  'version_sent',
  'objections_answered',
  'no_section_lower', // than in the version that was sent
  'differences_approved', // each difference between computed and determined, by name
  'approver_not_involved', // neither judged, determined nor proposed; only asked with four eyes
  'never_published', // what has an outcome ends in the next edition, never without one
  'outcome_not_sent', // no draft outcome sent; without hearing: never proposed
  'override_reasoned', // ground and reason, where the verdict differs
  'weakened_judged', // what would lose its fulfilment has a verdict of its own (clause 14)
  'difference_reasoned', // where the determined level is not the computed one
  'claims_given', // a list of claims, before anything is drawn from it
  'not_yet_drawn', // from the latest list
  'moment_ahead', // the planned moment lies in the future
  'previous_state_known', // answered from `previousState`, never by the caller
] as const;
export type Guard = (typeof guards)[number];

/** A guard, or one that is asked only with the round's setting on or off. */
type Condition = Guard | { readonly guard: Guard; readonly when: 'hearing' | 'four_eyes' };

export type Transition = {
  /** Null: before there is an assessment. */
  readonly from: readonly (State | null)[];
  /** `same`: changes no state. A list: back to whichever of these it came from. */
  readonly to: State | 'same' | readonly State[];
  readonly guards: readonly Condition[];
};

const judged: readonly Condition[] = ['everything_judged', 'every_section_determined', 'determinations_current'];
const heard: readonly Condition[] = (
  ['version_sent', 'responded_or_term_over', 'objections_answered', 'no_section_lower'] as const
).map((guard) => ({ guard, when: 'hearing' }));
const editable: readonly State[] = ['draft', 'returned'];
const closable: readonly State[] = ['draft', 'returned', 'submitted', 'in_review'];
const notClosed = states.filter((state) => state !== 'closed');

/** "The life of an assessment" as data: every verb, also those that change no state. Who may do it stands in `policy.ts`. */
export const transitions: Readonly<Record<Verb, Transition>> = {
  open: { from: [null], to: 'draft', guards: ['framework_frozen', 'round_set'] },
  submit: {
    from: editable,
    to: 'submitted',
    guards: [
      'intake_complete',
      'all_answered',
      'evidence_rules_met',
      'no_refused_file',
      'declaration_signed',
      'signed_in_again',
      'own_deadline_open',
    ],
  },
  withdraw: { from: ['submitted'], to: editable, guards: ['own_deadline_open'] },
  assign: { from: states.filter((state) => state !== 'published'), to: 'same', guards: ['no_conflict'] },
  unassign: { from: states.filter((state) => state !== 'published'), to: 'same', guards: [] },
  start: { from: ['submitted'], to: 'in_review', guards: [] },
  return: { from: ['submitted', 'in_review'], to: 'returned', guards: ['reason_given', 'term_set'] },
  request: { from: ['in_review'], to: 'same', guards: ['term_set'] },
  answer_request: { from: ['in_review'], to: 'same', guards: ['request_open'] },
  withdraw_request: { from: ['in_review'], to: 'same', guards: ['request_open'] },
  send: { from: ['in_review'], to: 'hearing', guards: ['hearing_on', ...judged, 'no_open_request'] },
  respond: { from: ['hearing'], to: 'same', guards: ['term_open', 'not_yet_responded'] },
  reopen: { from: ['hearing'], to: 'in_review', guards: ['responded_or_term_over'] },
  propose: { from: ['in_review', 'hearing'], to: 'proposed', guards: [...judged, ...heard] },
  send_back: { from: ['proposed'], to: 'in_review', guards: ['reason_given'] },
  approve: {
    from: ['proposed'],
    to: 'decided',
    guards: ['differences_approved', { guard: 'approver_not_involved', when: 'four_eyes' }],
  },
  revoke: { from: ['decided'], to: 'in_review', guards: ['reason_given'] },
  publish: { from: ['decided'], to: 'published', guards: [] },
  correct: { from: ['published'], to: 'in_review', guards: ['reason_given'] },
  close: { from: closable, to: 'closed', guards: ['reason_given', 'never_published'] },
  reopen_closed: { from: ['closed'], to: closable, guards: ['reason_given'] },
  extend: { from: [...closable, 'hearing'], to: 'same', guards: ['reason_given', 'term_set'] },
  ask_extension: { from: [...editable, 'in_review', 'hearing'], to: 'same', guards: [] },
  refuse_extension: { from: [...closable, 'hearing'], to: 'same', guards: ['reason_given', 'request_open'] },
  import_outside: { from: closable, to: 'same', guards: ['outcome_not_sent'] },
  save_intake: { from: editable, to: 'same', guards: [] },
  save_answer: { from: editable, to: 'same', guards: [] },
  store_evidence: { from: editable, to: 'same', guards: [] },
  remove_evidence: { from: editable, to: 'same', guards: [] },
  save_note: { from: notClosed, to: 'same', guards: [] },
  decide: { from: ['in_review'], to: 'same', guards: ['override_reasoned', 'weakened_judged'] },
  determine: { from: ['in_review'], to: 'same', guards: ['difference_reasoned'] },
  save_supplement: { from: ['in_review'], to: 'same', guards: ['request_open'] },
  save_statement: { from: ['hearing'], to: 'same', guards: ['term_open', 'not_yet_responded'] },
  answer_objection: { from: ['hearing', 'in_review'], to: 'same', guards: ['reason_given'] },
  give_claims: { from: ['submitted', 'in_review'], to: 'same', guards: ['not_yet_drawn'] },
  draw_claims: { from: ['in_review'], to: 'same', guards: ['claims_given', 'not_yet_drawn'] },
  record_finding: { from: ['in_review'], to: 'same', guards: [] },
  plan_publication: { from: ['decided'], to: 'same', guards: ['moment_ahead'] },
};

export type TransitionRequest = {
  readonly verb: Verb;
  /** Null for `open`: the assessment does not exist yet. */
  readonly state: State | null;
  /** A guard that is absent has no answer, and blocks. */
  readonly guards: Partial<Readonly<Record<Guard, boolean>>>;
  /** Settings of the round; both are on unless false. */
  readonly hearing?: boolean;
  readonly fourEyes?: boolean;
  /** For `withdraw` the state before submitting, for `reopen_closed` the state before closing. */
  readonly previousState?: State | null;
};
export type TransitionResult =
  | { readonly ok: true; readonly to: State }
  | { readonly ok: false; readonly wrongState: boolean; readonly failing: readonly Guard[] };

/**
 * Says where a verb leads from a state, or everything that stands in its way: whether the state is wrong, and all guards
 * that fail. A guard without an answer fails.
 */
export function applyTransition(request: TransitionRequest): TransitionResult {
  const { from, to } = transitions[request.verb];
  const wrongState = !from.includes(request.state);
  const failing = guardsOf(request).filter((guard) => !holds(guard, request));
  if (wrongState || failing.length > 0) return { ok: false, wrongState, failing };
  return { ok: true, to: typeof to === 'string' && to !== 'same' ? to : (stateFor(to, request) as State) };
}

/** The guards that a verb asks for under the round's settings, in the order in which a screen lists them. */
export function guardsOf({
  verb,
  hearing = true,
  fourEyes = true,
}: Pick<TransitionRequest, 'verb' | 'hearing' | 'fourEyes'>): readonly Guard[] {
  const on = { hearing, four_eyes: fourEyes };
  const { to, guards: conditions } = transitions[verb];
  const asked = conditions.flatMap((condition) => {
    if (typeof condition === 'string') return [condition];
    return on[condition.when] ? [condition.guard] : [];
  });
  return typeof to === 'string' ? asked : [...asked, 'previous_state_known'];
}

function holds(guard: Guard, request: TransitionRequest): boolean {
  if (guard === 'hearing_on') return request.hearing !== false;
  if (guard === 'previous_state_known') return stateFor(transitions[request.verb].to, request) !== undefined;
  return request.guards[guard] === true;
}

/** The state that it keeps, or the one it came from; undefined when that is none of those it can have come from. */
function stateFor(to: Transition['to'], { state, previousState }: TransitionRequest): State | undefined | null {
  return typeof to === 'string' ? state : to.find((candidate) => candidate === previousState);
}
