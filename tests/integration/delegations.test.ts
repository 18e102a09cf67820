import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditEvents } from '#db/schema/audit.ts';
import { delegations, noteMentions, notes } from '#db/schema/teamwork.ts';
import { makePerson, type Person } from '#db/seed/builders.ts';
import { getTaskList } from '#services/assessments/get-task-list.ts';
import { listAssessments } from '#services/assessments/list-assessments.ts';
import { saveIntake } from '#services/assessments/save-intake.ts';
import { assignSection } from '#services/delegations/assign-section.ts';
import { listDelegations } from '#services/delegations/list-delegations.ts';
import { unassignSection } from '#services/delegations/unassign-section.ts';
import { linkEvidence } from '#services/evidence/link-evidence.ts';
import { inviteColleague } from '#services/invitations/invite-colleague.ts';
import { endMembership } from '#services/members/end-membership.ts';
import { testDatabase } from '../support/database.ts';
import {
  addWebAddress,
  allFacts,
  answerEverything,
  as,
  contextOf,
  deadline,
  type Insurer,
  instant,
  makeInsurer,
  setDeadline,
  setState,
} from '../support/insurer-work.ts';

const database = testDatabase();
const days = (n: number) => new Date(instant.getTime() + n * 86_400_000);
const ctx = (actor: Person, now = instant) => contextOf(database.db, actor, now);

type Ask = { id?: string; section?: string; of?: Person; dueOn?: string; seenId?: string; by?: Person; now?: Date };

async function ask(insurer: Insurer, { id = randomUUID(), section = 'II', ...rest }: Ask = {}) {
  const { of = insurer.people.contributor, by = insurer.people.coordinator } = rest;
  await assignSection(ctx(by, rest.now), {
    delegationId: id,
    assessmentId: insurer.assessmentId,
    sectionKey: section,
    membershipId: of.membershipId,
    dueOn: rest.dueOn ?? '2026-12-01',
    seenId: rest.seenId ?? '',
  });
  return id;
}

const withdraw = (insurer: Insurer, delegationId: string, by: Person = insurer.people.coordinator) =>
  unassignSection(ctx(by), { assessmentId: insurer.assessmentId, delegationId });

/** What the task list shows at a section, to one person. */
async function shown(insurer: Insurer, section = 'II', actor: Person = insurer.people.reader, now = instant) {
  const { work } = await getTaskList(ctx(actor, now), insurer);
  return work?.sections.find(({ key }) => key === section)?.asked ?? null;
}

const home = (actor: Person, now = instant) => listAssessments(ctx(actor, now));

describe('asking a colleague for a section', () => {
  it('stands at the section by name and day, for everybody of the insurer', async () => {
    const insurer = await makeInsurer(database.db);
    const { contributor, coordinator } = insurer.people;
    const id = await ask(insurer);
    expect(await shown(insurer)).toMatchObject({
      id,
      name: expect.stringMatching(/^contributor /),
      you: false,
      dueOn: '2026-12-01',
      askedByName: expect.stringMatching(/^coordinator /),
      done: false,
      late: false,
      able: true,
    });
    expect(await shown(insurer, 'II', contributor)).toMatchObject({ you: true });
    expect(await shown(insurer, 'III')).toBeNull();
    const { sections, latest } = await listDelegations(ctx(coordinator), insurer);
    expect(sections.map(({ key, asked }) => [key, asked?.id])).toContainEqual(['II', id]);
    expect(sections[0]?.candidates).toMatchObject([
      { you: false, asked: 1 },
      { you: true, asked: 0 },
    ]);
    expect(latest).toBe('2026-12-14');
  });

  it('happens once however often it is sent, and a new one ends the one before', async () => {
    const insurer = await makeInsurer(database.db);
    const first = await ask(insurer);
    await ask(insurer, { id: first });
    await ask(insurer, { seenId: 'ffffffff-ffff-4fff-bfff-ffffffffffff' });
    expect(await shown(insurer)).toMatchObject({ id: first });
    const second = await ask(insurer, { of: insurer.people.coordinator, seenId: first, dueOn: '2026-12-03' });
    expect(await shown(insurer)).toMatchObject({ id: second, dueOn: '2026-12-03' });
    await expect(ask(insurer, { id: first, seenId: second })).rejects.toMatchObject({ code: 'conflict' });
    expect(await shown(insurer)).toMatchObject({ id: second });
    expect(await said(insurer)).toEqual(['section.assign', 'section.assign']);
  });

  it('is refused on what another coordinator asked or withdrew meanwhile, and of two at once one holds', async () => {
    const insurer = await makeInsurer(database.db);
    const other = await makePerson(database.db, {
      organisation: insurer.organisation,
      email: `tweede@${insurer.organisation.id}.example`,
      name: 'Tweede',
      roles: ['coordinator'],
      passwordHash: 'none',
      at: instant,
    });
    const first = await ask(insurer, { by: other });
    await expect(ask(insurer, { dueOn: '2026-12-04' })).rejects.toMatchObject({
      code: 'conflict',
      detail: { id: first, dueOn: '2026-12-01' },
    });
    await withdraw(insurer, first);
    await expect(ask(insurer, { dueOn: '2026-12-04', seenId: first })).rejects.toMatchObject({
      detail: { id: null },
    });
    const raced = await Promise.allSettled([
      ask(insurer, { dueOn: '2026-12-05' }),
      ask(insurer, { dueOn: '2026-12-06', by: other }),
    ]);
    expect(raced.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await standing(insurer)).toHaveLength(1);
  });

  it('is for the coordinator, of who may answer there, for a day that can still be met', async () => {
    const insurer = await makeInsurer(database.db);
    const other = await makeInsurer(database.db);
    const { reader, contributor, signatory } = insurer.people;
    for (const by of [reader, contributor, signatory]) {
      await expect(ask(insurer, { by })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(listDelegations(ctx(by), insurer)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(ask(insurer, { by: other.people.coordinator })).rejects.toMatchObject({ code: 'not_found' });
    const limited = await makePerson(database.db, {
      organisation: insurer.organisation,
      email: `beperkt@${insurer.organisation.id}.example`,
      name: 'Beperkt',
      roles: ['contributor'],
      sectionKeys: ['III'],
      passwordHash: 'none',
      at: instant,
    });
    for (const of of [reader, signatory, limited, other.people.contributor]) {
      await expect(ask(insurer, { of })).rejects.toMatchObject({ detail: { membershipId: 'may_not_answer' } });
    }
    await expect(ask(insurer, { section: 'VI' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask(insurer, { dueOn: '2026-11-21' })).rejects.toMatchObject({ detail: { dueOn: 'over' } });
    await expect(ask(insurer, { dueOn: '2026-12-15' })).rejects.toMatchObject({ detail: { dueOn: 'after_deadline' } });
    await ask(insurer, { dueOn: '2026-11-22', section: 'I' });
    await ask(insurer, { dueOn: '2026-12-14', section: 'III', of: limited });
    // Past the deadline work goes on, and until when is not known.
    await setDeadline(database.db, insurer, days(-1));
    await ask(insurer, { dueOn: '2027-01-15', section: 'IV' });
  });

  it('waits until answers can be changed; withdrawing is always possible', async () => {
    const insurer = await makeInsurer(database.db);
    const id = await ask(insurer);
    await setState(database.db, insurer, 'submitted');
    await expect(ask(insurer, { section: 'I' })).rejects.toMatchObject({ because: ['wrong_state'] });
    await withdraw(insurer, id);
    expect(await standing(insurer)).toEqual([]);
  });

  it('is withdrawn once, by a coordinator of the insurer', async () => {
    const [insurer, other] = [await makeInsurer(database.db), await makeInsurer(database.db)];
    const id = await ask(insurer);
    await expect(withdraw(insurer, id, insurer.people.contributor)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(withdraw(insurer, id, other.people.coordinator)).rejects.toMatchObject({ code: 'not_found' });
    await expect(withdraw(insurer, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
    await withdraw(insurer, id);
    await withdraw(insurer, id);
    expect(await shown(insurer)).toBeNull();
    expect(await said(insurer)).toEqual(['section.assign', 'section.unassign']);
  });

  it('is done when nothing of the section is lacking, and late when the day is over before that', async () => {
    const insurer = await makeInsurer(database.db);
    await ask(insurer, { dueOn: '2026-12-01' });
    const lastMinute = new Date('2026-12-01T22:59:00Z');
    expect(await shown(insurer, 'II', insurer.people.reader, lastMinute)).toMatchObject({ late: false });
    expect(await shown(insurer, 'II', insurer.people.reader, new Date('2026-12-01T23:00:00Z'))).toMatchObject({
      late: true,
    });
    await answerEverything(database.db, insurer);
    expect(await shown(insurer, 'II', insurer.people.reader, days(60))).toMatchObject({ done: true, late: false });
  });

  it('ends with the membership of who was asked, and can be asked of another at once', async () => {
    const insurer = await makeInsurer(database.db);
    const { contributor, coordinator } = insurer.people;
    await ask(insurer);
    await endMembership(ctx(coordinator), contributor);
    expect(await shown(insurer)).toBeNull();
    await expect(ask(insurer, { of: contributor })).rejects.toMatchObject({ code: 'invalid' });
    const id = await ask(insurer, { of: coordinator });
    expect(await shown(insurer)).toMatchObject({ id });
    expect(await standing(insurer)).toHaveLength(1);
  });
});

describe('what waits on somebody', () => {
  it('is what was asked of them, with the spot, the late ones first', async () => {
    const insurer = await makeInsurer(database.db);
    const { contributor, coordinator, reader } = insurer.people;
    await ask(insurer, { section: 'III', dueOn: '2026-12-05' });
    await ask(insurer, { section: 'II', dueOn: '2026-11-23' });
    await ask(insurer, { section: 'IV', dueOn: '2026-12-01' });
    const { waiting } = await home(contributor, days(3));
    expect(waiting.map((item) => item.kind === 'asked' && [item.section.key, item.late, item.startKey])).toEqual([
      ['II', true, 'II.2.a'],
      ['IV', false, 'IV.2.a'],
      ['III', false, 'III.2.a'],
      false,
    ]);
    expect(waiting.at(-1)).toMatchObject({ kind: 'intake' });
    expect(waiting[0]).toMatchObject({ askedBy: expect.stringMatching(/^coordinator /), lacking: 8 });
    expect((await home(reader)).waiting).toEqual([]);
    expect((await home(coordinator)).waiting).toMatchObject([{ kind: 'intake' }]);
  });

  it('is also where somebody begins who saved nothing yet', async () => {
    const insurer = await makeInsurer(database.db);
    const { contributor, coordinator, reader } = insurer.people;
    const facts = Object.fromEntries(Object.entries(allFacts).map(([key, value]) => [key, { value, version: 0 }]));
    await saveIntake(ctx(coordinator), { assessmentId: insurer.assessmentId, facts });
    await ask(insurer, { section: 'IV', dueOn: '2026-12-05' });
    await ask(insurer, { section: 'III', dueOn: '2026-12-01' });
    const resume = async (actor: Person) => (await home(actor)).rounds[0]?.work?.resume;
    expect(await resume(contributor)).toMatchObject({ at: 'criterion', key: 'III.2.a' });
    expect(await resume(coordinator)).toMatchObject({ at: 'criterion', key: 'I.2.a' });
    expect(await resume(reader)).toEqual({ at: 'check' });
  });

  it('is a note that names them and that they did not see, until it is settled', async () => {
    const insurer = await makeInsurer(database.db);
    const { reader, contributor } = insurer.people;
    await noteTo(insurer, reader, 'III.2.a', days(-1));
    const second = await noteTo(insurer, reader, 'I.2.b', days(-2));
    const mentioned = async (actor: Person) => (await home(actor)).waiting.filter(({ kind }) => kind === 'mentioned');
    expect(await mentioned(reader)).toMatchObject([{ count: 2, criterionKey: 'I.2.b' }]);
    expect(await mentioned(contributor)).toEqual([]);
    await as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
      tx.update(notes).set({ resolvedAt: instant, resolvedBy: reader.userId }).where(eq(notes.id, second)),
    );
    expect(await mentioned(reader)).toMatchObject([{ count: 1, criterionKey: 'III.2.a' }]);
    await as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
      tx.update(noteMentions).set({ seenAt: instant }).where(eq(noteMentions.userId, reader.userId)),
    );
    expect(await mentioned(reader)).toEqual([]);
  });

  it('is what the supervisor returned, for who may answer it, and signing for the signatory', async () => {
    const insurer = await makeInsurer(database.db);
    const { signatory, contributor, reader } = insurer.people;
    await answerEverything(database.db, insurer);
    expect((await home(signatory)).waiting).toMatchObject([{ kind: 'sign', deadlineAt: deadline }]);
    await setState(database.db, insurer, 'returned', 'Vul aan.');
    expect((await home(contributor, days(1))).waiting).toMatchObject([
      { kind: 'returned', reason: 'Vul aan.', items: [{ key: 'I.4.c', at: 'I.4.c' }] },
    ]);
    expect((await home(reader, days(1))).waiting).toEqual([]);
    expect((await home(signatory, days(30))).waiting).toEqual([]);
  });

  it('is what was returned until its answer or its evidence changed, and names the deadline as it was extended', async () => {
    const insurer = await makeInsurer(database.db);
    const { contributor, coordinator } = insurer.people;
    await answerEverything(database.db, insurer);
    await setState(database.db, insurer, 'returned', 'Vul aan.');
    const returned = async (now = days(1)) => {
      const { waiting, rounds } = await home(contributor, now);
      const resume = rounds[0]?.work?.resume;
      return {
        card: waiting.find(({ kind }) => kind === 'returned'),
        resume: resume?.at === 'criterion' && resume.key,
      };
    };
    expect(await returned()).toMatchObject({ card: { deadlineAt: deadline }, resume: 'I.4.c' });
    await setDeadline(database.db, insurer, days(40));
    expect(await returned()).toMatchObject({ card: { deadlineAt: days(40) } });
    expect(await returned(days(41))).toMatchObject({ card: { deadlineAt: null } });
    const of = { assessmentId: insurer.assessmentId, evidenceId: await addWebAddress(database.db, insurer, 'II.2.a') };
    await linkEvidence(ctx(coordinator, days(1)), { ...of, linkId: randomUUID(), criterionKey: 'I.4.c', locator: '' });
    expect(await returned()).toEqual({ card: undefined, resume: false });
  });

  it('is for a coordinator also an invitation that ends or has ended unused', async () => {
    const insurer = await makeInsurer(database.db);
    const { coordinator, contributor } = insurer.people;
    const invite = (name: string, now: Date) =>
      inviteColleague(ctx(coordinator, now), {
        invitationId: randomUUID(),
        name,
        email: `${name}@${insurer.organisation.id}.example`,
        roles: ['reader'],
        limit: 'all',
        sectionKeys: [],
      });
    await invite('over', instant);
    await invite('bijna', days(2));
    await invite('later', days(7));
    const waits = async (actor: Person) =>
      (await home(actor, days(8))).waiting.find(({ kind }) => kind === 'invitations');
    expect(await waits(coordinator)).toMatchObject({ over: 1, soon: 1 });
    expect(await waits(contributor)).toBeUndefined();
  });
});

async function noteTo(insurer: Insurer, to: Person, criterionKey: string, writtenAt: Date) {
  const id = randomUUID();
  const of = { assessmentId: insurer.assessmentId, organisationId: insurer.organisation.id };
  await as(database.db, 'trede_insurer', insurer.organisation.id, async (tx) => {
    const writtenBy = insurer.people.coordinator.userId;
    await tx.insert(notes).values({ id, ...of, criterionKey, text: 'Kijk jij hiernaar?', writtenAt, writtenBy });
    await tx.insert(noteMentions).values({ noteId: id, userId: to.userId, ...of });
  });
  return id;
}

function standing({ organisation }: Insurer) {
  return as(database.db, 'trede_insurer', organisation.id, async (tx) =>
    (await tx.select().from(delegations)).filter(({ endedAt }) => endedAt === null),
  );
}

/** What the log says of sections that were asked and withdrawn, in order. */
async function said({ assessmentId }: Insurer): Promise<string[]> {
  const lines = await as(database.db, 'trede_supervisor', (tx) =>
    tx
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .where(eq(auditEvents.assessmentId, assessmentId))
      .orderBy(auditEvents.sequence),
  );
  return lines.map(({ action }) => action).filter((action) => action.startsWith('section.'));
}
