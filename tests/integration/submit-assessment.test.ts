import { createHash, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { answers, assessments, submissions } from '#db/schema/assessments.ts';
import { auditEvents } from '#db/schema/audit.ts';
import { submissionEvidence } from '#db/schema/evidence.ts';
import { makeOrganisation, makePerson, type Person } from '#db/seed/builders.ts';
import type { SubmissionSnapshot } from '#domain/snapshot.ts';
import { getReceipt } from '#services/assessments/get-receipt.ts';
import { getSubmissionFile } from '#services/assessments/get-submission-file.ts';
import { getSubmissionPage } from '#services/assessments/get-submission-page.ts';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { submitAssessment, submitAssessmentInput } from '#services/assessments/submit-assessment.ts';
import { withdrawAssessment } from '#services/assessments/withdraw-assessment.ts';
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
  password,
  setDeadline,
  setState,
} from '../support/insurer-work.ts';

const database = testDatabase();
let auditor: Person;

beforeAll(async () => {
  const organisation = await makeOrganisation(database.db, {
    kind: 'supervisor',
    name: 'Toezichthouder',
    number: 'T-1',
    at: instant,
  });
  auditor = await makePerson(database.db, {
    organisation,
    email: 'auditor@toezicht.example',
    name: 'Meelezer',
    roles: ['auditor'],
    passwordHash: 'none',
    at: instant,
  });
});

async function ready(...args: [responses?: Parameters<typeof answerEverything>[2], facts?: Record<string, boolean>]) {
  const insurer = await makeInsurer(database.db);
  await answerEverything(database.db, insurer, ...args);
  return insurer;
}

const form = (insurer: Insurer, change: Record<string, unknown> = {}) =>
  submitAssessmentInput.parse({
    assessmentId: insurer.assessmentId,
    submissionId: randomUUID(),
    signatoryName: '  Anna  de Vries ',
    signatoryFunction: 'Bestuurder',
    declared: 'yes',
    password,
    ...change,
  });

const submit = (
  insurer: Insurer,
  change: Record<string, unknown> = {},
  person = insurer.people.signatory,
  now = instant,
) => submitAssessment(contextOf(database.db, person, now), form(insurer, change));

const stateOf = async ({ assessmentId }: Insurer) => {
  const [row] = await as(database.db, 'trede_supervisor', (tx) =>
    tx.select().from(assessments).where(eq(assessments.id, assessmentId)),
  );
  return row?.state;
};

describe('signing and submitting', () => {
  it('fixes the answers and their evidence as canonical JSON whose hash is on the receipt', async () => {
    const insurer = await ready({ 'I.5.a': 'not_met' });
    const submitted = await submit(insurer);
    const ctx = contextOf(database.db, insurer.people.reader);
    const receipt = await getReceipt(ctx, insurer);
    const file = await getSubmissionFile(ctx, { submissionId: submitted.submissionId });
    const snapshot = JSON.parse(file.text) as SubmissionSnapshot;

    expect(await stateOf(insurer)).toBe('submitted');
    expect(createHash('sha256').update(file.text).digest('hex')).toBe(receipt.submission.sha256);
    expect(receipt).toMatchObject({
      status: { state: 'submitted', nextBy: 'supervisor', editable: false },
      submission: { number: 1, signatoryName: 'Anna de Vries', signatoryFunction: 'Bestuurder', signedAt: instant },
    });
    expect(snapshot.answers['I.5.a']).toEqual({
      response: 'not_met',
      explanation: 'Zo doen wij het bij I.5.a.',
      version: 1,
    });
    expect(Object.keys(snapshot.answers)).toHaveLength(44);
    expect(snapshot.declaration).toContain(insurer.organisation.name);
    expect(snapshot.evidence).toHaveLength(8);
    expect(
      snapshot.evidenceLinks.every(({ evidenceId }) => snapshot.evidence.some(({ id }) => id === evidenceId)),
    ).toBe(true);
    expect(snapshot.auditHead).toMatch(/^[0-9a-f]{64}$/);
    const pinned = await as(database.db, 'trede_supervisor', (tx) =>
      tx.select().from(submissionEvidence).where(eq(submissionEvidence.submissionId, submitted.submissionId)),
    );
    expect(pinned).toHaveLength(8);
  });

  it('leaves out what does not apply under the intake', async () => {
    const insurer = await ready();
    const kept = await makeInsurer(database.db);
    await answerEverything(database.db, kept, {}, { ...allFacts, authorisedAgents: false });
    await submit(kept);
    const page = await getSubmissionPage(contextOf(database.db, kept.people.reader), kept);
    expect(page.sections.find(({ key }) => key === 'IV')?.score.applies).toBe(false);
    expect(await stateOf(insurer)).toBe('draft');
  });

  it('names everything that stands in its way at once', async () => {
    const insurer = await makeInsurer(database.db);
    await addWebAddress(database.db, insurer, 'I.2.a', 'refused');
    await saveAnswer(contextOf(database.db, insurer.people.coordinator), {
      assessmentId: insurer.assessmentId,
      criterionKey: 'I.2.b',
      version: 0,
      response: 'partly',
      explanation: '',
    });
    await setDeadline(database.db, insurer, new Date('2026-11-01T22:59:59Z'));
    await expect(submit(insurer, { password: 'fout', signatoryName: ' ' })).rejects.toMatchObject({
      code: 'precondition',
      because: [
        'intake_complete',
        'all_answered',
        'evidence_rules_met',
        'no_refused_file',
        'declaration_signed',
        'signed_in_again',
        'own_deadline_open',
      ],
    });
    expect(await stateOf(insurer)).toBe('draft');
  });

  it.each([
    ['without the declaration', { declared: undefined }, 'declaration_signed'],
    ['without a function', { signatoryFunction: '' }, 'declaration_signed'],
    ['without the password', { password: '' }, 'signed_in_again'],
  ])('is refused %s', async (_name, change, guard) => {
    const insurer = await ready();
    await expect(submit(insurer, change)).rejects.toMatchObject({ because: [guard] });
  });

  it('asks for the password of the one who signs, and stops guessing', async () => {
    const insurer = await ready();
    for (let attempt = 0; attempt < 10; attempt++) {
      await expect(submit(insurer, { password: 'geraden' })).rejects.toMatchObject({ because: ['signed_in_again'] });
    }
    await expect(submit(insurer)).rejects.toMatchObject({ code: 'busy' });
    expect(await stateOf(insurer)).toBe('draft');
  }, 60_000);

  it.each(['reader', 'contributor', 'coordinator'] as const)('is not for a %s', async (role) => {
    const insurer = await ready();
    await expect(submit(insurer, {}, insurer.people[role])).rejects.toMatchObject({ code: 'forbidden' });
    expect(await stateOf(insurer)).toBe('draft');
  });

  it('does not exist for another insurer', async () => {
    const insurer = await ready();
    const other = await makeInsurer(database.db);
    await expect(submit(insurer, {}, other.people.signatory)).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each(['in_review', 'closed', 'published'] as const)('is refused in %s', async (state) => {
    const insurer = await ready();
    await setState(database.db, insurer, state);
    await expect(submit(insurer)).rejects.toMatchObject({ code: 'precondition', because: ['wrong_state'] });
  });

  it('does the same post once', async () => {
    const insurer = await ready();
    const input = form(insurer);
    const ctx = contextOf(database.db, insurer.people.signatory);
    const [first, second] = await Promise.all([submitAssessment(ctx, input), submitAssessment(ctx, input)]);
    expect(second).toEqual(first);
    const rows = await as(database.db, 'trede_supervisor', (tx) =>
      tx.select().from(submissions).where(eq(submissions.assessmentId, insurer.assessmentId)),
    );
    expect(rows).toHaveLength(1);
    const events = await as(database.db, 'trede_supervisor', (tx) =>
      tx.select().from(auditEvents).where(eq(auditEvents.assessmentId, insurer.assessmentId)),
    );
    expect(events.filter(({ action }) => action === 'assessment.submit')).toHaveLength(1);
  });

  it('races with a save into one truth: the answer is in the snapshot, or refused', async () => {
    for (let turn = 0; turn < 4; turn++) {
      const insurer = await ready();
      const save = saveAnswer(contextOf(database.db, insurer.people.coordinator), {
        assessmentId: insurer.assessmentId,
        criterionKey: 'I.2.a',
        version: 1,
        response: 'partly',
        explanation: 'Op het laatste moment.',
      });
      const [saved, submitted] = await Promise.allSettled([save, submit(insurer)]);
      expect(submitted.status).toBe('fulfilled');
      const page = await getSubmissionPage(contextOf(database.db, insurer.people.reader), insurer);
      const signed = page.sections[0]?.criteria.find(({ key }) => key === 'I.2.a');
      expect(signed?.explanation).toBe(
        saved.status === 'fulfilled' ? 'Op het laatste moment.' : 'Zo doen wij het bij I.2.a.',
      );
    }
  }, 60_000);

  it('shows what was signed, whatever is stored afterwards', async () => {
    const insurer = await ready();
    await submit(insurer);
    await as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
      tx.update(answers).set({ explanation: 'anders' }).where(eq(answers.assessmentId, insurer.assessmentId)),
    );
    const page = await getSubmissionPage(contextOf(database.db, insurer.people.reader), insurer);
    expect(page.sections[0]?.criteria[0]?.explanation).toBe('Zo doen wij het bij I.2.a.');
  });
});

describe('what was signed', () => {
  it('is read by the supervisor while it stands, and by no other insurer', async () => {
    const insurer = await ready();
    const { submissionId } = await submit(insurer);
    const other = await makeInsurer(database.db);
    await expect(getSubmissionFile(contextOf(database.db, auditor), { submissionId })).resolves.toMatchObject({
      fileName: expect.stringMatching(/^TR-.*-1\.json$/),
    });
    await expect(
      getSubmissionFile(contextOf(database.db, other.people.coordinator), { submissionId }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await withdrawAssessment(contextOf(database.db, insurer.people.signatory), { ...insurer, submissionId });
    await expect(getSubmissionFile(contextOf(database.db, auditor), { submissionId })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(
      getSubmissionFile(contextOf(database.db, insurer.people.reader), { submissionId }),
    ).resolves.toBeDefined();
  });
});

describe('withdrawing', () => {
  const withdraw = (insurer: Insurer, submissionId: string, person = insurer.people.signatory, now = instant) =>
    withdrawAssessment(contextOf(database.db, person, now), { assessmentId: insurer.assessmentId, submissionId });

  it('takes the submission back to draft, keeps it as withdrawn, and lets a new one be signed', async () => {
    const insurer = await ready();
    const first = await submit(insurer);
    await expect(withdraw(insurer, first.submissionId)).resolves.toMatchObject({ state: 'draft' });
    await expect(withdraw(insurer, first.submissionId)).resolves.toMatchObject({ state: 'draft' });
    await expect(getReceipt(contextOf(database.db, insurer.people.reader), insurer)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(submit(insurer)).resolves.toMatchObject({ number: 2 });
  });

  it('goes back to returned when the supervisor had sent it back', async () => {
    const insurer = await ready();
    await setState(database.db, insurer, 'returned');
    const { submissionId } = await submit(insurer);
    await expect(withdraw(insurer, submissionId)).resolves.toMatchObject({ state: 'returned' });
  });

  it('is only for the signatory of this insurer', async () => {
    const insurer = await ready();
    const other = await makeInsurer(database.db);
    const { submissionId } = await submit(insurer);
    await expect(withdraw(insurer, submissionId, insurer.people.coordinator)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(withdraw(insurer, submissionId, other.people.signatory)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('ends when the review starts, and at the deadline', async () => {
    const insurer = await ready();
    const { submissionId } = await submit(insurer);
    const after = new Date(deadline.getTime() + 1000);
    await expect(withdraw(insurer, submissionId, insurer.people.signatory, after)).rejects.toMatchObject({
      because: ['own_deadline_open'],
    });
    await setState(database.db, insurer, 'in_review');
    await expect(withdraw(insurer, submissionId)).rejects.toMatchObject({ because: ['wrong_state'] });
  });
});
