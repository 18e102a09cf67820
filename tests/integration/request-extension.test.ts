import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { extensionRequests } from '#db/schema/teamwork.ts';
import type { Person } from '#db/seed/builders.ts';
import { askExtension } from '#services/assessments/ask-extension.ts';
import { getTaskList } from '#services/assessments/get-task-list.ts';
import { sendDraftOutcome } from '#services/hearing/send-draft-outcome.ts';
import { answerRequest } from '#services/requests/answer-request.ts';
import { getRequest } from '#services/requests/get-request.ts';
import { readRequests } from '#services/requests/request-facts.ts';
import { sendRequests } from '#services/requests/send-requests.ts';
import { withdrawRequest } from '#services/requests/withdraw-request.ts';
import { extendTerm } from '#services/reviews/extend-term.ts';
import { getReviewOverview } from '#services/reviews/get-review-overview.ts';
import { refuseExtension } from '#services/reviews/refuse-extension.ts';
import { testDatabase } from '../support/database.ts';
import { determineAll, judgeAll } from '../support/judged-case.ts';
import { makeReviewCase, makeStaff, type ReviewCase, reviewNow, type Staff } from '../support/review-case.ts';

const database = testDatabase();
let staff: Staff;
beforeAll(async () => {
  staff = await makeStaff(database, { hearing: true });
});

const afterTerm = new Date('2026-12-24T10:00:00Z');
const why = 'De dossiers liggen bij een ander kantoor.';

/** A case in review with open questions on these criteria, each with a term of so many days. */
async function asked(questions: Record<string, number>) {
  const at = await makeReviewCase(database, staff);
  const ids: Record<string, string> = {};
  for (const [criterionKey, days] of Object.entries(questions)) {
    const id = randomUUID();
    ids[criterionKey] = id;
    await sendRequests(staff.as(staff.reviewer), {
      assessmentId: at.assessmentId,
      id: [id],
      criterionKey: [criterionKey],
      question: ['Waar staat dit?'],
      term: 'days',
      days,
      date: undefined,
    });
  }
  return { at, ids };
}

const ask = ({ assessmentId, signatory }: ReviewCase, now = reviewNow, by: Person = signatory) =>
  askExtension(staff.as(by, now), { id: randomUUID(), assessmentId, reason: why });
const give = ({ assessmentId }: ReviewCase, lastDay: string, now = reviewNow) =>
  extendTerm(staff.as(staff.lead, now), { assessmentId, lastDay, reason: 'Tot dan.' });
const answer = ({ assessmentId, signatory }: ReviewCase, requestId = '', now = reviewNow) =>
  answerRequest(staff.as(signatory, now), { assessmentId, requestId, version: 0, text: 'Op blz. 4.' });
const termsOf = async ({ assessmentId }: ReviewCase) => {
  const rows = await staff.work(staff.lead, (tx) => readRequests(tx, assessmentId));
  return Object.fromEntries(rows.map(({ criterionKey, termAt }) => [criterionKey, termAt.toISOString()]));
};
const standing = async ({ assessmentId }: ReviewCase) => {
  const rows = await staff.work(staff.lead, (tx) =>
    tx.select().from(extensionRequests).where(eq(extensionRequests.assessmentId, assessmentId)),
  );
  return rows.map(({ answeredAt, granted }) => (answeredAt ? (granted ?? 'moot') : null));
};
const overviewOf = ({ assessmentId }: ReviewCase, by: Person, now = reviewNow) =>
  getReviewOverview(staff.as(by, now), { assessmentId });

describe('more time for an information request', () => {
  it('is asked on the page of the question, and seen by the reviewer and the lead with what it is about', async () => {
    const { at, ids } = await asked({ 'I.3.c': 14 });
    const page = { assessmentId: at.assessmentId, requestId: ids['I.3.c'] ?? '' };
    expect((await getRequest(staff.as(at.signatory), page)).may.askExtension).toBe(true);
    await ask(at);
    const { may, status } = await getRequest(staff.as(at.signatory), page);
    expect(may.askExtension).toBe(false);
    expect(status.extension).toMatchObject({ reason: why, granted: null });
    for (const by of [staff.reviewer, staff.lead]) {
      const { extension, extends: about, waitingOn } = await overviewOf(at, by);
      expect({ reason: extension?.reason, about: about.map(({ id }) => id), waitingOn }).toEqual({
        reason: why,
        about: [ids['I.3.c']],
        waitingOn: 'lead',
      });
    }
  });

  it('moves the open questions that end earlier, and neither a later one, an answered one nor the deadline', async () => {
    const { at, ids } = await asked({ 'I.3.c': 7, 'II.4.a': 14, 'III.3.a': 60, 'V.2.a': 7 });
    await answer(at, ids['V.2.a']);
    const before = await termsOf(at);
    const deadlineAt = (await overviewOf(at, staff.lead)).deadlineAt;
    await ask(at);
    await give(at, '2026-12-18');
    const until = '2026-12-18T22:59:59.000Z';
    expect(await termsOf(at)).toEqual({ ...before, 'I.3.c': until, 'II.4.a': until });
    expect((await overviewOf(at, staff.lead)).deadlineAt).toEqual(deadlineAt);
    expect(await standing(at)).toEqual([true]);
    const { status } = await getTaskList(staff.as(at.signatory), at);
    expect(status).toMatchObject({ extension: { granted: true }, notices: { extended: { reason: 'Tot dan.' } } });
    await expect(give(at, '2026-12-17')).rejects.toMatchObject({ because: ['term_set'] });
  });

  it('that was asked in time is given after the term too: the question is open again', async () => {
    const { at, ids } = await asked({ 'I.3.c': 14 });
    await ask(at);
    await expect(answer(at, ids['I.3.c'], afterTerm)).rejects.toMatchObject({ because: ['request_open'] });
    await give(at, '2027-01-15', afterTerm);
    await answer(at, ids['I.3.c'], afterTerm);
  });

  it('is refused with a reason, and the term stays', async () => {
    const { at } = await asked({ 'I.3.c': 14 });
    const before = await termsOf(at);
    await ask(at);
    const { extension } = await overviewOf(at, staff.lead);
    const said = { assessmentId: at.assessmentId, requestId: extension?.id ?? '', reason: 'Twee weken is genoeg.' };
    await expect(refuseExtension(staff.as(staff.reviewer), said)).rejects.toMatchObject({ code: 'forbidden' });
    await refuseExtension(staff.as(staff.lead), said);
    expect(await termsOf(at)).toEqual(before);
    expect(await standing(at)).toEqual([false]);
  });

  it('is for a question that is open, and not for what is over or was never asked', async () => {
    const none = await asked({});
    await expect(ask(none.at)).rejects.toMatchObject({ because: ['request_open'] });
    expect((await getTaskList(staff.as(none.at.signatory), none.at)).mayAskExtension).toBe(false);
    const { at } = await asked({ 'I.3.c': 14 });
    await expect(ask(at, afterTerm)).rejects.toMatchObject({ because: ['request_open'] });
    expect((await getTaskList(staff.as(at.signatory, afterTerm), at)).mayAskExtension).toBe(false);
    await expect(ask(at, reviewNow, none.at.signatory)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('stands until the last question that it was asked for is answered or withdrawn, and then can be asked again', async () => {
    const { at, ids } = await asked({ 'I.3.c': 14, 'II.4.a': 14 });
    const { assessmentId } = at;
    await ask(at);
    await answer(at, ids['I.3.c']);
    expect(await standing(at)).toEqual([null]);
    await withdrawRequest(staff.as(staff.reviewer), { assessmentId, requestId: ids['II.4.a'] ?? '' });
    expect(await standing(at)).toEqual(['moot']);
    expect((await overviewOf(at, staff.lead)).extension).toBeNull();
    const again = await asked({ 'I.3.c': 14 });
    await ask(again.at);
    await answer(again.at, again.ids['I.3.c']);
    expect(await standing(again.at)).toEqual(['moot']);
  });

  it('ends with the draft outcome: in the hearing nobody waits for an answer to it', async () => {
    const { at } = await asked({ 'I.3.c': 14 });
    await judgeAll(at, staff);
    await determineAll(at, staff);
    await ask(at);
    await sendDraftOutcome(staff.as(staff.reviewer, afterTerm), { id: randomUUID(), assessmentId: at.assessmentId });
    expect(await standing(at)).toEqual(['moot']);
  });

  it('is never granted by the insurer itself, in the database either', async () => {
    const { at } = await asked({ 'I.3.c': 14 });
    await ask(at);
    const grant = staff.work(at.signatory, (tx) =>
      tx.update(extensionRequests).set({ granted: true, answeredAt: reviewNow }),
    );
    await expect(grant).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});
