import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditEvents } from '#db/schema/audit.ts';
import { determinations, transitions, verdicts } from '#db/schema/reviews.ts';
import type { Person } from '#db/seed/builders.ts';
import { decideCriterion } from '#services/reviews/decide-criterion.ts';
import { type DetermineSectionInput, determineSection } from '#services/reviews/determine-section.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { getReviewOverview } from '#services/reviews/get-review-overview.ts';
import { proposeOutcome } from '#services/reviews/propose-outcome.ts';
import { startReview } from '#services/reviews/start-review.ts';
import { testDatabase } from '../support/database.ts';
import { judgeAll } from '../support/judged-case.ts';
import { makeReviewCase, makeStaff, type ReviewCase, type Staff } from '../support/review-case.ts';

const database = testDatabase();
let staff: Staff;
let heard: Staff;
beforeAll(async () => {
  staff = await makeStaff(database);
  heard = await makeStaff(database, { hearing: true });
});

const partly = { 'I.3.c': { response: 'partly', explanation: 'Nog niet overal.' } } as const;

const determine = (at: ReviewCase, said: Partial<DetermineSectionInput> = {}, by: Person = staff.reviewer) =>
  determineSection(staff.as(by), {
    id: randomUUID(),
    assessmentId: at.assessmentId,
    sectionKey: 'I',
    version: 0,
    computedLevel: 2,
    level: 2,
    reason: '',
    ...said,
  });
const determineRest = async (at: ReviewCase, by = staff) => {
  for (const sectionKey of ['II', 'III', 'IV', 'V']) {
    await determine(at, { sectionKey, computedLevel: 5, level: 5 }, by.reviewer);
  }
};
const determinationsOf = (at: ReviewCase) =>
  staff.work(staff.auditor, (tx) =>
    tx.select().from(determinations).where(eq(determinations.assessmentId, at.assessmentId)),
  );
const stepsOf = (at: ReviewCase) =>
  staff.work(staff.auditor, (tx) => tx.select().from(transitions).where(eq(transitions.assessmentId, at.assessmentId)));

describe('starting a review', () => {
  it('is the assigned reviewer’s, on what was submitted, and once', async () => {
    const at = await makeReviewCase(database, staff, { state: 'submitted' });
    const start = (by: Person) => startReview(staff.as(by), { assessmentId: at.assessmentId });
    await expect(start(staff.colleague)).rejects.toMatchObject({ code: 'forbidden', because: ['assigned'] });
    await expect(start(staff.lead)).rejects.toMatchObject({ code: 'forbidden' });
    await start(staff.reviewer);
    await start(staff.reviewer);
    expect(await stepsOf(at)).toMatchObject([{ verb: 'start', fromState: 'submitted', toState: 'in_review' }]);
  });

  it.each(['returned', 'proposed', 'published'] as const)('is refused in the state %s', async (state) => {
    const at = await makeReviewCase(database, staff, { state });
    const start = startReview(staff.as(staff.reviewer), { assessmentId: at.assessmentId });
    await expect(start).rejects.toMatchObject({ code: 'precondition', because: ['wrong_state'] });
  });
});

describe('determining a section', () => {
  it('takes the computed level without a reason, another one with a reason, and keeps both', async () => {
    const at = await makeReviewCase(database, staff, { answers: partly });
    await judgeAll(at, staff);
    await expect(determine(at, { level: 3 })).rejects.toMatchObject({ because: ['difference_reasoned'] });
    expect(await determine(at)).toMatchObject({ version: 1, level: 2, computedLevel: 2 });
    expect(await determine(at, { version: 1, level: 3, reason: 'Sinds mei in orde.' })).toMatchObject({ version: 2 });
    expect(await determinationsOf(at)).toMatchObject([
      { version: 1, level: 2, computedLevel: 2, reason: '' },
      { version: 2, level: 3, computedLevel: 2, reason: 'Sinds mei in orde.', determinedBy: staff.reviewer.userId },
    ]);
  });

  it('waits for the verdicts of its own section', async () => {
    const at = await makeReviewCase(database, staff, { answers: partly });
    await expect(determine(at)).rejects.toMatchObject({ code: 'precondition', because: ['everything_judged'] });
    expect(await determinationsOf(at)).toEqual([]);
  });

  it('is asked again when the computed level changes', async () => {
    const at = await makeReviewCase(database, staff, { answers: partly });
    await judgeAll(at, staff);
    await determine(at);
    const said = { id: randomUUID(), assessmentId: at.assessmentId, criterionKey: 'I.3.c', version: 1 };
    await decideCriterion(staff.as(staff.reviewer), {
      ...said,
      response: 'met',
      ground: 'new_information',
      reason: 'Het register is er.',
    });
    const { head } = await getReview(staff.as(staff.reviewer), { assessmentId: at.assessmentId });
    expect(head.sections[0]).toMatchObject({ key: 'I', determination: 'outdated', determined: 2 });
    await expect(determine(at, { version: 1 })).rejects.toMatchObject({
      code: 'conflict',
      detail: { version: 1, level: 2, computedLevel: 5 },
    });
    expect(await determine(at, { version: 1, computedLevel: 5, level: 5 })).toMatchObject({ version: 2 });
  });

  it('shows a colleague’s determination to who saw none, and is written once', async () => {
    const at = await makeReviewCase(database, staff, { answers: partly });
    await judgeAll(at, staff);
    const id = randomUUID();
    await determine(at, { id });
    expect(await determine(at, { id })).toMatchObject({ version: 1 });
    await expect(determine(at)).rejects.toMatchObject({ code: 'conflict', detail: { version: 1, level: 2 } });
    expect(await determinationsOf(at)).toHaveLength(1);
  });

  it('leaves no determination behind when its event cannot be written', async () => {
    const at = await makeReviewCase(database, staff, { answers: partly });
    await judgeAll(at, staff);
    const nowhere = { ...staff.as(staff.reviewer), now: new Date(Number.NaN) };
    const said = { id: randomUUID(), assessmentId: at.assessmentId, sectionKey: 'I', version: 0, reason: '' };
    await expect(determineSection(nowhere, { ...said, computedLevel: 2, level: 2 })).rejects.toThrow();
    expect(await determinationsOf(at)).toEqual([]);
  });

  it('is refused to others, in other states, and for what does not apply', async () => {
    const at = await makeReviewCase(database, staff, { answers: partly, intake: { authorisedAgents: false } });
    await judgeAll(at, staff);
    await expect(determine(at, {}, staff.colleague)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(determine(at, {}, at.signatory)).rejects.toMatchObject({ code: 'not_found' });
    await expect(determine(at, { sectionKey: 'IX' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(determine(at, { sectionKey: 'IV' })).rejects.toMatchObject({ because: ['not_applicable'] });
    await at.setState('proposed');
    await expect(determine(at)).rejects.toMatchObject({ because: ['wrong_state'] });
  });
});

describe('proposing an outcome', () => {
  const propose = (at: ReviewCase, by: Person = staff.reviewer, of = staff) =>
    proposeOutcome(of.as(by), { assessmentId: at.assessmentId });

  it('goes to the lead once all is judged and determined, and is done once', async () => {
    const at = await makeReviewCase(database, staff, { answers: partly });
    await judgeAll(at, staff);
    await determine(at);
    await determineRest(at);
    await propose(at);
    await propose(at);
    expect(await stepsOf(at)).toMatchObject([{ verb: 'propose', fromState: 'in_review', toState: 'proposed' }]);
    const overview = await getReviewOverview(staff.as(staff.lead), { assessmentId: at.assessmentId });
    expect(overview).toMatchObject({ waitingOn: 'lead', blocking: [], head: { state: 'proposed' } });
  });

  it('names everything that stands in the way', async () => {
    const at = await makeReviewCase(database, staff);
    await expect(propose(at)).rejects.toMatchObject({
      code: 'precondition',
      because: ['everything_judged', 'every_section_determined'],
    });
    const overview = await getReviewOverview(staff.as(staff.reviewer), { assessmentId: at.assessmentId });
    expect(overview.blocking).toEqual(['everything_judged', 'every_section_determined']);
    expect(overview.undetermined).toEqual(['I', 'II', 'III', 'IV', 'V']);
  });

  it('is blocked by a determination on another computed level', async () => {
    const at = await makeReviewCase(database, staff, { answers: partly });
    await judgeAll(at, staff);
    await determine(at);
    await determineRest(at);
    await staff.work(staff.reviewer, async (tx) => {
      const [last] = await tx.select().from(verdicts).where(eq(verdicts.assessmentId, at.assessmentId)).limit(1);
      await tx.insert(verdicts).values({
        ...(last as NonNullable<typeof last>),
        id: randomUUID(),
        criterionKey: 'I.2.a',
        intakeKey: null,
        version: 2,
        response: 'not_met',
        intakeValue: null,
        overrides: true,
        ground: 'not_demonstrated',
        reason: 'Niet gezien.',
      });
    });
    await expect(propose(at)).rejects.toMatchObject({ because: ['determinations_current'] });
  });

  it('needs a version that was sent and heard where the hearing is on', async () => {
    const at = await makeReviewCase(database, heard);
    await expect(propose(at, heard.reviewer, heard)).rejects.toMatchObject({
      because: expect.arrayContaining(['version_sent', 'responded_or_term_over']),
    });
  });

  it('is refused to others and in other states, and leaves no trace', async () => {
    const at = await makeReviewCase(database, staff, { state: 'submitted' });
    await expect(propose(at, staff.colleague)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(propose(at, staff.lead)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(propose(at)).rejects.toMatchObject({ because: expect.arrayContaining(['wrong_state']) });
    expect(await stepsOf(at)).toEqual([]);
    const events = await staff.work(staff.auditor, (tx) =>
      tx.select().from(auditEvents).where(eq(auditEvents.assessmentId, at.assessmentId)),
    );
    expect(events).toEqual([]);
  });
});
