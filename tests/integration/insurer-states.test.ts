import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { outsideResults } from '#db/schema/assessments.ts';
import { presences } from '#db/schema/teamwork.ts';
import { getCheck } from '#services/assessments/get-check.ts';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { getOutline } from '#services/assessments/get-outline.ts';
import { getTaskList } from '#services/assessments/get-task-list.ts';
import { submitAssessment, submitAssessmentInput } from '#services/assessments/submit-assessment.ts';
import { withdrawAssessment } from '#services/assessments/withdraw-assessment.ts';
import { getTrial } from '#services/trial/get-trial.ts';
import { testDatabase } from '../support/database.ts';
import {
  addWebAddress,
  answerEverything,
  as,
  contextOf,
  type Insurer,
  instant,
  makeInsurer,
  password,
  setState,
} from '../support/insurer-work.ts';

const database = testDatabase();
const reader = (insurer: Insurer) => contextOf(database.db, insurer.people.reader);

async function ready() {
  const insurer = await makeInsurer(database.db);
  await answerEverything(database.db, insurer);
  return insurer;
}

const submit = (insurer: Insurer) =>
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

const measure = (insurer: Insurer, criterionKey: string, response: 'met' | 'not_met', importedAt = instant) =>
  as(database.db, 'trede_supervisor', (tx) =>
    tx.insert(outsideResults).values({
      id: randomUUID(),
      assessmentId: insurer.assessmentId,
      organisationId: insurer.organisation.id,
      criterionKey,
      response,
      measuredOn: '2026-10-01',
      source: 'Stichting Toetsing Verzekeraars',
      importedAt,
      importedBy: insurer.people.coordinator.userId,
    }),
  );

describe('an assessment that was sent back', () => {
  it('says at each criterion what is asked there, with the answers as they were', async () => {
    const insurer = await ready();
    await submit(insurer);
    await setState(database.db, insurer, 'returned');
    const asked = [{ key: 'I.4.c', text: 'Voeg bewijs van contactmomenten toe.' }];
    const page = await getCriterion(reader(insurer), { ...insurer, criterionKey: 'I.4.c' });
    expect(page).toMatchObject({
      returned: { sentAt: instant.toISOString(), items: asked },
      answer: { response: 'met', explanation: 'Zo doen wij het bij I.4.c.' },
    });
    const check = await getCheck(reader(insurer), insurer);
    const criteria = check.sections.flatMap((section) => section.criteria);
    expect(criteria.filter(({ asks }) => asks.length > 0)).toMatchObject([{ key: 'I.4.c', asks: [asked[0]?.text] }]);
  });

  it('asks nothing any more once it was submitted again', async () => {
    const insurer = await ready();
    await setState(database.db, insurer, 'returned');
    const { number } = await submit(insurer);
    expect(number).toBe(1);
    const page = await getCriterion(reader(insurer), { ...insurer, criterionKey: 'I.4.c' });
    expect(page.returned).toBeNull();
  });
});

describe('an assessment that was submitted', () => {
  it('reads as it was signed, also when an outside result comes in later', async () => {
    const insurer = await ready();
    await measure(insurer, 'V.5.a', 'met');
    await submit(insurer);
    const look = async (at = instant) => {
      const by = contextOf(database.db, insurer.people.reader, at);
      const of = (criterionKey: string) => getCriterion(by, { ...insurer, criterionKey });
      const [criterion, measured] = [await of('V.2.a'), await of('V.5.a')];
      return {
        status: (await getCheck(by, insurer)).status.signed,
        outside: [criterion.outside, measured.outside?.importedAt],
        score: criterion.score,
        total: (await getCheck(by, insurer)).total,
        outline: (await getOutline(by, insurer)).sections,
        trial: (await getTrial(by, { ...insurer, tried: {} })).layers,
      };
    };
    const signed = await look();
    expect(signed).toMatchObject({ status: true, outside: [null, instant] });
    const later = new Date(instant.getTime() + 60_000);
    await measure(insurer, 'V.2.a', 'not_met', later);
    await measure(insurer, 'V.5.a', 'not_met', later);
    expect(await look(later)).toEqual(signed);
    await setState(database.db, insurer, 'returned');
    const again = await look(later);
    expect(again).toMatchObject({ status: false, outside: [{ response: 'not_met' }, later] });
    expect(again.score).not.toEqual(signed.score);
  });
});

describe('a submission that was taken back', () => {
  it('stays with the insurer as withdrawn, until something is signed again', async () => {
    const insurer = await ready();
    const { submissionId } = await submit(insurer);
    await withdrawAssessment(contextOf(database.db, insurer.people.signatory), { ...insurer, submissionId });
    const { status } = await getTaskList(reader(insurer), insurer);
    expect(status).toMatchObject({
      submission: null,
      withdrawn: { id: submissionId, number: 1, withdrawnAt: instant },
    });
    await submit(insurer);
    expect((await getTaskList(reader(insurer), insurer)).status.withdrawn).toBeNull();
  });
});

describe('checking the answers', () => {
  it('names the colleagues who are at work now, and not oneself or who left', async () => {
    const insurer = await ready();
    const { coordinator, contributor, signatory, reader: own } = insurer.people;
    const open = (userId: string, seenAt: Date, criterionKey: string | null, editing = false) => ({
      id: randomUUID(),
      assessmentId: insurer.assessmentId,
      organisationId: insurer.organisation.id,
      userId,
      criterionKey,
      editing,
      seenAt,
    });
    await as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
      tx
        .insert(presences)
        .values([
          open(coordinator.userId, instant, 'III.4.a', true),
          open(own.userId, instant, null),
          open(contributor.userId, new Date(instant.getTime() - 61_000), 'I.2.a'),
          open(signatory.userId, new Date(instant.getTime() - 59_000), null),
        ]),
    );
    const { present } = await getCheck(reader(insurer), insurer);
    expect(present.map(({ userId, criterionKey, editing }) => ({ userId, criterionKey, editing }))).toEqual([
      { userId: coordinator.userId, criterionKey: 'III.4.a', editing: true },
      { userId: signatory.userId, criterionKey: null, editing: false },
    ]);
  });

  it('is held up by a refused file, and not by one that waits for its scan', async () => {
    const [waits, refused] = [await ready(), await ready()];
    await addWebAddress(database.db, waits, 'I.2.a', 'waiting');
    await expect(submit(waits)).resolves.toMatchObject({ number: 1 });
    await addWebAddress(database.db, refused, 'I.2.a', 'refused');
    await expect(submit(refused)).rejects.toMatchObject({ because: ['no_refused_file'] });
  });
});
