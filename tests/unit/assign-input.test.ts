import { expect, it } from 'vitest';
import { assignReviewerInput } from '#services/reviews/assign-reviewer.ts';

const [one, other, userId] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
const listed = `${one},${other}`;

it('assigns what is ticked, or every case of the page when that is asked', () => {
  expect(assignReviewerInput.parse({ assessmentIds: [one], listed, userId })).toEqual({ assessmentIds: [one], userId });
  expect(assignReviewerInput.parse({ listed, every: 'yes', userId })).toEqual({ assessmentIds: [one, other], userId });
});

it('asks for a case where none is chosen', () => {
  const { error } = assignReviewerInput.safeParse({ listed, userId });
  expect(error?.issues).toMatchObject([{ path: ['assessmentIds'], message: 'required' }]);
});
