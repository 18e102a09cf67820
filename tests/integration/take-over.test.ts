import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { answers, answerVersions } from '#db/schema/assessments.ts';
import { auditEvents } from '#db/schema/audit.ts';
import { evidence } from '#db/schema/evidence.ts';
import { rounds } from '#db/schema/rounds.ts';
import { makePerson, type Person } from '#db/seed/builders.ts';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import { diskStaging, incomingIn } from '#lib/storage/staging.ts';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { saveIntake } from '#services/assessments/save-intake.ts';
import { withdrawAssessment } from '#services/assessments/withdraw-assessment.ts';
import { platformContext } from '#services/context.ts';
import { builtInScanner } from '#services/evidence/built-in-scanner.ts';
import { changeLocator } from '#services/evidence/change-locator.ts';
import type { EvidenceLimits, IncomingContext } from '#services/evidence/evidence-context.ts';
import { linkEvidence } from '#services/evidence/link-evidence.ts';
import { openEvidence } from '#services/evidence/open-evidence.ts';
import { removeEvidence } from '#services/evidence/remove-evidence.ts';
import { storeEvidence, storeEvidenceInput } from '#services/evidence/store-evidence.ts';
import { importFramework } from '#services/frameworks/import-framework.ts';
import { getSectionTakeOver } from '#services/last-round/get-section-take-over.ts';
import { cameOver } from '#services/last-round/last-round-view.ts';
import { takeOverAnswer, takeOverAnswerInput } from '#services/last-round/take-over-answer.ts';
import { takeOverSection } from '#services/last-round/take-over-section.ts';
import { testDatabase } from '../support/database.ts';
import { norm, normSource } from '../support/frameworks.ts';
import {
  allFacts,
  answerEverything,
  as,
  type Insurer,
  instant,
  makeInsurer,
  setState,
} from '../support/insurer-work.ts';
import { inParts, makePdf } from '../support/made-files.ts';
import { inNextRound, signIt } from '../support/next-round.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'trede-take-over-'));
const storage = diskStorage(folder);
/** The same insurer in the round of before, signed, and in the one after it. */
let before: Insurer;
let stranger: Insurer;
let fileId: string;

beforeAll(async () => {
  before = await makeInsurer(database.db);
  stranger = await makeInsurer(database.db);
  await answerEverything(database.db, before);
  const stored = await storeEvidence(ctxOf(before.people.coordinator), {
    ...storeEvidenceInput.parse({
      assessmentId: before.assessmentId,
      criterionKey: 'II.2.a',
      evidenceId: randomUUID(),
      fileName: 'Steekproef.pdf',
      locator: 'blz. 4–7',
    }),
    body: inParts(makePdf()),
  });
  fileId = stored.evidenceId;
  await linkEvidence(ctxOf(before.people.coordinator), {
    assessmentId: before.assessmentId,
    criterionKey: 'II.2.b',
    evidenceId: fileId,
    linkId: randomUUID(),
    locator: 'blz. 9',
  });
  await signIt(database.db, before);
  await importFramework(platformContext(database.db, instant), { document: nextEdition });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The year after, in which one criterion asks something else. */
const nextEdition = JSON.stringify(parse(normSource), (key, value) => {
  if (key === 'edition') return '2018-2019';
  return value?.key === 'II.2.a' ? { ...value, text: { ...value.text, nl: 'Elk jaar is er een audit.' } } : value;
});

const generous: EvidenceLimits = { file: 1_000_000, assessment: 10_000_000, count: 100, organisation: 1_000_000_000 };
const ctxOf = (actor: Person, limits: Partial<EvidenceLimits> = {}): IncomingContext => ({
  actor,
  db: database.db,
  now: instant,
  storage,
  staging: diskStaging(incomingIn(folder)),
  scanner: builtInScanner,
  limits: { ...generous, ...limits },
});

const takeOver = (
  of: Insurer,
  change: Record<string, unknown> = {},
  { actor = of.people.contributor, limits = {} as Partial<EvidenceLimits> } = {},
) =>
  takeOverAnswer(
    ctxOf(actor, limits),
    takeOverAnswerInput.parse({ assessmentId: of.assessmentId, criterionKey: 'II.2.a', version: 0, ...change }),
  );

const save = (of: Insurer, change: Record<string, unknown> = {}) =>
  saveAnswer(ctxOf(of.people.coordinator), {
    assessmentId: of.assessmentId,
    criterionKey: 'II.2.a',
    version: 0,
    response: null,
    explanation: '',
    ...change,
  });

const pageOf = (of: Insurer, criterionKey = 'II.2.a') =>
  getCriterion(ctxOf(of.people.coordinator), { assessmentId: of.assessmentId, criterionKey });

const read = async (of: Insurer, criterionKey = 'II.2.a') =>
  as(database.db, 'trede_insurer', of.organisation.id, async (tx) => {
    const at = and(eq(answers.assessmentId, of.assessmentId), eq(answers.criterionKey, criterionKey));
    const [answer] = await tx.select().from(answers).where(at);
    const versions = await tx
      .select()
      .from(answerVersions)
      .where(and(eq(answerVersions.assessmentId, of.assessmentId), eq(answerVersions.criterionKey, criterionKey)))
      .orderBy(asc(answerVersions.version));
    return { answer, versions };
  });

const piecesOf = (of: Insurer) =>
  as(database.db, 'trede_insurer', of.organisation.id, (tx) =>
    tx.select().from(evidence).where(eq(evidence.assessmentId, of.assessmentId)),
  );

const eventsOf = (of: Insurer) =>
  as(database.db, 'trede_supervisor', (tx) =>
    tx
      .select({ detail: auditEvents.detail })
      .from(auditEvents)
      .where(and(eq(auditEvents.assessmentId, of.assessmentId), eq(auditEvents.action, 'answer.take_over'))),
  );

const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

describe('the last round on the page of a criterion', () => {
  it('shows what was signed then, with its evidence and where in it to look', async () => {
    const now = await inNextRound(database.db, before);
    const { lastRound, takenOver } = await pageOf(now);
    expect(lastRound).toMatchObject({
      answer: { response: 'met', explanation: 'Zo doen wij het bij II.2.a.' },
      evidence: [{ title: 'Steekproef', locator: 'blz. 4–7', standing: 'to_take' }],
      norm: null,
      text: 'fill',
      toTake: 1,
      publicationId: null,
    });
    expect(takenOver).toBeNull();
  });

  it('shows nothing of a submission that was withdrawn, of another insurer, or without an earlier round', async () => {
    expect((await pageOf(before)).lastRound).toBeNull();
    const withdrawn = await makeInsurer(database.db);
    await answerEverything(database.db, withdrawn);
    const submissionId = await signIt(database.db, withdrawn);
    const next = await inNextRound(database.db, withdrawn);
    expect((await pageOf(next)).lastRound).not.toBeNull();
    await withdrawAssessment(ctxOf(withdrawn.people.signatory), { assessmentId: withdrawn.assessmentId, submissionId });
    expect((await pageOf(next)).lastRound).toBeNull();
  });

  it('names the norm’s words then and now where they differ, and nowhere else', async () => {
    const now = await inNextRound(database.db, before, 'afm-claimafhandeling@2018-2019');
    const { lastRound, criterion } = await pageOf(now);
    expect(lastRound?.norm?.was).toEqual(norm.criterion('II.2.a')?.text);
    expect(lastRound?.norm?.is).toEqual(criterion.text);
    expect((await pageOf(now, 'II.2.b')).lastRound?.norm).toBeNull();
  });

  it('says so when it did not apply then', async () => {
    const insurer = await makeInsurer(database.db);
    await answerEverything(database.db, insurer, {}, { ...allFacts, authorisedAgents: false });
    await signIt(database.db, insurer);
    const now = await inNextRound(database.db, insurer);
    expect((await pageOf(now, 'IV.2.a')).lastRound).toMatchObject({ answer: null, evidence: [], toTake: 0 });
    await expect(takeOver(now, { criterionKey: 'IV.2.a' })).rejects.toMatchObject({ because: ['nothing_then'] });
  });
});

describe('taking over one criterion', () => {
  it('copies explanation and evidence, never the response, as a version and an event of its own', async () => {
    const now = await inNextRound(database.db, before);
    expect(await takeOver(now)).toEqual({ version: 1, evidence: 1 });
    const { answer, versions } = await read(now);
    expect(answer).toMatchObject({
      response: null,
      explanation: 'Zo doen wij het bij II.2.a.',
      takenOverFrom: before.assessmentId,
      savedBy: now.people.contributor.userId,
    });
    expect(versions).toMatchObject([{ version: 1, explanation: 'Zo doen wij het bij II.2.a.', response: null }]);
    const page = await pageOf(now);
    expect(page.evidence).toMatchObject([{ title: 'Steekproef', links: [{ locator: 'blz. 4–7' }] }]);
    expect(page.takenOver).toBe(page.lastRound?.roundName);
    expect(page.lastRound).toMatchObject({ text: 'keep', toTake: 0, evidence: [{ standing: 'here' }] });
    expect(await eventsOf(now)).toMatchObject([
      { detail: { criterionKey: 'II.2.a', fromAssessmentId: before.assessmentId, version: 1 } },
    ]);
  });

  it('marks evidence that came over, also alone, until where to look in it is changed', async () => {
    const now = await inNextRound(database.db, before);
    await save(now, { explanation: 'Zo doen wij het bij II.2.a.' });
    expect(await takeOver(now, { version: 1 })).toEqual({ version: 1, evidence: 1 });
    const marked = async () => {
      const { lastRound, evidence: pieces, takenOver } = await pageOf(now);
      expect(takenOver).toBeNull();
      return pieces.map((piece) => cameOver(lastRound, piece, piece.links[0]?.locator ?? ''));
    };
    expect(await marked()).toEqual([true]);
    const [link] = (await pageOf(now)).evidence[0]?.links ?? [];
    await changeLocator(ctxOf(now.people.contributor), {
      assessmentId: now.assessmentId,
      linkId: link?.id ?? '',
      locator: 'blz. 12',
    });
    expect(await marked()).toEqual([false]);
  });

  it('shares the bytes: the piece has the same hash, opens, and takes none away when it goes', async () => {
    const now = await inNextRound(database.db, before);
    const kept = files();
    await takeOver(now);
    const [piece] = await piecesOf(now);
    const [original] = (await piecesOf(before)).filter(({ id }) => id === fileId);
    expect(piece).toMatchObject({
      takenOverFrom: fileId,
      storageKey: original?.storageKey,
      sha256: original?.sha256,
      addedBy: now.people.contributor.userId,
    });
    expect(files()).toBe(kept);
    const opened = await openEvidence(ctxOf(now.people.reader), { evidenceId: piece?.id ?? '' });
    expect(Buffer.from(await new Response(opened.body).arrayBuffer())).toEqual(makePdf());
    await removeEvidence(ctxOf(now.people.coordinator), {
      assessmentId: now.assessmentId,
      evidenceId: piece?.id ?? '',
    });
    expect(files()).toBe(kept);
    const still = await openEvidence(ctxOf(before.people.reader), { evidenceId: fileId });
    expect(Buffer.from(await new Response(still.body).arrayBuffer())).toEqual(makePdf());
  });

  it('makes one piece of a file that supports two criteria', async () => {
    const now = await inNextRound(database.db, before);
    await takeOver(now);
    await takeOver(now, { criterionKey: 'II.2.b' });
    expect(await piecesOf(now)).toHaveLength(1);
    expect((await pageOf(now, 'II.2.b')).evidence).toMatchObject([
      { links: [{ criterionKey: 'II.2.a' }, { criterionKey: 'II.2.b', locator: 'blz. 9' }] },
    ]);
  });

  it('changes nothing when it is repeated', async () => {
    const now = await inNextRound(database.db, before);
    await takeOver(now);
    expect(await takeOver(now)).toEqual({ version: 1, evidence: 0 });
    expect(await eventsOf(now)).toHaveLength(1);
    expect(await piecesOf(now)).toHaveLength(1);
    expect((await read(now)).versions).toHaveLength(1);
  });

  it('leaves the response that was given, and its mark goes with the first edit of the text, not before', async () => {
    const now = await inNextRound(database.db, before);
    await save(now, { response: 'partly' });
    await takeOver(now, { version: 1 });
    expect((await read(now)).answer).toMatchObject({ response: 'partly', version: 2 });
    await save(now, { version: 2, response: 'met', explanation: 'Zo doen wij het bij II.2.a.' });
    expect((await pageOf(now)).takenOver).not.toBeNull();
    await save(now, { version: 3, response: 'met', explanation: 'Zo doen wij het nog steeds.' });
    expect((await pageOf(now)).takenOver).toBeNull();
    expect((await read(now)).answer?.takenOverFrom).toBeNull();
  });

  it('never overwrites: what stands there is shown with the earlier text, and stays above it when that is asked', async () => {
    const now = await inNextRound(database.db, before);
    await save(now, { explanation: 'Wij beginnen opnieuw.' });
    await expect(takeOver(now, { version: 1 })).rejects.toMatchObject({
      code: 'conflict',
      detail: { version: 1, explanation: 'Wij beginnen opnieuw.', earlier: 'Zo doen wij het bij II.2.a.' },
    });
    expect(await piecesOf(now)).toEqual([]);
    expect(await takeOver(now, { version: 1, append: 'yes' })).toEqual({ version: 2, evidence: 1 });
    expect(await takeOver(now, { version: 1, append: 'yes' })).toEqual({ version: 2, evidence: 0 });
    expect((await read(now)).answer?.explanation).toBe('Wij beginnen opnieuw.\n\nZo doen wij het bij II.2.a.');
    expect((await read(now)).versions.map(({ explanation }) => explanation)).toEqual([
      'Wij beginnen opnieuw.',
      'Wij beginnen opnieuw.\n\nZo doen wij het bij II.2.a.',
    ]);
  });

  it('is refused on an answer that a colleague saved meanwhile, and of two at once one takes over', async () => {
    const now = await inNextRound(database.db, before);
    await save(now, { explanation: 'Van een collega.' });
    await expect(takeOver(now, { append: 'yes' })).rejects.toMatchObject({
      code: 'conflict',
      detail: { version: 1, explanation: 'Van een collega.' },
    });

    const raced = await inNextRound(database.db, before);
    const results = await Promise.allSettled([
      takeOver(raced),
      takeOver(raced, {}, { actor: raced.people.coordinator }),
      save(raced, { explanation: 'Tegelijk.' }),
    ]);
    const { answer, versions } = await read(raced);
    expect(versions).toHaveLength(1);
    expect(answer?.explanation).toBe(results[2].status === 'fulfilled' ? 'Tegelijk.' : 'Zo doen wij het bij II.2.a.');
    expect((await piecesOf(raced)).length).toBe(results[2].status === 'fulfilled' ? 0 : 1);
  });

  it('takes over nothing at all when the assessment would hold too much, or the text would be too long', async () => {
    const now = await inNextRound(database.db, before);
    for (const [limits, fields] of [
      [{ assessment: 10 }, { evidence: 'assessment_full' }],
      [{ count: 0 }, { evidence: 'too_many_files' }],
    ] as const) {
      await expect(takeOver(now, {}, { limits })).rejects.toMatchObject({ code: 'invalid', detail: fields });
    }
    expect((await read(now)).answer).toBeUndefined();
    await save(now, { explanation: 'x'.repeat(19_990) });
    await expect(takeOver(now, { version: 1, append: 'yes' })).rejects.toMatchObject({
      detail: { explanation: 'too_long' },
    });
  });

  it('is refused to readers, to who is limited to another section, to others, and once it was submitted', async () => {
    const now = await inNextRound(database.db, before);
    const elsewhere = await makePerson(database.db, {
      organisation: now.organisation,
      email: `${randomUUID()}@proef.example`,
      name: 'Beperkt',
      roles: ['contributor'],
      sectionKeys: ['I'],
      passwordHash: 'none',
      at: instant,
    });
    await expect(takeOver(now, {}, { actor: now.people.reader })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(takeOver(now, {}, { actor: elsewhere })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(takeOver(now, {}, { actor: stranger.people.coordinator })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(takeOver(now, { criterionKey: 'IX.2.a' })).rejects.toMatchObject({ code: 'not_found' });
    await setState(database.db, now, 'submitted');
    await expect(takeOver(now)).rejects.toMatchObject({ because: ['wrong_state'] });
  });

  it('does not bring what no longer applies', async () => {
    const now = await inNextRound(database.db, before);
    await saveIntake(ctxOf(now.people.coordinator), {
      assessmentId: now.assessmentId,
      facts: { authorisedAgents: { value: false, version: 0 } },
    });
    await expect(takeOver(now, { criterionKey: 'IV.2.a' })).rejects.toMatchObject({ because: ['not_applicable'] });
  });

  it('leaves behind a file that was refused since', async () => {
    const now = await inNextRound(database.db, before);
    const scanned = (scanResult: 'clean' | 'refused') =>
      as(database.db, 'trede_insurer', before.organisation.id, (tx) =>
        tx.update(evidence).set({ scanResult }).where(eq(evidence.id, fileId)),
      );
    await scanned('refused');
    expect((await pageOf(now)).lastRound?.evidence).toMatchObject([{ standing: 'gone' }]);
    expect(await takeOver(now)).toEqual({ version: 1, evidence: 0 });
    await scanned('clean');
  });

  it('goes on from round to round', async () => {
    const first = await makeInsurer(database.db);
    await answerEverything(database.db, first);
    await signIt(database.db, first);
    const second = await inNextRound(database.db, first);
    await answerEverything(database.db, second);
    await takeOver(second, { criterionKey: 'II.3.b', version: 1 });
    await signIt(database.db, second);
    await as(database.db, 'trede_administrator', (tx) =>
      tx.update(rounds).set({ periodTo: '2027-03-31' }).where(eq(rounds.id, second.roundId)),
    );
    const third = await inNextRound(database.db, first);
    expect(await takeOver(third, { criterionKey: 'II.3.b' })).toEqual({ version: 1, evidence: 2 });
    expect((await read(third, 'II.3.b')).answer?.takenOverFrom).toBe(second.assessmentId);
  });
});

describe('taking over a section', () => {
  const plan = (of: Insurer, sectionKey = 'II') =>
    getSectionTakeOver(ctxOf(of.people.coordinator), { assessmentId: of.assessmentId, sectionKey });
  const all = (
    of: Insurer,
    criterionKeys: readonly string[],
    { actor = of.people.coordinator, sectionKey = 'II' } = {},
  ) => takeOverSection(ctxOf(actor), { assessmentId: of.assessmentId, sectionKey, criterionKeys: [...criterionKeys] });
  const stepsOf = async (of: Insurer, sectionKey = 'II') =>
    Object.fromEntries((await plan(of, sectionKey)).criteria.map(({ key, step }) => [key, step]));

  it('says beforehand what will happen, does exactly that, and leaves the rest alone', async () => {
    const now = await inNextRound(database.db, before, 'afm-claimafhandeling@2018-2019');
    await save(now, { criterionKey: 'II.3.a', explanation: 'Al begonnen.' });
    const steps = await stepsOf(now);
    expect(steps).toMatchObject({ 'II.2.a': 'norm_changed', 'II.2.b': 'take', 'II.3.a': 'something_there' });
    const shown = Object.keys(steps).filter((key) => steps[key] === 'take');
    expect(await all(now, shown)).toEqual({ taken: shown, left: [] });
    expect((await read(now, 'II.2.b')).answer).toMatchObject({
      response: null,
      explanation: 'Zo doen wij het bij II.2.b.',
      takenOverFrom: before.assessmentId,
    });
    expect((await read(now, 'II.2.b')).versions).toHaveLength(1);
    expect((await read(now, 'II.2.a')).answer).toBeUndefined();
    expect((await read(now, 'II.3.a')).answer?.explanation).toBe('Al begonnen.');
    expect(await eventsOf(now)).toHaveLength(shown.length);
    expect(await stepsOf(now)).toMatchObject({ 'II.2.b': 'something_there' });
  });

  it('keeps a response that was given already', async () => {
    const now = await inNextRound(database.db, before);
    await save(now, { response: 'not_met' });
    await all(now, ['II.2.a']);
    expect((await read(now)).answer).toMatchObject({ response: 'not_met', version: 2 });
    expect((await read(now)).versions).toHaveLength(2);
  });

  it('leaves alone what somebody did meanwhile, says so, and does nothing twice', async () => {
    const now = await inNextRound(database.db, before);
    await save(now, { explanation: 'Net getypt.' });
    expect(await all(now, ['II.2.a', 'II.2.b'])).toEqual({ taken: ['II.2.b'], left: ['II.2.a'] });
    expect((await read(now)).answer?.explanation).toBe('Net getypt.');
    expect(await all(now, ['II.2.a', 'II.2.b'])).toEqual({ taken: [], left: ['II.2.a', 'II.2.b'] });
    expect(await eventsOf(now)).toHaveLength(1);
  });

  it('takes over once when two do it at once', async () => {
    const now = await inNextRound(database.db, before);
    const keys = Object.keys(await stepsOf(now));
    const both = await Promise.all([all(now, keys), all(now, keys, { actor: now.people.contributor })]);
    expect(both.map(({ taken }) => taken.length).toSorted((a, b) => a - b)).toEqual([0, keys.length]);
    expect(await eventsOf(now)).toHaveLength(keys.length);
  });

  it('brings nothing that does not apply', async () => {
    const now = await inNextRound(database.db, before);
    await saveIntake(ctxOf(now.people.coordinator), {
      assessmentId: now.assessmentId,
      facts: { authorisedAgents: { value: false, version: 0 } },
    });
    const steps = await stepsOf(now, 'IV');
    expect(new Set(Object.values(steps))).toEqual(new Set(['not_applicable']));
    expect(await all(now, Object.keys(steps), { sectionKey: 'IV' })).toMatchObject({ taken: [] });
  });

  it('is refused by role, section, organisation and state', async () => {
    const now = await inNextRound(database.db, before);
    await expect(all(now, [], { actor: now.people.reader })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(all(now, [], { actor: stranger.people.coordinator })).rejects.toMatchObject({ code: 'not_found' });
    await expect(all(now, [], { sectionKey: 'IX' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(plan(now, 'IX')).rejects.toMatchObject({ code: 'not_found' });
    await setState(database.db, now, 'in_review');
    await expect(all(now, [])).rejects.toMatchObject({ because: ['wrong_state'] });
    expect((await plan(now)).mayTakeOver).toBe(false);
  });
});
