import { expect, test } from 'vitest';
import { isGround, isResponse } from '#domain/answers.ts';

test('a response from outside is one of three', () => {
  expect(['met', 'partly', 'not_met'].every(isResponse)).toBe(true);
  expect(['Met', '', 'toString', null, undefined, 1, ['met']].some(isResponse)).toBe(false);
});

test('a ground from outside is one of four', () => {
  expect(['not_demonstrated', 'practice_differs', 'explained_differently', 'new_information'].every(isGround)).toBe(
    true,
  );
  expect(['other', '', null].some(isGround)).toBe(false);
});
