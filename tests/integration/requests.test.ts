import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditEvents } from '#db/schema/audit.ts';
import { informationRequests, supplements } from '#db/schema/requests.ts';
import type { Person } from '#db/seed/builders.ts';
import { sendDraftOutcome } from '#services/hearing/send-draft-outcome.ts';
import { listActivity } from '#services/history/list-activity.ts';
import { answerRequest } from '#services/requests/answer-request.ts';
import { readRequests, requestState } from '#services/requests/request-facts.ts';
import { saveSupplement, saveSupplementInput } from '#services/requests/save-supplement.ts';
import { type SendRequestsInput, sendRequests } from '#services/requests/send-requests.ts';
import { withdrawRequest } from '#services/requests/withdraw-request.ts';
import { closeAssessment } from '#services/reviews/close-assessment.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { getReviewOverview } from '#services/reviews/get-review-overview.ts';
import { proposeOutcome } from '#services/reviews/propose-outcome.ts';
import { returnAssessment } from '#services/reviews/return-assessment.ts';
import { testDatabase } from '../support/database.ts';
import { determineAll, judgeAll } from '../support/judged-case.ts';
import { makeReviewCase, makeStaff, type ReviewCase, reviewNow, type Staff } from '../support/review-case.ts';

const database = testDatabase();
let staff: Staff;
beforeAll(async () => {
  staff = await makeStaff(database, { hearing: true });
});

const inTerm = new Date('2026-11-25T10:00:00Z');
const afterTerm = new Date('2026-12-24T10:00:00Z');

const ask = (at: ReviewCase, said: Partial<SendRequestsInput> = {}, by: Person = staff.reviewer) =>
  sendRequests(staff.as(by), {
    assessmentId: at.assessmentId,
    id: [randomUUID()],
    criterionKey: ['I.3.c'],
    question: ['Stuur blz. 4.'],
    term: 'days',
    days: 14,
    date: undefined,
    ...said,
  });
/** A case with one open request on I.3.c. */
async function asked() {
  const at = await makeReviewCase(database, staff);
  const requestId = randomUUID();
  await ask(at, { id: [requestId] });
  return { at, requestId, of: { assessmentId: at.assessmentId, requestId } };
}
type Asked = Awaited<ReturnType<typeof asked>>;
const write = ({ at, of }: Asked, text: string, version = 0, now = inTerm) =>
  saveSupplement(staff.as(at.signatory, now), saveSupplementInput.parse({ ...of, text, version }));
const answer = ({ at, of }: Asked, version: number, now = inTerm) =>
  answerRequest(staff.as(at.signatory, now), { ...of, version });
const listFor = (at: ReviewCase, by: Person) => staff.work(by, (tx) => readRequests(tx, at.assessmentId));

/** What the insurer reads of its questions in "who did what", the newest first. */
async function told({ assessmentId, signatory }: ReviewCase) {
  const { lines } = await listActivity(staff.as(signatory, inTerm), { assessmentId });
  return lines
    .filter(({ kind }) => kind.startsWith('question'))
    .map(({ kind, criterionKey, userId }) => ({ kind, criterionKey, userId }));
}

describe('asking for information', () => {
  it('puts several questions at once, each on its criterion, with one term, and names nobody', async () => {
    const at = await makeReviewCase(database, staff);
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    const sent = await ask(at, {
      id: ids,
      criterionKey: ['I.3.c', 'II.4.a', 'I.2.a'],
      question: ['Waar?', 'Hoe?', ''],
    });
    // Fourteen days later is a Sunday: the Monday after it, 23:59:59 Dutch time.
    expect(sent).toMatchObject({ sent: 2, termAt: '2026-12-07T22:59:59.000Z' });
    const seen = await listFor(at, at.signatory);
    expect(seen.map(({ criterionKey, question }) => [criterionKey, question]).toSorted()).toEqual([
      ['I.3.c', 'Waar?'],
      ['II.4.a', 'Hoe?'],
    ]);
    expect(JSON.stringify(seen)).not.toContain(staff.reviewer.userId);
    expect(
      await ask(at, { id: ids, criterionKey: ['I.3.c', 'II.4.a', 'I.2.a'], question: ['Waar?', 'Hoe?', ''] }),
    ).toMatchObject({ sent: 0 });
  });

  it('asks nothing about what does not apply or is not there, and nothing without a question or a term', async () => {
    const at = await makeReviewCase(database, staff, { intake: { authorisedAgents: false } });
    await expect(ask(at, { criterionKey: ['IV.2.a'] })).rejects.toMatchObject({
      detail: { criterionKey: 'criterion_unknown' },
    });
    await expect(ask(at, { criterionKey: ['constructor'] })).rejects.toMatchObject({ code: 'invalid' });
    await expect(ask(at, { question: [' '.trim()] })).rejects.toMatchObject({
      detail: { question: 'question_missing' },
    });
    await expect(ask(at, { term: 'date', days: undefined, date: '2026-11-01' })).rejects.toMatchObject({
      because: ['term_set'],
    });
    expect(await listFor(at, at.signatory)).toEqual([]);
  });

  it('is for the reviewer to whom it is assigned, while it is in review', async () => {
    const at = await makeReviewCase(database, staff, { state: 'submitted' });
    await expect(ask(at)).rejects.toMatchObject({ because: ['wrong_state'] });
    await expect(ask(at, {}, staff.colleague)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask(at, {}, staff.lead)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask(at, {}, staff.outsider)).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask(at, {}, at.signatory)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('keeps the draft outcome back until each one has ended', async () => {
    const open = await asked();
    await judgeAll(open.at, staff);
    await determineAll(open.at, staff);
    const send = (now: Date) =>
      sendDraftOutcome(staff.as(staff.reviewer, now), { id: randomUUID(), assessmentId: open.at.assessmentId });
    await expect(send(inTerm)).rejects.toMatchObject({ because: ['no_open_request'] });
    await write(open, 'Hier is het.');
    await answer(open, 1);
    await send(inTerm);
    const overdue = await asked();
    await judgeAll(overdue.at, staff);
    await determineAll(overdue.at, staff);
    await sendDraftOutcome(staff.as(staff.reviewer, afterTerm), {
      id: randomUUID(),
      assessmentId: overdue.at.assessmentId,
    });
  });
});

describe('the supplement', () => {
  it('is the insurer’s own until it is sent, stands then beside the answer, and never changes again', async () => {
    const open = await asked();
    await write(open, 'Eerste versie.\r\nMet een regel.');
    expect((await listFor(open.at, staff.reviewer))[0]).toMatchObject({ text: '', version: 0, answeredAt: null });
    const first = await answer(open, 1);
    expect(await answer(open, 1)).toEqual(first);
    const [read] = await listFor(open.at, staff.reviewer);
    expect(read).toMatchObject({ text: 'Eerste versie.\nMet een regel.', answeredAt: inTerm });
    expect(read && requestState(read, afterTerm)).toBe('answered');
    expect(await told(open.at)).toEqual([
      { kind: 'question_answered', criterionKey: read?.criterionKey, userId: open.at.signatory.userId },
      { kind: 'question_asked', criterionKey: read?.criterionKey, userId: null },
    ]);
    await expect(write(open, 'Toch anders.', 1)).rejects.toMatchObject({ because: ['request_open'] });
  });

  it('shows what a colleague wrote meanwhile, and sends nothing unseen', async () => {
    const open = await asked();
    await write(open, 'Van een collega.');
    await expect(write(open, 'Van mij.')).rejects.toMatchObject({
      code: 'conflict',
      detail: { text: 'Van een collega.', version: 1 },
    });
    await expect(write(open, 'Van een collega.')).resolves.toMatchObject({ version: 1 });
    await write(open, 'Samen.', 1);
    await expect(answer(open, 1)).rejects.toMatchObject({ code: 'conflict', detail: { text: 'Samen.', version: 2 } });
    await answer(open, 2);
  });

  it('is not sent empty, nor after the term, and is kept all the same', async () => {
    const open = await asked();
    await expect(answer(open, 0)).rejects.toMatchObject({ because: ['supplement_empty'] });
    await write(open, '   ');
    await expect(answer(open, 1)).rejects.toMatchObject({ because: ['supplement_empty'] });
    await write(open, 'Bijna.', 1);
    await expect(answer(open, 2, afterTerm)).rejects.toMatchObject({ because: ['request_open'] });
    await expect(write(open, 'Te laat.', 2, afterTerm)).rejects.toMatchObject({ because: ['request_open'] });
    const kept = await staff.work(open.at.signatory, (tx) =>
      tx.select().from(supplements).where(eq(supplements.requestId, open.requestId)),
    );
    expect(kept).toMatchObject([{ text: 'Bijna.', sentAt: null }]);
  });

  it('opens only what was asked: a contributor of another section, another insurer and the supervisor write nothing', async () => {
    const open = await asked();
    const { signatory } = open.at;
    const contributor = (sectionKeys: string[]): Person => ({ ...signatory, roles: ['contributor'], sectionKeys });
    const by = (person: Person) => saveSupplement(staff.as(person, inTerm), { ...open.of, text: 'Tekst.', version: 0 });
    await expect(by(contributor(['II']))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(by(contributor(['I']))).resolves.toMatchObject({ version: 1 });
    await expect(answerRequest(staff.as(contributor(['I']), inTerm), { ...open.of, version: 1 })).rejects.toMatchObject(
      { code: 'forbidden' },
    );
    const other = await asked();
    await expect(by(other.at.signatory)).rejects.toMatchObject({ code: 'not_found' });
    await expect(by(staff.reviewer)).rejects.toMatchObject({ code: 'not_found' });
    const mixed = { assessmentId: other.at.assessmentId, requestId: open.requestId, text: 'x', version: 0 };
    await expect(saveSupplement(staff.as(other.at.signatory, inTerm), mixed)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('races the reviewer who takes the question back: one of the two holds', async () => {
    const open = await asked();
    await write(open, 'Hier.');
    const [answered, withdrawn] = await Promise.allSettled([
      answer(open, 1),
      withdrawRequest(staff.as(staff.reviewer, inTerm), open.of),
    ]);
    expect([answered.status, withdrawn.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    const [row] = await listFor(open.at, staff.reviewer);
    expect((row?.answeredAt === null) === (row?.withdrawnAt !== null)).toBe(true);
  });
});

describe('taking a request back', () => {
  it('ends it; twice is once', async () => {
    const open = await asked();
    const back = (by = staff.reviewer) => withdrawRequest(staff.as(by, inTerm), open.of);
    await expect(back(staff.lead)).rejects.toMatchObject({ code: 'forbidden' });
    await back();
    await back();
    const [row] = await listFor(open.at, open.at.signatory);
    expect(row && requestState(row, inTerm)).toBe('withdrawn');
    expect(await told(open.at)).toEqual([
      { kind: 'question_withdrawn', criterionKey: row?.criterionKey, userId: null },
      { kind: 'question_asked', criterionKey: row?.criterionKey, userId: null },
    ]);
    await expect(write(open, 'Toch.')).rejects.toMatchObject({ because: ['request_open'] });
    const logged = await staff.work(staff.auditor, (tx) =>
      tx
        .select()
        .from(auditEvents)
        .where(and(eq(auditEvents.assessmentId, open.at.assessmentId), eq(auditEvents.action, 'request.withdraw'))),
    );
    expect(logged).toHaveLength(1);
  });

  it('is too late once it was answered or its term is over', async () => {
    const open = await asked();
    await write(open, 'Hier.');
    await answer(open, 1);
    await expect(withdrawRequest(staff.as(staff.reviewer, inTerm), open.of)).rejects.toMatchObject({
      because: ['request_open'],
    });
    const late = await asked();
    await expect(withdrawRequest(staff.as(staff.reviewer, afterTerm), late.of)).rejects.toMatchObject({
      because: ['request_open'],
    });
    const rows = await staff.work(staff.lead, (tx) =>
      tx.select().from(informationRequests).where(eq(informationRequests.id, late.requestId)),
    );
    expect(rows).toMatchObject([{ withdrawnAt: null, sentAt: reviewNow }]);
  });
});

describe('a question in the workspace', () => {
  it('is marked at its criterion while it waits, and stands out once its term went by', async () => {
    const { at } = await asked();
    const open = (now: Date) =>
      getReview(staff.as(staff.reviewer, now), { assessmentId: at.assessmentId, sectionKey: 'II' });
    expect((await open(inTerm)).asked).toEqual({ 'I.3.c': 'open' });
    expect((await open(afterTerm)).asked).toEqual({ 'I.3.c': 'overdue' });
    const overview = (now: Date) => getReviewOverview(staff.as(staff.reviewer, now), { assessmentId: at.assessmentId });
    expect((await overview(inTerm)).statuses).toEqual(['requests_open']);
    expect((await overview(afterTerm)).statuses).toEqual([]);
  });
});

describe('a case that leaves the review', () => {
  const withdrawn = async (at: ReviewCase) => {
    const [request] = await listFor(at, at.signatory);
    return { withdrawnAt: request?.withdrawnAt, state: request && requestState(request, reviewNow) };
  };
  const gone = { withdrawnAt: reviewNow, state: 'withdrawn' };

  it('by a return takes its open requests back and says so; it asks nothing again when it comes back', async () => {
    const { at } = await asked();
    const back = { id: randomUUID(), itemKey: [], itemText: [], term: 'days' as const, days: 7, date: undefined };
    await returnAssessment(staff.as(staff.reviewer), {
      ...back,
      assessmentId: at.assessmentId,
      reason: 'Onvolledig.',
    });
    expect(await withdrawn(at)).toEqual(gone);
    const logged = await staff.work(staff.auditor, (tx) =>
      tx
        .select()
        .from(auditEvents)
        .where(and(eq(auditEvents.assessmentId, at.assessmentId), eq(auditEvents.action, 'request.withdraw'))),
    );
    expect(logged).toMatchObject([{ detail: { criterionKey: 'I.3.c' } }]);
  });

  it('by closing takes them back too, and by proposing where no draft outcome is sent; answered ones stay', async () => {
    const closed = await asked();
    const { assessmentId } = closed.at;
    await closeAssessment(staff.as(staff.lead), { assessmentId, reasonKind: 'merged', reason: 'Gefuseerd.' });
    expect(await withdrawn(closed.at)).toEqual(gone);

    const silent = await makeStaff(database);
    const at = await makeReviewCase(database, silent);
    const asks = { assessmentId: at.assessmentId, term: 'days' as const, days: 14, date: undefined };
    const [first, second] = [randomUUID(), randomUUID()];
    await sendRequests(silent.as(silent.reviewer), {
      ...asks,
      id: [first, second],
      criterionKey: ['I.3.c', 'II.4.a'],
      question: ['Waar?', 'Hoe?'],
    });
    const of = { assessmentId: at.assessmentId, requestId: second };
    await saveSupplement(silent.as(at.signatory), saveSupplementInput.parse({ ...of, text: 'Zo.', version: 0 }));
    await answerRequest(silent.as(at.signatory), { ...of, version: 1 });
    await judgeAll(at, silent);
    await determineAll(at, silent);
    await proposeOutcome(silent.as(silent.reviewer), { assessmentId: at.assessmentId });
    const list = await silent.work(at.signatory, (tx) => readRequests(tx, at.assessmentId));
    expect(list.map((request) => requestState(request, reviewNow)).toSorted()).toEqual(['answered', 'withdrawn']);
  });
});
