import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { answers, assessments } from '#db/schema/assessments.ts';
import type { SubmissionSnapshot } from '#domain/snapshot.ts';
import { getReceiptFile } from '#services/assessments/get-receipt-file.ts';
import { getSubmissionFile } from '#services/assessments/get-submission-file.ts';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { submitAssessment, submitAssessmentInput } from '#services/assessments/submit-assessment.ts';
import { withdrawAssessment } from '#services/assessments/withdraw-assessment.ts';
import { testDatabase } from '../support/database.ts';
import { answerEverything, as, contextOf, type Insurer, makeInsurer, password } from '../support/insurer-work.ts';

const database = testDatabase();
const late = 'Op het laatste moment.';

describe('submitting while a colleague saves', () => {
  it('holds the answer that was saved first', async () => {
    const insurer = await ready();
    const { save, submit } = await queued(insurer, 'save');
    await expect(save).resolves.toMatchObject({ version: 2 });
    expect(await signedAnswer(insurer, (await submit).submissionId)).toEqual({
      response: 'partly',
      explanation: late,
      version: 2,
    });
  });

  it('refuses the answer that came second, and holds what stood', async () => {
    const insurer = await ready();
    const { save, submit } = await queued(insurer, 'submit');
    const { submissionId } = await submit;
    await expect(save).rejects.toMatchObject({ code: 'precondition', because: ['wrong_state'] });
    expect(await signedAnswer(insurer, submissionId)).toMatchObject({ response: 'met', version: 1 });
  });
});

describe('the receipt as a PDF', () => {
  it('is made for the insurer and no other, and says so when the submission was withdrawn', async () => {
    const [insurer, other] = [await ready(), await makeInsurer(database.db)];
    const { submissionId } = await post(insurer);
    const read = (one: Insurer, locale: 'nl' | 'en' = 'nl') =>
      getReceiptFile(contextOf(database.db, one.people.reader), { submissionId, locale });
    await expect(read(other)).rejects.toMatchObject({ code: 'not_found' });
    const first = await read(insurer);
    expect(first.fileName).toMatch(/^ontvangstbewijs-TR-2026-.*-1\.pdf$/);
    expect(Buffer.from((await read(insurer)).pdf).equals(Buffer.from(first.pdf))).toBe(true);
    await withdrawAssessment(contextOf(database.db, insurer.people.signatory), { ...insurer, submissionId });
    expect(Buffer.from((await read(insurer)).pdf).equals(Buffer.from(first.pdf))).toBe(false);
    expect((await read(insurer, 'en')).fileName).toMatch(/^receipt-/);
  });
});

async function ready() {
  const insurer = await makeInsurer(database.db);
  await answerEverything(database.db, insurer);
  return insurer;
}

const post = (insurer: Insurer) =>
  submitAssessment(
    contextOf(database.db, insurer.people.signatory),
    submitAssessmentInput.parse({
      assessmentId: insurer.assessmentId,
      submissionId: randomUUID(),
      signatoryName: 'Anna de Vries',
      signatoryFunction: 'Bestuurder',
      declared: 'yes',
      password,
    }),
  );

/** Both at once on a row that is held, `first` first in its queue: then it is let go, and both promises are given back. */
async function queued(insurer: Insurer, first: 'save' | 'submit') {
  const running: { save?: ReturnType<typeof saveAnswer>; submit?: ReturnType<typeof submitAssessment> } = {};
  const begin = {
    save: () => {
      running.save = saveAnswer(contextOf(database.db, insurer.people.coordinator), {
        assessmentId: insurer.assessmentId,
        criterionKey: 'I.2.a',
        version: 1,
        response: 'partly',
        explanation: late,
      });
      // It may be refused while the other one is still being waited for.
      running.save.catch(() => {});
    },
    submit: () => {
      running.submit = post(insurer);
      running.submit.catch(() => {});
    },
  };
  await as(database.db, 'trede_supervisor', async (tx) => {
    await tx.select().from(assessments).where(eq(assessments.id, insurer.assessmentId)).for('no key update');
    begin[first]();
    await vi.waitUntil(async () => (await waiting()) === 1, { timeout: 20_000 });
    begin[first === 'save' ? 'submit' : 'save']();
    await vi.waitUntil(async () => (await waiting()) === 2, { timeout: 20_000 });
  });
  return running as Required<typeof running>;
}

/** How many transactions of this database wait for a lock; asked anew each time, as who is there is read once a transaction. */
async function waiting(): Promise<number> {
  const [row] = await database.db.execute<{ count: number }>(sql`select count(distinct pid)::int as count from pg_locks
    where not granted and pid in (select pid from pg_stat_activity where datname = current_database())`);
  return row?.count ?? 0;
}

/** The answer in what was signed, after seeing that all of it is what the answers hold. */
async function signedAnswer(insurer: Insurer, submissionId: string) {
  const { text } = await getSubmissionFile(contextOf(database.db, insurer.people.reader), { submissionId });
  const snapshot = JSON.parse(text) as SubmissionSnapshot;
  const held = await as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
    tx.select().from(answers).where(eq(answers.assessmentId, insurer.assessmentId)),
  );
  const kept = held.map(({ criterionKey, response, explanation, version }) => [
    criterionKey,
    { response, explanation, version },
  ]);
  expect(snapshot.answers).toEqual(Object.fromEntries(kept));
  return snapshot.answers['I.2.a'];
}
