import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditEvents } from '#db/schema/audit.ts';
import { queueLines } from '#db/schema/queue.ts';
import { verdicts } from '#db/schema/reviews.ts';
import type { Person } from '#db/seed/builders.ts';
import { confirmUndisputed } from '#services/reviews/confirm-undisputed.ts';
import { decideCriterion } from '#services/reviews/decide-criterion.ts';
import { decideIntake } from '#services/reviews/decide-intake.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { getReviewOverview } from '#services/reviews/get-review-overview.ts';
import { undoUndisputed } from '#services/reviews/undo-undisputed.ts';
import { listStandardReasons } from '#services/standard-reasons/list-standard-reasons.ts';
import { removeStandardReason } from '#services/standard-reasons/remove-standard-reason.ts';
import { saveStandardReason, saveStandardReasonInput } from '#services/standard-reasons/save-standard-reason.ts';
import { removeWorkingNote } from '#services/working-notes/remove-working-note.ts';
import { saveWorkingNote, saveWorkingNoteInput } from '#services/working-notes/save-working-note.ts';
import { testDatabase } from '../support/database.ts';
import { makeReviewCase, makeStaff, type ReviewCase, reviewNow, type Staff } from '../support/review-case.ts';

const database = testDatabase();
let staff: Staff;
beforeAll(async () => {
  staff = await makeStaff(database);
});

const later = new Date(reviewNow.getTime() + 60_000);
const note = (at: ReviewCase, by: Person, said: Partial<Parameters<typeof saveWorkingNote>[1]> = {}) =>
  saveWorkingNote(staff.as(by), {
    id: randomUUID(),
    assessmentId: at.assessmentId,
    criterionKey: 'I.3.c',
    text: 'Nabellen over blz. 4.',
    ...said,
  });
const open = (at: ReviewCase, by: Person = staff.reviewer, criterionKey = 'I.3.c') =>
  getReview(staff.as(by), { assessmentId: at.assessmentId, sectionKey: criterionKey.split('.')[0], criterionKey });

describe('working notes', () => {
  it('are read by colleagues of the round with who wrote them and when, and by the lead', async () => {
    const at = await makeReviewCase(database, staff);
    await note(at, staff.reviewer);
    const said = { id: randomUUID(), assessmentId: at.assessmentId, criterionKey: null, text: 'Eerst bellen.' };
    await saveWorkingNote(staff.as(staff.lead, later), said);
    for (const reader of [staff.reviewer, staff.colleague, staff.lead]) {
      const { notes } = await open(at, reader);
      expect(notes.map(({ text, name, mine }) => [text, name, mine])).toEqual([
        ['Nabellen over blz. 4.', 'reviewer', reader === staff.reviewer],
        ['Eerst bellen.', 'lead', reader === staff.lead],
      ]);
      expect(new Date(notes[0]?.writtenAt ?? 0)).toEqual(reviewNow);
    }
    expect((await open(at, staff.auditor)).notes).toEqual([]);
  });

  it('are taken away by who wrote them only, once, and are appended to else', async () => {
    const at = await makeReviewCase(database, staff);
    const { noteId } = await note(at, staff.reviewer);
    const of = { assessmentId: at.assessmentId, noteId };
    await expect(removeWorkingNote(staff.as(staff.lead), of)).rejects.toMatchObject({ because: ['note_of_another'] });
    const other = await makeReviewCase(database, staff);
    await expect(
      removeWorkingNote(staff.as(staff.reviewer), { ...of, assessmentId: other.assessmentId }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await removeWorkingNote(staff.as(staff.reviewer), of);
    await removeWorkingNote(staff.as(staff.reviewer, later), of);
    expect((await open(at)).notes).toEqual([]);
  });

  it('written twice with one key stand once, and that key is nobody else’s', async () => {
    const at = await makeReviewCase(database, staff);
    const id = randomUUID();
    await Promise.all([note(at, staff.reviewer, { id }), note(at, staff.reviewer, { id })]);
    expect((await open(at)).notes).toHaveLength(1);
    await expect(note(at, staff.lead, { id })).rejects.toMatchObject({ code: 'invalid' });
  });

  it('hold no words in the log, and are refused when they are only spaces or on no criterion', async () => {
    const at = await makeReviewCase(database, staff);
    const { noteId } = await note(at, staff.reviewer, { text: 'Geheim 7431' });
    const logged = await staff.work(staff.auditor, (tx) =>
      tx.select().from(auditEvents).where(eq(auditEvents.assessmentId, at.assessmentId)),
    );
    expect(logged.map(({ detail }) => detail)).toContainEqual({ noteId, criterionKey: 'I.3.c' });
    expect(JSON.stringify(logged.map(({ detail }) => detail))).not.toContain('7431');
    const typed = { id: randomUUID(), assessmentId: at.assessmentId, text: '   ' };
    expect(saveWorkingNoteInput.safeParse(typed).error?.issues[0]?.message).toBe('note_missing');
    await expect(note(at, staff.reviewer, { criterionKey: 'IX.1.a' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('standard reasons', () => {
  const keep = (by: Person, said: Partial<Parameters<typeof saveStandardReason>[1]> = {}) =>
    saveStandardReason(staff.as(by), {
      id: randomUUID(),
      frameworkRef: 'afm-claimafhandeling@2016-2017',
      criterionKey: null,
      ground: null,
      text: 'De stukken tonen dit niet aan.',
      ...said,
    });

  it('stand at the criterion that they are for, after it those for every one, until they are taken off', async () => {
    const at = await makeReviewCase(database, staff);
    const every = await keep(staff.lead);
    const own = await keep(staff.reviewer, { criterionKey: 'I.3.c', ground: 'not_demonstrated', text: 'Geen proces.' });
    const at3c = (await open(at)).reasons.map(({ id }) => id);
    expect(at3c).toEqual([own.reasonId, every.reasonId]);
    expect((await open(at, staff.reviewer, 'I.2.a')).reasons.map(({ id }) => id)).toEqual([every.reasonId]);
    const list = await listStandardReasons(staff.as(staff.reviewer), {
      frameworkRef: 'afm-claimafhandeling@2016-2017',
    });
    expect(list.reasons.map(({ criterionKey }) => criterionKey)).toEqual([null, 'I.3.c']);
    await removeStandardReason(staff.as(staff.lead), { reasonId: own.reasonId });
    await removeStandardReason(staff.as(staff.lead, later), { reasonId: own.reasonId });
    expect((await open(at)).reasons.map(({ id }) => id)).toEqual([every.reasonId]);
  });

  it('are refused of spaces, for a criterion that is not there, and with a key of another', async () => {
    const { reasonId } = await keep(staff.reviewer);
    await expect(keep(staff.lead, { id: reasonId })).rejects.toMatchObject({ code: 'invalid' });
    await expect(keep(staff.reviewer, { criterionKey: 'IX.1.a' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(keep(staff.reviewer, { frameworkRef: 'geen@2000' })).rejects.toMatchObject({ code: 'not_found' });
    const typed = { id: reasonId, frameworkRef: 'x', text: ' \n ' };
    expect(saveStandardReasonInput.safeParse(typed).error?.issues[0]?.message).toBe('reason_missing');
  });
});

describe('undoing what was confirmed together', () => {
  async function confirmed() {
    const at = await makeReviewCase(database, staff);
    const keys = ['I.2.a', 'I.2.b', 'I.2.c'];
    await confirmUndisputed(staff.as(staff.reviewer), {
      assessmentId: at.assessmentId,
      lines: keys.map((criterionKey) => ({ criterionKey, id: randomUUID() })),
    });
    return { at, keys, undo: { assessmentId: at.assessmentId, confirmedAt: reviewNow.toISOString() } };
  }

  it('appends a word that takes each back: it asks for a verdict again, and no row is changed', async () => {
    const { at, keys, undo } = await confirmed();
    const before = await open(at);
    expect(before.confirmed).toEqual([{ confirmedAt: reviewNow.toISOString(), keys }]);
    expect(before.head.sections[0]?.judged).toBe(3);
    expect(await undoUndisputed(staff.as(staff.reviewer, later), undo)).toEqual({ undone: 3 });
    const after = await open(at);
    expect(after.head.sections[0]?.judged).toBe(0);
    expect(after.confirmed).toEqual([]);
    expect(after.undisputed.map(({ key }) => key)).toEqual(expect.arrayContaining(keys));
    expect((await open(at, staff.reviewer, 'I.2.a')).earlierVerdicts).toMatchObject([
      { version: 2, response: null, submission: 1 },
      { version: 1, response: 'met', by: expect.stringMatching(/^B/) },
    ]);
    expect(before.earlierVerdicts).toEqual([]);
    const line = after.section?.levels[1]?.criteria[0];
    expect([line?.verdict, line?.askedAgain]).toEqual([null, false]);
    const rows = await staff.work(staff.reviewer, (tx) =>
      tx.select().from(verdicts).where(eq(verdicts.assessmentId, at.assessmentId)),
    );
    expect(rows).toHaveLength(6);
    await expect(undoUndisputed(staff.as(staff.reviewer, later), undo)).rejects.toMatchObject({
      because: ['nothing_to_undo'],
    });
    // Confirmed once more, they stand as before.
    await confirmUndisputed(staff.as(staff.reviewer, later), {
      assessmentId: at.assessmentId,
      lines: keys.map((criterionKey) => ({ criterionKey, id: randomUUID() })),
    });
    expect((await open(at)).head.sections[0]?.judged).toBe(3);
  });

  it('leaves what got another verdict meanwhile, and ends when the state moves on', async () => {
    const { at, undo } = await confirmed();
    await decideCriterion(staff.as(staff.reviewer, later), {
      id: randomUUID(),
      assessmentId: at.assessmentId,
      criterionKey: 'I.2.a',
      version: 1,
      response: 'partly',
      ground: 'not_demonstrated',
      reason: 'Niet gezien.',
    });
    expect(await undoUndisputed(staff.as(staff.reviewer, later), undo)).toEqual({ undone: 2 });
    expect((await open(at, staff.reviewer, 'I.2.a')).criterion?.verdict?.response).toBe('partly');

    const other = await confirmed();
    await other.at.setState('proposed');
    await expect(undoUndisputed(staff.as(staff.reviewer, later), other.undo)).rejects.toMatchObject({
      because: ['wrong_state'],
    });
    await expect(undoUndisputed(staff.as(staff.colleague, later), other.undo)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('goes level by level: each list is undone by itself, and a plain word that was given alone by none', async () => {
    const { at, keys, undo } = await confirmed();
    const higher = ['I.3.a', 'I.3.b'];
    await confirmUndisputed(staff.as(staff.reviewer, later), {
      assessmentId: at.assessmentId,
      lines: higher.map((criterionKey) => ({ criterionKey, id: randomUUID() })),
    });
    await decideCriterion(staff.as(staff.reviewer, later), {
      id: randomUUID(),
      assessmentId: at.assessmentId,
      criterionKey: 'I.2.d',
      version: 0,
      response: 'met',
      ground: null,
      reason: '',
    });
    expect((await open(at)).confirmed).toEqual([
      { confirmedAt: later.toISOString(), keys: higher },
      { confirmedAt: reviewNow.toISOString(), keys },
    ]);
    const openInQueue = async () => {
      const [line] = await staff.work(staff.reviewer, (tx) =>
        tx.select().from(queueLines).where(eq(queueLines.assessmentId, at.assessmentId)),
      );
      return line?.openCriteria;
    };
    const before = (await openInQueue()) ?? 0;
    expect(await undoUndisputed(staff.as(staff.reviewer, later), undo)).toEqual({ undone: 3 });
    expect((await open(at)).confirmed.map((batch) => batch.keys)).toEqual([higher]);
    expect(await openInQueue()).toBe(before + 3);
    const alone = { assessmentId: at.assessmentId, confirmedAt: later.toISOString() };
    expect(await undoUndisputed(staff.as(staff.reviewer, later), alone)).toEqual({ undone: 2 });
    expect((await open(at, staff.reviewer, 'I.2.d')).criterion?.verdict?.response).toBe('met');
  });

  it('is done once when two do it at the same time', async () => {
    const { undo } = await confirmed();
    const both = await Promise.allSettled([
      undoUndisputed(staff.as(staff.reviewer, later), undo),
      undoUndisputed(staff.as(staff.reviewer, later), undo),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('what changed since the last submission', () => {
  const said = { response: 'met', explanation: 'Wij bellen elke klant binnen een dag.' } as const;

  it('names each changed criterion with its parts and what became of its verdict; the others stand', async () => {
    const at = await makeReviewCase(database, staff, { answers: { 'I.2.a': said } });
    for (const criterionKey of ['I.2.a', 'I.2.b']) {
      await decideCriterion(staff.as(staff.reviewer), {
        id: randomUUID(),
        assessmentId: at.assessmentId,
        criterionKey,
        version: 0,
        response: 'met',
        ground: null,
        reason: '',
      });
    }
    expect((await getReviewOverview(staff.as(staff.reviewer), at)).changes).toBeNull();
    await at.submit(
      {
        answers: {
          'I.2.a': { ...said, explanation: 'Wij bellen elke klant binnen een week.' },
          'I.2.c': { response: 'partly' },
        },
      },
      later,
    );
    const { changes } = await getReviewOverview(staff.as(staff.reviewer), at);
    expect(changes?.criteria.map(({ key, parts, verdict }) => [key, parts, verdict])).toEqual([
      ['I.2.a', ['explanation'], 'again'],
      ['I.2.c', ['response', 'explanation'], 'open'],
    ]);
    expect([changes?.stands, changes?.intake]).toEqual([1, []]);
    // Also where nobody judged what was said before, the screen shows what it was.
    const { criterion } = await open(at, staff.reviewer, 'I.2.c');
    expect(criterion?.before).toMatchObject({ response: 'met', verdict: null, parts: ['response', 'explanation'] });
    expect((await open(at, staff.reviewer, 'I.2.b')).criterion?.before).toBeNull();
  });
});

describe('a fact that is overridden', () => {
  it('makes criteria ask for a verdict at once', async () => {
    const at = await makeReviewCase(database, staff, { intake: { ownLossAdjusters: false } });
    const counted = async () => (await open(at)).head.toJudge.criteria.includes('III.3.b');
    expect(await counted()).toBe(false);
    await decideIntake(staff.as(staff.reviewer), {
      id: randomUUID(),
      assessmentId: at.assessmentId,
      intakeKey: 'ownLossAdjusters',
      version: 0,
      value: true,
      ground: 'practice_differs',
      reason: 'Op de website staan eigen schade-experts.',
    });
    expect(await counted()).toBe(true);
  });
});
