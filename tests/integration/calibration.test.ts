import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { conflictsOfInterest } from '#db/schema/reviews.ts';
import type { Person } from '#db/seed/builders.ts';
import type { Response } from '#domain/answers.ts';
import { round1HalfUp } from '#domain/fraction.ts';
import { decideCriterion } from '#services/reviews/decide-criterion.ts';
import { getCalibration } from '#services/reviews/get-calibration.ts';
import { testDatabase } from '../support/database.ts';
import { determineAll, judgeAll } from '../support/judged-case.ts';
import { makeReviewCase, makeStaff, type ReviewCase, type Staff } from '../support/review-case.ts';

const database = testDatabase();
let staff: Staff;
let hidden: ReviewCase;

beforeAll(async () => {
  staff = await makeStaff(database);
  const [akker, beek] = [await makeCase('Akker'), await makeCase('Beek')];
  hidden = await makeCase('Zwijger');
  await judge(akker, 'I.2.a', 'met');
  await judge(akker, 'I.2.b', 'not_met');
  await judge(beek, 'I.2.a', 'partly');
  // The second word counts; the first is history.
  await judge(beek, 'I.2.a', 'not_met', 1);
  await judge(hidden, 'I.2.a', 'partly');
  await judgeAll(akker, staff);
  await judgeAll(beek, staff);
  await determineAll(akker, staff);
  await determineAll(beek, staff, { II: { level: 2, reason: 'De praktijk blijft achter.' } });
}, 60_000);

const makeCase = (name: string) => makeReviewCase(database, staff, { name, assignedTo: staff.reviewer });
const read = (by: Person = staff.reviewer, roundId = staff.roundId) => getCalibration(staff.as(by), { roundId });

function judge({ assessmentId }: ReviewCase, criterionKey: string, response: Response, version = 0) {
  const overrides = response !== 'met';
  return decideCriterion(staff.as(staff.reviewer), {
    id: randomUUID(),
    assessmentId,
    criterionKey,
    version,
    response,
    ground: overrides ? 'not_demonstrated' : null,
    reason: overrides ? 'Niets gezien.' : '',
  });
}

describe('comparing verdicts in a round', () => {
  it('counts the word that stands on each criterion, with its ground and direction', async () => {
    const { criteria, insurers, judged } = await read();
    expect({ insurers, judged }).toEqual({ insurers: 3, judged: 3 });
    expect(criteria[0]).toMatchObject({
      criterionKey: 'I.2.a',
      verdicts: 3,
      byResponse: { met: 1, partly: 1, not_met: 1 },
      overridden: 2,
      ground: { ground: 'not_demonstrated', verdicts: 2 },
    });
    expect(criteria[0]?.short.nl).not.toBe('');
  });

  it('says how often and in which direction each reviewer overrides, under a code', async () => {
    const { reviewers, own } = await read();
    expect(own).toBe('B1');
    expect(reviewers).toEqual([{ reviewer: 'B1', verdicts: 89, overridden: 3, higher: 0, lower: 3, changed: 1 }]);
    expect((await read(staff.lead)).own).toBeNull();
  });

  it('shows how far determinations lie from what was computed and claimed', async () => {
    const two = (await read()).sections.find(({ sectionKey }) => sectionKey === 'II');
    expect(two).toMatchObject({ sectionKey: 'II', insurers: 2, levels: [0, 0, 0, 0, 2], changed: 1 });
    expect(two?.claims).toMatchObject({ insurers: 2, higher: 0, lower: 1 });
    expect(two && round1HalfUp(two.mean, 'nl')).toBe('5,0');
  });

  it('leaves out every case of an insurer in whom the reader has an interest', async () => {
    await staff.work(staff.colleague, (tx) =>
      tx.insert(conflictsOfInterest).values({
        userId: staff.colleague.userId,
        organisationId: hidden.insurer.id,
        declaredAt: new Date(),
      }),
    );
    const { criteria, insurers } = await read(staff.colleague);
    expect(insurers).toBe(2);
    expect(criteria.find(({ criterionKey }) => criterionKey === 'I.2.a')?.verdicts).toBe(2);
  });

  it('does not exist for a reviewer of other rounds, nor for a round that there is not', async () => {
    await expect(read(staff.outsider)).rejects.toMatchObject({ code: 'not_found' });
    await expect(read(staff.lead, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  });
});
