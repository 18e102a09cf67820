import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { decideCriterion } from '#services/reviews/decide-criterion.ts';
import { declareConflict } from '#services/reviews/declare-conflict.ts';
import { getCalibration } from '#services/reviews/get-calibration.ts';
import { testDatabase } from '../support/database.ts';
import { makeReviewCase, makeStaff, type Staff } from '../support/review-case.ts';

const database = testDatabase();
let staff: Staff;
beforeAll(async () => {
  staff = await makeStaff(database);
});

async function judged() {
  const at = await makeReviewCase(database, staff);
  const decide = (criterionKey: string, response: 'met' | 'partly' | 'not_met', ground: 'not_demonstrated' | null) =>
    decideCriterion(staff.as(staff.reviewer), {
      id: randomUUID(),
      assessmentId: at.assessmentId,
      criterionKey,
      version: 0,
      response,
      ground,
      reason: ground ? 'Het bewijs zegt iets anders.' : '',
    });
  return { at, decide, roundId: staff.roundId };
}

describe('calibration', () => {
  it('counts verdicts by criterion and by reviewer, with the direction they take', async () => {
    const { decide, roundId } = await judged();
    await decide('I.2.a', 'met', null);
    await decide('I.2.b', 'partly', 'not_demonstrated');
    const seen = await getCalibration(staff.as(staff.lead), { roundId });
    expect(seen.criteria[0]).toMatchObject({ key: 'I.2.b', lowered: 1, raised: 0, ground: 'not_demonstrated' });
    expect(seen.criteria.find(({ key }) => key === 'I.2.a')).toMatchObject({ lowered: 0, counts: { met: 1 } });
    expect(seen.reviewers).toEqual([expect.objectContaining({ cases: 1, verdicts: 2, lowered: 1, raised: 0 })]);
    expect(JSON.stringify(seen)).not.toContain(staff.reviewer.userId);
  });

  it('holds nothing of an insurer in which the reader has an interest', async () => {
    const { at, decide, roundId } = await judged();
    await decide('I.2.a', 'met', null);
    await declareConflict(staff.as(staff.auditor), { organisationId: at.insurer.id });
    const seen = await getCalibration(staff.as(staff.auditor), { roundId });
    const other = await getCalibration(staff.as(staff.lead), { roundId });
    expect(other.cases.judged - seen.cases.judged).toBe(1);
  });

  it('is not for insurers, and a round that is not there is not found', async () => {
    const { at, roundId } = await judged();
    await expect(getCalibration(staff.as(at.signatory), { roundId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(getCalibration(staff.as(staff.lead), { roundId: randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
