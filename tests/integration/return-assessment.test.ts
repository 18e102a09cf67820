import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { assessments } from '#db/schema/assessments.ts';
import { notices, transitions, verdicts } from '#db/schema/reviews.ts';
import type { Person } from '#db/seed/builders.ts';
import { decideCriterion } from '#services/reviews/decide-criterion.ts';
import { getReview } from '#services/reviews/get-review.ts';
import {
  type ReturnAssessmentInput,
  returnAssessment,
  returnAssessmentInput,
} from '#services/reviews/return-assessment.ts';
import { testDatabase } from '../support/database.ts';
import { makeReviewCase, makeStaff, type ReviewCase, type Staff } from '../support/review-case.ts';

const database = testDatabase();
let staff: Staff;
beforeAll(async () => {
  staff = await makeStaff(database);
});

const giveBack = (at: ReviewCase, said: Partial<ReturnAssessmentInput> = {}, by: Person = staff.reviewer) =>
  returnAssessment(staff.as(by), {
    id: randomUUID(),
    assessmentId: at.assessmentId,
    reason: 'De stukken bij I.3.c zijn niet leesbaar.',
    itemKey: ['I.3.c', 'II', 'I.2.a'],
    itemText: ['Stuur blz. 4 opnieuw.', 'Leg uit hoe u meet.', ' '],
    term: 'days',
    days: 14,
    date: undefined,
    ...said,
  });
const noticesFor = (at: ReviewCase) =>
  staff.work(at.signatory, (tx) => tx.select().from(notices).where(eq(notices.assessmentId, at.assessmentId)));
const rowOf = async (at: ReviewCase) => {
  const [row] = await staff.work(staff.lead, (tx) =>
    tx.select().from(assessments).where(eq(assessments.id, at.assessmentId)),
  );
  return row;
};

describe('returning an assessment', () => {
  it('gives the insurer the reason, what is asked and a term of its own, and no name', async () => {
    const at = await makeReviewCase(database, staff);
    const { termAt } = await giveBack(at);
    // 22 November 2026 plus 14 days is a Sunday: the term ends on Monday, 23:59:59 Dutch time.
    expect(termAt).toBe('2026-12-07T22:59:59.000Z');
    expect(await rowOf(at)).toMatchObject({ state: 'returned', deadlineAt: new Date(termAt) });
    const [notice, ...others] = await noticesFor(at);
    expect(others).toEqual([]);
    expect(notice).toMatchObject({
      kind: 'returned',
      reason: 'De stukken bij I.3.c zijn niet leesbaar.',
      items: [
        { key: 'I.3.c', text: 'Stuur blz. 4 opnieuw.' },
        { key: 'II', text: 'Leg uit hoe u meet.' },
      ],
      termAt: new Date(termAt),
    });
    expect(JSON.stringify(notice)).not.toContain(staff.reviewer.userId);
  });

  it('loses nothing: the supervisor still reads the last submission and its own verdicts', async () => {
    const at = await makeReviewCase(database, staff);
    const { assessmentId } = at;
    const said = { id: randomUUID(), assessmentId, criterionKey: 'I.3.c', version: 0, ground: null, reason: '' };
    await decideCriterion(staff.as(staff.reviewer), { ...said, response: 'met' });
    await giveBack(at);
    const view = await getReview(staff.as(staff.reviewer), { assessmentId, sectionKey: 'I', criterionKey: 'I.3.c' });
    expect(view.criterion).toMatchObject({ answer: 'met', verdict: { response: 'met' } });
    expect(view.may.decide).toBe(false);
  });

  it('takes a day as term, also from the lead and before the review has started', async () => {
    const at = await makeReviewCase(database, staff, { state: 'submitted', assignedTo: null });
    await giveBack(at, { term: 'date', date: '2027-01-15', days: undefined }, staff.lead);
    expect(await rowOf(at)).toMatchObject({ state: 'returned', deadlineAt: new Date('2027-01-15T22:59:59Z') });
  });

  it.each([
    ['a reason', { reason: '' }, 'reason_given'],
    ['a term', { days: undefined }, 'term_set'],
    ['a term in the future', { term: 'date', date: '2026-11-21' }, 'term_set'],
  ] as const)('needs %s', async (_, said, guard) => {
    const at = await makeReviewCase(database, staff);
    await expect(giveBack(at, said)).rejects.toMatchObject({ code: 'precondition', because: [guard] });
    expect(await rowOf(at)).toMatchObject({ state: 'in_review' });
    expect(await noticesFor(at)).toEqual([]);
  });

  it('refuses what points nowhere, and a term that is no day', async () => {
    const at = await makeReviewCase(database, staff);
    await expect(giveBack(at, { itemKey: ['X.9.z'], itemText: ['Wat?'] })).rejects.toMatchObject({
      code: 'invalid',
      detail: { itemKey: 'item_unknown' },
    });
    const parsed = returnAssessmentInput.parse({
      id: randomUUID(),
      assessmentId: at.assessmentId,
      term: 'date',
      date: '2026-02-31',
    });
    await expect(giveBack(at, parsed)).rejects.toMatchObject({ code: 'precondition' });
  });

  it('is done once, however often it is sent', async () => {
    const at = await makeReviewCase(database, staff);
    const id = randomUUID();
    const first = await giveBack(at, { id });
    expect(await giveBack(at, { id })).toEqual(first);
    expect(await noticesFor(at)).toHaveLength(1);
    await expect(giveBack(at)).rejects.toMatchObject({ because: ['wrong_state'] });
  });

  it('is refused to a reviewer to whom it is not assigned, and not found for others', async () => {
    const at = await makeReviewCase(database, staff);
    await expect(giveBack(at, {}, staff.colleague)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(giveBack(at, {}, staff.auditor)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(giveBack(at, {}, staff.outsider)).rejects.toMatchObject({ code: 'not_found' });
    await expect(giveBack(at, {}, at.signatory)).rejects.toMatchObject({ code: 'not_found' });
    const steps = await staff.work(staff.auditor, (tx) =>
      tx.select().from(transitions).where(eq(transitions.assessmentId, at.assessmentId)),
    );
    expect(steps).toEqual([]);
    const given = await staff.work(staff.auditor, (tx) =>
      tx.select().from(verdicts).where(eq(verdicts.assessmentId, at.assessmentId)),
    );
    expect(given).toEqual([]);
  });
});
