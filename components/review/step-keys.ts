import type { Decision } from '#services/reviews/read-decision-facts.ts';

/**
 * The letter that reaches each step of a case's overview: one letter for one step, J and K are for going through. A letter
 * opens the step's question or goes to its form; the step itself is always taken by its own button.
 */
export const stepKeys = {
  start: 'S',
  continue: 'C',
  preview: 'B',
  send: 'D',
  return: 'T',
  reopen: 'H',
  ask: 'V',
  withdraw: 'Q',
  objection: 'O',
  claims: 'F',
  grant: 'G',
  refuse: 'Y',
  approve: 'A',
  sendBack: 'X',
  publish: 'M',
  revoke: 'L',
  correct: 'R',
  extend: 'E',
  close: 'Z',
  assign: 'W',
  interest: 'I',
  note: 'N',
  intake: 'P',
  undisputed: 'U',
} as const;
export type Step = keyof typeof stepKeys;

/** The step of the overview that each decision of a lead is. Reopening stands in `closed` alone, going back in a hearing. */
export const stepOfDecision = {
  approve: 'approve',
  send_back: 'sendBack',
  publish: 'publish',
  revoke: 'revoke',
  correct: 'correct',
  extend: 'extend',
  close: 'close',
  reopen_closed: 'reopen',
  assign: 'assign',
} as const satisfies Record<Decision, Step>;
