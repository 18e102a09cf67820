import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { memberships } from '#db/schema/identity.ts';
import { getCheck } from '#services/assessments/get-check.ts';
import { getIntake } from '#services/assessments/get-intake.ts';
import { getTaskList } from '#services/assessments/get-task-list.ts';
import { listAssessments } from '#services/assessments/list-assessments.ts';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { saveIntake, saveIntakeInput } from '#services/assessments/save-intake.ts';
import { getTeam } from '#services/members/get-team.ts';
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
const later = (minutes: number) => new Date(instant.getTime() + minutes * 60_000);
const ctx = (insurer: Insurer, role: keyof Insurer['people'] = 'coordinator', now = instant) =>
  contextOf(database.db, insurer.people[role], now);
const facts = (values: Readonly<Record<string, boolean>>, version = 0) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, version }]));
const save = (insurer: Insurer, values: Readonly<Record<string, boolean>>, version = 0) =>
  saveIntake(ctx(insurer), { assessmentId: insurer.assessmentId, facts: facts(values, version) });
const answer = (insurer: Insurer, criterionKey: string, at = instant, role: keyof Insurer['people'] = 'coordinator') =>
  saveAnswer(ctx(insurer, role, at), {
    assessmentId: insurer.assessmentId,
    criterionKey,
    version: 0,
    response: 'met',
    explanation: 'Zo doen wij het.',
  });

describe('the profile questions', () => {
  it('can be left open, and are saved one by one', async () => {
    const insurer = await makeInsurer(database.db);
    await expect(save(insurer, { authorisedAgents: true })).resolves.toMatchObject({ complete: false });
    await expect(save(insurer, { ...allFacts }, 0)).resolves.toMatchObject({ complete: true });
    const page = await getIntake(ctx(insurer), insurer);
    expect(page.questions.map(({ value, version }) => [value, version])).toEqual([
      [true, 1],
      [true, 1],
      [true, 1],
    ]);
  });

  it('read what a form posts: only the chosen facts, with their versions', () => {
    const assessmentId = '11111111-1111-4111-8111-111111111111';
    expect(
      saveIntakeInput.parse({
        assessmentId,
        'fact.authorisedAgents': 'false',
        'version.authorisedAgents': '3',
        'version.ownLossAdjusters': '0',
      }),
    ).toEqual({ assessmentId, facts: { authorisedAgents: { value: false, version: 3 } } });
  });

  it('hide the answers of what no longer applies, and give them back', async () => {
    const insurer = await makeInsurer(database.db);
    await answerEverything(database.db, insurer);
    const before = await getTaskList(ctx(insurer), insurer);
    await save(insurer, { authorisedAgents: false }, 1);
    const without = await getTaskList(ctx(insurer), insurer);
    const page = await getIntake(ctx(insurer), insurer);
    await save(insurer, { authorisedAgents: true }, 2);
    const back = await getTaskList(ctx(insurer), insurer);

    expect(without.work).toMatchObject({ applicable: 35, responded: 35 });
    expect(without.work?.sections.find(({ key }) => key === 'IV')?.score.applies).toBe(false);
    expect(page.questions.find(({ key }) => key === 'authorisedAgents')).toMatchObject({
      waiting: 9,
      decides: { sectionKeys: ['IV'], criterionKeys: [] },
    });
    expect(back.work).toEqual(before.work);
  });

  it('keep what a colleague saved meanwhile, and say what it is', async () => {
    const insurer = await makeInsurer(database.db);
    await save(insurer, { authorisedAgents: true, ownLossAdjusters: true });
    const stale = {
      assessmentId: insurer.assessmentId,
      facts: facts({ authorisedAgents: false, ownLossAdjusters: true }),
    };
    await expect(saveIntake(ctx(insurer), stale)).rejects.toMatchObject({
      code: 'conflict',
      detail: { facts: { authorisedAgents: { value: true, version: 1 } } },
    });
    await expect(save(insurer, { authorisedAgents: true })).resolves.toBeDefined();
  });

  it('save nothing when one of them is stale or unknown', async () => {
    const insurer = await makeInsurer(database.db);
    await save(insurer, { authorisedAgents: true });
    await expect(save(insurer, { externalLossAdjusters: true, authorisedAgents: false })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(save(insurer, { externalLossAdjusters: true, branches: true })).rejects.toMatchObject({
      code: 'invalid',
    });
    const page = await getIntake(ctx(insurer), insurer);
    expect(page.questions.filter(({ value }) => value !== null)).toHaveLength(1);
  });

  it.each([
    ['reader', 'forbidden'],
    ['signatory', 'forbidden'],
  ] as const)('are not for a %s to change', async (role, code) => {
    const insurer = await makeInsurer(database.db);
    await expect(
      saveIntake(ctx(insurer, role), { assessmentId: insurer.assessmentId, facts: facts(allFacts) }),
    ).rejects.toMatchObject({ code });
    expect((await getIntake(ctx(insurer, role), insurer)).maySave).toBe(false);
  });

  it('do not exist for another insurer, and are fixed once submitted', async () => {
    const [insurer, other] = [await makeInsurer(database.db), await makeInsurer(database.db)];
    await expect(getIntake(ctx(other), insurer)).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      saveIntake(ctx(other), { assessmentId: insurer.assessmentId, facts: facts(allFacts) }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await setState(database.db, insurer, 'submitted');
    await expect(save(insurer, allFacts)).rejects.toMatchObject({ because: ['wrong_state'] });
  });
});

describe('the task list', () => {
  it('waits with scores until the profile is known, and sends who may answer it there', async () => {
    const insurer = await makeInsurer(database.db);
    await answer(insurer, 'I.2.a');
    const list = await getTaskList(ctx(insurer), insurer);
    const waits = list.work?.sections.filter(({ score }) => score.waiting).map(({ key }) => key);
    expect(list.work).toMatchObject({ total: null, resume: { at: 'intake' }, intake: { asked: 3, answered: 0 } });
    expect(waits).toEqual(['III', 'IV']);
    expect((await getTaskList(ctx(insurer, 'reader'), insurer)).work?.resume).toEqual({ at: 'check' });
  });

  it('resumes everybody where they were: at the next criterion after their own last answer', async () => {
    const insurer = await makeInsurer(database.db);
    await save(insurer, allFacts);
    await answer(insurer, 'I.2.a');
    await answer(insurer, 'II.2.a', later(1));
    await answer(insurer, 'III.2.a', later(2), 'contributor');
    const at = async (role: keyof Insurer['people']) => (await getTaskList(ctx(insurer, role), insurer)).work?.resume;
    expect(await at('coordinator')).toMatchObject({ at: 'criterion', key: 'II.2.b' });
    expect(await at('contributor')).toMatchObject({ at: 'criterion', key: 'III.2.b' });
    expect(await at('signatory')).toEqual({ at: 'check' });
  });

  it('knows where somebody was after a colleague changed that answer, and by evidence alone', async () => {
    const insurer = await makeInsurer(database.db);
    await save(insurer, allFacts);
    await answer(insurer, 'I.2.a', later(1));
    await answer(insurer, 'II.2.a', later(2));
    const at = async (role: keyof Insurer['people']) => (await getTaskList(ctx(insurer, role), insurer)).work;
    await saveAnswer(ctx(insurer, 'contributor', later(3)), {
      assessmentId: insurer.assessmentId,
      criterionKey: 'II.2.a',
      version: 1,
      response: 'met',
      explanation: 'Zo doen wij het, en beter.',
    });
    expect(await at('coordinator')).toMatchObject({
      lastSaved: { key: 'II.2.a', at: later(2) },
      resume: { at: 'criterion', key: 'II.2.b' },
    });
    await addWebAddress(database.db, insurer, 'III.4.a', 'clean', later(4));
    expect(await at('coordinator')).toMatchObject({
      lastSaved: { key: 'III.4.a', at: later(4) },
      resume: { at: 'criterion', key: 'III.4.a' },
    });
    const { members } = await getTeam(ctx(insurer), {});
    const you = members.find((member) => member.you);
    expect(you?.lastSaved).toEqual({ assessmentId: insurer.assessmentId, key: 'III.4.a', at: later(4) });
  });

  it('resumes at the last answer itself while it still lacks its evidence', async () => {
    const insurer = await makeInsurer(database.db);
    await save(insurer, allFacts);
    await answer(insurer, 'II.4.a');
    const page = await getTaskList(ctx(insurer), insurer);
    expect(page.work?.resume).toMatchObject({ at: 'criterion', key: 'II.4.a' });
    await addWebAddress(database.db, insurer, 'II.4.a');
    const after = await getTaskList(ctx(insurer), insurer);
    expect(after.work?.resume).toMatchObject({ at: 'criterion', key: 'II.4.b' });
  });

  it('counts what each section lacks, and who works on it', async () => {
    const insurer = await makeInsurer(database.db);
    await save(insurer, allFacts);
    await answer(insurer, 'II.4.a', instant, 'contributor');
    await addWebAddress(database.db, insurer, 'II.2.a', 'refused');
    const section = (await getTaskList(ctx(insurer), insurer)).work?.sections.find(({ key }) => key === 'II');
    expect(section).toMatchObject({
      lacking: { unanswered: 7, evidence: 1, explanation: 0, refused: 1 },
      responded: 1,
      applicable: 8,
      crew: { you: false, names: [expect.stringMatching(/^contributor /)] },
      startKey: 'II.2.a',
    });
  });

  it('says where it was returned, and keeps the work', async () => {
    const insurer = await makeInsurer(database.db);
    await answerEverything(database.db, insurer);
    await setState(database.db, insurer, 'returned');
    const list = await getTaskList(ctx(insurer), insurer);
    expect(list.status).toMatchObject({ state: 'returned', editable: true, nextBy: 'insurer' });
    expect(list.status.notices.returned?.items).toEqual([{ key: 'I.4.c', text: expect.any(String) }]);
    expect(list.spots.IV).toBe('IV.2.a');
    expect(list.work?.blocks).toBe(0);
    expect(list.work?.resume).toMatchObject({ at: 'criterion', key: 'I.4.c' });
  });

  it('does not exist for another insurer, nor under an address that is none', async () => {
    const [insurer, other] = [await makeInsurer(database.db), await makeInsurer(database.db)];
    await expect(getTaskList(ctx(other), insurer)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getTaskList(ctx(insurer), { assessmentId: 'niets' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the home of an insurer', () => {
  it('lists its own rounds only, with days left and what is to be done', async () => {
    const [insurer] = [await makeInsurer(database.db), await makeInsurer(database.db)];
    await save(insurer, allFacts);
    const [own, ...others] = (await listAssessments(ctx(insurer))).rounds;
    expect(others).toEqual([]);
    expect(own).toMatchObject({
      status: { id: insurer.assessmentId, state: 'draft', daysLeft: 22, late: false },
      work: { applicable: 44, responded: 0, resume: { at: 'criterion', key: 'I.2.a' }, lastSaved: null },
    });
  });

  it('says who is late, and shows no state of the supervisor that the insurer may not know', async () => {
    const insurer = await makeInsurer(database.db);
    const lateAt = new Date(deadline.getTime() + 86_400_000);
    const [late] = (await listAssessments(ctx(insurer, 'reader', lateAt))).rounds;
    expect(late?.status).toMatchObject({ late: true, deadlineOver: true, daysLeft: -1 });
    for (const state of ['proposed', 'decided'] as const) {
      await setState(database.db, insurer, state);
      const [listed] = (await listAssessments(ctx(insurer, 'reader'))).rounds;
      expect(listed).toMatchObject({ status: { state: 'in_decision', nextBy: 'supervisor' }, work: null });
    }
  });

  it('is no page of the supervisor', async () => {
    const insurer = await makeInsurer(database.db);
    const actor = {
      ...insurer.people.coordinator,
      organisationKind: 'supervisor' as const,
      roles: ['lead' as const],
    };
    await expect(listAssessments({ ...ctx(insurer), actor })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the page of checks', () => {
  it('names every point with its spot, and what holds nothing up', async () => {
    const insurer = await makeInsurer(database.db);
    await save(insurer, { ownLossAdjusters: true });
    await answer(insurer, 'II.4.a');
    await addWebAddress(database.db, insurer, 'I.2.a', 'refused');
    const page = await getCheck(ctx(insurer, 'reader'), insurer);
    const points = page.blocks.map(({ code, criterion, intake }) => `${code} ${criterion?.key ?? intake?.key}`);
    expect(points).toEqual(
      expect.arrayContaining([
        'intake_missing authorisedAgents',
        'evidence_missing II.4.a',
        'file_refused I.2.a',
        'unanswered I.2.a',
      ]),
    );
    expect(page).toMatchObject({ maySign: false, hindrances: [], total: null, answers: 1 });
  });

  it('names what stands in the way besides the work, there, on the home and in the overview', async () => {
    const insurer = await makeInsurer(database.db);
    await answerEverything(database.db, insurer);
    const seen = async (now = instant) => {
      const by = ctx(insurer, 'reader', now);
      const [{ blocks, hindrances }, list, home] = [
        await getCheck(by, insurer),
        await getTaskList(by, insurer),
        await listAssessments(by),
      ];
      expect(blocks).toEqual([]);
      for (const work of [list.work, home.rounds[0]?.work]) expect(work).toMatchObject({ blocks: 0, hindrances });
      return hindrances;
    };
    const late = new Date(deadline.getTime() + 1_001);
    expect(await seen()).toEqual([]);
    expect(await seen(late)).toEqual(['term_over']);
    const { membershipId } = insurer.people.signatory;
    await as(database.db, 'trede_administrator', (tx) =>
      tx.update(memberships).set({ endedAt: instant }).where(eq(memberships.id, membershipId)),
    );
    expect(await seen()).toEqual(['no_signatory']);
    expect(await seen(late)).toEqual(['term_over', 'no_signatory']);
    await setState(database.db, insurer, 'submitted');
    expect((await getCheck(ctx(insurer, 'reader', late), insurer)).hindrances).toEqual([]);
  });

  it('lets the signatory sign when nothing stands in the way', async () => {
    const insurer = await makeInsurer(database.db);
    await answerEverything(database.db, insurer);
    const page = await getCheck(ctx(insurer, 'signatory'), insurer);
    expect(page).toMatchObject({ blocks: [], maySign: true, answers: 44, evidence: 8 });
    expect(page.declaration).toBe(
      `Ik verklaar namens ${insurer.organisation.name} dat deze zelfbeoordeling volledig en naar waarheid is ingevuld.`,
    );
    await setDeadline(database.db, insurer, new Date('2026-11-01T22:59:59Z'));
    expect((await getCheck(ctx(insurer, 'signatory'), insurer)).status.deadlineOver).toBe(true);
  });

  it('does not exist for another insurer', async () => {
    const [insurer, other] = [await makeInsurer(database.db), await makeInsurer(database.db)];
    await expect(getCheck(ctx(other, 'signatory'), insurer)).rejects.toMatchObject({ code: 'not_found' });
  });
});
