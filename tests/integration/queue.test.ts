import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { assessments } from '#db/schema/assessments.ts';
import { conflictsOfInterest } from '#db/schema/reviews.ts';
import type { Person } from '#db/seed/builders.ts';
import { assignReviewer } from '#services/reviews/assign-reviewer.ts';
import { decideCriterion } from '#services/reviews/decide-criterion.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { getReviewOverview } from '#services/reviews/get-review-overview.ts';
import { listQueue, listQueueInput } from '#services/reviews/list-queue.ts';
import { sweepQueue } from '#services/reviews/sweep-queue.ts';
import { unassignReviewer } from '#services/reviews/unassign-reviewer.ts';
import { testDatabase } from '../support/database.ts';
import { makeReviewCase, makeStaff, type Staff } from '../support/review-case.ts';

const database = testDatabase();
let staff: Staff;
let other: Staff;
let crowded: Staff;

beforeAll(async () => {
  staff = await makeStaff(database);
  other = await makeStaff(database);
  crowded = await makeStaff(database);
  await makeReviewCase(database, staff, { name: 'Akker', signed: false, state: 'draft', assignedTo: null });
  await makeReviewCase(database, staff, { name: 'Beek', state: 'submitted', assignedTo: null });
  const judged = await makeReviewCase(database, staff, { name: 'Duin', answers: { 'I.3.c': { response: 'partly' } } });
  await makeReviewCase(database, staff, { name: 'Eik', assignedTo: staff.colleague });
  await makeReviewCase(database, staff, { name: 'Geest', state: 'proposed' });
  const hidden = await makeReviewCase(database, staff, { name: 'Zwijger' });
  await staff.work(staff.reviewer, (tx) =>
    tx.insert(conflictsOfInterest).values({
      userId: staff.reviewer.userId,
      organisationId: hidden.insurer.id,
      declaredAt: new Date(),
    }),
  );
  await decideCriterion(staff.as(staff.reviewer), {
    id: randomUUID(),
    assessmentId: judged.assessmentId,
    criterionKey: 'II.2.a',
    version: 0,
    response: 'not_met',
    ground: 'not_demonstrated',
    reason: 'Niets gezien.',
  });
  await makeReviewCase(database, other, { name: 'Van een ander' });
  for (let place = 0; place < 45; place++) {
    await makeReviewCase(database, crowded, {
      name: `Verzekeraar ${String(place).padStart(2, '0')}`,
      state: 'submitted',
    });
  }
}, 60_000);

const list = (query: Record<string, unknown> = {}, by: Person = staff.reviewer, of = staff) =>
  listQueue(of.as(by), listQueueInput.parse({ round: of.roundId, ...query }));
const names = async (...asked: Parameters<typeof list>) => (await list(...asked)).lines.map(({ name }) => name);

describe('the queue', () => {
  it('lists the rounds of a reviewer, without insurers in whom they have an interest', async () => {
    expect(await names({ order: 'name' })).toEqual(['Akker', 'Beek', 'Duin', 'Eik', 'Geest']);
    expect((await list()).rounds).toHaveLength(1);
    expect(await names({ order: 'name' }, staff.colleague)).toContain('Zwijger');
    expect(await names({ round: other.roundId })).not.toContain('Van een ander');
    expect((await list({}, staff.outsider)).round).toBeNull();
  });

  it('shows only the state before submission, and scores over the verdicts so far after it', async () => {
    const { lines, sections } = await list({ order: 'name' });
    const line = (name: string) => lines.find((one) => one.name === name);
    expect(sections).toEqual(['I', 'II', 'III', 'IV', 'V']);
    expect(line('Akker')).toMatchObject({ state: 'draft', scores: null, waitingOn: 'insurer', late: true });
    expect(line('Beek')).toMatchObject({ waitingOn: 'lead', assigned: [], late: false });
    expect(line('Duin')).toMatchObject({ waitingOn: 'me', assigned: ['me'], scores: { judged: 1, toBeJudged: 44 } });
    expect(line('Duin')?.scores?.computed).toMatchObject({
      sections: { I: { low: 2 }, II: { low: 1 } },
      total: { low: '18/5' },
    });
    expect(line('Eik')).toMatchObject({ waitingOn: 'colleague', assigned: ['B2'] });
  });

  it('counts what waits on whom, whatever the filters', async () => {
    const strip = { mine: 1, unassigned: 1, late: 1, insurer: 1, all: 5 };
    expect((await list({ state: 'draft' })).counts).toMatchObject({ ...strip, matching: 1 });
    expect((await list({ score: '3' })).counts).toMatchObject({ ...strip, matching: 1 });
    expect((await list({ q: 'ei' })).counts).toMatchObject({ ...strip, matching: 1 });
  });

  it('filters by state, by who acts next, by colleague, by lateness and by name or number', async () => {
    expect(await names({ state: 'in_review', order: 'name' })).toEqual(['Duin', 'Eik']);
    expect(await names({ waiting: 'me' })).toEqual(['Duin']);
    expect(await names({ waiting: 'colleague' })).toEqual(['Eik']);
    expect(await names({ waiting: 'me', order: 'name' }, staff.lead)).toEqual(['Beek', 'Geest']);
    expect(await names({ assigned: 'B2' })).toEqual(['Eik']);
    expect(await names({ assigned: 'nobody', order: 'name' })).toEqual(['Akker', 'Beek']);
    expect(await names({ unassigned: '1' })).toEqual(['Beek']);
    expect(await names({ late: '1' })).toEqual(['Akker']);
    expect(await names({ q: 'DUI' })).toEqual(['Duin']);
    expect(await names({ q: '%' })).toEqual([]);
  });

  it('shows a case of two reviewers to each as theirs, and to a third as a colleague’s, once', async () => {
    const of = await makeStaff(database);
    const both = await makeReviewCase(database, of, { name: 'Samen', assignedTo: of.reviewer });
    await assignReviewer(of.as(of.lead), { assessmentIds: [both.assessmentId], userId: of.colleague.userId });
    const shown = async (query: Record<string, unknown>, by: Person) => names(query, by, of);
    for (const by of [of.reviewer, of.colleague]) {
      expect(await shown({ waiting: 'me' }, by)).toEqual(['Samen']);
      expect(await shown({ waiting: 'colleague' }, by)).toEqual([]);
      expect(await shown({}, by)).toEqual(['Samen']);
    }
    expect(await shown({ waiting: 'colleague' }, of.lead)).toEqual(['Samen']);
    expect(await shown({ assigned: 'B1', waiting: 'colleague' }, of.lead)).toEqual(['Samen']);
    expect(await shown({ assigned: 'B2', waiting: 'me' }, of.reviewer)).toEqual(['Samen']);
    expect(await shown({}, of.lead)).toEqual(['Samen']);
    await unassignReviewer(of.as(of.lead), { assessmentId: both.assessmentId, userId: of.reviewer.userId });
    expect(await shown({ waiting: 'colleague' }, of.reviewer)).toEqual(['Samen']);
    expect(await shown({ waiting: 'colleague' }, of.colleague)).toEqual([]);
  });

  it('finds an insurer by the beginning of any word of its name, or by its number', async () => {
    const at = await makeReviewCase(database, other, { name: 'Noord Hollandse Waarborg' });
    const find = (q: string) => names({ q }, other.reviewer, other);
    expect(await find('hollandse w')).toEqual(['Noord Hollandse Waarborg']);
    expect(await find(at.insurer.number.toLowerCase())).toEqual(['Noord Hollandse Waarborg']);
    expect(await find('ollandse')).toEqual([]);
    expect(await find('_')).toEqual([]);
  });

  it('begins with what waits on me, and pages on from there into the rest', async () => {
    expect((await names())[0]).toBe('Duin');
    expect((await names({}, staff.lead)).slice(0, 2).toSorted()).toEqual(['Beek', 'Geest']);
    expect((await names()).toSorted()).toEqual(['Akker', 'Beek', 'Duin', 'Eik', 'Geest']);
    const { lines } = await list();
    expect(await names({ after: lines[0]?.cursor })).toEqual(lines.slice(1).map(({ name }) => name));
    expect(await names({ before: lines[3]?.cursor })).toEqual(lines.slice(0, 3).map(({ name }) => name));
  });

  it('orders and filters by the total that the verdicts leave', async () => {
    expect((await names({ order: 'score' })).at(-1)).toBe('Akker');
    expect((await names({ order: 'score' }))[0]).toBe('Duin');
    expect(await names({ score: '3' })).toEqual(['Duin']);
    expect(await names({ score: '2' })).toEqual([]);
  });

  it('turns a line when a term ends, though nobody does anything', async () => {
    const soon = await makeReviewCase(database, other, {
      name: 'Tijd',
      signed: false,
      state: 'draft',
      assignedTo: null,
    });
    const late = () => names({ late: '1' }, other.reviewer, other);
    const deadline = new Date(Date.now() + 60_000);
    await other.work(other.lead, (tx) =>
      tx.update(assessments).set({ deadlineAt: deadline }).where(eq(assessments.id, soon.assessmentId)),
    );
    expect(await late()).not.toContain('Tijd');
    const now = new Date(deadline.getTime() + 2_000);
    expect((await sweepQueue({ db: database.db, now })).settled).toBeGreaterThan(0);
    expect(await late()).toContain('Tijd');
    expect(await sweepQueue({ db: database.db, now })).toEqual({ settled: 0 });
  });

  it('tells a lead how much each reviewer has in hand', async () => {
    const { reviewers } = await list({}, staff.lead);
    const [mine] = reviewers.filter(({ userId }) => userId === staff.reviewer.userId);
    // Duin, judged on one criterion, and Zwijger; what is proposed is out of hand.
    expect(mine).toMatchObject({ cases: 2, criteria: 43 + 44 });
  });

  it('pages forwards and back through the whole list, each line once', async () => {
    const page = (query: Record<string, unknown>) => list({ order: 'name', ...query }, crowded.reviewer, crowded);
    const first = await page({});
    expect(first).toMatchObject({ first: 1, hasBefore: false, hasAfter: true });
    const second = await page({ after: first.lines.at(-1)?.cursor });
    const third = await page({ after: second.lines.at(-1)?.cursor });
    expect(third).toMatchObject({ first: 41, hasBefore: true, hasAfter: false });
    const all = [...first.lines, ...second.lines, ...third.lines].map(({ name }) => name);
    expect(new Set(all).size).toBe(45);
    expect(all).toEqual(all.toSorted());
    const back = await page({ before: third.lines[0]?.cursor });
    expect(back.lines).toEqual(second.lines);
    expect(back).toMatchObject({ first: 21, hasBefore: true, hasAfter: true });
  });

  it('opens on an address that makes no sense', async () => {
    const mangled = { round: 'x', state: 'gone', after: 'nonsense', order: 'up', late: 'yes', assigned: '; drop' };
    const queue = await listQueue(staff.as(staff.reviewer), listQueueInput.parse(mangled));
    expect(queue.lines).toHaveLength(5);
  });

  it('shows an auditor what was submitted, and nothing to insurers and administrators', async () => {
    expect(await names({}, staff.auditor)).not.toContain('Akker');
    await expect(list({}, staff.administrator)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('one assessment, followed by the supervisor', () => {
  it('shows only its state before submission', async () => {
    const at = await makeReviewCase(database, staff, { signed: false, state: 'draft', assignedTo: null });
    const overview = await getReviewOverview(staff.as(staff.reviewer), { assessmentId: at.assessmentId });
    expect(overview).toMatchObject({ head: { state: 'draft', submission: null }, content: null, waitingOn: 'insurer' });
    const read = getReview(staff.as(staff.reviewer), { assessmentId: at.assessmentId });
    await expect(read).rejects.toMatchObject({ code: 'not_found' });
    const audited = getReviewOverview(staff.as(staff.auditor), { assessmentId: at.assessmentId });
    await expect(audited).rejects.toMatchObject({ code: 'not_found' });
  });

  it('does not exist for the insurer itself, for other rounds’ reviewers, or with an unknown key', async () => {
    const at = await makeReviewCase(database, staff);
    const see = (by: Person, assessmentId = at.assessmentId) => getReview(staff.as(by), { assessmentId });
    await expect(see(at.signatory)).rejects.toMatchObject({ code: 'not_found' });
    await expect(see(staff.outsider)).rejects.toMatchObject({ code: 'not_found' });
    await expect(see(staff.reviewer, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      getReview(staff.as(staff.reviewer), { assessmentId: at.assessmentId, sectionKey: 'IX' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});
