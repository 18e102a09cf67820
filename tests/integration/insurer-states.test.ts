import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { presences } from '#db/schema/teamwork.ts';
import { getCheck } from '#services/assessments/get-check.ts';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { getTaskList } from '#services/assessments/get-task-list.ts';
import { submitAssessment, submitAssessmentInput } from '#services/assessments/submit-assessment.ts';
import { withdrawAssessment } from '#services/assessments/withdraw-assessment.ts';
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
