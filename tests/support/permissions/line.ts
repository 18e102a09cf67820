import { randomUUID } from 'node:crypto';
import type { State } from '#domain/workflow.ts';
import type { IncomingContext } from '#services/evidence/evidence-context.ts';
import type { Case, Staff, StaffName } from '../cases.ts';

/** People of the insurer whose case it is. `limited` is a contributor for section II only. */
export const ownNames = ['reader', 'contributor', 'limited', 'coordinator', 'signatory'] as const;
export type OwnName = (typeof ownNames)[number];
export type Who = OwnName | StaffName;

export type Ask = { case: Case; staff: Staff };

/**
 * One verb on an assessment: who may, in which states. Written from "Who may do what" and "The life of an assessment",
 * never from `policy.ts`: the two are compared.
 */
export type AssessmentLine = {
  verb: (...args: never[]) => unknown;
  /** Tells lines of one verb apart. */
  about?: string;
  kind: 'read' | 'act';
  may: readonly Who[];
  in: readonly State[];
  /** The supervisor sees the status only before something was signed: then this is not open to it yet. */
  needsSubmission?: true;
  /** A repeat of what was done already succeeds and does nothing. */
  repeatedBy?: Partial<Record<State, readonly Who[]>>;
  /** What it points at is not there in these states. */
  absentIn?: readonly State[];
  /** Who had a hand in the outcome may not, though the role would. */
  notWhoJudged?: true;
  call: (ctx: IncomingContext, ask: Ask) => Promise<unknown>;
};

export const everyState = [
  'draft',
  'submitted',
  'in_review',
  'hearing',
  'proposed',
  'decided',
  'published',
  'returned',
  'closed',
] as const satisfies readonly State[];
export const editable: readonly State[] = ['draft', 'returned'];
export const afterSubmission = everyState.filter((state) => state !== 'draft');
export const beforePublication = everyState.filter((state) => state !== 'published');
export const neverAsked = everyState.filter((state) => state !== 'in_review');
export const neverSent = everyState.filter((state) => state !== 'hearing');
export const isNotClosed = (state: State) => state !== 'closed';
export const closable: readonly State[] = ['draft', 'returned', 'submitted', 'in_review'];

export const writers: readonly Who[] = ['contributor', 'coordinator'];
export const assigned: readonly Who[] = ['reviewer', 'judge'];
export const leads: readonly Who[] = ['lead', 'judge'];
export const inTheRound: readonly Who[] = ['reviewer', 'judge', 'reviewerInRound', 'lead', 'auditor'];

export const reason = 'Dit is de reden.';
export const word = () => ({ id: randomUUID(), ground: null, reason: '' });
export const of = ({ case: { assessmentId } }: Ask) => ({ assessmentId });
export const given = (ask: Ask) => ({ ...of(ask), reason });

/** One verb that is about no single assessment: which roles may. There is nothing to hide: a refusal is a refusal. */
export type GeneralLine = {
  verb: (...args: never[]) => unknown;
  may: readonly Who[];
  /** Points at something of the insurer whose case it is: another insurer does not find it. */
  ofOneInsurer?: true;
  call: (ctx: IncomingContext, ask: Ask) => Promise<unknown>;
};

export const supervisor: readonly Who[] = [
  'reviewer',
  'judge',
  'reviewerInRound',
  'reviewerElsewhere',
  'reviewerInConflict',
  'lead',
  'leadInConflict',
  'auditor',
  'auditorInConflict',
];
export const anyLead: readonly Who[] = ['lead', 'judge', 'leadInConflict'];
export const withAdministrator: readonly Who[] = [...supervisor, 'administrator'];

export type Call = AssessmentLine['call'];
export type Verb = AssessmentLine['verb'];

export function own(verb: Verb, call: Call): AssessmentLine {
  return { verb, kind: 'read', may: ownNames, in: everyState, call };
}

export function writes(verb: Verb, call: Call): AssessmentLine {
  return { verb, kind: 'act', may: writers, in: editable, call };
}

export function notes(verb: Verb, call: Call): AssessmentLine {
  return { verb, kind: 'act', may: [...writers, 'limited', 'signatory'], in: everyState.filter(isNotClosed), call };
}

export function reviews(verb: Verb, call: Call): AssessmentLine {
  return { verb, kind: 'act', may: assigned, in: ['in_review'], needsSubmission: true, call };
}

export function leadsIt(verb: Verb, call: Call): AssessmentLine {
  return { verb, kind: 'act', may: leads, in: [], call };
}

export function administers(verb: Verb, call: Call): GeneralLine {
  return { verb, may: ['administrator'], call };
}

export function coordinates(verb: Verb, call: Call): GeneralLine {
  return { verb, may: ['coordinator'], call };
}
