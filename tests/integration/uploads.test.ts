import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidence, uploads } from '#db/schema/evidence.ts';
import type { Person } from '#db/seed/builders.ts';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import { diskStaging, incomingIn } from '#lib/storage/staging.ts';
import { builtInScanner } from '#services/evidence/built-in-scanner.ts';
import type { EvidenceLimits, IncomingContext } from '#services/evidence/evidence-context.ts';
import { openUpload } from '#services/evidence/open-upload.ts';
import { removeUpload } from '#services/evidence/remove-upload.ts';
import { startUpload, startUploadInput } from '#services/evidence/start-upload.ts';
import { storeEvidence, storeEvidenceInput } from '#services/evidence/store-evidence.ts';
import { storeUpload } from '#services/evidence/store-upload.ts';
import { sweepStorage, sweepUploads } from '#services/evidence/sweep-uploads.ts';
import { testDatabase } from '../support/database.ts';
import { as, type Insurer, instant, makeInsurer, setState } from '../support/insurer-work.ts';
import { eicar, inParts, makePdf } from '../support/made-files.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'trede-uploads-'));
const incoming = incomingIn(folder);
const [storage, staging] = [diskStorage(folder), diskStaging(incoming)];
const days = (count: number) => new Date(instant.getTime() + count * 86_400_000);
let insurer: Insurer;
let stranger: Insurer;

beforeAll(async () => {
  mkdirSync(incoming, { recursive: true });
  [insurer, stranger] = [await makeInsurer(database.db), await makeInsurer(database.db)];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const generous: EvidenceLimits = { file: 1_000_000, assessment: 10_000_000, organisation: 50_000_000, count: 100 };
const ctxOf = (actor: Person, { now = instant, ...limits }: Partial<EvidenceLimits> & { now?: Date } = {}) =>
  ({
    actor,
    db: database.db,
    now,
    storage,
    staging,
    scanner: builtInScanner,
    limits: { ...generous, ...limits },
  }) satisfies IncomingContext;

const inputOf = (of: Insurer, change: Record<string, unknown> = {}) =>
  startUploadInput.parse({
    assessmentId: of.assessmentId,
    criterionKey: 'III.4.a',
    evidenceId: randomUUID(),
    fileName: 'Steekproef.pdf',
    locator: 'blz. 4',
    sizeBytes: makePdf().length,
    ...change,
  });

/** Begins an upload, and lays its bytes in staging as the transport does. */
async function begin(of: Insurer, bytes: Uint8Array | string = makePdf(), change: Record<string, unknown> = {}) {
  const coordinator = ctxOf(of.people.coordinator);
  const { uploadId } = await startUpload(coordinator, inputOf(of, { sizeBytes: Buffer.from(bytes).length, ...change }));
  writeFileSync(join(incoming, uploadId), bytes);
  writeFileSync(join(incoming, `${uploadId}.json`), '{}');
  return { assessmentId: of.assessmentId, uploadId };
}

const rowsOf = (id: string, of = insurer) =>
  as(database.db, 'trede_insurer', of.organisation.id, async (tx) => ({
    upload: (await tx.select().from(uploads).where(eq(uploads.id, id)))[0],
    evidence: (await tx.select().from(evidence).where(eq(evidence.id, id)))[0],
  }));

const filesIn = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

describe('a file that comes in by parts', () => {
  it('becomes evidence once all of it is here, and leaves nothing in staging', async () => {
    const upload = await begin(insurer);
    const ctx = ctxOf(insurer.people.coordinator);
    expect(await openUpload(ctx, upload)).toEqual({ sizeBytes: makePdf().length });
    const stored = await storeUpload(ctx, { ...upload, aboutPeriod: 'juni' });
    expect(stored).toMatchObject({ evidenceId: upload.uploadId, fileName: 'Steekproef.pdf', scan: 'clean' });
    const rows = await rowsOf(upload.uploadId);
    expect(rows.upload).toBeUndefined();
    expect(rows.evidence).toMatchObject({ aboutPeriod: 'juni', sizeBytes: makePdf().length });
    expect(filesIn(incoming)).toEqual([]);
    // The answer may have been lost on its way: asking again says the same, and stores nothing.
    const kept = filesIn(folder).length;
    expect(await storeUpload(ctx, { ...upload, aboutPeriod: 'juni' })).toEqual(stored);
    expect(filesIn(folder)).toHaveLength(kept);
  });

  it('is not evidence while a part is missing, and can go on', async () => {
    const upload = await begin(insurer, makePdf().subarray(0, 5), { sizeBytes: makePdf().length });
    const ctx = ctxOf(insurer.people.coordinator);
    const store = () => storeUpload(ctx, { ...upload, aboutPeriod: '' });
    await expect(store()).rejects.toMatchObject({ because: ['upload_incomplete'] });
    writeFileSync(join(incoming, upload.uploadId), makePdf());
    await expect(store()).resolves.toMatchObject({ scan: 'clean' });
  });

  it('is stored once when two ask for it at the same moment', async () => {
    const upload = await begin(insurer);
    const before = filesIn(folder).length;
    const ctx = ctxOf(insurer.people.coordinator);
    const store = () => storeUpload(ctx, { ...upload, aboutPeriod: '' });
    const [first, second] = await Promise.all([store(), store()]);
    expect(first).toEqual(second);
    // Two names in staging (the bytes and their notes) became one file.
    expect(filesIn(folder)).toHaveLength(before - 1);
  });

  it('may begin again under the same key, and not for another file', async () => {
    const { uploadId } = await begin(insurer);
    const ctx = ctxOf(insurer.people.coordinator);
    await expect(startUpload(ctx, inputOf(insurer, { evidenceId: uploadId }))).resolves.toEqual({ uploadId });
    const other = startUpload(ctx, inputOf(insurer, { evidenceId: uploadId, sizeBytes: 9 }));
    await expect(other).rejects.toMatchObject({ code: 'conflict' });
    await removeUpload(ctx, { assessmentId: insurer.assessmentId, uploadId });
  });

  it('is gone when its content is refused, with the room that it took', async () => {
    const upload = await begin(insurer, 'no signature');
    const refused = storeUpload(ctxOf(insurer.people.coordinator), { ...upload, aboutPeriod: '' });
    await expect(refused).rejects.toMatchObject({ because: ['type_differs'] });
    expect(await rowsOf(upload.uploadId)).toEqual({ upload: undefined, evidence: undefined });
    expect(filesIn(incoming)).toEqual([]);
  });

  it('keeps its row, and no byte, when the scanner finds malware', async () => {
    const upload = await begin(insurer, `Verslag\n${eicar}\n`, { fileName: 'verslag.txt' });
    const stored = await storeUpload(ctxOf(insurer.people.coordinator), { ...upload, aboutPeriod: '' });
    expect(stored.scan).toBe('refused');
    expect((await rowsOf(upload.uploadId)).evidence).toMatchObject({ scanResult: 'refused', storageKey: null });
    expect(filesIn(incoming)).toEqual([]);
  });

  it('can be ended', async () => {
    const upload = await begin(insurer);
    await removeUpload(ctxOf(insurer.people.coordinator), upload);
    expect((await rowsOf(upload.uploadId)).upload).toBeUndefined();
    expect(filesIn(incoming)).toEqual([]);
    await expect(openUpload(ctxOf(insurer.people.coordinator), upload)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what is refused before a byte comes in', () => {
  const start = (change: Record<string, unknown>, limits: Partial<EvidenceLimits> = {}) =>
    startUpload(ctxOf(insurer.people.coordinator, limits), inputOf(insurer, change));

  it.each([
    ['a kind that is not on the list', { fileName: 'dossiers.zip' }, {}, 'type_not_allowed'],
    ['an empty file', { sizeBytes: 0 }, {}, 'empty'],
    ['a file that is too large', { sizeBytes: 11 }, { file: 10 }, 'file_too_large'],
    ['an assessment that is full', { sizeBytes: 11 }, { assessment: 10 }, 'assessment_full'],
    ['one file too many', {}, { count: 0 }, 'too_many_files'],
  ] as const)('%s', async (_why, change, limits, code) => {
    await expect(start(change, limits)).rejects.toMatchObject({ code: 'invalid', because: [code] });
  });

  it('any file where no scanner is configured', async () => {
    const ctx = { ...ctxOf(insurer.people.coordinator), scanner: null };
    await expect(startUpload(ctx, inputOf(insurer))).rejects.toMatchObject({ because: ['no_scanner'] });
    const input = storeEvidenceInput.parse({ ...inputOf(insurer), evidenceId: randomUUID() });
    const posted = storeEvidence(ctx, { ...input, body: inParts(makePdf()) });
    await expect(posted).rejects.toMatchObject({ because: ['no_scanner'] });
  });

  it('what does not fit beside the files that are on their way', async () => {
    const of = await makeInsurer(database.db);
    const limits = { assessment: 100 };
    const ctx = ctxOf(of.people.coordinator, limits);
    const results = await Promise.allSettled(
      [40, 40, 40].map((sizeBytes) => startUpload(ctx, inputOf(of, { sizeBytes }))),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    // Room that an upload took and never used is free again when it is over.
    const later = ctxOf(of.people.coordinator, { ...limits, now: days(4) });
    await expect(startUpload(later, inputOf(of, { sizeBytes: 90 }))).resolves.toBeTruthy();
  });
});

describe('who may go on with an upload', () => {
  const acts: [
    string,
    (ctx: IncomingContext, upload: { assessmentId: string; uploadId: string }) => Promise<unknown>,
  ][] = [
    ['send a part', openUpload],
    ['store it', (ctx, upload) => storeUpload(ctx, { ...upload, aboutPeriod: '' })],
    ['end it', removeUpload],
  ];

  it.each(acts)('only who began it may %s, while the state and their rights allow it', async (_name, act) => {
    const of = await makeInsurer(database.db);
    const upload = await begin(of);
    const { coordinator, contributor, reader, signatory } = of.people;
    for (const actor of [contributor, reader, signatory, stranger.people.coordinator]) {
      await expect(act(ctxOf(actor), upload)).rejects.toMatchObject({ code: 'not_found' });
    }
    const lead = { ...coordinator, organisationKind: 'supervisor' as const, roles: ['lead' as const] };
    await expect(act(ctxOf(lead), upload)).rejects.toMatchObject({ code: 'not_found' });
    const demoted = { ...coordinator, roles: ['reader' as const] };
    await expect(act(ctxOf(demoted), upload)).rejects.toMatchObject({ code: 'forbidden' });
    const limited = { ...coordinator, roles: ['contributor' as const], sectionKeys: ['I'] };
    await expect(act(ctxOf(limited), upload)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(act(ctxOf(coordinator, { now: days(4) }), upload)).rejects.toMatchObject({ code: 'not_found' });
    await setState(database.db, of, 'submitted');
    await expect(act(ctxOf(coordinator), upload)).rejects.toMatchObject({ because: ['wrong_state'] });
    await setState(database.db, of, 'draft');
    await expect(act(ctxOf(coordinator), upload)).resolves.toBeTruthy();
  });
});

describe('a newer version of a piece', () => {
  const store = async (change: Record<string, unknown>) => {
    const bytes = makePdf(String(change.fileName));
    const upload = await begin(insurer, bytes, change);
    return storeUpload(ctxOf(insurer.people.coordinator), { ...upload, aboutPeriod: '' });
  };

  it('is known as one; the older one stays, with what it supports', async () => {
    const { evidenceId: older } = await store({ fileName: 'Beleid 2025.pdf', criterionKey: 'III.3.a' });
    const { evidenceId: newer } = await store({ fileName: 'Beleid 2026.pdf', criterionKey: '', replacesId: older });
    expect((await rowsOf(newer)).evidence).toMatchObject({ replacesId: older, title: 'Beleid 2025' });
    expect((await rowsOf(older)).evidence).toMatchObject({ removedAt: null, storageKey: expect.any(String) });
    // Of one piece there is one newer version.
    const again = store({ fileName: 'Beleid 2027.pdf', criterionKey: '', replacesId: older });
    await expect(again).rejects.toMatchObject({ because: ['replaced_already'] });
  });

  it('is of the same assessment, and of sections that are the actor’s', async () => {
    const { evidenceId: older } = await store({ fileName: 'Werkwijze.pdf', criterionKey: 'III.2.a' });
    const elsewhere = inputOf(stranger, { criterionKey: '', replacesId: older });
    const foreign = startUpload(ctxOf(stranger.people.coordinator), elsewhere);
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' });
    const limited = { ...insurer.people.contributor, sectionKeys: ['I'] };
    const outside = startUpload(ctxOf(limited), inputOf(insurer, { criterionKey: '', replacesId: older }));
    await expect(outside).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('that the scanner refuses replaces nothing', async () => {
    const { evidenceId: older } = await store({ fileName: 'Rapport.pdf', criterionKey: 'II.2.a' });
    const bytes = `Verslag\n${eicar}\n`;
    const upload = await begin(insurer, bytes, { fileName: 'rapport.txt', criterionKey: '', replacesId: older });
    await storeUpload(ctxOf(insurer.people.coordinator), { ...upload, aboutPeriod: '' });
    expect((await rowsOf(upload.uploadId)).evidence).toMatchObject({ scanResult: 'refused', replacesId: null });
    expect((await rowsOf(older)).evidence).toMatchObject({ scanResult: 'clean', removedAt: null });
  });
});

describe('clearing away', () => {
  it('takes uploads that are over, and what a process that ended left in staging; not what is under way', async () => {
    const over = await begin(insurer);
    const underWay = await begin(insurer);
    await as(database.db, 'trede_insurer', insurer.organisation.id, async (tx) => {
      await tx.delete(uploads).where(eq(uploads.id, underWay.uploadId));
      await tx.insert(uploads).values({
        ...inputOf(insurer),
        id: underWay.uploadId,
        organisationId: insurer.organisation.id,
        startedAt: days(3),
        startedBy: insurer.people.coordinator.userId,
        expiresAt: days(6),
      });
    });
    const [left, fresh] = [randomUUID(), randomUUID()];
    for (const name of [left, fresh]) writeFileSync(join(incoming, name), 'half a file');
    for (const name of [left, underWay.uploadId, `${underWay.uploadId}.json`]) {
      utimesSync(join(incoming, name), instant, instant);
    }
    utimesSync(join(incoming, fresh), days(4), days(4));
    await sweepUploads({ db: database.db, now: days(4), staging });
    expect(filesIn(incoming).toSorted()).toEqual([fresh, underWay.uploadId, `${underWay.uploadId}.json`].toSorted());
    expect((await rowsOf(over.uploadId)).upload).toBeUndefined();
    rmSync(join(incoming, fresh));
    await removeUpload(ctxOf(insurer.people.coordinator, { now: days(4) }), underWay);
  });

  it('takes bytes that no row holds, once they are old; never those of a row, nor of another database', async () => {
    const upload = await begin(insurer);
    await storeUpload(ctxOf(insurer.people.coordinator), { ...upload, aboutPeriod: '' });
    const held = (await rowsOf(upload.uploadId)).evidence?.storageKey ?? '';
    const orphan = `${insurer.organisation.id}/${insurer.assessmentId}/${randomUUID()}`;
    const fresh = `${insurer.organisation.id}/${insurer.assessmentId}/${randomUUID()}`;
    const elsewhere = `${randomUUID()}/${randomUUID()}/${randomUUID()}`;
    for (const key of [orphan, fresh, elsewhere]) await storage.write(key, inParts('bytes'));
    for (const key of [held, orphan, elsewhere]) utimesSync(join(folder, key), instant, instant);
    utimesSync(join(folder, fresh), days(7), days(7));
    await sweepStorage({ db: database.db, now: days(8), storage });
    const kept: string[] = [];
    for await (const { key } of storage.list()) kept.push(key);
    expect(kept).toEqual(expect.arrayContaining([held, fresh, elsewhere]));
    expect(kept).not.toContain(orphan);
  });
});
