import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerVersions } from '#db/schema/assessments.ts';
import { delegations, extensionRequests } from '#db/schema/teamwork.ts';
import type { Person } from '#db/seed/builders.ts';
import { saveAnswer, saveAnswerInput } from '#services/assessments/save-answer.ts';
import { saveIntake } from '#services/assessments/save-intake.ts';
import { submitAssessment } from '#services/assessments/submit-assessment.ts';
import { withdrawAssessment } from '#services/assessments/withdraw-assessment.ts';
import { addWebAddress } from '#services/evidence/add-web-address.ts';
import { linkEvidence } from '#services/evidence/link-evidence.ts';
import { removeEvidence } from '#services/evidence/remove-evidence.ts';
import { removeEvidenceLink } from '#services/evidence/remove-evidence-link.ts';
import { getAnswerHistory, getAnswerHistoryInput } from '#services/history/get-answer-history.ts';
import { type ListActivityInput, listActivity, listActivityInput } from '#services/history/list-activity.ts';
import { resolveNote } from '#services/notes/resolve-note.ts';
import { saveNote } from '#services/notes/save-note.ts';
import { testDatabase } from '../support/database.ts';
import {
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
const later = (minutes: number) => new Date(instant.getTime() + minutes * 60_000);
const limits = { file: 1_000_000, assessment: 10_000_000, count: 1_000, organisation: 100_000_000 };

const save = (insurer: Insurer, actor: Person, input: Record<string, unknown>, now = instant) =>
  saveAnswer(
    contextOf(database.db, actor, now),
    saveAnswerInput.parse({ assessmentId: insurer.assessmentId, criterionKey: 'I.2.a', version: 0, ...input }),
  );

describe('the earlier texts of an answer', () => {
  let insurer: Insurer;
  let other: Insurer;
  beforeAll(async () => {
    insurer = await makeInsurer(database.db);
    other = await makeInsurer(database.db);
  });
  const history = (actor: Person, criterionKey = 'I.2.a', before?: number) =>
    getAnswerHistory(
      contextOf(database.db, actor),
      getAnswerHistoryInput.parse({ assessmentId: insurer.assessmentId, criterionKey, before }),
    );

  it('are all there with who and when, each beside what came after it', async () => {
    const { coordinator, contributor, reader } = insurer.people;
    await save(insurer, coordinator, { response: 'partly', explanation: 'Eerste.' });
    await save(insurer, contributor, { version: 1, response: 'met', explanation: 'Tweede.' }, later(5));
    await save(insurer, contributor, { version: 2, response: null, explanation: '' }, later(9));
    const page = await history(contributor);
    expect(page.versions).toMatchObject([
      { version: 3, response: null, explanation: '', by: { you: true }, savedAt: later(9), next: null },
      { version: 2, response: 'met', explanation: 'Tweede.', next: { response: null, explanation: '' } },
      { version: 1, by: { you: false }, explanation: 'Eerste.', next: { response: 'met', explanation: 'Tweede.' } },
    ]);
    expect(page.versions[2]?.by.name).toContain('coordinator');
    expect(page).toMatchObject({ current: { version: 3, response: null }, older: null, readOnly: null });
    expect(await history(reader)).toMatchObject({ readOnly: 'role' });
    expect(await history(reader, 'V.2.a')).toMatchObject({ versions: [], current: { version: 0 } });
  });

  it('come back as a new version, and only over the version that was seen', async () => {
    const { coordinator, contributor } = insurer.people;
    const first = { criterionKey: 'I.2.b', response: 'met', explanation: 'De oude tekst.' };
    await save(insurer, coordinator, first);
    await save(insurer, coordinator, { ...first, version: 1, explanation: 'De nieuwe tekst.' });
    const { current, versions } = await history(contributor, 'I.2.b');
    const restored = { ...first, explanation: versions[1]?.explanation, version: current.version };
    expect((await save(insurer, contributor, restored)).version).toBe(3);
    // A button that is pressed twice restores once.
    expect((await save(insurer, contributor, restored)).version).toBe(3);
    await expect(
      save(insurer, coordinator, { ...first, version: current.version, explanation: 'De nieuwe tekst.' }),
    ).rejects.toMatchObject({ code: 'conflict', detail: { version: 3, explanation: 'De oude tekst.' } });
    expect((await history(contributor, 'I.2.b')).versions.map(({ explanation }) => explanation)).toEqual([
      'De oude tekst.',
      'De nieuwe tekst.',
      'De oude tekst.',
    ]);
  });

  it('come page by page, and no page loses what followed its first', async () => {
    const { coordinator } = insurer.people;
    await as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
      tx.insert(answerVersions).values(
        Array.from({ length: 45 }, (_, place) => ({
          assessmentId: insurer.assessmentId,
          organisationId: insurer.organisation.id,
          criterionKey: 'I.3.a',
          version: place + 1,
          response: 'met' as const,
          explanation: `Tekst ${place + 1}`,
          savedAt: later(place),
          savedBy: coordinator.userId,
        })),
      ),
    );
    const first = await history(coordinator, 'I.3.a');
    const second = await history(coordinator, 'I.3.a', first.older ?? 0);
    const third = await history(coordinator, 'I.3.a', second.older ?? 0);
    const all = [first, second, third].flatMap(({ versions }) => versions);
    expect(all.map(({ version }) => version)).toEqual(Array.from({ length: 45 }, (_, place) => 45 - place));
    expect(all.slice(1).map(({ next }) => next?.explanation)).toEqual(
      all.slice(0, -1).map(({ explanation }) => explanation),
    );
    expect([first, second, third].map(({ isLaterPage, older }) => [isLaterPage, older !== null])).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ]);
  });

  it('are of nobody else, of no criterion that is not there, and stay readable once submitted', async () => {
    await expect(history(other.people.coordinator)).rejects.toMatchObject({ code: 'not_found' });
    await expect(history(insurer.people.coordinator, 'I.9.z')).rejects.toMatchObject({ code: 'not_found' });
    await setState(database.db, insurer, 'submitted');
    expect(await history(insurer.people.coordinator)).toMatchObject({ readOnly: 'state' });
    await expect(
      save(insurer, insurer.people.coordinator, { version: 3, response: 'partly', explanation: 'Eerste.' }),
    ).rejects.toMatchObject({ because: ['wrong_state'] });
  });
});

describe('who did what', () => {
  let insurer: Insurer;
  let other: Insurer;
  beforeAll(async () => {
    insurer = await makeInsurer(database.db);
    other = await makeInsurer(database.db);
    await makeHistory(insurer);
    await save(other, other.people.contributor, { explanation: 'Van een ander.' });
  });
  const list = (input: Partial<Record<keyof ListActivityInput, string>> = {}, actor = insurer.people.reader) =>
    listActivity(
      contextOf(database.db, actor),
      listActivityInput.parse({ assessmentId: insurer.assessmentId, ...input }),
    );

  it('tells every kind of act, the newest first, with one line for a day of saving', async () => {
    const { lines } = await list({}, insurer.people.contributor);
    expect(
      lines.filter(({ kind }) => kind !== 'answer' && !kind.startsWith('evidence')).map(({ kind }) => kind),
    ).toEqual([
      'withdrawn',
      'submitted',
      'extension_asked',
      'delegated',
      'note_resolved',
      'note',
      'intake',
      'returned',
      'intake',
    ]);
    const at = lines.map((line) => line.at.getTime());
    expect(at).toEqual(at.toSorted((a, b) => b - a));
    expect(lines.find(({ kind, you }) => kind === 'answer' && you)).toMatchObject({
      criterionKey: 'I.2.a',
      times: 2,
      response: 'partly',
      first: false,
      at: later(12),
    });
    expect(lines.filter(({ kind }) => kind.startsWith('evidence')).slice(0, 4)).toMatchObject([
      { kind: 'evidence_removed', subject: 'Verslag', criterionKey: null },
      { kind: 'evidence_unlinked', subject: 'Verslag', criterionKey: 'II.2.a' },
      { kind: 'evidence_linked', subject: 'Verslag', criterionKey: 'II.2.a' },
      { kind: 'evidence_added', subject: 'Verslag', criterionKey: 'I.2.a' },
    ]);
    expect(lines.find(({ kind }) => kind === 'delegated')).toMatchObject({ sectionKey: 'II' });
    expect(lines.find(({ kind }) => kind === 'returned')).toMatchObject({ userId: null, name: null });
    expect(JSON.stringify(lines)).not.toContain('Alleen wij');
  });

  it('narrows to a section or to a person, and takes nonsense in an address for nothing', async () => {
    const { contributor, signatory } = insurer.people;
    const second = await list({ section: 'II' });
    expect(second.section).toBe('II');
    expect(
      new Set(second.lines.map(({ criterionKey, sectionKey }) => sectionKey ?? criterionKey?.split('.')[0])),
    ).toEqual(new Set(['II']));
    expect(second.lines.map(({ kind }) => kind)).toContain('delegated');
    const hers = await list({ person: contributor.userId });
    expect(new Set(hers.lines.map(({ userId }) => userId))).toEqual(new Set([contributor.userId]));
    expect((await list({ person: signatory.userId, section: 'V' })).lines).toEqual([]);
    const everything = (await list()).lines.length;
    expect((await list({ section: 'XII', person: 'iemand', after: 'gisteren' })).lines).toHaveLength(everything);
    expect((await list({ after: '2026-13-45T00:00:00.000Z~x' })).lines).toHaveLength(everything);
    expect((await list({ person: other.people.contributor.userId })).lines).toEqual([]);
    const people = (await list()).people.map(({ userId }) => userId);
    expect(people).not.toContain(other.people.contributor.userId);
  });

  it('goes page by page without losing or repeating a line', async () => {
    await as(database.db, 'trede_insurer', other.organisation.id, (tx) =>
      tx.insert(answerVersions).values(
        Array.from({ length: 120 }, (_, place) => ({
          assessmentId: other.assessmentId,
          organisationId: other.organisation.id,
          criterionKey: `I.7.${place}`,
          version: 1,
          explanation: '',
          savedAt: later(Math.floor(place / 40)),
          savedBy: other.people.coordinator.userId,
        })),
      ),
    );
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listActivity(
        contextOf(database.db, other.people.reader),
        listActivityInput.parse({ assessmentId: other.assessmentId, after }),
      );
      seen.push(...page.lines.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toHaveLength(121);
    expect(new Set(seen).size).toBe(121);
  });

  it('is nobody else’s', async () => {
    await expect(list({}, other.people.coordinator)).rejects.toMatchObject({ code: 'not_found' });
    await expect(list({ assessmentId: 'I.2.a' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

/** An assessment in which everything happened once that can be told. */
async function makeHistory(insurer: Insurer) {
  const { assessmentId, organisation, people } = insurer;
  const { coordinator, contributor, signatory } = people;
  await answerEverything(database.db, insurer);
  const by = (actor: Person, minutes: number) => ({ ...contextOf(database.db, actor, later(minutes)), limits });
  await save(insurer, contributor, { version: 1, response: 'met', explanation: 'A' }, later(10));
  await save(insurer, contributor, { version: 2, response: 'partly', explanation: 'B' }, later(12));
  await saveIntake(by(coordinator, 20), {
    assessmentId,
    facts: { ownLossAdjusters: { value: false, version: 1 } },
  });
  const [evidenceId, linkId, noteId, submissionId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const page = { title: 'Verslag', webAddress: 'https://voorbeeld.example/', seenOn: '2026-11-20' };
  const piece = { assessmentId, criterionKey: 'I.2.a', evidenceId, locator: '' };
  await addWebAddress(by(coordinator, 30), { ...piece, ...page, aboutPeriod: '' });
  await linkEvidence(by(coordinator, 31), { ...piece, criterionKey: 'II.2.a', linkId });
  await removeEvidenceLink(by(coordinator, 32), { assessmentId, linkId });
  await removeEvidence({ ...by(coordinator, 33), storage: nowhere }, { assessmentId, evidenceId });
  const note = { assessmentId, criterionKey: 'II.2.a', noteId, text: 'Alleen wij.', mentions: [] };
  await saveNote(by(contributor, 40), note);
  await resolveNote(by(coordinator, 41), { assessmentId, noteId, to: 'resolved' });
  const of = { assessmentId, organisationId: organisation.id };
  await as(database.db, 'trede_insurer', organisation.id, async (tx) => {
    await tx.insert(delegations).values({
      id: randomUUID(),
      ...of,
      sectionKey: 'II',
      membershipId: contributor.membershipId,
      dueOn: '2026-12-01',
      askedAt: later(42),
      askedBy: coordinator.userId,
    });
    await tx
      .insert(extensionRequests)
      .values({ id: randomUUID(), ...of, reason: 'Ziekte.', askedAt: later(43), askedBy: coordinator.userId });
  });
  await submitAssessment(by(signatory, 50), {
    assessmentId,
    submissionId,
    signatoryName: 'A',
    signatoryFunction: 'B',
    declared: true,
    password,
  });
  await withdrawAssessment(by(signatory, 51), { assessmentId, submissionId });
  await setState(database.db, insurer, 'returned');
}

const nowhere = {
  write: async () => {},
  readRange: async () => new Uint8Array(),
  read: async () => new Blob([]).stream(),
  remove: async () => {},
  list: async function* () {},
};
