import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import type { Person } from '#db/seed/builders.ts';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import { diskStaging, incomingIn } from '#lib/storage/staging.ts';
import { getCheck } from '#services/assessments/get-check.ts';
import { submitAssessment, submitAssessmentInput } from '#services/assessments/submit-assessment.ts';
import { builtInScanner } from '#services/evidence/built-in-scanner.ts';
import type { EvidenceLimits, IncomingContext } from '#services/evidence/evidence-context.ts';
import { getEvidence } from '#services/evidence/get-evidence.ts';
import { listEvidence, listEvidenceInput } from '#services/evidence/list-evidence.ts';
import { moveEvidenceLinks, moveEvidenceLinksInput } from '#services/evidence/move-evidence-links.ts';
import { openEvidence } from '#services/evidence/open-evidence.ts';
import { removeEvidence } from '#services/evidence/remove-evidence.ts';
import { saveEvidence, saveEvidenceInput } from '#services/evidence/save-evidence.ts';
import { saveEvidenceLinks, saveEvidenceLinksInput } from '#services/evidence/save-evidence-links.ts';
import { storeEvidence, storeEvidenceInput } from '#services/evidence/store-evidence.ts';
import { testDatabase } from '../support/database.ts';
import {
  answerEverything,
  as,
  type Insurer,
  instant,
  makeInsurer,
  password,
  setState,
} from '../support/insurer-work.ts';
import { eicar, inParts, makePdf } from '../support/made-files.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'trede-library-'));
const storage = diskStorage(folder);
let insurer: Insurer;
let stranger: Insurer;
/** A contributor for section II only. */
let limited: Person;

beforeAll(async () => {
  stranger = await makeInsurer(database.db);
});
beforeEach(async () => {
  insurer = await makeInsurer(database.db);
  limited = { ...insurer.people.contributor, sectionKeys: ['II'] };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const generous: EvidenceLimits = { file: 1_000_000, assessment: 10_000_000, organisation: 50_000_000, count: 2_000 };
const ctxOf = (actor: Person, limits: Partial<EvidenceLimits> = {}, now = instant): IncomingContext => ({
  actor,
  db: database.db,
  now,
  storage,
  staging: diskStaging(incomingIn(folder)),
  scanner: builtInScanner,
  limits: { ...generous, ...limits },
});
const me = (limits: Partial<EvidenceLimits> = {}) => ctxOf(insurer.people.coordinator, limits);

async function store(change: Record<string, unknown> = {}, ctx = me(), bytes: Uint8Array | string = makePdf()) {
  const input = storeEvidenceInput.parse({
    assessmentId: insurer.assessmentId,
    evidenceId: randomUUID(),
    fileName: 'Steekproef.pdf',
    ...change,
  });
  return (await storeEvidence(ctx, { ...input, body: inParts(bytes) })).evidenceId;
}

const of = (evidenceId: string) => ({ assessmentId: insurer.assessmentId, evidenceId });
const pieceOf = (evidenceId: string, ctx = me()) => getEvidence(ctx, of(evidenceId));
const library = (asked: Record<string, unknown> = {}, ctx = me()) =>
  listEvidence(ctx, listEvidenceInput.parse({ ...asked, assessmentId: insurer.assessmentId }));
const titles = async (asked: Record<string, unknown> = {}) => (await library(asked)).lines.map(({ title }) => title);

type Choice = { criterionKey: string; chosen?: boolean; locator?: string; was?: string | null };
const choose = (evidenceId: string, choices: readonly Choice[], ctx: IncomingContext = me(), formKey = randomUUID()) =>
  saveEvidenceLinks(
    ctx,
    saveEvidenceLinksInput.parse({
      ...of(evidenceId),
      formKey,
      choices: choices.map((choice) => ({ chosen: true, locator: '', was: null, ...choice })),
    }),
  );
const linksOf = async (evidenceId: string) =>
  Object.fromEntries((await pieceOf(evidenceId)).piece.links.map((link) => [link.criterionKey, link.locator]));

const refusal = (code: string, ...because: string[]) => expect.objectContaining({ code, because });

describe('the library', () => {
  it('shows each piece with who added it, its hash, its dates and where it is used', async () => {
    const id = await store({ criterionKey: 'III.4.a', locator: 'blz. 4', aboutPeriod: 'april' });
    await saveEvidence(
      me(),
      saveEvidenceInput.parse({
        ...of(id),
        title: 'Steekproef',
        aboutPeriod: 'april',
        wasAboutPeriod: 'april',
        wasTitle: 'Steekproef',
        effectiveOn: '2026-04-01',
      }),
    );
    const { lines, counts } = await library();
    expect(counts).toMatchObject({ all: 1, unused: 0, refused: 0, matching: 1 });
    expect(lines[0]).toMatchObject({
      title: 'Steekproef',
      aboutPeriod: 'april',
      effectiveOn: '2026-04-01',
      addedAt: instant,
      addedByName: expect.stringContaining('coordinator'),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      scan: 'clean',
      version: 1,
      uses: [{ criterionKey: 'III.4.a', locator: 'blz. 4', short: { nl: expect.any(String), en: expect.any(String) } }],
    });
  });

  it('puts what was refused first, filters, searches and sorts', async () => {
    await store({ criterionKey: 'I.2.a', fileName: 'Beleid.pdf' }, ctxOf(insurer.people.coordinator, {}, instant));
    const later = new Date(instant.getTime() + 60_000);
    await store({ fileName: 'Audit.pdf' }, ctxOf(insurer.people.coordinator, {}, later), makePdf('x'.repeat(5_000)));
    await store({ fileName: 'Besmet.txt' }, me(), eicar);
    expect(await titles()).toEqual(['Besmet', 'Audit', 'Beleid']);
    expect(await titles({ order: 'title' })).toEqual(['Besmet', 'Audit', 'Beleid']);
    expect(await titles({ view: 'unused' })).toEqual(['Audit']);
    expect(await titles({ view: 'refused' })).toEqual(['Besmet']);
    expect(await titles({ section: 'I' })).toEqual(['Beleid']);
    expect(await titles({ section: 'II' })).toEqual([]);
    expect(await titles({ q: 'AUD' })).toEqual(['Audit']);
    expect(await titles({ q: '100%' })).toEqual([]);
    expect((await library()).counts).toMatchObject({ all: 3, unused: 1, refused: 1 });
  });

  it('pages by key, there and back, also where pieces have one and the same instant', async () => {
    await fillWith(60);
    const first = await library({ order: 'title' });
    expect(first).toMatchObject({ first: 1, hasBefore: false, hasAfter: true });
    const second = await library({ order: 'title', after: first.lines.at(-1)?.cursor });
    const third = await library({ order: 'title', after: second.lines.at(-1)?.cursor });
    expect(third).toMatchObject({ first: 51, hasBefore: true, hasAfter: false });
    const all = [first, second, third].flatMap(({ lines }) => lines.map(({ title }) => title));
    expect(all).toHaveLength(60);
    expect(all).toEqual(all.toSorted());
    const back = await library({ order: 'title', before: third.lines[0]?.cursor });
    expect(back.lines).toEqual(second.lines);
    expect(back.first).toBe(26);
    expect(await titles({ after: 'mangled' })).toHaveLength(25);
  });

  it('says how much room is used, of the assessment and of the organisation', async () => {
    await store();
    const { storage: room } = await library({}, me({ organisation: 100 }));
    const size = makePdf().length;
    expect(room).toMatchObject({
      assessment: { used: size, quota: 10_000_000 },
      organisation: { used: size, quota: 100 },
      pieces: { used: 1, quota: 2_000 },
    });
  });

  it('is not found by another insurer, and never by the supervisor', async () => {
    await expect(library({}, ctxOf(stranger.people.coordinator))).rejects.toEqual(refusal('not_found'));
    const id = await store();
    await expect(pieceOf(id, ctxOf(stranger.people.coordinator))).rejects.toEqual(refusal('not_found'));
  });
});

describe('the room of an organisation', () => {
  it('holds over all its assessments: the byte that does not fit is refused, and nothing stays', async () => {
    const size = makePdf().length;
    await store({}, me({ organisation: 2 * size }));
    await store({}, me({ organisation: 2 * size }));
    await expect(store({}, me({ organisation: 2 * size }))).rejects.toEqual(refusal('invalid', 'organisation_full'));
    expect((await library()).counts.all).toBe(2);
  });
});

describe('saving what is said about a piece', () => {
  const save = (evidenceId: string, change: Record<string, string>, actor = insurer.people.coordinator) =>
    saveEvidence(
      ctxOf(actor),
      saveEvidenceInput.parse({ ...of(evidenceId), title: 'Steekproef', wasTitle: 'Steekproef', ...change }),
    );

  it('keeps title, period and effective date, and can be repeated', async () => {
    const id = await store();
    const change = { title: 'Steekproef mei', aboutPeriod: 'mei', effectiveOn: '2026-05-01' };
    expect(await save(id, change)).toEqual(change);
    expect(await save(id, change)).toEqual(change);
    expect((await pieceOf(id)).piece).toMatchObject(change);
    expect(
      await save(id, {
        ...change,
        wasTitle: 'Steekproef mei',
        wasAboutPeriod: 'mei',
        wasEffectiveOn: '2026-05-01',
        effectiveOn: '',
      }),
    ).toMatchObject({ effectiveOn: '' });
  });

  it('leaves alone what a colleague changed meanwhile, and shows both where both changed one field', async () => {
    const id = await store();
    await save(id, { aboutPeriod: 'mei' });
    expect(await save(id, { title: 'Anders' }, insurer.people.contributor)).toEqual({
      title: 'Anders',
      aboutPeriod: 'mei',
      effectiveOn: '',
    });
    await expect(save(id, { title: 'Weer anders' })).rejects.toMatchObject({
      code: 'conflict',
      detail: { title: 'Anders', aboutPeriod: 'mei', effectiveOn: '' },
    });
    expect(await save(id, { title: 'Weer anders', wasTitle: 'Anders' })).toMatchObject({
      title: 'Weer anders',
      aboutPeriod: 'mei',
    });
  });

  it('of two at the same moment lets one through', async () => {
    const id = await store();
    const results = await Promise.allSettled([save(id, { title: 'Een' }), save(id, { title: 'Twee' })]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('is refused by role, section, state, and for what is of another or gone', async () => {
    const id = await store({ criterionKey: 'I.2.a' });
    await expect(save(id, { title: 'x' }, insurer.people.reader)).rejects.toEqual(refusal('forbidden', 'role'));
    await expect(save(id, { title: 'x' }, limited)).rejects.toEqual(refusal('forbidden', 'own_section'));
    await expect(save(id, { title: 'x' }, stranger.people.coordinator)).rejects.toEqual(refusal('not_found'));
    await choose(id, [{ criterionKey: 'II.2.a' }]);
    await expect(save(id, { title: 'x' }, limited)).resolves.toMatchObject({ title: 'x' });
    await setState(database.db, insurer, 'submitted');
    await expect(save(id, { title: 'y', wasTitle: 'x' })).rejects.toEqual(refusal('precondition', 'wrong_state'));
  });
});

describe('one piece at many criteria', () => {
  it('links several at once, each with its place, changes and unlinks; posting twice links once', async () => {
    const id = await store();
    const formKey = randomUUID();
    const two = [
      { criterionKey: 'I.2.a', locator: 'blz. 2' },
      { criterionKey: 'II.3.b', locator: 'blz. 9' },
    ];
    expect(await choose(id, two, me(), formKey)).toEqual({ linked: 2, changed: 0, removed: 0 });
    expect(await choose(id, two, me(), formKey)).toEqual({ linked: 0, changed: 0, removed: 0 });
    expect(await linksOf(id)).toEqual({ 'I.2.a': 'blz. 2', 'II.3.b': 'blz. 9' });
    const saved = await choose(id, [
      { criterionKey: 'I.2.a', locator: 'blz. 3', was: 'blz. 2' },
      { criterionKey: 'II.3.b', chosen: false, locator: 'blz. 9', was: 'blz. 9' },
      { criterionKey: 'III.4.a' },
      { criterionKey: 'IV.2.a', chosen: false },
    ]);
    expect(saved).toEqual({ linked: 1, changed: 1, removed: 1 });
    expect(await linksOf(id)).toEqual({ 'I.2.a': 'blz. 3', 'III.4.a': '' });
    // A late repeat of the first form brings nothing back.
    await choose(id, [{ criterionKey: 'II.3.b', locator: 'blz. 9' }], me(), formKey);
    expect(await linksOf(id)).toEqual({ 'I.2.a': 'blz. 3', 'III.4.a': '' });
  });

  it('keeps what a colleague linked or took away meanwhile', async () => {
    const id = await store();
    await choose(id, [{ criterionKey: 'I.2.a' }, { criterionKey: 'I.2.b' }]);
    await choose(
      id,
      [{ criterionKey: 'I.2.b', chosen: false, was: '' }, { criterionKey: 'I.2.c' }],
      ctxOf(insurer.people.contributor),
    );
    await choose(id, [
      { criterionKey: 'I.2.a', was: '' },
      { criterionKey: 'I.2.b', was: '' },
      { criterionKey: 'I.2.c', chosen: false },
      { criterionKey: 'I.2.d', locator: 'blz. 1' },
    ]);
    expect(await linksOf(id)).toEqual({ 'I.2.a': '', 'I.2.c': '', 'I.2.d': 'blz. 1' });
  });

  it('writes nothing and shows both where a colleague gave another place', async () => {
    const id = await store({ criterionKey: 'I.2.a', locator: 'blz. 1' });
    await choose(id, [{ criterionKey: 'I.2.a', locator: 'blz. 5', was: 'blz. 1' }], ctxOf(insurer.people.contributor));
    const mine = [{ criterionKey: 'I.2.a', locator: 'blz. 7', was: 'blz. 1' }, { criterionKey: 'I.2.b' }];
    await expect(choose(id, mine)).rejects.toMatchObject({
      code: 'conflict',
      detail: { links: { 'I.2.a': 'blz. 5' } },
    });
    expect(await linksOf(id)).toEqual({ 'I.2.a': 'blz. 5' });
    await expect(
      choose(id, [{ criterionKey: 'I.2.a', chosen: false, locator: 'blz. 1', was: 'blz. 1' }]),
    ).rejects.toMatchObject({ code: 'conflict' });
    await choose(id, [{ criterionKey: 'I.2.a', locator: 'blz. 7', was: 'blz. 5' }, { criterionKey: 'I.2.b' }]);
    expect(await linksOf(id)).toEqual({ 'I.2.a': 'blz. 7', 'I.2.b': '' });
  });

  it('is refused by role, by section for what changes there, by state, and for unknown criteria and pieces', async () => {
    const id = await store({ criterionKey: 'I.2.a' });
    const linking = (actor: Person, keys: readonly string[]) =>
      choose(
        id,
        keys.map((criterionKey) => ({ criterionKey })),
        ctxOf(actor),
      );
    await expect(linking(insurer.people.reader, ['I.2.b'])).rejects.toEqual(refusal('forbidden', 'role'));
    await expect(linking(insurer.people.reader, [])).rejects.toEqual(refusal('forbidden', 'role'));
    await expect(linking(limited, ['II.2.a', 'I.2.b'])).rejects.toEqual(refusal('forbidden', 'own_section'));
    expect(await linksOf(id)).toEqual({ 'I.2.a': '' });
    await linking(limited, ['II.2.a']);
    await expect(linking(insurer.people.coordinator, ['X.9.z'])).rejects.toEqual(refusal('not_found'));
    await expect(linking(stranger.people.coordinator, ['I.2.b'])).rejects.toEqual(refusal('not_found'));
    const long = choose(id, [{ criterionKey: 'I.2.b', locator: 'x'.repeat(201) }]);
    await expect(long).rejects.toMatchObject({ code: 'invalid', detail: { 'locator.I.2.b': 'too_long' } });
    await setState(database.db, insurer, 'in_review');
    await expect(linking(insurer.people.coordinator, ['I.2.b'])).rejects.toEqual(
      refusal('precondition', 'wrong_state'),
    );
  });

  it('offers only criteria that apply and that the actor may answer', async () => {
    const id = await store();
    const sections = async (actor: Person) => (await pieceOf(id, ctxOf(actor))).sections.map(({ key }) => key);
    expect(await sections(insurer.people.coordinator)).toEqual(['I', 'II', 'III', 'IV', 'V']);
    expect(await sections(limited)).toEqual(['II']);
    expect(await sections(insurer.people.reader)).toEqual([]);
  });
});

describe('a newer version', () => {
  const move = (
    evidenceId: string,
    links: readonly { linkId: string; locator: string }[],
    actor = insurer.people.coordinator,
  ) => moveEvidenceLinks(ctxOf(actor), moveEvidenceLinksInput.parse({ ...of(evidenceId), links }));

  it('stands beside the older one, takes its title, and takes over the criteria that a person confirms', async () => {
    const older = await store({ criterionKey: 'I.2.a', locator: 'blz. 2' });
    await choose(older, [{ criterionKey: 'II.3.b', locator: 'blz. 3' }]);
    const newer = await store({ replacesId: older, fileName: 'Steekproef juli.pdf' }, me(), makePdf('juli'));
    const page = await pieceOf(newer);
    expect(page.piece).toMatchObject({ title: 'Steekproef', version: 2, current: true, links: [] });
    expect(page.versions.map(({ id, version }) => [id, version])).toEqual([
      [newer, 2],
      [older, 1],
    ]);
    expect(page.toMove?.links.map(({ criterionKey }) => criterionKey)).toEqual(['I.2.a', 'II.3.b']);
    expect(await linksOf(older)).toEqual({ 'I.2.a': 'blz. 2', 'II.3.b': 'blz. 3' });

    const chosen = [{ linkId: String(page.toMove?.links[0]?.id), locator: 'blz. 4' }];
    expect(await move(newer, chosen)).toEqual({ moved: 1 });
    expect(await move(newer, chosen)).toEqual({ moved: 0 });
    expect(await linksOf(newer)).toEqual({ 'I.2.a': 'blz. 4' });
    expect(await linksOf(older)).toEqual({ 'II.3.b': 'blz. 3' });
    const hashes = (await pieceOf(older)).versions.map(({ sha256 }) => sha256);
    expect(new Set(hashes).size).toBe(2);
    expect((await library()).lines.map(({ id, version }) => [id, version])).toEqual([[newer, 2]]);
    await expect(openEvidence(me(), { evidenceId: older })).resolves.toMatchObject({ fileName: 'Steekproef.pdf' });
  });

  it('comes once: of two at the same moment one is refused, and leaves no bytes', async () => {
    const older = await store();
    const results = await Promise.allSettled([store({ replacesId: older }), store({ replacesId: older })]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(store({ replacesId: older })).rejects.toEqual(refusal('invalid', 'replaced_already'));
  });

  it('of a file that was refused takes its place, with all its links', async () => {
    const refused = await store({ criterionKey: 'I.2.a', fileName: 'Besmet.txt' }, me(), eicar);
    const newer = await store({ replacesId: refused });
    expect(await linksOf(newer)).toEqual({ 'I.2.a': '' });
    expect((await library()).counts).toMatchObject({ all: 1, refused: 0 });
    const { blocks } = await getCheck(me(), insurer);
    expect(blocks.filter(({ code }) => code === 'file_refused')).toEqual([]);
  });

  it('gives way when it is taken away: the version before it is the last again', async () => {
    const first = await store({ criterionKey: 'I.2.a' });
    const second = await store({ replacesId: first });
    const third = await store({ replacesId: second });
    await expect(removeEvidence(me(), of(second))).rejects.toEqual(refusal('precondition', 'between_versions'));
    await removeEvidence(me(), of(third));
    expect((await library()).lines.map(({ id }) => id)).toEqual([second]);
    await store({ replacesId: second });
    await removeEvidence(me(), of(first));
    expect((await library()).lines.map(({ version }) => version)).toEqual([3]);
  });

  it('is refused by role, section, state, and in place of what is of another or gone', async () => {
    const older = await store({ criterionKey: 'I.2.a' });
    const replace = (actor: Person) => store({ replacesId: older }, ctxOf(actor));
    await expect(replace(insurer.people.reader)).rejects.toEqual(refusal('forbidden', 'role'));
    await expect(replace(limited)).rejects.toEqual(refusal('forbidden', 'own_section'));
    await expect(store({ replacesId: randomUUID() })).rejects.toEqual(refusal('not_found'));
    const newer = await store({ replacesId: older });
    const { toMove } = await pieceOf(newer);
    const links = (toMove?.links ?? []).map(({ id, locator }) => ({ linkId: id, locator }));
    await expect(move(newer, links, insurer.people.reader)).rejects.toEqual(refusal('forbidden', 'role'));
    await expect(move(newer, links, limited)).rejects.toEqual(refusal('forbidden', 'own_section'));
    await expect(move(older, links)).rejects.toEqual(refusal('not_found'));
    await setState(database.db, insurer, 'submitted');
    await expect(move(newer, links)).rejects.toEqual(refusal('precondition', 'wrong_state'));
  });

  it('leaves what was signed as it was: pinned by its hash, openable after a return, also when it is taken away', async () => {
    await answerEverything(database.db, insurer);
    const pinned = await store({ criterionKey: 'I.2.a' });
    await submitAssessment(
      ctxOf(insurer.people.signatory),
      submitAssessmentInput.parse({
        assessmentId: insurer.assessmentId,
        submissionId: randomUUID(),
        signatoryName: 'A. Tekenaar',
        signatoryFunction: 'Directeur',
        declared: 'yes',
        password,
      }),
    );
    await setState(database.db, insurer, 'returned');
    const newer = await store({ replacesId: pinned });
    await removeEvidence(me(), of(newer));
    await removeEvidence(me(), of(pinned));
    const page = await pieceOf(pinned);
    expect(page.piece).toMatchObject({ submissions: [1], opens: true, removedAt: instant });
    expect(page.may).toEqual({ edit: false, link: false, replace: false, remove: false });
    await expect(openEvidence(me(), { evidenceId: pinned })).resolves.toMatchObject({ fileName: 'Steekproef.pdf' });
    await expect(pieceOf(newer)).rejects.toEqual(refusal('not_found'));
  });
});

describe('bytes that two pieces share', () => {
  it('stay as long as one of them does, and count once', async () => {
    const first = await store();
    const [row] = await as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
      tx.select().from(evidence).where(eq(evidence.id, first)),
    );
    const second = randomUUID();
    await as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
      tx.insert(evidence).values({ ...(row as typeof evidence.$inferInsert), id: second, takenOverFrom: first }),
    );
    expect((await library()).storage.organisation.used).toBe(makePdf().length);
    await removeEvidence(me(), of(first));
    await expect(openEvidence(me(), { evidenceId: second })).resolves.toMatchObject({ sizeBytes: makePdf().length });
    await removeEvidence(me(), of(second));
    expect((await library()).storage.organisation.used).toBe(0);
    await expect(storage.read(String(row?.storageKey))).rejects.toThrow();
  });
});

/** Pieces without their bytes, with a link each, in two statements. */
async function fillWith(count: number) {
  const common = { assessmentId: insurer.assessmentId, organisationId: insurer.organisation.id };
  const ids = Array.from({ length: count }, () => randomUUID());
  await as(database.db, 'trede_insurer', insurer.organisation.id, async (tx) => {
    await tx.insert(evidence).values(
      ids.map((id, place) => ({
        id,
        ...common,
        kind: 'web_address' as const,
        title: `Stuk ${String(place % 30).padStart(2, '0')}`,
        webAddress: 'https://duinrand.example/',
        scanResult: 'clean' as const,
        addedAt: instant,
        addedBy: insurer.people.coordinator.userId,
      })),
    );
    await tx.insert(evidenceLinks).values(
      ids.map((evidenceId) => ({
        id: randomUUID(),
        ...common,
        evidenceId,
        criterionKey: 'I.2.a',
        linkedAt: instant,
        linkedBy: insurer.people.coordinator.userId,
      })),
    );
  });
}
