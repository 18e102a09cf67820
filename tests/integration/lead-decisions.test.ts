import { and, eq, isNull } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { assessments } from '#db/schema/assessments.ts';
import { auditEvents } from '#db/schema/audit.ts';
import { assignments, notices, transitions } from '#db/schema/reviews.ts';
import type { Actor } from '#domain/policy.ts';
import { inTransaction } from '#services/context.ts';
import { correctPublication } from '#services/publications/correct-publication.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { approveOutcome } from '#services/reviews/approve-outcome.ts';
import { assignReviewer } from '#services/reviews/assign-reviewer.ts';
import { closeAssessment } from '#services/reviews/close-assessment.ts';
import { declareConflict } from '#services/reviews/declare-conflict.ts';
import { extendTerm } from '#services/reviews/extend-term.ts';
import { getReviewOverview } from '#services/reviews/get-review-overview.ts';
import { proposeOutcome } from '#services/reviews/propose-outcome.ts';
import { reopenAssessment } from '#services/reviews/reopen-assessment.ts';
import { revokeApproval } from '#services/reviews/revoke-approval.ts';
import { sendBackOutcome } from '#services/reviews/send-back-outcome.ts';
import { unassignReviewer } from '#services/reviews/unassign-reviewer.ts';
import { testDatabase } from '../support/database.ts';
import {
  makeDecidedCase,
  makeReviewRound,
  makeSupervisor,
  type Staff,
  type Supervisor,
} from '../support/decided-case.ts';

const database = testDatabase();
const now = new Date('2026-11-20T10:00:00Z');
let supervisor: Supervisor;
let staff: Staff;
let round: Awaited<ReturnType<typeof makeReviewRound>>;
let openRound: Awaited<ReturnType<typeof makeReviewRound>>;

beforeAll(async () => {
  supervisor = await makeSupervisor(database.db, now);
  staff = supervisor.staff;
  round = await makeReviewRound(database.db, supervisor, now);
  openRound = await makeReviewRound(database.db, supervisor, now, { fourEyes: false });
});

const as = (actor: Actor) => ({ actor, db: database.db, now });
type Options = Partial<Parameters<typeof makeDecidedCase>[1]>;
const makeCase = (options: Options = {}) => makeDecidedCase(database.db, { supervisor, round, now, ...options });
const reading = <T>(work: Parameters<typeof inTransaction<T>>[1]) => inTransaction(as(staff.lead), work);
const stateOf = async (id: string) =>
  (await reading((tx) => tx.select().from(assessments).where(eq(assessments.id, id))))[0]?.state;
const stepsOf = (id: string) =>
  reading((tx) => tx.select().from(transitions).where(eq(transitions.assessmentId, id)).orderBy(transitions.takenAt));
const noticesOf = (id: string) => reading((tx) => tx.select().from(notices).where(eq(notices.assessmentId, id)));
const eventsOf = (id: string) =>
  reading((tx) => tx.select().from(auditEvents).where(eq(auditEvents.assessmentId, id)).orderBy(auditEvents.sequence));
const activeOn = (id: string) =>
  reading((tx) =>
    tx
      .select({ userId: assignments.userId })
      .from(assignments)
      .where(and(eq(assignments.assessmentId, id), isNull(assignments.endedAt))),
  );

describe('assigning', () => {
  it('gives several cases at once to one reviewer and says how many that one has now', async () => {
    const cases = await Promise.all([makeCase({ state: 'draft' }), makeCase({ state: 'submitted' })]);
    const assessmentIds = cases.map(({ assessmentId }) => assessmentId);
    const before = await assignReviewer(as(staff.lead), { assessmentIds, userId: staff.otherLead.userId });
    expect(before.assigned).toBe(2);
    const again = await assignReviewer(as(staff.lead), { assessmentIds, userId: staff.otherLead.userId });
    expect(again).toEqual({ assigned: 0, workload: before.workload });
    for (const id of assessmentIds) {
      expect(await activeOn(id)).toEqual([{ userId: staff.otherLead.userId }]);
      expect((await eventsOf(id)).map(({ action }) => action)).toEqual(['assignment.assign']);
    }
  });

  it('assigns all or none, and names what is wrong with each case', async () => {
    const [free, published] = await Promise.all([makeCase({ state: 'submitted' }), makeCase()]);
    await reading((tx) =>
      tx.update(assessments).set({ state: 'published' }).where(eq(assessments.id, published.assessmentId)),
    );
    const assessmentIds = [free.assessmentId, published.assessmentId];
    await expect(
      assignReviewer(as(staff.lead), { assessmentIds, userId: staff.otherReviewer.userId }),
    ).rejects.toMatchObject({
      code: 'precondition',
      because: expect.arrayContaining(['round_reviewer', 'wrong_state']),
      detail: { [free.assessmentId]: ['round_reviewer'], [published.assessmentId]: ['wrong_state', 'round_reviewer'] },
    });
    expect(await activeOn(free.assessmentId)).toEqual([]);
  });

  it('refuses a reviewer with a conflict, and makes one case assigned twice at once one assignment', async () => {
    const conflicted = await makeCase({ state: 'submitted' });
    const actor = staff.reviewer;
    await declareConflict(as(actor), { organisationId: conflicted.organisation.id });
    await expect(
      assignReviewer(as(staff.lead), { assessmentIds: [conflicted.assessmentId], userId: actor.userId }),
    ).rejects.toMatchObject({ code: 'precondition', because: ['no_conflict'] });

    const contested = await makeCase({ state: 'submitted' });
    const input = { assessmentIds: [contested.assessmentId], userId: actor.userId };
    await Promise.all([assignReviewer(as(staff.lead), input), assignReviewer(as(staff.otherLead), input)]);
    expect(await activeOn(contested.assessmentId)).toHaveLength(1);
  });

  it('is not for a reviewer, an auditor, an administrator or an insurer', async () => {
    const one = await makeCase({ state: 'submitted' });
    const input = { assessmentIds: [one.assessmentId], userId: staff.reviewer.userId };
    await expect(assignReviewer(as(staff.reviewer), input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(assignReviewer(as(staff.otherReviewer), input)).rejects.toMatchObject({ code: 'not_found' });
    await expect(assignReviewer(as(staff.auditor), input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(assignReviewer(as(staff.administrator), input)).rejects.toMatchObject({ code: 'not_found' });
    await expect(assignReviewer(as(one.signatory), input)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('ends an assignment once, but not after publication', async () => {
    const one = await makeCase({ state: 'in_review' });
    const input = { assessmentId: one.assessmentId, userId: staff.reviewer.userId };
    await expect(unassignReviewer(as(staff.lead), input)).resolves.toEqual({ ended: true });
    await expect(unassignReviewer(as(staff.lead), input)).resolves.toEqual({ ended: false });
    await expect(unassignReviewer(as(staff.reviewer), input)).rejects.toMatchObject({ code: 'forbidden' });
    await reading((tx) =>
      tx.update(assessments).set({ state: 'published' }).where(eq(assessments.id, one.assessmentId)),
    );
    await expect(unassignReviewer(as(staff.lead), input)).rejects.toMatchObject({ because: ['wrong_state'] });
  });
});

describe('a declared conflict of interest', () => {
  it('ends the assignments and makes the case not found for that person only', async () => {
    const one = await makeCase({ state: 'in_review' });
    const { organisation, assessmentId } = one;
    await expect(declareConflict(as(staff.reviewer), { organisationId: organisation.id })).resolves.toEqual({
      ended: 1,
    });
    await expect(declareConflict(as(staff.reviewer), { organisationId: organisation.id })).resolves.toEqual({
      ended: 0,
    });
    expect(await activeOn(assessmentId)).toEqual([]);
    await declareConflict(as(staff.lead), { organisationId: organisation.id });
    const closing = { assessmentId, reasonKind: 'other' as const, reason: 'Fusie' };
    await expect(closeAssessment(as(staff.lead), closing)).rejects.toMatchObject({ code: 'not_found' });
    await expect(closeAssessment(as(staff.otherLead), closing)).resolves.toEqual({ assessmentId });
  });

  it('is declared by staff about an insurer only', async () => {
    const one = await makeCase({ state: 'draft' });
    const about = { organisationId: one.organisation.id };
    await expect(declareConflict(as(one.signatory), about)).rejects.toMatchObject({ code: 'not_found' });
    await expect(declareConflict(as(staff.administrator), about)).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      declareConflict(as(staff.auditor), { organisationId: supervisor.organisation.id }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('approving', () => {
  it('asks for each difference between computed and determined by name', async () => {
    const one = await makeCase({ state: 'proposed', levels: { I: 4, II: 3 } });
    const { assessmentId } = one;
    await expect(approveOutcome(as(staff.lead), { assessmentId, approved: ['I'] })).rejects.toMatchObject({
      code: 'precondition',
      because: ['differences_approved'],
    });
    await approveOutcome(as(staff.lead), { assessmentId, approved: ['I', 'II'] });
    expect(await stateOf(assessmentId)).toBe('decided');
    expect((await eventsOf(assessmentId)).at(-1)).toMatchObject({
      action: 'outcome.approve',
      detail: { differences: ['I', 'II'], fourEyes: true, sameHand: false },
    });
    await expect(approveOutcome(as(staff.lead), { assessmentId, approved: ['I', 'II'] })).rejects.toMatchObject({
      because: ['wrong_state'],
    });
  });

  it('is refused to the lead who judged in it, unless the round asks for no four eyes, which the log then says', async () => {
    const judgedBy = staff.otherLead;
    const held = await makeCase({ state: 'proposed', judgedBy });
    await expect(approveOutcome(as(judgedBy), { assessmentId: held.assessmentId, approved: [] })).rejects.toMatchObject(
      { code: 'forbidden', because: ['second_eyes'] },
    );
    const free = await makeCase({ state: 'proposed', judgedBy, round: openRound });
    await approveOutcome(as(judgedBy), { assessmentId: free.assessmentId, approved: [] });
    expect((await eventsOf(free.assessmentId)).at(-1)?.detail).toMatchObject({ fourEyes: false, sameHand: true });
  });

  it('is refused to a reviewer and unseen by an insurer', async () => {
    const { assessmentId, signatory } = await makeCase({ state: 'proposed' });
    const input = { assessmentId, approved: [] };
    await expect(approveOutcome(as(staff.reviewer), input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(approveOutcome(as(signatory), input)).rejects.toMatchObject({ code: 'not_found' });
    await expect(approveOutcome(as(staff.administrator), input)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('going back', () => {
  it('sends a proposal back, and revokes an approval, each with a reason that the insurer does not get', async () => {
    const proposed = await makeCase({ state: 'proposed' });
    const decided = await makeCase({ state: 'decided' });
    await expect(
      sendBackOutcome(as(staff.lead), { assessmentId: proposed.assessmentId, reason: '' }),
    ).rejects.toMatchObject({ because: ['reason_given'] });
    await sendBackOutcome(as(staff.lead), { assessmentId: proposed.assessmentId, reason: 'Kijk nog eens naar II' });
    await expect(
      revokeApproval(as(staff.lead), { assessmentId: decided.assessmentId, reason: '' }),
    ).rejects.toMatchObject({ because: ['reason_given'] });
    await revokeApproval(as(staff.lead), { assessmentId: decided.assessmentId, reason: 'Nieuwe informatie' });
    for (const { assessmentId } of [proposed, decided]) {
      expect(await stateOf(assessmentId)).toBe('in_review');
      expect(await noticesOf(assessmentId)).toEqual([]);
    }
    expect((await stepsOf(decided.assessmentId)).at(-1)).toMatchObject({ verb: 'revoke', reason: 'Nieuwe informatie' });
    await expect(
      revokeApproval(as(staff.lead), { assessmentId: proposed.assessmentId, reason: 'Nog eens' }),
    ).rejects.toMatchObject({ because: ['wrong_state'] });
    await expect(
      sendBackOutcome(as(staff.reviewer), { assessmentId: proposed.assessmentId, reason: 'Nee' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('closing', () => {
  it('closes with a reason that the insurer reads, and opens again where it was', async () => {
    const { assessmentId } = await makeCase({ state: 'submitted' });
    const closing = { assessmentId, reasonKind: 'merged' as const };
    await expect(closeAssessment(as(staff.lead), { ...closing, reason: '' })).rejects.toMatchObject({
      because: ['reason_given'],
    });
    await closeAssessment(as(staff.lead), { ...closing, reason: 'Opgegaan in een ander' });
    expect(await stateOf(assessmentId)).toBe('closed');
    await expect(closeAssessment(as(staff.lead), { ...closing, reason: 'Nog eens' })).rejects.toMatchObject({
      because: ['wrong_state'],
    });
    await expect(reopenAssessment(as(staff.lead), { assessmentId, reason: '' })).rejects.toMatchObject({
      because: ['reason_given'],
    });
    await reopenAssessment(as(staff.lead), { assessmentId, reason: 'Toch zelfstandig' });
    expect(await stateOf(assessmentId)).toBe('submitted');
    expect((await noticesOf(assessmentId)).map(({ kind, reason }) => [kind, reason])).toEqual([
      ['closed', 'Opgegaan in een ander'],
      ['reopened', 'Toch zelfstandig'],
    ]);
  });

  it('stays closed when nothing tells where it was', async () => {
    const { assessmentId } = await makeCase({ state: 'submitted' });
    await reading((tx) => tx.update(assessments).set({ state: 'closed' }).where(eq(assessments.id, assessmentId)));
    await expect(reopenAssessment(as(staff.lead), { assessmentId, reason: 'Toch nog' })).rejects.toMatchObject({
      because: ['previous_state_known'],
    });
    expect(await stateOf(assessmentId)).toBe('closed');
  });

  it('does not close what is proposed, and is the lead’s alone', async () => {
    const { assessmentId, signatory } = await makeCase({ state: 'proposed' });
    const input = { assessmentId, reasonKind: 'other' as const, reason: 'Anders' };
    await expect(closeAssessment(as(staff.lead), input)).rejects.toMatchObject({ because: ['wrong_state'] });
    await expect(closeAssessment(as(staff.reviewer), input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(closeAssessment(as(signatory), input)).rejects.toMatchObject({ code: 'not_found' });
    await expect(reopenAssessment(as(staff.lead), input)).rejects.toMatchObject({
      because: expect.arrayContaining(['wrong_state']),
    });
  });
});

describe('closing what was published', () => {
  it('is refused while it is revised, in words, and the case goes on to its next edition', async () => {
    const { assessmentId } = await makeCase({ state: 'decided' });
    await publishAssessment(as(staff.lead), { assessmentId });
    await correctPublication(as(staff.lead), { assessmentId, reason: 'Een fout in onderdeel III.' });
    const offered = (await getReviewOverview(as(staff.lead), { assessmentId })).decisions?.open;
    expect(offered).toContainEqual({ decision: 'close', blocks: ['never_published'] });
    await expect(
      closeAssessment(as(staff.lead), { assessmentId, reasonKind: 'other', reason: 'Anders' }),
    ).rejects.toMatchObject({ code: 'precondition', because: ['never_published'] });
    expect(await stateOf(assessmentId)).toBe('in_review');
  });
});

describe('extending a term', () => {
  it('moves the end to 23:59:59 in the Netherlands, also when the old one is over, and tells the insurer', async () => {
    const { assessmentId } = await makeCase({ state: 'draft' });
    const late = { ...as(staff.lead), now: new Date('2027-01-20T09:00:00Z') };
    const input = { assessmentId, reason: 'Gevraagd op 19 januari' };
    await expect(extendTerm(late, { ...input, lastDay: '2027-01-19' })).rejects.toMatchObject({
      because: ['term_set'],
    });
    await expect(extendTerm(late, { ...input, reason: '', lastDay: '2027-01-19' })).rejects.toMatchObject({
      because: ['reason_given', 'term_set'],
    });
    const { termAt: deadlineAt } = await extendTerm(late, { ...input, lastDay: '2027-02-01' });
    expect(deadlineAt).toBe('2027-02-01T22:59:59.000Z');
    expect(await noticesOf(assessmentId)).toMatchObject([
      { kind: 'extended', reason: 'Gevraagd op 19 januari', termAt: new Date(deadlineAt) },
    ]);
    await expect(extendTerm(as(staff.reviewer), { ...input, lastDay: '2027-03-01' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('changes nothing once an outcome is proposed', async () => {
    const { assessmentId } = await makeCase({ state: 'proposed' });
    await expect(
      extendTerm(as(staff.lead), { assessmentId, reason: 'Nog even', lastDay: '2027-02-01' }),
    ).rejects.toMatchObject({ because: ['wrong_state'] });
  });
});

describe('what the page of a case offers a lead', () => {
  const offered = async (actor: Actor, id: string) => {
    const { decisions } = await getReviewOverview(as(actor), { assessmentId: id });
    return decisions?.open.map(({ decision, blocks }) => [decision, ...blocks]);
  };

  it('is what the state allows, with every guard that still stands in the way', async () => {
    const submitted = await makeCase({ state: 'submitted' });
    expect(await offered(staff.lead, submitted.assessmentId)).toEqual([['extend'], ['close'], ['assign']]);
    const proposed = await makeCase({ state: 'proposed', judgedBy: staff.otherLead });
    expect(await offered(staff.lead, proposed.assessmentId)).toEqual([['approve'], ['send_back'], ['assign']]);
    expect(await offered(staff.otherLead, proposed.assessmentId)).toEqual([
      ['approve', 'approver_not_involved'],
      ['send_back'],
      ['assign'],
    ]);
    const decided = await makeCase({ state: 'decided' });
    expect(await offered(staff.lead, decided.assessmentId)).toEqual([['publish'], ['revoke'], ['assign']]);
    expect(await offered(staff.reviewer, decided.assessmentId)).toBeUndefined();
  });

  it('names each difference, the reviewers with their workload, and the reason of the last step back', async () => {
    const { assessmentId } = await makeCase({ state: 'proposed', levels: { II: 3 } });
    const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
    await sendBackOutcome({ ...as(staff.lead), now: at(1) }, { assessmentId, reason: 'Kijk nog eens naar II' });
    const { decisions } = await getReviewOverview(as(staff.lead), { assessmentId });
    expect(decisions?.differences).toEqual([
      { sectionKey: 'II', computed: 5, determined: 3, reason: 'Verschil bij II' },
    ]);
    expect(decisions?.lastReason).toMatchObject({ verb: 'send_back', reason: 'Kijk nog eens naar II' });
    const told = () => getReviewOverview(as(staff.reviewer), { assessmentId }).then(({ sentBack }) => sentBack);
    expect(await told()).toMatchObject({ verb: 'send_back', reason: 'Kijk nog eens naar II' });
    await proposeOutcome({ ...as(staff.reviewer), now: at(2) }, { assessmentId });
    expect(await told()).toBeNull();
    expect(decisions?.reviewers.map(({ name, assigned }) => [name, assigned])).toEqual([
      ['otherLead', false],
      ['reviewer', true],
    ]);
  });
});
