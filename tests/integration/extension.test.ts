import { randomUUID } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditEvents } from '#db/schema/audit.ts';
import { notices } from '#db/schema/reviews.ts';
import { extensionRequests } from '#db/schema/teamwork.ts';
import type { Person } from '#db/seed/builders.ts';
import { askExtension } from '#services/assessments/ask-extension.ts';
import { getTaskList } from '#services/assessments/get-task-list.ts';
import { closeAssessment } from '#services/reviews/close-assessment.ts';
import { extendTerm } from '#services/reviews/extend-term.ts';
import { getReviewOverview } from '#services/reviews/get-review-overview.ts';
import { listQueue, listQueueInput } from '#services/reviews/list-queue.ts';
import { refuseExtension } from '#services/reviews/refuse-extension.ts';
import { makeStaff, type Staff } from '../support/cases.ts';
import { testDatabase } from '../support/database.ts';
import { as, contextOf, deadline, type Insurer, instant, makeInsurer, setState } from '../support/insurer-work.ts';

const database = testDatabase();
let staff: Staff;

beforeAll(async () => {
  staff = await makeStaff(database.db);
});

const by = (person: Person, now = instant) => contextOf(database.db, person, now);
const why = 'Onze actuaris is ziek, graag tot 15 januari.';

const ask = (insurer: Insurer, person = insurer.people.coordinator, now = instant, id: string = randomUUID()) =>
  askExtension(by(person, now), { id, assessmentId: insurer.assessmentId, reason: why });

const requestsOf = ({ assessmentId }: Insurer) =>
  as(database.db, 'trede_supervisor', (tx) =>
    tx.select().from(extensionRequests).where(eq(extensionRequests.assessmentId, assessmentId)),
  );

const lastNotice = ({ assessmentId }: Insurer) =>
  as(database.db, 'trede_supervisor', async (tx) => {
    const rows = await tx
      .select()
      .from(notices)
      .where(eq(notices.assessmentId, assessmentId))
      .orderBy(desc(notices.sentAt));
    return rows[0];
  });

const statusFor = async (insurer: Insurer, now = instant) =>
  (await getTaskList(by(insurer.people.reader, now), insurer)).status;

describe('asking for more time', () => {
  it('stands, with its reason, for the insurer and for the lead', async () => {
    const insurer = await makeInsurer(database.db);
    await ask(insurer);
    expect((await statusFor(insurer)).extension).toEqual({ reason: why, askedAt: instant, granted: null });
    const overview = await getReviewOverview(by(staff.lead), insurer);
    expect(overview).toMatchObject({ waitingOn: 'lead', extension: { reason: why, askedAt: instant } });
    expect(overview.history[0]).toMatchObject({ verb: 'ask_extension', reason: why });
  });

  it('waits on the lead in the queue, and on the insurer again once it is answered', async () => {
    const insurer = await makeInsurer(database.db);
    const line = async () => {
      const queue = await listQueue(by(staff.lead), listQueueInput.parse({ round: insurer.roundId }));
      return { ...queue.lines[0], mine: queue.counts.mine, unassigned: queue.counts.unassigned };
    };
    expect(await line()).toMatchObject({ waitingOn: 'insurer', asksExtension: false, mine: 0 });
    await ask(insurer);
    expect(await line()).toMatchObject({ waitingOn: 'lead', asksExtension: true, mine: 1, unassigned: 0 });
    await extendTerm(by(staff.lead), { ...insurer, lastDay: '2027-01-15', reason: 'Gegund.' });
    expect(await line()).toMatchObject({ waitingOn: 'insurer', asksExtension: false, mine: 0 });
  });

  it('is possible after the deadline, and by the signatory', async () => {
    const insurer = await makeInsurer(database.db);
    const late = new Date(deadline.getTime() + 86_400_000);
    await ask(insurer, insurer.people.signatory, late);
    expect(await requestsOf(insurer)).toHaveLength(1);
  });

  it.each(['reader', 'contributor'] as const)('is not for a %s', async (role) => {
    const insurer = await makeInsurer(database.db);
    await expect(ask(insurer, insurer.people[role])).rejects.toMatchObject({ code: 'forbidden' });
    expect((await getTaskList(by(insurer.people[role]), insurer)).mayAskExtension).toBe(false);
  });

  it('does not exist for another insurer, nor for the supervisor', async () => {
    const [insurer, other] = [await makeInsurer(database.db), await makeInsurer(database.db)];
    await expect(ask(insurer, other.people.coordinator)).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask(insurer, staff.lead)).rejects.toMatchObject({ code: 'not_found' });
    const id = randomUUID();
    await ask(other, other.people.coordinator, instant, id);
    await expect(ask(insurer, insurer.people.coordinator, instant, id)).rejects.toThrow();
    expect(await requestsOf(insurer)).toEqual([]);
  });

  it.each(['submitted', 'proposed', 'decided', 'published', 'closed'] as const)('is refused in %s', async (state) => {
    const insurer = await makeInsurer(database.db);
    await setState(database.db, insurer, state);
    await expect(ask(insurer)).rejects.toMatchObject({ code: 'precondition', because: ['wrong_state'] });
  });

  it('asks for a reason', async () => {
    const insurer = await makeInsurer(database.db);
    const input = { id: randomUUID(), assessmentId: insurer.assessmentId, reason: '' };
    await expect(askExtension(by(insurer.people.coordinator), input)).rejects.toMatchObject({
      because: ['reason_given'],
    });
  });

  it('asks once: the same post again, and two colleagues at the same time', async () => {
    const insurer = await makeInsurer(database.db);
    const { coordinator, signatory } = insurer.people;
    const id = randomUUID();
    const answers = await Promise.allSettled([
      ask(insurer, coordinator, instant, id),
      ask(insurer, coordinator, instant, id),
      ask(insurer, signatory),
    ]);
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(await requestsOf(insurer)).toHaveLength(1);
    for (const { reason } of refused) expect(reason).toMatchObject({ because: ['request_stands'] });
    expect(refused.length === 1 || refused.length === 2).toBe(true);
    const events = await as(database.db, 'trede_supervisor', (tx) =>
      tx.select().from(auditEvents).where(eq(auditEvents.assessmentId, insurer.assessmentId)),
    );
    expect(events.filter(({ action }) => action === 'extension.ask')).toHaveLength(1);
  });

  it('can be done again after an answer', async () => {
    const insurer = await makeInsurer(database.db);
    await ask(insurer);
    await refuse(insurer);
    await ask(insurer);
    expect(await requestsOf(insurer)).toHaveLength(2);
  });
});

const refuse = async (insurer: Insurer, person: Person = staff.lead, reason = 'De termijn was ruim genoeg.') => {
  const [open] = (await requestsOf(insurer)).filter(({ answeredAt }) => answeredAt === null);
  return refuseExtension(by(person), {
    assessmentId: insurer.assessmentId,
    requestId: open?.id ?? randomUUID(),
    reason,
  });
};

describe('the answer', () => {
  it('that gives more time answers the request with the longer term', async () => {
    const insurer = await makeInsurer(database.db);
    await ask(insurer);
    const { termAt: deadlineAt } = await extendTerm(by(staff.lead), {
      ...insurer,
      lastDay: '2027-01-15',
      reason: 'Gegund.',
    });
    expect(await requestsOf(insurer)).toMatchObject([{ answeredAt: instant, granted: true }]);
    expect(await statusFor(insurer)).toMatchObject({
      extension: { granted: true },
      deadlineAt: new Date(deadlineAt),
      notices: { extended: { reason: 'Gegund.' } },
    });
  });

  it('that refuses leaves the term, and tells the insurer why, without a name', async () => {
    const insurer = await makeInsurer(database.db);
    await ask(insurer);
    await refuse(insurer);
    expect(await requestsOf(insurer)).toMatchObject([{ answeredAt: instant, granted: false }]);
    expect(await lastNotice(insurer)).toMatchObject({
      kind: 'extension_refused',
      reason: 'De termijn was ruim genoeg.',
      termAt: null,
    });
    expect(await statusFor(insurer)).toMatchObject({ deadlineAt: deadline, extension: { granted: false } });
    expect((await getReviewOverview(by(staff.lead), insurer)).extension).toBeNull();
  });

  it('needs a reason, a lead, and this very request', async () => {
    const insurer = await makeInsurer(database.db);
    await expect(refuse(insurer)).rejects.toMatchObject({ because: ['request_open'] });
    await ask(insurer);
    await expect(refuse(insurer, staff.lead, '')).rejects.toMatchObject({ because: ['reason_given'] });
    await expect(refuse(insurer, staff.auditor)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is one: granting and refusing at the same time leave one truth', async () => {
    const insurer = await makeInsurer(database.db);
    await ask(insurer);
    const [granted, refused] = await Promise.allSettled([
      extendTerm(by(staff.lead), { ...insurer, lastDay: '2027-01-15', reason: 'Gegund.' }),
      refuse(insurer),
    ]);
    expect(granted.status).toBe('fulfilled');
    const [request] = await requestsOf(insurer);
    expect(request?.granted).toBe(refused.status === 'rejected');
  });

  it('comes with a closing too: what is closed needs no more time', async () => {
    const insurer = await makeInsurer(database.db);
    await ask(insurer);
    await closeAssessment(by(staff.lead), { ...insurer, reasonKind: 'merged', reason: 'Gefuseerd.' });
    expect(await requestsOf(insurer)).toMatchObject([{ granted: false }]);
  });

  it('is not asked for any more once it was submitted', async () => {
    const insurer = await makeInsurer(database.db);
    await ask(insurer);
    await setState(database.db, insurer, 'submitted');
    expect(await getReviewOverview(by(staff.lead), insurer)).toMatchObject({ extension: null });
  });
});
