import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { assessments } from '#db/schema/assessments.ts';
import { draftOutcomes, hearingStatements, objectionAnswers } from '#db/schema/hearing.ts';
import { transitions } from '#db/schema/reviews.ts';
import type { Person } from '#db/seed/builders.ts';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { answerObjection } from '#services/hearing/answer-objection.ts';
import { getDraftOutcome } from '#services/hearing/get-draft-outcome.ts';
import { getDraftOutcomePreview } from '#services/hearing/get-draft-outcome-preview.ts';
import { readHearing } from '#services/hearing/hearing-facts.ts';
import { readOpenDraftOutcome } from '#services/hearing/open-draft-outcome.ts';
import { reopenReview } from '#services/hearing/reopen-review.ts';
import { respondOutcome } from '#services/hearing/respond-outcome.ts';
import { saveStatement, saveStatementInput } from '#services/hearing/save-statement.ts';
import { sendDraftOutcome } from '#services/hearing/send-draft-outcome.ts';
import { listActivity } from '#services/history/list-activity.ts';
import { correctPublication } from '#services/publications/correct-publication.ts';
import { getDashboard } from '#services/publications/get-dashboard.ts';
import { publicationSchema } from '#services/publications/publication-schema.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { sendRequests } from '#services/requests/send-requests.ts';
import { approveOutcome } from '#services/reviews/approve-outcome.ts';
import { decideCriterion } from '#services/reviews/decide-criterion.ts';
import { decideIntake } from '#services/reviews/decide-intake.ts';
import { extendTerm } from '#services/reviews/extend-term.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { getReviewOverview } from '#services/reviews/get-review-overview.ts';
import { listQueue, listQueueInput } from '#services/reviews/list-queue.ts';
import { proposeOutcome } from '#services/reviews/propose-outcome.ts';
import { testDatabase } from '../support/database.ts';
import { determineAll, judgeAll } from '../support/judged-case.ts';
import { makeReviewCase, makeStaff, type ReviewCase, reviewNow, type Staff } from '../support/review-case.ts';

const database = testDatabase();
let staff: Staff;
beforeAll(async () => {
  staff = await makeStaff(database, { hearing: true });
});

// Fourteen days after Sunday 22 November 2026, a Sunday again, and so the Monday after it.
const termAt = new Date('2026-12-07T22:59:59Z');
const inTerm = new Date('2026-12-01T10:00:00Z');
const afterTerm = new Date('2026-12-08T10:00:00Z');
const sections = ['I', 'II', 'III', 'IV', 'V'];

async function judged() {
  const at = await makeReviewCase(database, staff);
  await judgeAll(at, staff);
  await determineAll(at, staff);
  return at;
}
const send = (at: ReviewCase, { id = randomUUID(), by = staff.reviewer, now = reviewNow } = {}) =>
  sendDraftOutcome(staff.as(by, now), { id, assessmentId: at.assessmentId });
/** Sent, with its key. */
async function sent() {
  const at = await judged();
  const id = randomUUID();
  await send(at, { id });
  return { at, id };
}
const say = (
  at: ReviewCase,
  sectionKey: string,
  said: { agrees: 'yes' | 'no' | ''; text?: string; version?: number },
) =>
  saveStatement(
    staff.as(at.signatory, inTerm),
    saveStatementInput.parse({ assessmentId: at.assessmentId, sectionKey, version: 0, ...said }),
  );
const agreeBut = async (at: ReviewCase, objecting: string[]) => {
  for (const key of sections)
    await say(at, key, objecting.includes(key) ? { agrees: 'no', text: 'Zo niet.' } : { agrees: 'yes' });
};
const respond = (at: ReviewCase, id: string, { by = at.signatory, now = inTerm }: { by?: Person; now?: Date } = {}) =>
  respondOutcome(staff.as(by, now), { assessmentId: at.assessmentId, draftOutcomeId: id });
const propose = (at: ReviewCase, now: Date) =>
  proposeOutcome(staff.as(staff.reviewer, now), { assessmentId: at.assessmentId });
const stateOf = async (at: ReviewCase) => {
  const [row] = await staff.work(staff.lead, (tx) =>
    tx.select().from(assessments).where(eq(assessments.id, at.assessmentId)),
  );
  return row?.state;
};
/** What the queue tells beside the state of a case. */
const marksOf = async (at: ReviewCase, now: Date) => {
  const asked = listQueueInput.parse({ round: staff.roundId, q: at.insurer.number });
  return (await listQueue(staff.as(staff.reviewer, now), asked)).lines.map(({ statuses }) => statuses);
};
const hearingOf = (at: ReviewCase) => staff.work(staff.reviewer, (tx) => readHearing(tx, at.assessmentId));

describe('sending the draft outcome', () => {
  it('freezes what the insurer reads, with its hash and a term, and names nobody', async () => {
    const { at, id } = await sent();
    expect(await stateOf(at)).toBe('hearing');
    const seen = await staff.work(at.signatory, (tx) => readOpenDraftOutcome(tx, at.assessmentId, inTerm));
    expect(seen).toMatchObject({ id, version: 1, termAt, respondedAt: null });
    const content = JSON.parse(seen.content);
    expect(content).toMatchObject({
      schema: 'trede-draft-outcome-1',
      total: '5',
      sections: sections.map((key) => ({ key, level: 5 })),
    });
    for (const person of [staff.reviewer, staff.lead]) expect(seen.content).not.toContain(person.userId);
    const read = staff.work(at.signatory, (tx) => tx.select().from(draftOutcomes));
    await expect(read).rejects.toMatchObject({ cause: { message: expect.stringContaining('permission denied') } });
  });

  it('sends once, however often it is asked', async () => {
    const { at, id } = await sent();
    await expect(send(at, { id })).resolves.toMatchObject({ version: 1 });
    expect((await hearingOf(at)).versions).toHaveLength(1);
  });

  it('waits until everything is judged and determined', async () => {
    const at = await makeReviewCase(database, staff);
    await expect(send(at)).rejects.toMatchObject({ because: ['everything_judged', 'every_section_determined'] });
    expect(await stateOf(at)).toBe('in_review');
  });

  it('waits for a determination on the level that is computed now', async () => {
    const at = await judged();
    await decideCriterion(staff.as(staff.reviewer), {
      id: randomUUID(),
      assessmentId: at.assessmentId,
      criterionKey: 'I.2.a',
      version: 1,
      response: 'not_met',
      ground: 'not_demonstrated',
      reason: 'Niet gezien.',
    });
    await expect(send(at)).rejects.toMatchObject({ because: ['determinations_current'] });
    expect(await stateOf(at)).toBe('in_review');
  });

  it('is refused where the round has no hearing, to others, and in another state', async () => {
    const silent = await makeStaff(database);
    const without = await makeReviewCase(database, silent);
    await expect(
      sendDraftOutcome(silent.as(silent.reviewer), { id: randomUUID(), assessmentId: without.assessmentId }),
    ).rejects.toMatchObject({
      because: expect.arrayContaining(['hearing_on']),
    });
    const { at } = await sent();
    await expect(send(at)).rejects.toMatchObject({ because: ['wrong_state'] });
    await expect(send(at, { by: staff.colleague })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(send(at, { by: staff.lead })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(send(at, { by: at.signatory })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lets verdicts rest while the insurer reads it', async () => {
    const { at } = await sent();
    const { assessmentId } = at;
    const word = { id: randomUUID(), assessmentId, criterionKey: 'I.2.a', version: 1, ground: null, reason: '' };
    await expect(decideCriterion(staff.as(staff.reviewer), { ...word, response: 'met' })).rejects.toMatchObject({
      because: ['wrong_state'],
    });
  });
});

describe('what the insurer says of it', () => {
  it('is its own until it is sent, and is never lost', async () => {
    const { at, id } = await sent();
    await say(at, 'I', { agrees: 'no', text: 'Regel één.\r\nRegel twee.' });
    expect((await hearingOf(at)).versions[0]).toMatchObject({ respondedAt: null, statements: {} });
    await agreeBut(at, []).catch(() => {});
    const own = await staff.work(at.signatory, (tx) => readOpenDraftOutcome(tx, at.assessmentId, inTerm));
    expect(own.statements.I).toEqual({ agrees: false, text: 'Regel één.\nRegel twee.', version: 1 });
    expect(own.id).toBe(id);
  });

  it('shows what a colleague saved meanwhile, and takes the same words twice', async () => {
    const { at } = await sent();
    await say(at, 'II', { agrees: 'no', text: 'Eerst.' });
    await expect(say(at, 'II', { agrees: 'yes' })).rejects.toMatchObject({
      code: 'conflict',
      detail: { agrees: false, text: 'Eerst.', version: 1 },
    });
    await expect(say(at, 'II', { agrees: 'no', text: 'Eerst.' })).resolves.toMatchObject({ version: 1 });
    await expect(say(at, 'II', { agrees: 'yes', version: 1 })).resolves.toMatchObject({ version: 2 });
  });

  it('is about sections that the outcome tells, within the term, by who may', async () => {
    const { at } = await sent();
    await expect(say(at, 'VI', { agrees: 'yes' })).rejects.toMatchObject({ code: 'not_found' });
    const late = { assessmentId: at.assessmentId, sectionKey: 'I', version: 0, agrees: true, text: '' };
    await expect(saveStatement(staff.as(at.signatory, afterTerm), late)).rejects.toMatchObject({
      because: ['term_open'],
    });
    const other = await sent();
    await expect(saveStatement(staff.as(other.at.signatory, inTerm), late)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(saveStatement(staff.as(staff.reviewer, inTerm), late)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('sending the response', () => {
  it('opens it to the supervisor, once and for good', async () => {
    const { at, id } = await sent();
    await agreeBut(at, ['IV']);
    const first = await respond(at, id);
    expect(await respond(at, id)).toEqual(first);
    expect((await hearingOf(at)).versions[0]).toMatchObject({
      respondedAt: inTerm,
      statements: { I: { agrees: true }, IV: { agrees: false, text: 'Zo niet.', answerVersion: 0 } },
    });
    await expect(say(at, 'I', { agrees: 'no', text: 'Toch niet.', version: 1 })).rejects.toMatchObject({
      because: ['not_yet_responded'],
    });
    await expect(respond(at, randomUUID())).rejects.toMatchObject({ because: ['not_yet_responded'] });
  });

  it('names every section that still lacks a choice or a reason', async () => {
    const { at, id } = await sent();
    await say(at, 'I', { agrees: 'yes' });
    await say(at, 'II', { agrees: 'no', text: '  ' });
    await expect(respond(at, id)).rejects.toMatchObject({
      because: ['statements_complete'],
      detail: {
        gaps: [
          { sectionKey: 'II', because: 'no_text' },
          ...['III', 'IV', 'V'].map((sectionKey) => ({ sectionKey, because: 'not_chosen' })),
        ],
      },
    });
  });

  it('is refused after the term, to who is no signatory, and for a version that was replaced', async () => {
    const { at, id } = await sent();
    await agreeBut(at, []);
    await expect(respond(at, id, { now: afterTerm })).rejects.toMatchObject({ because: ['term_open'] });
    const coordinator = { ...at.signatory, roles: ['coordinator' as const] };
    await expect(respond(at, id, { by: coordinator })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(respond(at, randomUUID())).rejects.toMatchObject({ because: ['newer_version'] });
    await expect(respond(at, id, { by: staff.lead })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('races a colleague’s last word: what is sent holds it, or it is refused', async () => {
    const { at, id } = await sent();
    await agreeBut(at, []);
    const [saved, responded] = await Promise.allSettled([
      say(at, 'V', { agrees: 'no', text: 'Nog net.', version: 1 }),
      respond(at, id),
    ]);
    expect(responded.status).toBe('fulfilled');
    const said = (await hearingOf(at)).versions[0]?.statements.V;
    expect(said).toMatchObject(
      saved.status === 'fulfilled' ? { agrees: false, text: 'Nog net.' } : { agrees: true, text: '' },
    );
  });
});

describe('after the hearing', () => {
  it('every objection is answered before it is proposed; an earlier answer stays', async () => {
    const { at, id } = await sent();
    await agreeBut(at, ['II']);
    await respond(at, id);
    await expect(propose(at, inTerm)).rejects.toMatchObject({ because: ['objections_answered'] });
    const answer = (text: string, version: number, sectionKey = 'II') =>
      answerObjection(staff.as(staff.reviewer, inTerm), {
        assessmentId: at.assessmentId,
        draftOutcomeId: id,
        sectionKey,
        version,
        text,
      });
    await expect(answer('', 0)).rejects.toMatchObject({ because: ['reason_given'] });
    await expect(answer('Goed.', 0, 'I')).rejects.toMatchObject({ code: 'not_found' });
    await answer('Wij blijven erbij.', 0);
    await expect(answer('Wij blijven erbij.', 0)).resolves.toMatchObject({ version: 1 });
    await expect(answer('Anders.', 0)).rejects.toMatchObject({
      code: 'conflict',
      detail: { text: 'Wij blijven erbij.', version: 1 },
    });
    await answer('Wij blijven erbij, want het bewijs ontbreekt.', 1);
    const kept = await staff.work(staff.auditor, (tx) =>
      tx.select().from(objectionAnswers).where(eq(objectionAnswers.draftOutcomeId, id)),
    );
    expect(kept).toHaveLength(2);
    await propose(at, inTerm);
    expect(await stateOf(at)).toBe('proposed');
  });

  it('silence is recorded as silence, and only after the term', async () => {
    const { at } = await sent();
    await expect(propose(at, inTerm)).rejects.toMatchObject({ because: ['responded_or_term_over'] });
    await propose(at, afterTerm);
    expect((await hearingOf(at)).versions[0]).toMatchObject({ silentAt: afterTerm, respondedAt: null });
    const steps = await staff.work(staff.auditor, (tx) =>
      tx.select().from(transitions).where(eq(transitions.assessmentId, at.assessmentId)),
    );
    expect(steps.find(({ verb }) => verb === 'propose')?.detail).toMatchObject({ silent: true });
  });

  it('a section that ends lower is heard again, in a new version with a new term', async () => {
    const { at, id } = await sent();
    await agreeBut(at, []);
    await respond(at, id);
    const reopen = () => reopenReview(staff.as(staff.reviewer, inTerm), { assessmentId: at.assessmentId });
    await reopen();
    expect(await stateOf(at)).toBe('in_review');
    await expect(reopen()).rejects.toMatchObject({ because: expect.arrayContaining(['wrong_state']) });
    await determineAll(at, staff, { III: { level: 4, reason: 'Nieuwe informatie.' } });
    await expect(propose(at, inTerm)).rejects.toMatchObject({
      because: ['no_section_lower'],
      detail: { lower: ['III'] },
    });
    const again = randomUUID();
    await send(at, { id: again, now: inTerm });
    expect((await hearingOf(at)).versions.map(({ version, respondedAt }) => [version, respondedAt !== null])).toEqual([
      [2, false],
      [1, true],
    ]);
    await expect(respond(at, id)).rejects.toMatchObject({ because: ['newer_version'] });
    await propose(at, new Date('2026-12-20T10:00:00Z'));
  });

  it('an objection to an earlier version is answered too, unless the insurer gave it up', async () => {
    const { at, id } = await sent();
    const { assessmentId } = at;
    await agreeBut(at, ['II', 'V']);
    await respond(at, id);
    await reopenReview(staff.as(staff.reviewer, inTerm), { assessmentId });
    await determineAll(at, staff, { III: { level: 4, reason: 'Nieuwe informatie.' } });
    const again = randomUUID();
    await send(at, { id: again, now: inTerm });
    const silence = new Date('2026-12-20T10:00:00Z');
    await expect(propose(at, silence)).rejects.toMatchObject({ because: ['objections_answered'] });
    const { hearing, blocking } = await getReviewOverview(staff.as(staff.reviewer, silence), { assessmentId });
    expect(blocking).toEqual(['objections_answered']);
    expect(hearing?.versions[1]?.sections.filter(({ stands }) => stands).map(({ key }) => key)).toEqual(['II', 'V']);
    await agreeBut(at, ['V']);
    await respond(at, again);
    const answer = (draftOutcomeId: string, sectionKey: string) =>
      answerObjection(staff.as(staff.reviewer, inTerm), {
        assessmentId,
        draftOutcomeId,
        sectionKey,
        version: 0,
        text: 'Wij blijven erbij.',
      });
    await answer(id, 'V');
    await expect(propose(at, inTerm)).rejects.toMatchObject({ because: ['objections_answered'] });
    await answer(again, 'V');
    await propose(at, inTerm);
    expect(await stateOf(at)).toBe('proposed');
  });

  it('a section that comes to apply after it is put to the insurer first', async () => {
    const at = await makeReviewCase(database, staff, { intake: { authorisedAgents: false } });
    const { assessmentId } = at;
    await judgeAll(at, staff);
    await determineAll(at, staff);
    const id = randomUUID();
    await send(at, { id });
    for (const key of ['I', 'II', 'III', 'V']) await say(at, key, { agrees: 'yes' });
    await respond(at, id);
    await reopenReview(staff.as(staff.reviewer, inTerm), { assessmentId });
    await decideIntake(staff.as(staff.reviewer), {
      id: randomUUID(),
      assessmentId,
      intakeKey: 'authorisedAgents',
      version: 1,
      value: true,
      ground: 'practice_differs',
      reason: 'Er is volmacht verleend.',
    });
    const { head } = await getReview(staff.as(staff.reviewer), { assessmentId });
    for (const criterionKey of head.toJudge.criteria) {
      await decideCriterion(staff.as(staff.reviewer), {
        id: randomUUID(),
        assessmentId,
        criterionKey,
        version: 0,
        response: 'not_met',
        ground: 'not_demonstrated',
        reason: 'Niets ingediend.',
      });
    }
    await determineAll(at, staff);
    await expect(propose(at, inTerm)).rejects.toMatchObject({
      because: ['no_section_lower'],
      detail: { lower: ['IV'] },
    });
    const { hearing } = await getReviewOverview(staff.as(staff.reviewer, inTerm), { assessmentId });
    expect(hearing).toMatchObject({ lower: ['IV'], unheard: ['IV'], may: { send: true } });
  });

  it('may end higher without being heard again', async () => {
    const at = await judged();
    await determineAll(at, staff, { I: { level: 3, reason: 'Nog niet aangetoond.' } });
    const id = randomUUID();
    await send(at, { id });
    await agreeBut(at, []);
    await respond(at, id);
    await reopenReview(staff.as(staff.reviewer, inTerm), { assessmentId: at.assessmentId });
    await determineAll(at, staff);
    await propose(at, inTerm);
    expect(await stateOf(at)).toBe('proposed');
  });

  it('reopening waits for the response or the end of the term, and keeps what the insurer was writing', async () => {
    const { at, id } = await sent();
    await say(at, 'I', { agrees: 'no', text: 'Bijna klaar.' });
    const reopen = (now: Date, by = staff.reviewer) =>
      reopenReview(staff.as(by, now), { assessmentId: at.assessmentId });
    await expect(reopen(inTerm)).rejects.toMatchObject({ because: ['responded_or_term_over'] });
    await expect(reopen(afterTerm, staff.lead)).rejects.toMatchObject({ code: 'forbidden' });
    await reopen(afterTerm);
    const kept = await staff.work(at.signatory, (tx) =>
      tx.select().from(hearingStatements).where(eq(hearingStatements.draftOutcomeId, id)),
    );
    expect(kept).toMatchObject([{ sectionKey: 'I', text: 'Bijna klaar.' }]);
    expect((await hearingOf(at)).versions[0]?.statements).toEqual({});
  });
});

describe('what each side reads of the hearing', () => {
  const read = (at: ReviewCase, version?: number) =>
    getDraftOutcome(staff.as(at.signatory, inTerm), { assessmentId: at.assessmentId, version });
  const overview = (at: ReviewCase, now: Date) =>
    getReviewOverview(staff.as(staff.reviewer, now), { assessmentId: at.assessmentId });

  it('is to the insurer the version that was sent, with what lacks, and names nobody', async () => {
    const { at, id } = await sent();
    await say(at, 'I', { agrees: 'no' });
    const page = await read(at);
    expect(page).toMatchObject({ id, termAt, may: { save: true, respond: true }, status: { state: 'hearing' } });
    expect(page.gaps[0]).toEqual({ sectionKey: 'I', because: 'no_text' });
    expect(page.gaps.slice(1).map(({ because }) => because)).toEqual(Array(4).fill('not_chosen'));
    for (const { userId } of [staff.reviewer, staff.lead]) expect(JSON.stringify(page)).not.toContain(userId);
    await expect(read(at, 2)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is the same to the reviewer beforehand as it is to the insurer afterwards', async () => {
    const at = await judged();
    const { assessmentId } = at;
    await expect(read(at)).rejects.toMatchObject({ code: 'not_found' });
    const preview = await getDraftOutcomePreview(staff.as(staff.reviewer), { assessmentId });
    await send(at);
    expect((await read(at)).content).toEqual(preview.content);
  });

  it('keeps what the supervisor changes after it from the insurer', async () => {
    const { at, id } = await sent();
    await agreeBut(at, ['I']);
    await respond(at, id);
    await reopenReview(staff.as(staff.reviewer, inTerm), { assessmentId: at.assessmentId });
    await determineAll(at, staff, { II: { level: 4, reason: 'Nog niet verstuurd.' } });
    const page = await read(at);
    expect(page.status.state).toBe('in_decision');
    expect(page.may).toEqual({ save: false, respond: false });
    expect(JSON.stringify(page)).not.toContain('Nog niet verstuurd.');
    const { hearing, blocking } = await overview(at, inTerm);
    expect(blocking).toEqual(['objections_answered', 'no_section_lower']);
    expect(hearing).toMatchObject({ lower: ['II'], may: { send: true, answer: true } });
  });

  it('tells the reviewer who acts, and silence as silence', async () => {
    const { at } = await sent();
    expect(await overview(at, inTerm)).toMatchObject({
      waitingOn: 'insurer',
      blocking: ['responded_or_term_over'],
      hearing: { termOver: false, versions: [{ silent: false }] },
    });
    expect(await overview(at, afterTerm)).toMatchObject({
      waitingOn: 'reviewer',
      blocking: [],
      hearing: { responded: false, versions: [{ silent: true }], may: { reopen: true } },
    });
  });

  it('moves the term to respond when a lead gives more time, and no deadline', async () => {
    const { at } = await sent();
    const { assessmentId } = at;
    const deadlines = () =>
      staff.work(staff.lead, (tx) => tx.select().from(assessments).where(eq(assessments.id, assessmentId)));
    const [before] = await deadlines();
    const lead = staff.as(staff.lead, inTerm);
    await expect(extendTerm(lead, { assessmentId, lastDay: '2026-12-07', reason: 'Kort.' })).rejects.toMatchObject({
      because: ['term_set'],
    });
    await extendTerm(lead, { assessmentId, lastDay: '2026-12-21', reason: 'Gevraagd.' });
    const [after] = await deadlines();
    expect(after?.deadlineAt).toEqual(before?.deadlineAt);
    const page = await read(at);
    expect(page.termAt).toEqual(new Date('2026-12-21T22:59:59Z'));
    expect(page.content.termAt).toBe(termAt.toISOString());
  });
});

describe('the outcome after a hearing', () => {
  it('tells why a profile question was found otherwise than answered: in the draft, and in what is published', async () => {
    const at = await judged();
    const { assessmentId } = at;
    const found = { value: false, ground: 'practice_differs' as const, reason: 'Er zijn alleen externe experts.' };
    const word = { id: randomUUID(), assessmentId, intakeKey: 'ownLossAdjusters', version: 1, ...found };
    await decideIntake(staff.as(staff.reviewer), word);
    await send(at);
    const draft = await getDraftOutcome(staff.as(at.signatory, inTerm), { assessmentId });
    const told = { overrides: true, ground: found.ground, reason: found.reason };
    const confirmed = { overrides: false, ground: null, reason: '' };
    expect(draft.content.intake).toEqual({
      own: { ownLossAdjusters: true, externalLossAdjusters: true, authorisedAgents: true },
      effective: { ownLossAdjusters: false, externalLossAdjusters: true, authorisedAgents: true },
      verdicts: { ownLossAdjusters: told, externalLossAdjusters: confirmed, authorisedAgents: confirmed },
    });
    await propose(at, afterTerm);
    await approveOutcome(staff.as(staff.lead, afterTerm), { assessmentId, approved: [] });
    const { publicationId } = await publishAssessment(staff.as(staff.lead, afterTerm), { assessmentId });
    const { content } = await getDashboard(staff.as(at.signatory, afterTerm), { publicationId });
    expect(content.intake).toEqual(draft.content.intake);
  });

  it('is heard again when its correction lowers a section, and not when it raises one', async () => {
    const { at, id } = await sent();
    const { assessmentId } = at;
    expect(await marksOf(at, inTerm)).toEqual([[]]);
    expect(await marksOf(at, afterTerm)).toEqual([['term_over']]);
    await agreeBut(at, []);
    await respond(at, id);
    expect(await marksOf(at, inTerm)).toEqual([['response_received']]);
    const on = (minutes: number) => new Date(inTerm.getTime() + minutes * 60_000);
    await propose(at, on(1));
    await approveOutcome(staff.as(staff.lead, on(2)), { assessmentId, approved: [] });
    await publishAssessment(staff.as(staff.lead, on(3)), { assessmentId });
    await correctPublication(staff.as(staff.lead, on(4)), { assessmentId, reason: 'Een fout in III.' });
    expect((await getReviewOverview(staff.as(staff.reviewer, on(5)), { assessmentId })).statuses).toEqual([
      'being_revised',
    ]);
    expect(await marksOf(at, on(5))).toEqual([['being_revised']]);
    await determineAll(at, staff, { III: { level: 4, reason: 'Verkeerd geteld.' } });
    await expect(propose(at, on(6))).rejects.toMatchObject({
      because: ['no_section_lower'],
      detail: { lower: ['III'] },
    });
    const again = randomUUID();
    await send(at, { id: again, now: on(7) });
    await agreeBut(at, []);
    await respond(at, again, { now: on(8) });
    await propose(at, on(9));
    await approveOutcome(staff.as(staff.lead, on(10)), { assessmentId, approved: ['III'] });
    const published = await publishAssessment(staff.as(staff.lead, on(11)), { assessmentId });
    expect(published.edition).toBe(2);
    const { content } = await getDashboard(staff.as(at.signatory, on(12)), published);
    expect(content.hearing).toMatchObject({
      version: 2,
      sentAt: on(7).toISOString(),
      respondedAt: on(8).toISOString(),
    });
    expect(content.sections.filter(({ hearing }) => hearing)).toEqual([]);
  });

  it('tells an objection to an earlier version with its answer, when the insurer kept silent on the last', async () => {
    const { at, id } = await sent();
    const { assessmentId } = at;
    await agreeBut(at, ['II']);
    await respond(at, id);
    await reopenReview(staff.as(staff.reviewer, inTerm), { assessmentId });
    await determineAll(at, staff, { III: { level: 4, reason: 'Nieuwe informatie.' } });
    await send(at, { now: inTerm });
    const silence = new Date('2026-12-20T10:00:00Z');
    const answer = { assessmentId, draftOutcomeId: id, sectionKey: 'II', version: 0, text: 'Wij wogen dit al mee.' };
    await answerObjection(staff.as(staff.reviewer, silence), answer);
    await propose(at, silence);
    await approveOutcome(staff.as(staff.lead, silence), { assessmentId, approved: ['III'] });
    const { publicationId } = await publishAssessment(staff.as(staff.lead, silence), { assessmentId });
    const { content } = await getDashboard(staff.as(at.signatory, silence), { publicationId });
    expect(content.hearing).toMatchObject({ version: 2, sentAt: inTerm.toISOString(), respondedAt: null });
    expect(content.sections.find(({ key }) => key === 'II')?.hearing).toEqual({
      objection: 'Zo niet.',
      answer: 'Wij wogen dit al mee.',
    });
  });

  it('tells per section the objection and its answer', async () => {
    const { at, id } = await sent();
    const { assessmentId } = at;
    await agreeBut(at, ['III']);
    await respond(at, id);
    const answer = { assessmentId, draftOutcomeId: id, sectionKey: 'III', version: 0, text: 'Wij wogen dit al mee.' };
    await answerObjection(staff.as(staff.reviewer, inTerm), answer);
    await propose(at, inTerm);
    await approveOutcome(staff.as(staff.lead, inTerm), { assessmentId, approved: [] });
    const { publicationId } = await publishAssessment(staff.as(staff.lead, inTerm), { assessmentId });
    const { content } = await getDashboard(staff.as(at.signatory, inTerm), { publicationId });
    expect(content.hearing).toEqual({
      version: 1,
      sentAt: reviewNow.toISOString(),
      termAt: termAt.toISOString(),
      respondedAt: inTerm.toISOString(),
    });
    expect(publicationSchema.shape.hearing.safeParse(content.hearing).success).toBe(true);
    expect(content.sections.map(({ hearing }) => hearing)).toEqual([
      undefined,
      undefined,
      { objection: 'Zo niet.', answer: 'Wij wogen dit al mee.' },
      undefined,
      undefined,
    ]);
    const { lines } = await listActivity(staff.as(at.signatory, inTerm), { assessmentId });
    const told = lines.map(({ kind, subject, userId }) => [kind, subject, userId]);
    expect(told).toContainEqual(['outcome_drafted', '1', null]);
    expect(told).toContainEqual(['outcome_heard', '1', at.signatory.userId]);
    expect(told).toContainEqual(['published', '1', null]);
  });
});

describe('what a criterion says of the next step to its insurer', () => {
  const look = async (at: ReviewCase, now: Date) => {
    const { assessment } = await getCriterion(staff.as(at.signatory, now), {
      assessmentId: at.assessmentId,
      criterionKey: 'I.2.a',
    });
    return { state: assessment.state, nextBy: assessment.nextBy, responded: assessment.hearing?.respondedAt != null };
  };

  it('waits on the insurer within the term, and on the supervisor once it responded or the term is over', async () => {
    const { at, id } = await sent();
    expect(await look(at, inTerm)).toEqual({ state: 'hearing', nextBy: 'insurer', responded: false });
    expect(await look(at, afterTerm)).toEqual({ state: 'hearing', nextBy: 'supervisor', responded: false });
    await agreeBut(at, []);
    await respond(at, id);
    expect(await look(at, inTerm)).toEqual({ state: 'hearing', nextBy: 'supervisor', responded: true });
  });

  it('reads as being decided when the review goes on after the hearing, unless something is asked', async () => {
    const { at } = await sent();
    await reopenReview(staff.as(staff.reviewer, afterTerm), { assessmentId: at.assessmentId });
    expect(await look(at, afterTerm)).toMatchObject({ state: 'in_decision', nextBy: 'supervisor' });
    const question = { id: [randomUUID()], criterionKey: ['I.2.a'], question: ['Waar staat dit?'] };
    await sendRequests(staff.as(staff.reviewer, afterTerm), {
      assessmentId: at.assessmentId,
      ...question,
      term: 'days',
      days: 14,
    });
    expect(await look(at, afterTerm)).toMatchObject({ state: 'in_review', nextBy: 'insurer' });
  });
});
