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
  'import_outside',
  'save_intake',
  'save_answer',
  'store_evidence',
  'remove_evidence',
  'decide',
  'determine',
] as const;
export type Verb = (typeof verbs)[number];

export const guards = [
  'framework_frozen',
  'round_set',
  'intake_complete',
  'all_answered',
  'evidence_rules_met',
  'no_refused_file',
  'declaration_signed',
  'signed_in_again',
  'own_deadline_open',
  'no_conflict',
  'reason_given',
  'term_set',
  'request_open',
  'hearing_on',
  'everything_judged',
  'every_section_determined',
  'determinations_current',
  'no_open_request',
  'term_open',
  'not_yet_responded',
  'responded_or_term_over',
  'version_sent',
  'objections_answered',
  'no_section_lower',
  'differences_approved',
  'approver_not_involved',
  'outcome_not_sent',
  'override_reasoned',
  'weakened_judged',
  'difference_reasoned',
  'previous_state_known',
] as const;
export type Guard = (typeof guards)[number];

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
export declare function applyTransition(request: TransitionRequest): TransitionResult;
