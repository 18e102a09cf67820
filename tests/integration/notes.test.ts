import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditEvents } from '#db/schema/audit.ts';
import { memberships } from '#db/schema/identity.ts';
import { noteMentions, notes } from '#db/schema/teamwork.ts';
import { makePerson, type Person } from '#db/seed/builders.ts';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { getReceipt } from '#services/assessments/get-receipt.ts';
import { getTaskList } from '#services/assessments/get-task-list.ts';
import { openNotes } from '#services/notes/open-notes.ts';
import { resolveNote } from '#services/notes/resolve-note.ts';
import { type SaveNoteInput, saveNote, saveNoteInput } from '#services/notes/save-note.ts';
import { seeMentions } from '#services/notes/see-mentions.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { getReviewOverview } from '#services/reviews/get-review-overview.ts';
import { makeCase, makeStaff, noteText } from '../support/cases.ts';
import { testDatabase } from '../support/database.ts';
import { as, contextOf, type Insurer, instant, makeInsurer, setState } from '../support/insurer-work.ts';

const database = testDatabase();
let insurer: Insurer;
let other: Insurer;
beforeAll(async () => {
  insurer = await makeInsurer(database.db);
  other = await makeInsurer(database.db);
});

const later = (minutes: number) => new Date(instant.getTime() + minutes * 60_000);
const write = (actor: Person, input: Partial<Record<keyof SaveNoteInput, unknown>>, now = instant) =>
  saveNote(
    contextOf(database.db, actor, now),
    saveNoteInput.parse({
      assessmentId: insurer.assessmentId,
      criterionKey: 'I.2.a',
      noteId: randomUUID(),
      text: 'Telt dit mee?',
      ...input,
    }),
  );
const notesAt = async (actor: Person, criterionKey: string) => {
  const page = await getCriterion(contextOf(database.db, actor), { assessmentId: insurer.assessmentId, criterionKey });
  return page.notes;
};
const eventsOf = (action: string) =>
  as(database.db, 'trede_supervisor', (tx) =>
    tx
      .select({ detail: auditEvents.detail })
      .from(auditEvents)
      .where(and(eq(auditEvents.action, action), eq(auditEvents.assessmentId, insurer.assessmentId))),
  );

describe('leaving a note', () => {
  it('stands at the criterion for every colleague, with who wrote it and whom it names', async () => {
    const { contributor, coordinator, reader } = insurer.people;
    const text = 'Tellen de belrondes mee?\r\n👩‍🔧 Ik heb alleen mei. — מיכל';
    const { noteId } = await write(contributor, { criterionKey: 'I.3.a', text, mentions: [coordinator.userId] });
    const { notes: shown, colleagues } = await notesAt(coordinator, 'I.3.a');
    expect(shown).toMatchObject([
      {
        id: noteId,
        text: text.replace('\r\n', '\n'),
        by: { userId: contributor.userId, roles: ['contributor'] },
        mentions: [{ userId: coordinator.userId }],
        unseen: true,
        resolved: null,
      },
    ]);
    expect(new Date(shown[0]?.writtenAt ?? '')).toEqual(instant);
    expect(colleagues.map(({ userId }) => userId)).not.toContain(coordinator.userId);
    expect(colleagues).toHaveLength(3);
    expect((await notesAt(reader, 'I.3.a')).notes[0]).toMatchObject({ id: noteId, unseen: false });
    expect((await notesAt(coordinator, 'I.3.b')).notes).toEqual([]);
  });

  it('takes the same note twice as once, and refuses another text under its key', async () => {
    const { contributor, coordinator } = insurer.people;
    const asked = { criterionKey: 'I.3.b', noteId: randomUUID(), mentions: [coordinator.userId] };
    await write(contributor, asked);
    await write(contributor, asked, later(5));
    const raced = { criterionKey: 'I.3.b', noteId: randomUUID(), text: 'Tegelijk.' };
    await Promise.all([write(contributor, raced, later(1)), write(contributor, raced, later(1))]);
    expect((await notesAt(contributor, 'I.3.b')).notes.map(({ text }) => text)).toEqual(['Telt dit mee?', 'Tegelijk.']);
    await expect(write(contributor, { ...asked, text: 'Iets anders.' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(write(coordinator, asked)).rejects.toMatchObject({ code: 'conflict' });
    const foreign = contextOf(database.db, other.people.contributor);
    const theirs = { ...saveNoteInput.parse({ ...asked, text: 'Telt dit mee?', assessmentId: other.assessmentId }) };
    await expect(saveNote(foreign, { ...theirs, mentions: [] })).rejects.toMatchObject({ code: 'conflict' });
  });

  it.each(['', '  \n\t ', '\u200b\u2060 \ufeff', '\u3000\u00a0'])('refuses a text that shows nothing: %j', (text) => {
    expect(saveNoteInput.safeParse({ ...blank(), text }).error?.issues[0]).toMatchObject({ message: 'text_missing' });
  });

  it('takes 4,000 characters and not one more', async () => {
    await write(insurer.people.contributor, { criterionKey: 'I.3.c', text: 'ë'.repeat(4_000) });
    expect(saveNoteInput.safeParse({ ...blank(), text: 'ë'.repeat(4_001) }).error?.issues[0]).toMatchObject({
      message: 'too_long',
    });
  });

  it('is refused to a reader, to another insurer, at a criterion that is not there, and once it is closed', async () => {
    const { reader, coordinator } = insurer.people;
    await expect(write(reader, {})).rejects.toMatchObject({ code: 'forbidden' });
    await expect(write(other.people.coordinator, {})).rejects.toMatchObject({ code: 'not_found' });
    await expect(write(coordinator, { criterionKey: 'I.9.z' })).rejects.toMatchObject({ code: 'not_found' });
    const over = await makeInsurer(database.db);
    await setState(database.db, over, 'submitted');
    const late = { assessmentId: over.assessmentId, noteId: randomUUID() };
    await write(over.people.contributor, late);
    await setState(database.db, over, 'closed');
    await expect(write(over.people.contributor, { ...late, noteId: randomUUID() })).rejects.toMatchObject({
      code: 'precondition',
      because: ['wrong_state'],
    });
    // What was taken in already is said again, also when the answer to it came too late.
    expect(await write(over.people.contributor, late)).toEqual({ noteId: late.noteId });
  });

  it('names nobody who does not work for the insurer, and leaves no half of it behind', async () => {
    const { contributor } = insurer.people;
    const gone = await makePerson(database.db, {
      organisation: insurer.organisation,
      email: `gone@${insurer.organisation.id}.example`,
      name: 'Vertrokken',
      roles: ['contributor'],
      passwordHash: 'none',
      at: instant,
    });
    await as(database.db, 'trede_administrator', (tx) =>
      tx.update(memberships).set({ endedAt: instant }).where(eq(memberships.id, gone.membershipId)),
    );
    for (const userId of [gone.userId, other.people.reader.userId, randomUUID()]) {
      await expect(write(contributor, { criterionKey: 'I.4.a', mentions: [userId] })).rejects.toMatchObject({
        code: 'invalid',
        detail: { mentions: 'no_colleague' },
      });
    }
    expect((await notesAt(contributor, 'I.4.a')).notes).toEqual([]);
  });

  it('stops at two hundred notes at one criterion', async () => {
    const { contributor } = insurer.people;
    await as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
      tx.insert(notes).values(
        Array.from({ length: 200 }, () => ({
          id: randomUUID(),
          assessmentId: insurer.assessmentId,
          organisationId: insurer.organisation.id,
          criterionKey: 'I.5.a',
          text: 'Nog een.',
          writtenAt: instant,
          writtenBy: contributor.userId,
        })),
      ),
    );
    await expect(write(contributor, { criterionKey: 'I.5.a' })).rejects.toMatchObject({ because: ['too_many_notes'] });
  });
});

describe('resolving a note', () => {
  const mark = (actor: Person, noteId: string, to: 'resolved' | 'open', now = instant, of = insurer) =>
    resolveNote(contextOf(database.db, actor, now), { assessmentId: of.assessmentId, noteId, to });

  it('is done by any colleague who may write, can be undone, and counts once', async () => {
    const { contributor, signatory } = insurer.people;
    const { noteId } = await write(contributor, { criterionKey: 'II.2.a' });
    await Promise.all([mark(signatory, noteId, 'resolved', later(1)), mark(contributor, noteId, 'resolved', later(2))]);
    const [note] = (await notesAt(contributor, 'II.2.a')).notes;
    expect(note?.resolved).not.toBeNull();
    expect(
      (await eventsOf('note.resolve')).filter(({ detail }) => JSON.stringify(detail).includes(noteId)),
    ).toHaveLength(1);
    await mark(contributor, noteId, 'open', later(3));
    await mark(contributor, noteId, 'open', later(4));
    expect((await notesAt(contributor, 'II.2.a')).notes[0]?.resolved).toBeNull();
  });

  it('is refused to a reader, to another insurer, for a note elsewhere, and once it is closed', async () => {
    const { contributor, reader } = insurer.people;
    const { noteId } = await write(contributor, { criterionKey: 'II.2.b' });
    await expect(mark(reader, noteId, 'resolved')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(mark(other.people.coordinator, noteId, 'resolved')).rejects.toMatchObject({ code: 'not_found' });
    await expect(mark(other.people.coordinator, noteId, 'resolved', instant, other)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(mark(contributor, randomUUID(), 'resolved')).rejects.toMatchObject({ code: 'not_found' });
    const over = await makeInsurer(database.db);
    const kept = await write(over.people.contributor, { assessmentId: over.assessmentId });
    await setState(database.db, over, 'closed');
    await expect(mark(over.people.contributor, kept.noteId, 'resolved', instant, over)).rejects.toMatchObject({
      because: ['wrong_state'],
    });
  });
});

describe('a mention', () => {
  const see = (actor: Person, noteIds: string[]) =>
    seeMentions(contextOf(database.db, actor, later(9)), { assessmentId: insurer.assessmentId, noteIds });

  it('waits until that person saw the note, and nobody sees it for them', async () => {
    const { contributor, coordinator, reader } = insurer.people;
    const { noteId } = await write(contributor, { criterionKey: 'II.3.a', mentions: [reader.userId] });
    const { noteId: unseen } = await write(contributor, { criterionKey: 'II.3.a', mentions: [reader.userId] });
    expect(await see(coordinator, [noteId])).toEqual({ seen: 0 });
    expect(await Promise.all([see(reader, [noteId]), see(reader, [noteId])])).toContainEqual({ seen: 1 });
    expect(await see(reader, [noteId])).toEqual({ seen: 0 });
    const shown = (await notesAt(reader, 'II.3.a')).notes;
    expect(shown.filter((note) => note.unseen).map(({ id }) => id)).toEqual([unseen]);
    await expect(see(other.people.reader, [noteId])).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is counted at its criterion, beside the notes that stand open', async () => {
    const { contributor, coordinator, signatory } = insurer.people;
    const { noteId } = await write(contributor, { criterionKey: 'III.2.a', mentions: [signatory.userId] });
    await write(coordinator, { criterionKey: 'III.2.a' });
    const count = (person: Person) =>
      as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
        openNotes(tx, insurer.assessmentId, person.userId),
      );
    expect((await count(signatory))['III.2.a']).toEqual({ open: 2, unseen: 1 });
    expect((await count(coordinator))['III.2.a']).toEqual({ open: 2, unseen: 0 });
    await resolveNote(contextOf(database.db, coordinator), {
      assessmentId: insurer.assessmentId,
      noteId,
      to: 'resolved',
    });
    // What is dealt with asks nothing of anybody any more.
    expect((await count(signatory))['III.2.a']).toEqual({ open: 1, unseen: 0 });
    const again = await write(contributor, { criterionKey: 'III.2.a', mentions: [signatory.userId] });
    await see(signatory, [again.noteId]);
    expect((await count(signatory))['III.2.a']).toEqual({ open: 2, unseen: 0 });
    expect(await count(signatory)).not.toHaveProperty('V.2.a');
    const task = await getTaskList(contextOf(database.db, signatory), { assessmentId: insurer.assessmentId });
    expect(task.notes['III.2.a']).toEqual({ open: 2, unseen: 0 });
  });
});

describe('the supervisor', () => {
  it('finds no note in anything that it reads: no table, no page, no snapshot, no log', async () => {
    const staff = await makeStaff(database.db);
    const reviewed = await makeCase(database.db, staff, 'in_review');
    const { insurer: theirs, assessmentId } = reviewed;
    const [written] = await as(database.db, 'trede_insurer', theirs.organisation.id, (tx) => tx.select().from(notes));
    // It was there before the assessment was signed, so that it could have come into what was signed.
    expect(written).toMatchObject({ assessmentId, text: noteText });
    for (const role of ['trede_supervisor', 'trede_administrator', 'trede_system'] as const) {
      expect(await tablesWith(role, noteText)).toEqual([]);
      for (const table of [notes, noteMentions]) {
        await expect(as(database.db, role, (tx) => tx.select().from(table))).rejects.toMatchObject({
          cause: { code: '42501' },
        });
      }
    }
    const ctx = contextOf(database.db, staff.judge);
    const pages = [
      await getReview(ctx, { assessmentId, sectionKey: 'I', criterionKey: 'I.5.b' }),
      await getReviewOverview(ctx, { assessmentId }),
      await getReceipt(contextOf(database.db, theirs.people.signatory), { assessmentId }),
    ];
    expect(inspect(pages, { depth: null, maxStringLength: null })).not.toContain(noteText);
    const [event] = (await eventsOf('note.save')).map(({ detail }) => Object.keys(detail as object));
    expect(event).toEqual(['noteId']);
  });
});

/** The tables of which this role can read a row that holds the text, in any column. */
function tablesWith(role: 'trede_supervisor' | 'trede_administrator' | 'trede_system', text: string) {
  return as(database.db, role, async (tx) => {
    const tables = await tx.execute<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
        and has_table_privilege(current_user, oid, 'SELECT')`,
    );
    expect(tables.length).toBeGreaterThan(3);
    const holding: string[] = [];
    for (const { name } of tables) {
      const [row] = await tx.execute<{ found: boolean }>(
        `select exists (select from "${name}" as held where held::text like '%${text}%') as found`,
      );
      if (row?.found) holding.push(name);
    }
    return holding;
  });
}

const blank = () => ({ assessmentId: randomUUID(), criterionKey: 'I.2.a', noteId: randomUUID() });
