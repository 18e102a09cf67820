import { describe, expect, test } from 'vitest';
import {
  derivedStatusesOf,
  insurerState,
  insurerStates,
  isLate,
  type ProgressFacts,
  waitingOn,
} from '#domain/progress.ts';
import { type State, states } from '#domain/workflow.ts';

describe('what the insurer reads', () => {
  test('proposed, decided, and in review after a hearing read the same', () => {
    expect(states.map((state) => insurerState(state, true))).toEqual([
      'draft',
      'submitted',
      'in_decision',
      'hearing',
      'in_decision',
      'in_decision',
      'published',
      'returned',
      'closed',
    ]);
    const readable = states.flatMap((state) => [insurerState(state, true), insurerState(state, false)]);
    expect(new Set(readable)).toEqual(new Set(insurerStates));
    expect(insurerState('in_review', false)).toBe('in_review');
    expect(insurerState('proposed', false)).toBe('in_decision');
  });

  test('a question that is open is its next step, also after a hearing', () => {
    expect(insurerState('in_review', true, true)).toBe('in_review');
    expect(insurerState('decided', true, true)).toBe('in_decision');
  });
});

describe('who takes the next step', () => {
  test.each<[State, ProgressFacts | undefined, string]>([
    ['draft', undefined, 'insurer'],
    ['returned', { assigned: true }, 'insurer'],
    ['submitted', undefined, 'lead'],
    ['submitted', { assigned: true }, 'reviewer'],
    ['in_review', { assigned: true, openRequests: 2 }, 'insurer'],
    ['in_review', { assigned: true, openRequests: 0 }, 'reviewer'],
    ['in_review', {}, 'lead'],
    ['hearing', {}, 'insurer'],
    ['hearing', { responded: true }, 'reviewer'],
    ['hearing', { termOver: true }, 'reviewer'],
    ['proposed', {}, 'lead'],
    ['decided', {}, 'lead'],
    ['published', {}, 'nobody'],
    ['closed', {}, 'nobody'],
  ])('%s %j: %s', (state, facts, party) => {
    expect(waitingOn(state, facts)).toBe(party);
  });
});

describe('what stands beside the state', () => {
  test('each only where it can be', () => {
    const facts = { openRequests: 1, responded: true, termOver: true, deadlineOver: true, everPublished: true };
    expect(Object.fromEntries(states.map((state) => [state, derivedStatusesOf(state, facts)]))).toEqual({
      draft: ['not_started', 'late', 'being_revised'],
      submitted: ['being_revised'],
      in_review: ['requests_open', 'being_revised'],
      hearing: ['response_received', 'term_over', 'being_revised'],
      proposed: ['being_revised'],
      decided: ['being_revised'],
      published: [],
      returned: ['late', 'being_revised'],
      closed: [],
    });
  });

  test('nothing when there is nothing to tell', () => {
    for (const state of states) expect(derivedStatusesOf(state, { started: true, openRequests: 0 })).toEqual([]);
  });

  test('late is what is still to be submitted after its deadline', () => {
    expect(states.filter((state) => isLate(state, true))).toEqual(['draft', 'returned']);
    expect(states.filter((state) => isLate(state, false))).toEqual([]);
  });
});
