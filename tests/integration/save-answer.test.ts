import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import postgres from 'postgres';
import { beforeAll, describe, expect, it } from 'vitest';
import { answers, answerVersions, outsideResults } from '#db/schema/assessments.ts';
import { auditEvents } from '#db/schema/audit.ts';
import type { Person } from '#db/seed/builders.ts';
import { type SaveAnswerInput, saveAnswer, saveAnswerInput } from '#services/assessments/save-answer.ts';
import { testDatabase } from '../support/database.ts';
import { as, contextOf, type Insurer, instant, makeInsurer, setState } from '../support/insurer-work.ts';

const database = testDatabase();
let insurer: Insurer;
beforeAll(async () => {
  insurer = await makeInsurer(database.db);
});

const save = (actor: Person, input: Partial<SaveAnswerInput>) =>
  saveAnswer(
    contextOf(database.db, actor),
    saveAnswerInput.parse({ assessmentId: insurer.assessmentId, criterionKey: 'I.2.a', version: 0, ...input }),
  );

const versionsOf = (criterionKey: string) =>
  as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
    tx
      .select({ version: answerVersions.version, explanation: answerVersions.explanation })
      .from(answerVersions)
      .where(and(eq(answerVersions.assessmentId, insurer.assessmentId), eq(answerVersions.criterionKey, criterionKey)))
      .orderBy(asc(answerVersions.version)),
  );

describe('saving an answer', () => {
  it('keeps every version, counts up by one, and writes the log with it', async () => {
    const { coordinator, contributor } = insurer.people;
    await save(coordinator, { response: 'partly', explanation: 'Eerste tekst.' });
    const second = await save(contributor, {
      version: 1,
      response: 'met',
      explanation: 'Tweede tekst.\r\nMet een regel.',
    });
    expect(second.version).toBe(2);
    expect(await versionsOf('I.2.a')).toEqual([
      { version: 1, explanation: 'Eerste tekst.' },
      { version: 2, explanation: 'Tweede tekst.\nMet een regel.' },
    ]);
    const events = await as(database.db, 'trede_supervisor', (tx) =>
      tx.select({ detail: auditEvents.detail }).from(auditEvents).where(eq(auditEvents.action, 'answer.save')),
    );
    expect(events.map(({ detail }) => detail)).toContainEqual({ criterionKey: 'I.2.a', version: 2, response: 'met' });
    expect(JSON.stringify(events)).not.toContain('tekst');
  });

  it('shows what a colleague saved meanwhile, and loses neither text', async () => {
    const { coordinator, contributor } = insurer.people;
    await save(coordinator, { criterionKey: 'I.2.b', response: 'met', explanation: 'Van de coördinator.' });
    await expect(
      save(contributor, { criterionKey: 'I.2.b', response: 'met', explanation: 'Van de invuller.' }),
    ).rejects.toMatchObject({
      code: 'conflict',
      detail: { version: 1, response: 'met', explanation: 'Van de coördinator.', byYou: false },
    });
    expect(await versionsOf('I.2.b')).toHaveLength(1);
    await save(contributor, { criterionKey: 'I.2.b', version: 1, response: 'met', explanation: 'Van de invuller.' });
    expect(await versionsOf('I.2.b')).toHaveLength(2);
  });

  it('takes the same save twice as once', async () => {
    const { coordinator } = insurer.people;
    const asked = { criterionKey: 'I.2.c', response: 'met' as const, explanation: 'Eén keer.' };
    expect((await save(coordinator, asked)).version).toBe(1);
    expect((await save(coordinator, asked)).version).toBe(1);
    expect(await versionsOf('I.2.c')).toHaveLength(1);
  });

  it('lets one of two saves on one version win, and tells the other', async () => {
    const { coordinator, contributor } = insurer.people;
    const outcomes = await Promise.allSettled([
      save(coordinator, { criterionKey: 'I.2.d', response: 'met', explanation: 'A' }),
      save(contributor, { criterionKey: 'I.2.d', response: 'met', explanation: 'B' }),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
    expect(await versionsOf('I.2.d')).toHaveLength(1);
  });

  it('is refused to a reader and a signatory, outside a contributor’s sections, and to another insurer', async () => {
    const { reader, signatory, contributor } = insurer.people;
    const asked = { criterionKey: 'II.2.a', response: 'met' as const };
    await expect(save(reader, asked)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(save(signatory, asked)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(save({ ...contributor, sectionKeys: ['I'] }, asked)).rejects.toMatchObject({ code: 'forbidden' });
    const other = await makeInsurer(database.db);
    await expect(save(other.people.coordinator, asked)).rejects.toMatchObject({ code: 'not_found' });
    expect(await versionsOf('II.2.a')).toEqual([]);
  });

  it('does not know a criterion that the framework lacks, and writes nothing once it is submitted', async () => {
    await expect(save(insurer.people.coordinator, { criterionKey: 'I.9.z' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const submitted = await makeInsurer(database.db);
    await setState(database.db, submitted, 'submitted');
    await expect(
      save(submitted.people.coordinator, { assessmentId: submitted.assessmentId, response: 'met' }),
    ).rejects.toMatchObject({ code: 'precondition', because: ['wrong_state'] });
  });

  it('takes a remark on what an outside assessor measured, and leaves the response as it was', async () => {
    const { coordinator } = insurer.people;
    const supervisorsUser = coordinator.userId;
    await as(database.db, 'trede_supervisor', (tx) =>
      tx.insert(outsideResults).values({
        id: randomUUID(),
        assessmentId: insurer.assessmentId,
        organisationId: insurer.organisation.id,
        criterionKey: 'V.2.a',
        response: 'not_met',
        measuredOn: '2026-10-01',
        source: 'Proefmeting',
        importedAt: instant,
        importedBy: supervisorsUser,
      }),
    );
    await save(coordinator, { criterionKey: 'V.2.a', response: 'met', explanation: 'Wij zien het anders.' });
    const [answer] = await as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
      tx.select().from(answers).where(eq(answers.criterionKey, 'V.2.a')),
    );
    expect(answer).toMatchObject({ response: null, explanation: 'Wij zien het anders.' });
  });

  it('does not happen when the log cannot be written', async () => {
    const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
    await owner`alter table audit_events add constraint refused check (action <> 'answer.save') not valid`;
    await expect(save(insurer.people.coordinator, { criterionKey: 'II.2.b', response: 'met' })).rejects.toThrow();
    expect(await versionsOf('II.2.b')).toEqual([]);
    await owner`alter table audit_events drop constraint refused`;
    await owner.end();
    await expect(save(insurer.people.coordinator, { criterionKey: 'II.2.b', response: 'met' })).resolves.toHaveProperty(
      'version',
      1,
    );
  });
});
