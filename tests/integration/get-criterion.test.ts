import { describe, expect, it } from 'vitest';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { testDatabase } from '../support/database.ts';
import { answerEverything, contextOf, makeInsurer, setState } from '../support/insurer-work.ts';

const database = testDatabase();

describe('the page of one criterion', () => {
  it('shows what is open, what a save changes, and where to go next', async () => {
    const { people, assessmentId } = await makeInsurer(database.db);
    const ctx = contextOf(database.db, people.coordinator);
    const before = await getCriterion(ctx, { assessmentId, criterionKey: 'III.3.a' });
    expect(before).toMatchObject({
      readOnly: null,
      previous: 'III.2.b',
      next: { key: 'III.3.b' },
      answer: { version: 0 },
    });
    const saved = await saveAnswer(ctx, {
      assessmentId,
      criterionKey: 'III.3.a',
      version: 0,
      response: 'met',
      explanation: '',
    });
    // III.2.a counts through III.3.a (clause 4 of the norm's reading).
    expect(saved).toMatchObject({
      version: 1,
      next: 'III.3.b',
      block: 'explanation_or_evidence_missing',
      effect: { gained: ['III.2.a'], lost: [] },
    });
    const after = await getCriterion(ctx, { assessmentId, criterionKey: 'III.3.a' });
    expect(after.score).toEqual(saved.score);
    expect(after.blocks['III.3.a']).toEqual(['explanation_or_evidence_missing']);
    expect(JSON.stringify(saved).length).toBeLessThan(4_000);
  });

  it('says who may not write and why, and leads past what does not apply', async () => {
    const insurer = await makeInsurer(database.db);
    const { people, assessmentId } = insurer;
    await answerEverything(
      database.db,
      insurer,
      {},
      { ownLossAdjusters: true, externalLossAdjusters: true, authorisedAgents: false },
    );
    const read = (actor = people.coordinator, criterionKey = 'III.5.b') =>
      getCriterion(contextOf(database.db, actor), { assessmentId, criterionKey });
    expect((await read()).next?.key).toBe('V.2.a');
    expect((await read(people.coordinator, 'V.5.a')).next).toBeNull();
    expect((await read(people.coordinator, 'IV.2.a')).readOnly).toEqual({ because: 'not_applicable' });
    expect((await read(people.reader)).readOnly).toEqual({ because: 'role' });
    expect((await read({ ...people.contributor, sectionKeys: ['I'] })).readOnly).toEqual({ because: 'section' });
    await setState(database.db, insurer, 'submitted');
    expect(await read()).toMatchObject({ readOnly: { because: 'state' }, assessment: { state: 'submitted' } });
  });

  it('calls on the insurer while its list of claims is awaited, and on nobody once it was closed', async () => {
    const insurer = await makeInsurer(database.db);
    const read = () =>
      getCriterion(contextOf(database.db, insurer.people.reader), { ...insurer, criterionKey: 'I.2.a' });
    await setState(database.db, insurer, 'submitted');
    expect(await read()).toMatchObject({ assessment: { state: 'submitted', nextBy: 'insurer' } });
    await setState(database.db, insurer, 'closed');
    expect(await read()).toMatchObject({ assessment: { state: 'closed', nextBy: 'nobody' } });
  });

  it('does not exist for another organisation, for the supervisor, or for a key that the framework lacks', async () => {
    const { assessmentId, people } = await makeInsurer(database.db);
    const stranger = (await makeInsurer(database.db)).people.coordinator;
    const supervisor = { ...people.coordinator, organisationKind: 'supervisor' as const, roles: ['lead' as const] };
    for (const [actor, criterionKey] of [
      [stranger, 'I.2.a'],
      [supervisor, 'I.2.a'],
      [people.coordinator, 'I.9.z'],
    ] as const) {
      const refused = getCriterion(contextOf(database.db, actor), { assessmentId, criterionKey });
      await expect(refused).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});
