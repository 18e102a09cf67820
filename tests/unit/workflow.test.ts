import { describe, expect, test } from 'vitest';
import {
  applyTransition,
  type Guard,
  guards,
  guardsOf,
  type State,
  states,
  type Verb,
  verbs,
} from '#domain/workflow.ts';

const allHold = Object.fromEntries(guards.map((guard) => [guard, true])) as Record<Guard, boolean>;
const settings = { hearing: true, fourEyes: true };

/** "The life of an assessment", written down a second time: verb, from, to (`=` changes no state), what it asks. */
const life: Record<Verb, [from: string, to: string, asks: string]> = {
  open: ['-', 'draft', 'framework_frozen round_set'],
  submit: [
    'draft returned',
    'submitted',
    'intake_complete all_answered evidence_rules_met no_refused_file declaration_signed signed_in_again own_deadline_open',
  ],
  withdraw: ['submitted', 'previous', 'own_deadline_open previous_state_known'],
  assign: ['draft submitted in_review hearing proposed decided returned closed', '=', 'no_conflict'],
  unassign: ['draft submitted in_review hearing proposed decided returned closed', '=', ''],
  start: ['submitted', 'in_review', ''],
  return: ['submitted in_review', 'returned', 'reason_given term_set'],
  request: ['in_review', '=', 'term_set'],
  answer_request: ['in_review', '=', 'request_open'],
  withdraw_request: ['in_review', '=', 'request_open'],
  send: [
    'in_review',
    'hearing',
    'hearing_on everything_judged every_section_determined determinations_current no_open_request',
  ],
  respond: ['hearing', '=', 'term_open not_yet_responded'],
  reopen: ['hearing', 'in_review', 'responded_or_term_over'],
  propose: [
    'in_review hearing',
    'proposed',
    'everything_judged every_section_determined determinations_current version_sent responded_or_term_over objections_answered no_section_lower',
  ],
  send_back: ['proposed', 'in_review', 'reason_given'],
  approve: ['proposed', 'decided', 'differences_approved approver_not_involved'],
  revoke: ['decided', 'in_review', 'reason_given'],
  publish: ['decided', 'published', ''],
  correct: ['published', 'in_review', 'reason_given'],
  close: ['draft returned submitted in_review', 'closed', 'reason_given never_published'],
  reopen_closed: ['closed', 'previous', 'reason_given previous_state_known'],
  extend: ['draft returned submitted in_review hearing', '=', 'reason_given term_set'],
  ask_extension: ['draft returned in_review hearing', '=', ''],
  refuse_extension: ['draft returned submitted in_review hearing', '=', 'reason_given request_open'],
  import_outside: ['draft returned submitted in_review', '=', 'outcome_not_sent'],
  save_intake: ['draft returned', '=', ''],
  save_answer: ['draft returned', '=', ''],
  store_evidence: ['draft returned', '=', ''],
  remove_evidence: ['draft returned', '=', ''],
  save_note: ['draft submitted in_review hearing proposed decided published returned', '=', ''],
  decide: ['in_review', '=', 'override_reasoned weakened_judged'],
  determine: ['in_review', '=', 'difference_reasoned'],
  save_supplement: ['in_review', '=', 'request_open'],
  save_statement: ['hearing', '=', 'term_open not_yet_responded'],
  answer_objection: ['in_review hearing', '=', 'reason_given'],
  give_claims: ['submitted in_review', '=', 'not_yet_drawn'],
  draw_claims: ['in_review', '=', 'claims_given not_yet_drawn'],
  record_finding: ['in_review', '=', ''],
  plan_publication: ['decided', '=', 'moment_ahead'],
};

/** Answered by the core itself, from the settings or the earlier state. */
const ownAnswers: Guard[] = ['hearing_on', 'previous_state_known'];
const askedOf = (verb: Verb) => life[verb][2].split(' ').filter(Boolean) as Guard[];

describe.each(verbs)('%s', (verb) => {
  const [from, to] = life[verb];
  const allowed = from.split(' ');

  test.each([null, ...states])('from %s', (state) => {
    const result = applyTransition({ verb, state, guards: allHold, ...settings, previousState: 'draft' });
    if (allowed.includes(state ?? '-')) {
      const expected = to === '=' ? state : to === 'previous' ? 'draft' : to;
      expect(result).toEqual({ ok: true, to: expected });
    } else {
      expect(result).toEqual({ ok: false, wrongState: true, failing: [] });
    }
  });

  test('lists all that it asks for when nothing has an answer, and each alone when only that fails', () => {
    const state = (allowed[0] === '-' ? null : allowed[0]) as State | null;
    const asked = askedOf(verb);
    expect(guardsOf({ verb, ...settings }).toSorted()).toEqual(asked.toSorted());
    const open = asked.filter((guard) => guard !== 'hearing_on');
    const unanswered = applyTransition({ verb, state, guards: {}, ...settings });
    if (open.length > 0) {
      expect(unanswered).toMatchObject({ ok: false, wrongState: false });
      expect(unanswered.ok ? [] : unanswered.failing.toSorted()).toEqual(open.toSorted());
    } else {
      expect(unanswered.ok).toBe(true);
    }
    for (const guard of open.filter((one) => !ownAnswers.includes(one))) {
      const failed = { ...allHold, [guard]: false };
      expect(applyTransition({ verb, state, guards: failed, ...settings, previousState: 'draft' })).toEqual({
        ok: false,
        wrongState: false,
        failing: [guard],
      });
    }
  });
});

describe('settings of the round', () => {
  test('are on unless switched off', () => {
    expect(guardsOf({ verb: 'approve' })).toContain('approver_not_involved');
    expect(guardsOf({ verb: 'propose' })).toContain('version_sent');
  });

  test('without hearing, proposing needs verdicts and determinations only, and nothing can be sent', () => {
    const judged: Guard[] = ['everything_judged', 'every_section_determined', 'determinations_current'];
    expect(guardsOf({ verb: 'propose', hearing: false })).toEqual(judged);
    expect(applyTransition({ verb: 'send', state: 'in_review', guards: allHold, hearing: false })).toEqual({
      ok: false,
      wrongState: false,
      failing: ['hearing_on'],
    });
  });

  test('without four eyes, the one who judged may approve', () => {
    const result = applyTransition({
      verb: 'approve',
      state: 'proposed',
      guards: { differences_approved: true, approver_not_involved: false },
      fourEyes: false,
    });
    expect(result).toEqual({ ok: true, to: 'decided' });
  });
});

describe('going back to where it came from', () => {
  test.each([
    ['withdraw', 'submitted', ['draft', 'returned']],
    ['reopen_closed', 'closed', ['draft', 'returned', 'submitted', 'in_review']],
  ] as const)('%s', (verb, state, origins) => {
    for (const previousState of [null, undefined, ...states]) {
      const result = applyTransition({ verb, state, guards: allHold, previousState });
      if ((origins as readonly unknown[]).includes(previousState))
        expect(result).toEqual({ ok: true, to: previousState });
      else expect(result).toEqual({ ok: false, wrongState: false, failing: ['previous_state_known'] });
    }
  });
});

test('a wrong state and failing guards are told together', () => {
  expect(applyTransition({ verb: 'return', state: 'draft', guards: { term_set: true } })).toEqual({
    ok: false,
    wrongState: true,
    failing: ['reason_given'],
  });
});
