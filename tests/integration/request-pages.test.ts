import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '#db/seed/builders.ts';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { getSubmissionPage } from '#services/assessments/get-submission-page.ts';
import { getTaskList } from '#services/assessments/get-task-list.ts';
import { listAssessments } from '#services/assessments/list-assessments.ts';
import { answerRequest } from '#services/requests/answer-request.ts';
import { getRequest } from '#services/requests/get-request.ts';
import { saveSupplement } from '#services/requests/save-supplement.ts';
import { sendRequests } from '#services/requests/send-requests.ts';
import { withdrawRequest } from '#services/requests/withdraw-request.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { getReviewOverview } from '#services/reviews/get-review-overview.ts';
import { listQueue, listQueueInput } from '#services/reviews/list-queue.ts';
import { sweepQueue } from '#services/reviews/sweep-queue.ts';
import { testDatabase } from '../support/database.ts';
import { makeReviewCase, makeStaff, type ReviewCase, type Staff } from '../support/review-case.ts';

const database = testDatabase();
let staff: Staff;
beforeAll(async () => {
  staff = await makeStaff(database);
});

const inTerm = new Date('2026-11-25T10:00:00Z');
const afterTerm = new Date('2026-12-24T10:00:00Z');

/** A case with two open questions: on I.3.c and on II.4.a. */
async function asked() {
  const at = await makeReviewCase(database, staff, {
    answers: { 'I.3.c': { response: 'met', explanation: 'Zoals ondertekend.' } },
  });
  const [first, second] = [randomUUID(), randomUUID()];
  await sendRequests(staff.as(staff.reviewer), {
    assessmentId: at.assessmentId,
    id: [first, second],
    criterionKey: ['I.3.c', 'II.4.a'],
    question: ['Stuur blz. 4.', 'Hoeveel klanten?'],
    term: 'days',
    days: 14,
  });
  return { at, first, second, of: { assessmentId: at.assessmentId, requestId: first } };
}

const limitedTo = ({ signatory }: ReviewCase, section: string): Person => ({
  ...signatory,
  roles: ['contributor'],
  sectionKeys: [section],
});

describe('what the insurer reads of a question', () => {
  it('stands beside the signed answer, opens for who may write or send, and closes for good once it was sent', async () => {
    const { at, of } = await asked();
    const read = (by: Person, now = inTerm) => getRequest(staff.as(by, now), of);
    const page = await read(at.signatory);
    expect(page).toMatchObject({
      open: true,
      may: { save: true, send: true },
      request: { state: 'open', question: 'Stuur blz. 4.', text: '', version: 0 },
      criterion: { key: 'I.3.c' },
      signed: { response: 'met', explanation: 'Zoals ondertekend.' },
    });
    expect(JSON.stringify(page)).not.toContain(staff.reviewer.userId);
    expect((await read(limitedTo(at, 'I'))).may).toEqual({ save: true, send: false, askExtension: false });
    expect((await read(limitedTo(at, 'II'))).may).toEqual({ save: false, send: false, askExtension: false });
    expect((await read({ ...at.signatory, roles: ['signatory'] })).may).toEqual({
      save: false,
      send: true,
      askExtension: true,
    });
    expect((await read({ ...at.signatory, roles: ['reader'] })).may).toEqual({
      save: false,
      send: false,
      askExtension: false,
    });
    await answerRequest(staff.as(at.signatory, inTerm), { ...of, version: 0, text: 'Op blz. 4.' });
    expect(await read(at.signatory)).toMatchObject({
      open: false,
      request: { state: 'answered', text: 'Op blz. 4.', answeredAt: inTerm },
      signed: { explanation: 'Zoals ondertekend.' },
    });
  });

  it('is not there for others: another insurer, the supervisor, an address that is none', async () => {
    const { of } = await asked();
    const other = await asked();
    await expect(getRequest(staff.as(other.at.signatory, inTerm), of)).rejects.toMatchObject({ code: 'not_found' });
    const mixed = { ...other.of, requestId: of.requestId };
    await expect(getRequest(staff.as(other.at.signatory, inTerm), mixed)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getRequest(staff.as(staff.reviewer, inTerm), of)).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      getRequest(staff.as(other.at.signatory, inTerm), { assessmentId: 'x', requestId: 'y' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('waits on the home of who can do something about it, and is listed on every page of the case', async () => {
    const { at, first, of } = await asked();
    const waits = async (by: Person, now = inTerm) =>
      (await listAssessments(staff.as(by, now))).waiting.flatMap((item) =>
        item.kind === 'request' ? [item.criterionKey] : [],
      );
    expect((await waits(at.signatory)).toSorted()).toEqual(['I.3.c', 'II.4.a']);
    expect(await waits(limitedTo(at, 'II'))).toEqual(['II.4.a']);
    expect(await waits({ ...at.signatory, roles: ['reader'] })).toEqual([]);
    expect(await waits(at.signatory, afterTerm)).toEqual([]);
    const ctx = staff.as(at.signatory, inTerm);
    expect((await getTaskList(ctx, of)).requests).toHaveLength(2);
    expect((await getSubmissionPage(ctx, of)).requests).toHaveLength(2);
    const criterion = await getCriterion(ctx, { ...of, criterionKey: 'I.3.c' });
    expect(criterion.requests).toMatchObject([{ id: first, state: 'open' }]);
  });
});

describe('sending with the text at hand', () => {
  it('keeps and sends what the sender sees, in one step', async () => {
    const { at, of } = await asked();
    await saveSupplement(staff.as(at.signatory, inTerm), { ...of, text: 'Kort.', version: 0 });
    await answerRequest(staff.as(at.signatory, inTerm), { ...of, version: 1, text: 'Langer.' });
    const { requests } = await getReview(staff.as(staff.reviewer, inTerm), {
      assessmentId: of.assessmentId,
      sectionKey: 'I',
      criterionKey: 'I.3.c',
    });
    expect(requests).toMatchObject([{ state: 'answered', text: 'Langer.', version: 2 }]);
  });

  it('writes nothing for who signs and does not write, and nothing over a colleague’s text', async () => {
    const { at, of } = await asked();
    await saveSupplement(staff.as(at.signatory, inTerm), { ...of, text: 'Kort.', version: 0 });
    const signs: Person = { ...at.signatory, roles: ['signatory'] };
    const send = (by: Person, version: number, text?: string) =>
      answerRequest(staff.as(by, inTerm), { ...of, version, text });
    await expect(send(signs, 1, 'Anders.')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(send(at.signatory, 0, 'Anders.')).rejects.toMatchObject({ detail: { text: 'Kort.', version: 1 } });
    await expect(send(at.signatory, 1, '  ')).rejects.toMatchObject({ because: ['supplement_empty'] });
    await send(signs, 1);
    expect((await getRequest(staff.as(signs, inTerm), of)).request).toMatchObject({ text: 'Kort.', version: 1 });
  });
});

describe('what the supervisor reads of its questions', () => {
  it('counts what is open in the overview and the queue, and waits on the insurer as long as something is', async () => {
    const { at, of, second } = await asked();
    const look = async (now = inTerm) => {
      const ctx = staff.as(staff.reviewer, now);
      const overview = await getReviewOverview(ctx, of);
      const { lines } = await listQueue(ctx, listQueueInput.parse({ q: at.insurer.number }));
      const line = lines.find(({ assessmentId }) => assessmentId === of.assessmentId);
      return {
        overview: overview.waitingOn,
        queue: line?.waitingOn,
        open: line?.openRequests,
        states: overview.requests.map(({ state }) => state).toSorted(),
      };
    };
    expect(await look()).toEqual({ overview: 'insurer', queue: 'insurer', open: 2, states: ['open', 'open'] });
    await answerRequest(staff.as(at.signatory, inTerm), { ...of, version: 0, text: 'Hier.' });
    expect(await look()).toEqual({ overview: 'insurer', queue: 'insurer', open: 1, states: ['answered', 'open'] });
    await sweepQueue({ db: database.db, now: afterTerm });
    expect(await look(afterTerm)).toEqual({
      overview: 'reviewer',
      queue: 'me',
      open: 0,
      states: ['answered', 'overdue'],
    });
    await withdrawRequest(staff.as(staff.reviewer, inTerm), { ...of, requestId: second });
    expect(await look()).toEqual({ overview: 'reviewer', queue: 'me', open: 0, states: ['answered', 'withdrawn'] });
  });

  it('never holds what the insurer is still writing, and offers asking to the assigned reviewer alone', async () => {
    const { at, of } = await asked();
    await saveSupplement(staff.as(at.signatory, inTerm), { ...of, text: 'Nog niet verstuurd.', version: 0 });
    const look = (by: Person) =>
      getReview(staff.as(by, inTerm), { assessmentId: of.assessmentId, sectionKey: 'I', criterionKey: 'I.3.c' });
    const view = await look(staff.reviewer);
    expect(JSON.stringify(view, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      'Nog niet verstuurd.',
    );
    expect(view).toMatchObject({ may: { ask: true }, requests: [{ state: 'open', text: '' }] });
    expect((await look(staff.colleague)).may.ask).toBe(false);
    expect((await look(staff.lead)).may.ask).toBe(false);
  });
});
