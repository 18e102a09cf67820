import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditEvents } from '#db/schema/audit.ts';
import { conflictsOfInterest, verdicts } from '#db/schema/reviews.ts';
import type { Person } from '#db/seed/builders.ts';
import { confirmUndisputed } from '#services/reviews/confirm-undisputed.ts';
import { type DecideCriterionInput, decideCriterion } from '#services/reviews/decide-criterion.ts';
import { decideIntake } from '#services/reviews/decide-intake.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { testDatabase } from '../support/database.ts';
import { makeReviewCase, makeStaff, type ReviewCase, type Staff } from '../support/review-case.ts';

const database = testDatabase();
let staff: Staff;
beforeAll(async () => {
  staff = await makeStaff(database);
});

type Said = Partial<Omit<DecideCriterionInput, 'assessmentId'>>;
const decide = (at: ReviewCase, said: Said = {}, by: Person = staff.reviewer) =>
  decideCriterion(staff.as(by), {
    id: randomUUID(),
    assessmentId: at.assessmentId,
    criterionKey: 'I.3.c',
    version: 0,
    response: 'met',
    ground: null,
    reason: '',
    ...said,
  });
const override = { response: 'partly', ground: 'practice_differs', reason: 'In twee dossiers niet.' } as const;
const verdictsOf = (at: ReviewCase) =>
  staff.work(staff.auditor, (tx) => tx.select().from(verdicts).where(eq(verdicts.assessmentId, at.assessmentId)));
const criterionOf = async (at: ReviewCase, criterionKey: string) => {
  const sectionKey = criterionKey.split('.')[0] as string;
  const view = await getReview(staff.as(staff.reviewer), { assessmentId: at.assessmentId, sectionKey, criterionKey });
  return view.criterion;
};

describe('a verdict on a criterion', () => {
  it('confirms when it equals the answer, without a reason, and says which criterion comes next', async () => {
    const at = await makeReviewCase(database, staff);
    const done = await decide(at);
    expect(done).toMatchObject({ version: 1, next: 'I.3.d' });
    const [verdict] = await verdictsOf(at);
    expect(verdict).toMatchObject({
      criterionKey: 'I.3.c',
      response: 'met',
      overrides: false,
      ground: null,
      version: 1,
    });
    const events = await staff.work(staff.auditor, (tx) =>
      tx
        .select({ detail: auditEvents.detail })
        .from(auditEvents)
        .where(and(eq(auditEvents.assessmentId, at.assessmentId), eq(auditEvents.action, 'verdict.decide'))),
    );
    expect(events).toEqual([
      { detail: { criterionKey: 'I.3.c', version: 1, response: 'met', overrides: false, ground: null } },
    ]);
  });

  it('overrides with ground and reason, and says what it does to the section and the total', async () => {
    const at = await makeReviewCase(database, staff);
    const { consequence } = await decide(at, override);
    expect(consequence.before.sections.I).toEqual({ low: 5, high: 5 });
    expect(consequence.after.sections.I).toEqual({ low: 2, high: 2 });
    expect(consequence.before.total?.low).toBe('5');
    expect(consequence.after.total?.low).toBe('22/5');
  });

  it.each([
    ['without a ground', { ...override, ground: null }],
    ['without a reason', { ...override, reason: '' }],
  ])('does not override %s', async (_, said) => {
    const at = await makeReviewCase(database, staff);
    await expect(decide(at, said)).rejects.toMatchObject({ code: 'precondition', because: ['override_reasoned'] });
    expect(await verdictsOf(at)).toEqual([]);
  });

  it('needs a reason where nothing was answered', async () => {
    const at = await makeReviewCase(database, staff, { answers: { 'I.3.c': null } });
    await expect(decide(at)).rejects.toMatchObject({ because: ['override_reasoned'] });
    await decide(at, { reason: 'Blijkt uit de polisvoorwaarden.' });
    expect(await verdictsOf(at)).toMatchObject([{ response: 'met', overrides: false, ground: null }]);
  });

  it('shows a colleague’s word when somebody decided meanwhile, and keeps it', async () => {
    const at = await makeReviewCase(database, staff);
    await decide(at, override);
    await expect(decide(at)).rejects.toMatchObject({
      code: 'conflict',
      detail: { version: 1, response: 'partly', ground: 'practice_differs', reason: 'In twee dossiers niet.' },
    });
    expect(await verdictsOf(at)).toHaveLength(1);
    expect(await decide(at, { version: 1 })).toMatchObject({ version: 2 });
    expect(await verdictsOf(at)).toHaveLength(2);
  });

  it('is given once, however often it is sent', async () => {
    const at = await makeReviewCase(database, staff);
    const id = randomUUID();
    const first = await decide(at, { ...override, id });
    const again = await decide(at, { ...override, id });
    expect(again.version).toBe(first.version);
    expect(again.decidedAt).toBe(first.decidedAt);
    expect(await decide(at, override)).toMatchObject({ version: 1 });
    expect(await verdictsOf(at)).toHaveLength(1);
  });

  it('asks for a verdict first on what it would take the fulfilment from (clause 14)', async () => {
    const at = await makeReviewCase(database, staff, { answers: { 'III.2.a': { response: 'not_met' } } });
    const weaken = {
      criterionKey: 'III.3.a',
      response: 'not_met',
      ground: 'not_demonstrated',
      reason: 'Niets gezien.',
    } as const;
    expect((await criterionOf(at, 'III.3.a'))?.consequences.not_met.weakened).toEqual(['III.2.a']);
    await expect(decide(at, weaken)).rejects.toMatchObject({
      because: ['weakened_judged'],
      detail: { weakened: ['III.2.a'] },
    });
    await decide(at, { criterionKey: 'III.2.a', response: 'not_met' });
    expect(await decide(at, weaken)).toMatchObject({ version: 1 });
  });

  it('is refused to whom it is not assigned, and not found for a conflict of interest, another round or an insurer', async () => {
    const at = await makeReviewCase(database, staff);
    await expect(decide(at, {}, staff.colleague)).rejects.toMatchObject({ code: 'forbidden', because: ['assigned'] });
    await expect(decide(at, {}, staff.lead)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(decide(at, {}, staff.auditor)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(decide(at, {}, staff.outsider)).rejects.toMatchObject({ code: 'not_found' });
    await expect(decide(at, {}, at.signatory)).rejects.toMatchObject({ code: 'not_found' });
    await expect(decide(at, {}, staff.administrator)).rejects.toMatchObject({ code: 'not_found' });
    await staff.work(staff.reviewer, (tx) =>
      tx.insert(conflictsOfInterest).values({
        userId: staff.reviewer.userId,
        organisationId: at.insurer.id,
        declaredAt: new Date(),
      }),
    );
    await expect(decide(at)).rejects.toMatchObject({ code: 'not_found' });
    expect(await verdictsOf(at)).toEqual([]);
  });

  it.each(['submitted', 'returned', 'proposed', 'published'] as const)(
    'is not given in the state %s',
    async (state) => {
      const at = await makeReviewCase(database, staff, { state });
      await expect(decide(at)).rejects.toMatchObject({ code: 'precondition', because: ['wrong_state'] });
    },
  );

  it('is not found for an unknown criterion, and refused for one that does not apply', async () => {
    const at = await makeReviewCase(database, staff, { intake: { authorisedAgents: false } });
    await expect(decide(at, { criterionKey: 'X.1.a' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(decide(at, { criterionKey: 'IV.2.a' })).rejects.toMatchObject({ because: ['not_applicable'] });
  });

  it('leaves nothing behind when its key belongs to another verdict', async () => {
    const at = await makeReviewCase(database, staff);
    const id = randomUUID();
    await decide(at, { id });
    await expect(decide(at, { id, criterionKey: 'I.3.d' })).rejects.toMatchObject({ code: 'invalid' });
    expect(await verdictsOf(at)).toHaveLength(1);
    const events = await staff.work(staff.auditor, (tx) =>
      tx.select().from(auditEvents).where(eq(auditEvents.assessmentId, at.assessmentId)),
    );
    expect(events).toHaveLength(1);
  });
});

describe('a verdict on an intake fact', () => {
  const say = (at: ReviewCase, value: boolean, said: { reason?: string; version?: number; id?: string } = {}) =>
    decideIntake(staff.as(staff.reviewer), {
      id: randomUUID(),
      assessmentId: at.assessmentId,
      intakeKey: 'authorisedAgents',
      version: 0,
      value,
      ground: said.reason ? 'new_information' : null,
      reason: '',
      ...said,
    });

  it('makes criteria apply that were never answered: they are asked, and count as an interval', async () => {
    const at = await makeReviewCase(database, staff, { intake: { authorisedAgents: false } });
    const { consequence } = await say(at, true, { reason: 'Er zijn twee volmachten.' });
    expect(consequence.before.sections.IV).toBeNull();
    expect(consequence.after.sections.IV).toEqual({ low: 1, high: 5 });
    const { head } = await getReview(staff.as(staff.reviewer), { assessmentId: at.assessmentId });
    expect(head.toJudge.criteria).toContain('IV.2.a');
    expect(head.toJudge.intake).not.toContain('authorisedAgents');
  });

  it('needs ground and reason to differ, and none to confirm', async () => {
    const at = await makeReviewCase(database, staff);
    await expect(say(at, false)).rejects.toMatchObject({ because: ['override_reasoned'] });
    expect(await say(at, true)).toMatchObject({ version: 1 });
    await expect(say(at, false, { reason: 'Geen volmacht.' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('asks nothing first about criteria that stop applying with it', async () => {
    const at = await makeReviewCase(database, staff, { answers: { 'III.2.b': { response: 'not_met' } } });
    const said = {
      id: randomUUID(),
      assessmentId: at.assessmentId,
      intakeKey: 'externalLossAdjusters',
      version: 0,
      value: false,
      ground: 'new_information' as const,
      reason: 'Geen externe experts.',
    };
    expect(await decideIntake(staff.as(staff.reviewer), said)).toMatchObject({ version: 1 });
  });
});

describe('confirming what is undisputed', () => {
  const lines = (...keys: string[]) => keys.map((criterionKey) => ({ criterionKey, id: randomUUID() }));
  const confirm = (at: ReviewCase, chosen: ReturnType<typeof lines>, by = staff.reviewer) =>
    confirmUndisputed(staff.as(by), { assessmentId: at.assessmentId, lines: chosen });

  it('lists neither "Deels" nor what is fulfilled only through another criterion, and records each apart', async () => {
    const at = await makeReviewCase(database, staff, {
      answers: {
        'I.2.a': { response: 'partly' },
        'I.2.b': { response: 'not_met' },
        'III.2.a': { response: 'not_met' },
      },
    });
    const { undisputed } = await getReview(staff.as(staff.reviewer), { assessmentId: at.assessmentId });
    const keys = undisputed.map(({ key }) => key);
    expect(keys).toHaveLength(38);
    expect(keys).toContain('I.2.b');
    expect(keys).not.toContain('I.2.a');
    expect(keys).not.toContain('III.2.a');
    // Judged from claim files, of which none was drawn.
    for (const key of ['I.3.c', 'I.3.d', 'I.4.c', 'I.5.a']) expect(keys).not.toContain(key);
    const chosen = lines(...keys);
    expect(await confirm(at, chosen)).toEqual({ confirmed: 38 });
    const given = await verdictsOf(at);
    expect(given).toHaveLength(38);
    expect(given.find(({ criterionKey }) => criterionKey === 'I.2.b')).toMatchObject({
      response: 'not_met',
      overrides: false,
      version: 1,
      decidedBy: staff.reviewer.userId,
    });
    await confirm(at, chosen);
    expect(await verdictsOf(at)).toHaveLength(38);
  });

  it('confirms nothing when one on the list is disputed by now', async () => {
    const at = await makeReviewCase(database, staff);
    await decide(at, override);
    await expect(confirm(at, lines('I.2.a', 'I.3.c'))).rejects.toMatchObject({
      because: ['not_undisputed'],
      detail: { criteria: ['I.3.c'] },
    });
    expect(await verdictsOf(at)).toHaveLength(1);
  });

  it('is the assigned reviewer’s, in review', async () => {
    const at = await makeReviewCase(database, staff);
    await expect(confirm(at, lines('I.2.a'), staff.colleague)).rejects.toMatchObject({ code: 'forbidden' });
    await at.setState('proposed');
    await expect(confirm(at, lines('I.2.a'))).rejects.toMatchObject({ because: ['wrong_state'] });
  });
});

describe('after a resubmission', () => {
  it('verdicts stand where the answer is equal; elsewhere they are asked again, and both answers are shown', async () => {
    const at = await makeReviewCase(database, staff);
    await decide(at);
    await decide(at, { criterionKey: 'I.3.d' });
    await at.setState('returned');
    await at.submit({ answers: { 'I.3.c': { response: 'met', explanation: 'Nu met een register.' } } });
    await at.setState('in_review');
    const changed = await criterionOf(at, 'I.3.c');
    expect(changed).toMatchObject({
      askedAgain: true,
      verdict: null,
      version: 1,
      before: { response: 'met', explanation: 'Zo doen wij het.', parts: ['explanation'] },
    });
    expect(await criterionOf(at, 'I.3.d')).toMatchObject({
      askedAgain: false,
      verdict: { response: 'met' },
      before: null,
    });
    const { head } = await getReview(staff.as(staff.reviewer), { assessmentId: at.assessmentId });
    expect(head.toJudge.criteria).toContain('I.3.c');
    expect(head.toJudge.criteria).not.toContain('I.3.d');
    expect(await decide(at, { version: 1 })).toMatchObject({ version: 2 });
  });
});
