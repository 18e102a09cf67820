import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Transaction } from '#db/client.ts';
import { auditEvents } from '#db/schema/audit.ts';
import { evidence, evidenceLinks, submissionEvidence } from '#db/schema/evidence.ts';
import { makeOrganisation, makePerson, type Person } from '#db/seed/builders.ts';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import { diskStaging, incomingIn } from '#lib/storage/staging.ts';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { submitAssessment, submitAssessmentInput } from '#services/assessments/submit-assessment.ts';
import { withdrawAssessment } from '#services/assessments/withdraw-assessment.ts';
import { addWebAddress, addWebAddressInput } from '#services/evidence/add-web-address.ts';
import { builtInScanner } from '#services/evidence/built-in-scanner.ts';
import { changeLocator } from '#services/evidence/change-locator.ts';
import type { EvidenceLimits, IncomingContext } from '#services/evidence/evidence-context.ts';
import { linkEvidence } from '#services/evidence/link-evidence.ts';
import { openEvidence } from '#services/evidence/open-evidence.ts';
import { removeEvidence } from '#services/evidence/remove-evidence.ts';
import { removeEvidenceLink } from '#services/evidence/remove-evidence-link.ts';
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
import { eicar, inParts, makeDocx, makePdf, makeZip } from '../support/made-files.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'trede-evidence-'));
const storage = diskStorage(folder);
let insurer: Insurer;
let stranger: Insurer;
let lead: Person;

beforeAll(async () => {
  insurer = await makeInsurer(database.db);
  stranger = await makeInsurer(database.db);
  const organisation = await makeOrganisation(database.db, {
    kind: 'supervisor',
    name: 'Toezichthouder',
    number: 'T-1',
    at: instant,
  });
  lead = await makePerson(database.db, {
    organisation,
    email: 'lead@toezicht.example',
    name: 'Teamleider',
    roles: ['lead'],
    passwordHash: 'none',
    at: instant,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const generous: EvidenceLimits = { file: 1_000_000, assessment: 10_000_000, organisation: 50_000_000, count: 100 };
const ctxOf = (actor: Person, limits: Partial<EvidenceLimits> = {}): IncomingContext => ({
  actor,
  db: database.db,
  now: instant,
  storage,
  staging: diskStaging(incomingIn(folder)),
  scanner: builtInScanner,
  limits: { ...generous, ...limits },
});

const input = (of: Insurer, change: Record<string, unknown> = {}) =>
  storeEvidenceInput.parse({
    assessmentId: of.assessmentId,
    criterionKey: 'III.4.a',
    evidenceId: randomUUID(),
    fileName: 'Steekproef.pdf',
    locator: 'blz. 4–7',
    ...change,
  });

function store(
  bytes: Uint8Array | string,
  change: Record<string, unknown> = {},
  { actor = insurer.people.coordinator, of = insurer, limits = {} as Partial<EvidenceLimits> } = {},
) {
  return storeEvidence(ctxOf(actor, limits), { ...input(of, change), body: inParts(bytes) });
}

/** Every file in storage, also what was left half-way. */
const stored = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();

const rowOf = (id: string, of = insurer) =>
  as(database.db, 'trede_insurer', of.organisation.id, async (tx) => {
    const [row] = await tx.select().from(evidence).where(eq(evidence.id, id));
    return row;
  });

const pageOf = (criterionKey = 'III.4.a', of = insurer) =>
  getCriterion(ctxOf(of.people.coordinator), { assessmentId: of.assessmentId, criterionKey });

async function bytesOf(body: ReadableStream<Uint8Array>) {
  return Buffer.from(await new Response(body).arrayBuffer());
}

describe('storing a file', () => {
  it('keeps its bytes, its hash and where it supports the criterion, and gives the same bytes back', async () => {
    const pdf = makePdf();
    const { evidenceId, scan } = await store(pdf, { aboutPeriod: 'april tot en met juni' });
    expect(scan).toBe('clean');
    const row = await rowOf(evidenceId);
    expect(row).toMatchObject({
      kind: 'file',
      title: 'Steekproef',
      fileName: 'Steekproef.pdf',
      mediaType: 'application/pdf',
      sizeBytes: pdf.length,
      scanResult: 'clean',
      scannedBy: 'built-in',
      aboutPeriod: 'april tot en met juni',
    });
    expect(Buffer.from(row?.sha256 ?? []).toString('hex')).toBe(createHash('sha256').update(pdf).digest('hex'));
    const opened = await openEvidence(ctxOf(insurer.people.reader), { evidenceId });
    expect(await bytesOf(opened.body)).toEqual(pdf);
    const piece = (await pageOf()).evidence.find(({ id }) => id === evidenceId);
    expect(piece?.links).toEqual([{ id: evidenceId, criterionKey: 'III.4.a', locator: 'blz. 4–7' }]);
  });

  it('stores the same file once when it is sent twice with one key', async () => {
    const before = stored().length;
    const change = { evidenceId: randomUUID() };
    const first = await store(makePdf('twice'), change);
    expect(await store(makePdf('twice'), change)).toEqual(first);
    expect(stored()).toHaveLength(before + 1);
  });

  it('stores it once also when both arrive at the same moment', async () => {
    const before = stored().length;
    const change = { evidenceId: randomUUID() };
    const results = await Promise.all([store(makePdf('race'), change), store(makePdf('race'), change)]);
    expect(results[0]).toEqual(results[1]);
    expect(stored()).toHaveLength(before + 1);
  });

  it('refuses another file under a key that is taken', async () => {
    const { evidenceId } = await store(makePdf());
    await expect(store(makePdf(), { evidenceId, fileName: 'Anders.pdf' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('takes every kind on the list', async () => {
    const type = (name: string) => `application/vnd.openxmlformats-officedocument.${name}.main+xml`;
    const office = (part: string, kind: string) =>
      makeZip({ '[Content_Types].xml': `<Types><Override ContentType="${type(kind)}"/></Types>`, [part]: '<x/>' });
    const open = (kind: string) =>
      makeZip({ mimetype: `application/vnd.oasis.opendocument.${kind}`, 'content.xml': '<x/>' });
    const files: Record<string, Uint8Array | string> = {
      'a.docx': makeDocx(),
      'a.xlsx': office('xl/workbook.xml', 'spreadsheetml.sheet'),
      'a.pptx': office('ppt/presentation.xml', 'presentationml.presentation'),
      'a.odt': open('text'),
      'a.ods': open('spreadsheet'),
      'a.png': Buffer.from(
        '89504e470d0a1a0a0000000d494844520000000100000001080200000090775 3de'.replace(' ', ''),
        'hex',
      ),
      'a.JPG': Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
      'a.csv': 'dossier;uitkomst\n1;conform\n',
      'a.txt': 'Een verslag, met ë en €.',
      'a.eml': 'From: a@b.example\r\nTo: c@d.example\r\nSubject: Verslag\r\n\r\nTekst\r\n',
    };
    for (const [fileName, bytes] of Object.entries(files)) {
      await expect(store(bytes, { fileName }), fileName).resolves.toMatchObject({ scan: 'clean' });
    }
  });

  it('keeps a file name as text, whatever it holds', async () => {
    for (const [fileName, kept] of [
      ['../../etc/passwd.pdf', 'passwd.pdf'],
      ['C:\\Users\\x\\Verslag.pdf', 'Verslag.pdf'],
      ['rap\u202Efdp.pdf', 'rapfdp.pdf'],
      ['a\u0000b.pdf', 'ab.pdf'],
      [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(196)}.pdf`],
    ] as const) {
      const { evidenceId } = await store(makePdf(), { fileName });
      const row = await rowOf(evidenceId);
      expect(row?.fileName).toBe(kept);
      expect(row?.storageKey).toMatch(/^[0-9a-f-]{36}\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/);
    }
  });
});

describe('a hostile or unfit file', () => {
  const macroType = 'application/vnd.ms-word.document.macroEnabled.main+xml';
  const cases: [why: string, fileName: string, bytes: Uint8Array | string, code: string][] = [
    ['a kind that is not on the list', 'Rapportage KPI.xlsm', 'x', 'type_not_allowed'],
    ['an archive', 'dossiers.zip', makeZip({ 'a.txt': 'x' }), 'type_not_allowed'],
    ['no extension', 'README', 'x', 'type_not_allowed'],
    ['nothing inside', 'leeg.pdf', '', 'empty'],
    ['text that says it is PDF', 'x.pdf', 'no signature', 'type_differs'],
    ['a program that says it is PNG', 'x.png', Buffer.from('4d5a900003000000', 'hex'), 'type_differs'],
    ['a PDF that says it is text', 'x.txt', makePdf(), 'type_differs'],
    ['zero bytes in text', 'x.csv', Buffer.from('a;b\u0000c'), 'not_text'],
    ['a plain zip that says it is Word', 'x.docx', makeZip({ 'a.txt': 'x' }), 'type_differs'],
    ['a Word file that says it is Excel', 'x.xlsx', makeDocx(), 'type_differs'],
    ['not a zip at all', 'x.docx', 'x'.repeat(100), 'type_differs'],
    ['macros', 'x.docx', makeDocx({ 'word/vbaProject.bin': 'x' }), 'macros'],
    ['macros under another case', 'x.docx', makeDocx({ 'word/VBAPROJECT.BIN': 'x' }), 'macros'],
    ['a macro file under a harmless name', 'x.docx', makeDocx({}, macroType), 'macros'],
    ['a macro file inside', 'x.docx', makeDocx({ 'word/embeddings/a.xlsm': 'x' }), 'macros'],
    ['a program inside', 'x.docx', makeDocx({ 'word/embeddings/a.exe': 'x' }), 'archive'],
    ['an archive inside', 'x.docx', makeDocx({ 'word/embeddings/a.zip': 'x' }), 'archive'],
    ['a password', 'x.docx', makeDocx({}, undefined, { flags: 1 }), 'encrypted'],
    [
      'more inside than it says outside',
      'x.docx',
      makeDocx({}, undefined, { unpackedSize: 2 ** 31 }),
      'unpacked_too_large',
    ],
    ['Basic in OpenDocument', 'x.odt', makeZip({ mimetype: 'x', 'Basic/Standard/Module1.xml': 'x' }), 'macros'],
  ];

  it.each(cases)('is refused for %s, and nothing of it remains', async (_why, fileName, bytes, code) => {
    const before = stored();
    const evidenceId = randomUUID();
    await expect(store(bytes, { fileName, evidenceId })).rejects.toMatchObject({ code: 'invalid', because: [code] });
    expect(stored()).toEqual(before);
    expect(await rowOf(evidenceId)).toBeUndefined();
  });

  it('is known by its malware, also across the parts of a request: the row stays, the bytes do not', async () => {
    const before = stored();
    const { evidenceId, scan } = await store(`Verslag\n${eicar}\n`, { fileName: 'verslag.txt' });
    expect(scan).toBe('refused');
    expect(stored()).toEqual(before);
    expect(await rowOf(evidenceId)).toMatchObject({ scanResult: 'refused', storageKey: null });
    await expect(openEvidence(ctxOf(insurer.people.coordinator), { evidenceId })).rejects.toMatchObject({
      code: 'precondition',
      because: ['file_refused'],
    });
    expect((await pageOf()).blocks['III.4.a']).toContain('file_refused');
    await removeEvidence(ctxOf(insurer.people.coordinator), { assessmentId: insurer.assessmentId, evidenceId });
    expect((await pageOf()).blocks['III.4.a']).not.toContain('file_refused');
  });

  it('is cut off as soon as it is too large', async () => {
    const before = stored();
    let read = 0;
    async function* endless() {
      for (;;) {
        read += 1_000;
        yield Buffer.alloc(1_000, 'a');
      }
    }
    const ctx = ctxOf(insurer.people.coordinator, { file: 10_000 });
    const refused = storeEvidence(ctx, { ...input(insurer, { fileName: 'x.txt' }), body: endless() });
    await expect(refused).rejects.toMatchObject({ because: ['file_too_large'] });
    expect(read).toBe(11_000);
    expect(stored()).toEqual(before);
  });

  it('does not fit in an assessment that is full, in bytes or in number', async () => {
    const before = stored();
    await expect(store(makePdf(), {}, { limits: { assessment: 10 } })).rejects.toMatchObject({
      because: ['assessment_full'],
    });
    await expect(store(makePdf(), {}, { limits: { count: 1 } })).rejects.toMatchObject({ because: ['too_many_files'] });
    expect(stored()).toEqual(before);
  });
});

describe('a store that fails on the way', () => {
  it('leaves no bytes when the sender goes away', async () => {
    const before = stored();
    async function* broken() {
      yield makePdf();
      throw new Error('aborted');
    }
    const ctx = ctxOf(insurer.people.coordinator);
    await expect(storeEvidence(ctx, { ...input(insurer), body: broken() })).rejects.toThrow('aborted');
    expect(stored()).toEqual(before);
  });

  it('leaves no bytes when the row cannot be written', async () => {
    const before = stored();
    const evidenceId = randomUUID();
    await as(database.db, 'trede_insurer', insurer.organisation.id, async (tx) => {
      // The key of the first link is taken: the last insert of the transaction fails.
      const [any] = await tx.select().from(evidence).limit(1);
      if (!any) throw new Error('no evidence yet');
      await tx.insert(evidenceLinks).values({
        id: evidenceId,
        assessmentId: any.assessmentId,
        organisationId: any.organisationId,
        evidenceId: any.id,
        criterionKey: 'I.2.a',
        linkedAt: instant,
        linkedBy: any.addedBy,
      });
    });
    await expect(store(makePdf(), { evidenceId })).rejects.toThrow();
    expect(stored()).toEqual(before);
    expect(await rowOf(evidenceId)).toBeUndefined();
  });

  it('leaves no bytes when the assessment was handed in while they came', async () => {
    const other = await makeInsurer(database.db);
    const before = stored();
    async function* slow() {
      yield makePdf();
      await setState(database.db, other, 'submitted');
    }
    const refused = storeEvidence(ctxOf(other.people.coordinator), { ...input(other), body: slow() });
    await expect(refused).rejects.toMatchObject({ code: 'precondition', because: ['wrong_state'] });
    expect(stored()).toEqual(before);
  });
});

describe('who may add and take away', () => {
  const acts: [string, (ctx: IncomingContext, of: Insurer, evidenceId: string) => Promise<unknown>][] = [
    ['store', (ctx, of) => storeEvidence(ctx, { ...input(of), body: inParts(makePdf()) })],
    [
      'add a web address',
      (ctx, { assessmentId }) =>
        addWebAddress(ctx, {
          assessmentId,
          criterionKey: 'III.4.a',
          evidenceId: randomUUID(),
          title: 'Klachten',
          webAddress: 'https://duinrand.example/klachten',
          seenOn: '2026-11-20',
          aboutPeriod: '',
          locator: '',
        }),
    ],
    [
      'link',
      (ctx, { assessmentId }, evidenceId) =>
        linkEvidence(ctx, { assessmentId, evidenceId, criterionKey: 'III.3.a', linkId: randomUUID(), locator: '' }),
    ],
    [
      'change a locator',
      (ctx, { assessmentId }, linkId) => changeLocator(ctx, { assessmentId, linkId, locator: 'blz. 1' }),
    ],
    ['take a link away', (ctx, { assessmentId }, linkId) => removeEvidenceLink(ctx, { assessmentId, linkId })],
    ['take away', (ctx, { assessmentId }, evidenceId) => removeEvidence(ctx, { assessmentId, evidenceId })],
  ];

  it.each(acts)('refuses a reader and another organisation, and a handed-in assessment, to %s', async (_name, act) => {
    const of = await makeInsurer(database.db);
    const { evidenceId } = await store(makePdf(), {}, { actor: of.people.coordinator, of });
    await expect(act(ctxOf(of.people.reader), of, evidenceId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(act(ctxOf(stranger.people.coordinator), of, evidenceId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(act(ctxOf(lead), of, evidenceId)).rejects.toMatchObject({ code: 'not_found' });
    await setState(database.db, of, 'submitted');
    await expect(act(ctxOf(of.people.coordinator), of, evidenceId)).rejects.toMatchObject({
      code: 'precondition',
      because: ['wrong_state'],
    });
  });

  it('refuses a contributor outside the sections that are theirs', async () => {
    const limited = { ...insurer.people.contributor, sectionKeys: ['I'] };
    await expect(store(makePdf(), {}, { actor: limited })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(store(makePdf(), { criterionKey: 'I.2.a' }, { actor: limited })).resolves.toBeTruthy();
  });
});

describe('where a piece supports a criterion', () => {
  it('can be more than one place, each with its own page, and taken away one by one', async () => {
    const of = await makeInsurer(database.db);
    const ctx = ctxOf(of.people.coordinator);
    const { assessmentId } = of;
    const { evidenceId } = await store(makePdf(), {}, { actor: of.people.coordinator, of });
    const link = { assessmentId, evidenceId, criterionKey: 'III.3.a', linkId: randomUUID(), locator: 'blz. 12' };
    await linkEvidence(ctx, link);
    // A repeat, and a second wish for the same place, add nothing.
    await linkEvidence(ctx, link);
    expect(await linkEvidence(ctx, { ...link, linkId: randomUUID() })).toEqual({ linkId: link.linkId });
    await changeLocator(ctx, { assessmentId, linkId: link.linkId, locator: 'blz. 13' });
    const [piece] = (await pageOf('III.3.a', of)).evidence;
    expect(piece?.links.map(({ criterionKey, locator }) => [criterionKey, locator])).toEqual([
      ['III.3.a', 'blz. 13'],
      ['III.4.a', 'blz. 4–7'],
    ]);
    await removeEvidenceLink(ctx, { assessmentId, linkId: link.linkId });
    await removeEvidenceLink(ctx, { assessmentId, linkId: link.linkId });
    expect((await pageOf('III.3.a', of)).evidence).toEqual([]);
    expect((await pageOf('III.3.a', of)).otherEvidence).toHaveLength(1);
    // A repeat of the first request that arrives late does not bring it back.
    await linkEvidence(ctx, link);
    expect((await pageOf('III.3.a', of)).evidence).toEqual([]);
  });

  it('is a web address with the day it was seen, which cannot be to come', async () => {
    const address = (change: object = {}) =>
      addWebAddressInput.parse({
        assessmentId: insurer.assessmentId,
        criterionKey: 'II.3.b',
        evidenceId: randomUUID(),
        title: 'Klachten',
        webAddress: 'https://duinrand.example/klachten',
        seenOn: '2026-11-22',
        ...change,
      });
    const ctx = ctxOf(insurer.people.coordinator);
    const input = address();
    await addWebAddress(ctx, input);
    await addWebAddress(ctx, input);
    const { evidence: pieces } = await pageOf('II.3.b');
    expect(pieces).toMatchObject([{ kind: 'web_address', seenOn: '2026-11-22', scan: 'clean' }]);
    await expect(addWebAddress(ctx, address({ seenOn: '2026-11-23' }))).rejects.toMatchObject({
      because: ['date_to_come'],
    });
    for (const webAddress of ['javascript:alert(1)', 'file:///etc/passwd', 'duinrand', '']) {
      expect(() => address({ webAddress }), webAddress).toThrow('address_wrong');
    }
  });
});

describe('taking a piece away', () => {
  it('takes its bytes too, and every place that it supports', async () => {
    const before = stored();
    const { evidenceId } = await store(makePdf('gone'));
    const ctx = ctxOf(insurer.people.coordinator);
    await removeEvidence(ctx, { assessmentId: insurer.assessmentId, evidenceId });
    await removeEvidence(ctx, { assessmentId: insurer.assessmentId, evidenceId });
    expect(stored()).toEqual(before);
    expect((await pageOf()).evidence.map(({ id }) => id)).not.toContain(evidenceId);
    await expect(openEvidence(ctx, { evidenceId })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('opening a file', () => {
  it('is for its own organisation, and for the supervisor once a submission that stands pins it', async () => {
    const of = await makeInsurer(database.db);
    await answerEverything(database.db, of);
    const { evidenceId } = await store(makePdf('pinned'), {}, { actor: of.people.coordinator, of });
    const { evidenceId: loose } = await store(makePdf('loose'), {}, { actor: of.people.coordinator, of });
    await removeEvidence(ctxOf(of.people.coordinator), { assessmentId: of.assessmentId, evidenceId: loose });
    await expect(openEvidence(ctxOf(lead), { evidenceId })).rejects.toMatchObject({ code: 'not_found' });
    const submissionId = randomUUID();
    await submitAssessment(
      ctxOf(of.people.signatory),
      submitAssessmentInput.parse({
        assessmentId: of.assessmentId,
        submissionId,
        signatoryName: 'S. Verzonnen',
        signatoryFunction: 'Directeur',
        declared: 'yes',
        password,
      }),
    );
    const opened = await openEvidence(ctxOf(lead), { evidenceId });
    expect(await bytesOf(opened.body)).toEqual(makePdf('pinned'));
    expect(opened).toMatchObject({ fileName: 'Steekproef.pdf', mediaType: 'application/pdf' });
    await expect(openEvidence(ctxOf(stranger.people.coordinator), { evidenceId })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(openEvidence(ctxOf(lead), { evidenceId: loose })).rejects.toMatchObject({ code: 'not_found' });
    const logged = await as(database.db, 'trede_supervisor', (tx) =>
      tx.select().from(auditEvents).where(eq(auditEvents.actorId, lead.userId)),
    );
    expect(logged).toMatchObject([{ action: 'evidence.open', detail: { evidenceId } }]);

    await withdrawAssessment(ctxOf(of.people.signatory), { assessmentId: of.assessmentId, submissionId });
    await expect(openEvidence(ctxOf(lead), { evidenceId })).rejects.toMatchObject({ code: 'not_found' });
    // What was signed once is kept, also when its owner takes it away afterwards.
    await removeEvidence(ctxOf(of.people.coordinator), { assessmentId: of.assessmentId, evidenceId });
    expect(await bytesOf((await openEvidence(ctxOf(of.people.reader), { evidenceId })).body)).toEqual(
      makePdf('pinned'),
    );
    const pinned = await as(database.db, 'trede_insurer', of.organisation.id, (tx: Transaction) =>
      tx
        .select({ count: sql<number>`count(*)::int` })
        .from(submissionEvidence)
        .where(eq(submissionEvidence.evidenceId, evidenceId)),
    );
    expect(pinned).toEqual([{ count: 1 }]);
  });

  it('is for nobody before its scan is over', async () => {
    const { evidenceId } = await store(makePdf('waits'));
    await as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
      tx.update(evidence).set({ scanResult: 'waiting' }).where(eq(evidence.id, evidenceId)),
    );
    await expect(openEvidence(ctxOf(insurer.people.coordinator), { evidenceId })).rejects.toMatchObject({
      because: ['file_awaits_scan'],
    });
  });
});
