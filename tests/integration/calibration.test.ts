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
let beek: ReviewCase;
let eik: ReviewCase;
let hidden: ReviewCase;

beforeAll(async () => {
  staff = await makeStaff(database);
  const akker = await makeCase('Akker');
  beek = await makeCase('Beek');
  await makeReviewCase(database, staff, { name: 'Dijk', answers: { 'I.2.a': { response: 'not_met' } } });
  eik = await makeReviewCase(database, staff, { name: 'Eik', answers: { 'IV.2.a': { response: 'not_met' } } });
  hidden = await makeCase('Zwijger');
  await judge(akker, 'I.2.a', 'met');
  await judge(akker, 'I.2.b', 'not_met');
  await judge(beek, 'I.2.a', 'partly');
  // The second word counts; the first is history.
  await judge(beek, 'I.2.a', 'not_met', 1);
  await judge(hidden, 'I.2.a', 'partly');
  await judgeAll(akker, staff);
  await judgeAll(beek, staff);
  await judgeAll(eik, staff);
  await determineAll(akker, staff);
  await determineAll(eik, staff);
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
  it('counts what was signed beside the word that stands on each criterion, with its ground and direction', async () => {
    const { criteria, insurers, judged } = await read();
    expect({ insurers, judged }).toEqual({ insurers: 5, judged: 4 });
    const one = criteria[0];
    expect(one).toMatchObject({
      criterionKey: 'I.2.a',
      outlying: true,
      // Dijk signed and is not judged yet.
      claimed: { met: 4, partly: 0, not_met: 1 },
      judged: { met: 2, partly: 1, not_met: 1 },
      verdicts: 4,
      overridden: 2,
      higher: 0,
      lower: 2,
      ground: { ground: 'not_demonstrated', verdicts: 2 },
    });
    expect(one?.reviewers).toMatchObject([
      { reviewer: 'B1', claimed: { met: 4, partly: 0, not_met: 0 }, judged: { met: 2, partly: 1, not_met: 1 } },
    ]);
    expect(one?.short.nl).not.toBe('');
  });

  it('names the cases that a criterion stands out by, furthest from what was said first', async () => {
    const [one] = (await read()).criteria;
    const told = { on: 'met', overrides: true, reviewer: 'B1' };
    expect(one?.cases).toEqual([
      { ...told, assessmentId: beek.assessmentId, organisation: beek.insurer.name, response: 'not_met' },
      { ...told, assessmentId: hidden.assessmentId, organisation: hidden.insurer.name, response: 'partly' },
    ]);
  });

  it('says how often and in which direction each reviewer overrides, under a code', async () => {
    const { reviewers, own } = await read();
    expect(own).toBe('B1');
    expect(reviewers).toMatchObject([
      { reviewer: 'B1', verdicts: 133, overridden: 3, higher: 0, lower: 3, changed: 1 },
    ]);
    expect((await read(staff.lead)).own).toBeNull();
  });

  it('shows how far determinations lie from what was computed and claimed, by reviewer too', async () => {
    const { sections, farFromClaim, outlying } = await read();
    const two = sections.find(({ sectionKey }) => sectionKey === 'II');
    expect(two).toMatchObject({
      claimed: [0, 0, 0, 0, 5],
      insurers: 3,
      levels: [0, 0, 0, 0, 3],
      determined: [0, 1, 0, 0, 2],
      changed: 1,
      claims: { insurers: 3, higher: 0, lower: 1 },
      reviewers: [{ reviewer: 'B1', insurers: 3, claimed: [0, 0, 0, 0, 3], determined: [0, 1, 0, 0, 2] }],
    });
    expect(two?.mean && round1HalfUp(two.mean, 'nl')).toBe('5,0');
    expect(farFromClaim.at(-1)).toMatchObject({
      assessmentId: beek.assessmentId,
      organisation: beek.insurer.name,
      sectionKey: 'II',
      claimed: 5,
      level: 2,
      reviewer: 'B1',
      overridden: [],
    });
    // Each lost a criterion of level 2, and with it the whole climb.
    expect(farFromClaim.slice(0, -1).map(({ claimed, level, overridden }) => [claimed, level, overridden])).toEqual([
      [5, 1, ['I.2.b']],
      [5, 1, ['I.2.a']],
    ]);
    // I: 1, 1 and 5; IV: 5, 5 and 1. What lies further than a step and a half from the mean is the third, both times.
    expect(
      outlying.map(({ organisation, sectionKey, computed, alone }) => [organisation, sectionKey, computed, alone]),
    ).toEqual([
      ['Eik', 'I', 5, true],
      ['Eik', 'IV', 1, true],
    ]);
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
    expect(insurers).toBe(4);
    expect(criteria.find(({ criterionKey }) => criterionKey === 'I.2.a')?.verdicts).toBe(3);
    const named = criteria.flatMap(({ cases }) => cases.map(({ assessmentId }) => assessmentId));
    expect(named).toContain(beek.assessmentId);
    expect(named).not.toContain(hidden.assessmentId);
  });

  it('does not exist for a reviewer of other rounds, nor for a round that there is not', async () => {
    await expect(read(staff.outsider)).rejects.toMatchObject({ code: 'not_found' });
    await expect(read(staff.lead, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  });
});
