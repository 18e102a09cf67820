import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#db/client.ts';
import { submissions } from '#db/schema/assessments.ts';
import { publicationSections } from '#db/schema/publications.ts';
import { assignments } from '#db/schema/reviews.ts';
import { roundReviewers, rounds } from '#db/schema/rounds.ts';
import { getCheck } from '#services/assessments/get-check.ts';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { getTaskList } from '#services/assessments/get-task-list.ts';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { saveIntake } from '#services/assessments/save-intake.ts';
import { platformContext } from '#services/context.ts';
import { importFramework } from '#services/frameworks/import-framework.ts';
import { correctPublication } from '#services/publications/correct-publication.ts';
import { getDashboard } from '#services/publications/get-dashboard.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { getRoundOutcomes } from '#services/releases/get-round-outcomes.ts';
import { approveOutcome } from '#services/reviews/approve-outcome.ts';
import { confirmUndisputed } from '#services/reviews/confirm-undisputed.ts';
import { decideCriterion } from '#services/reviews/decide-criterion.ts';
import { decideIntake } from '#services/reviews/decide-intake.ts';
import { determineSection } from '#services/reviews/determine-section.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { proposeOutcome } from '#services/reviews/propose-outcome.ts';
import { startReview } from '#services/reviews/start-review.ts';
import { type Case, makeCase, makeStaff, type Staff } from '../support/cases.ts';
import { testDatabase } from '../support/database.ts';
import { normSource } from '../support/frameworks.ts';
import {
  allFacts,
  as,
  contextOf,
  framework,
  frameworkOf,
  type Insurer,
  instant,
  makeInsurer,
} from '../support/insurer-work.ts';
import { inNextRound, signIt } from '../support/next-round.ts';

const database = testDatabase();
const reason = 'De sector is hier het jaar ervoor gemeten.';
const carry = [{ sectionKey: 'V', reason }];
let db: Database;
let staff: Staff;
let before: Case;

beforeAll(async () => {
  db = database.db;
  staff = await makeStaff(db);
  before = await makeCase(db, staff, 'published');
});

const next = (insurer: Insurer, carried = carry) => inNextRound(db, insurer, framework, carried);

describe('a section that a round carries', () => {
  it('has the score that was determined last, asks nothing, and can be answered by nobody', async () => {
    const insurer = await next(before.insurer);
    const ctx = contextOf(db, insurer.people.coordinator);
    const carried = {
      level: 5,
      roundName: expect.stringContaining('2017-2018'),
      publicationId: before.publicationId,
      reason,
    };
    const list = await getTaskList(ctx, insurer);
    expect(list.work?.sections.find(({ key }) => key === 'V')).toMatchObject({
      score: { applies: true, low: 5, high: 5, carried },
      applicable: 0,
      lacking: { unanswered: 0 },
    });
    expect(list.work?.applicable).toBe(39);
    const page = await getCriterion(ctx, { assessmentId: insurer.assessmentId, criterionKey: 'V.3.a' });
    expect(page).toMatchObject({ readOnly: { because: 'carried' }, carried, selfDeclared: true });
    const check = await getCheck(ctx, insurer);
    expect(check.blocks.filter(({ criterion }) => criterion?.sectionKey === 'V')).toEqual([]);
    const answer = { assessmentId: insurer.assessmentId, criterionKey: 'V.3.a', version: 0, explanation: '' };
    await expect(saveAnswer(ctx, { ...answer, response: 'met' })).rejects.toMatchObject({
      code: 'precondition',
      because: ['carried'],
    });
    // The total rests on it from the first answer on.
    const saved = await saveAnswer(ctx, { ...answer, criterionKey: 'I.2.a', response: 'met' });
    expect(saved.score.total?.low).toBe('9/5');
  });

  it('is measured where the insurer was never measured, and where its outcome is being revised', async () => {
    const fresh = await next(await makeInsurer(db));
    const measured = async (insurer: Insurer) =>
      (await getTaskList(contextOf(db, insurer.people.coordinator), insurer)).work?.sections.find(
        ({ key }) => key === 'V',
      );
    expect(await measured(fresh)).toMatchObject({ score: { carried: null }, applicable: 5 });
    const revised = await makeCase(db, staff, 'published');
    await correctPublication(contextOf(db, staff.lead), { assessmentId: revised.assessmentId, reason: 'Fout.' });
    expect(await measured(await next(revised.insurer))).toMatchObject({ score: { carried: null }, applicable: 5 });
  });

  it('comes from another version of the framework only where the round names that as comparable', async () => {
    const edition = normSource.replace('edition: "2016-2017"', 'edition: "2018-2019"');
    await importFramework(platformContext(db, instant), { document: edition });
    const later = 'afm-claimafhandeling@2018-2019';
    const carriedIn = async (from?: string[]) => {
      const choice = [{ sectionKey: 'V', reason, ...(from && { from }) }];
      const insurer = await inNextRound(db, before.insurer, later, choice);
      const list = await getTaskList(contextOf(db, insurer.people.coordinator), insurer);
      return list.work?.sections.find(({ key }) => key === 'V')?.score.carried?.level;
    };
    expect(await carriedIn()).toBeUndefined();
    expect(await carriedIn(['afm-claimafhandeling@2015-2016'])).toBeUndefined();
    expect(await carriedIn([framework])).toBe(5);
  });

  it('is pinned in what is signed, judged by nobody, and stands as such in the outcome', async () => {
    const { insurer, content, publicationId } = await published();
    const section = content.sections.find(({ key }) => key === 'V');
    expect(section).toMatchObject({
      own: 5,
      computed: 5,
      level: 5,
      reason: '',
      carried: { level: 5, publicationId: before.publicationId, reason },
    });
    expect(content.total).toBe('9/5');
    expect(content.gains.map(({ sectionKey }) => sectionKey)).not.toContain('V');
    const [signed] = await as(db, 'trede_insurer', insurer.organisation.id, (tx) =>
      tx.select().from(submissions).where(eq(submissions.assessmentId, insurer.assessmentId)),
    );
    expect(JSON.parse(signed?.snapshot ?? '')).toMatchObject({ carried: { V: { level: 5, reason } } });
    // It counts in the figures of its round, and says of itself that it was not measured.
    const rows = await as(db, 'trede_supervisor', (tx) =>
      tx.select().from(publicationSections).where(eq(publicationSections.publicationId, publicationId)),
    );
    expect(rows.filter(({ carried }) => carried).map(({ sectionKey }) => sectionKey)).toEqual(['V']);
    const outcomes = await getRoundOutcomes(contextOf(db, staff.lead), insurer);
    expect(outcomes.release.figures).toContainEqual(expect.objectContaining({ sectionKey: 'V', insurers: 1 }));
  });

  it('goes on from the round in which it was determined, not from one that carried it', async () => {
    const { insurer } = await published();
    const third = await next(insurer);
    await as(db, 'trede_administrator', (tx) =>
      tx.update(rounds).set({ periodFrom: '2027-10-01', periodTo: '2028-09-30' }).where(eq(rounds.id, third.roundId)),
    );
    const page = await getCriterion(contextOf(db, third.people.reader), {
      assessmentId: third.assessmentId,
      criterionKey: 'V.2.a',
    });
    expect(page.carried).toMatchObject({ publicationId: before.publicationId });
  });
});

/** The insurer's next round, brought to its outcome: everything else not met. */
async function published() {
  const insurer = await next(before.insurer);
  const { assessmentId, roundId, organisation } = insurer;
  const of = { assessmentId };
  const ctx = contextOf(db, insurer.people.coordinator);
  const facts = Object.entries(allFacts).map(([key, value]) => [key, { value, version: 0 }] as const);
  await saveIntake(ctx, { ...of, facts: Object.fromEntries(facts) });
  const { criteria, sections } = await frameworkOf(db);
  for (const { key } of criteria.filter(({ sectionKey }) => sectionKey !== 'V')) {
    const response = key === 'I.2.a' ? 'met' : 'not_met';
    await saveAnswer(ctx, { ...of, criterionKey: key, version: 0, response, explanation: 'Zo.' });
  }
  await signIt(db, insurer);
  await as(db, 'trede_administrator', (tx) =>
    tx.insert(roundReviewers).values({ roundId, userId: staff.judge.userId, admittedAt: instant }),
  );
  await as(db, 'trede_supervisor', (tx) =>
    tx.insert(assignments).values({
      id: randomUUID(),
      ...of,
      organisationId: organisation.id,
      userId: staff.judge.userId,
      assignedAt: instant,
      assignedBy: staff.lead.userId,
    }),
  );
  const judge = contextOf(db, staff.judge);
  await startReview(judge, of);
  const word = { ...of, version: 0, reason: '' };
  for (const intakeKey of Object.keys(allFacts)) {
    await decideIntake(judge, { ...word, id: randomUUID(), intakeKey, value: true, ground: null });
  }
  const { undisputed } = await getReview(judge, { ...of, sectionKey: null, criterionKey: null });
  expect(undisputed.map(({ sectionKey }) => sectionKey)).not.toContain('V');
  await confirmUndisputed(judge, {
    ...of,
    lines: undisputed.map(({ key }) => ({ criterionKey: key, id: randomUUID() })),
  });
  const { head } = await getReview(judge, of);
  for (const criterionKey of head.toJudge.criteria) {
    await decideCriterion(judge, { ...word, id: randomUUID(), criterionKey, response: 'not_met', ground: null });
  }
  const determine = (sectionKey: string, level: 1 | 5) =>
    determineSection(judge, { ...word, id: randomUUID(), sectionKey, computedLevel: level, level });
  for (const { key } of sections) if (key !== 'V') await determine(key, 1);
  await expect(determine('V', 5)).rejects.toMatchObject({ because: ['carried'] });
  await proposeOutcome(judge, of);
  await approveOutcome(contextOf(db, staff.lead), { ...of, approved: [] });
  const { publicationId } = await publishAssessment(contextOf(db, staff.lead), of);
  const { content } = await getDashboard(contextOf(db, insurer.people.reader), { publicationId });
  return { insurer, content, publicationId };
}
