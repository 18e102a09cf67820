import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { Logger, runOnce } from 'graphile-worker';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditEvents } from '#db/schema/audit.ts';
import { evidence } from '#db/schema/evidence.ts';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import { diskStaging, incomingIn } from '#lib/storage/staging.ts';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { submitAssessment, submitAssessmentInput } from '#services/assessments/submit-assessment.ts';
import { clamdScanner } from '#services/evidence/clamd-scanner.ts';
import type { IncomingContext } from '#services/evidence/evidence-context.ts';
import { openEvidence } from '#services/evidence/open-evidence.ts';
import { scanEvidence, scanEvidenceInput } from '#services/evidence/scan-evidence.ts';
import { storeEvidence, storeEvidenceInput } from '#services/evidence/store-evidence.ts';
import { testDatabase } from '../support/database.ts';
import { startFakeClamd } from '../support/fake-clamd.ts';
import { answerEverything, as, type Insurer, instant, makeInsurer, password } from '../support/insurer-work.ts';
import { eicar, inParts, makePdf } from '../support/made-files.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'trede-scan-'));
const storage = diskStorage(folder);
const soon = { connectMs: 500, silenceMs: 500, wholeMs: 1_000 };
const later = new Date(instant.getTime() + 60_000);
let clamd: Awaited<ReturnType<typeof startFakeClamd>>;
let insurer: Insurer;

beforeAll(async () => {
  clamd = await startFakeClamd();
  insurer = await makeInsurer(database.db);
});
beforeEach(() => {
  clamd.mood = 'well';
});
afterAll(async () => {
  await clamd.stop();
  rmSync(folder, { recursive: true, force: true });
});

const scanner = () => clamdScanner(clamd.address, soon);
const ctxOf = (of = insurer, actor = of.people.coordinator): IncomingContext => ({
  actor,
  db: database.db,
  now: instant,
  storage,
  staging: diskStaging(incomingIn(folder)),
  scanner: scanner(),
  limits: { file: 10_000_000, assessment: 100_000_000, organisation: 500_000_000, count: 100 },
});

function store(bytes: Uint8Array | string, fileName: string, of = insurer) {
  const input = { assessmentId: of.assessmentId, criterionKey: 'III.4.a', evidenceId: randomUUID(), fileName };
  return storeEvidence(ctxOf(of), { ...storeEvidenceInput.parse(input), body: inParts(bytes, 100_000) });
}

/** Does what waits in the queue, as a process of the platform does: by its login, in the platform's role. */
async function work() {
  const address = new URL(database.url);
  address.searchParams.set('options', '-c role=trede_system');
  await runOnce({
    connectionString: address.href,
    logger: new Logger(() => () => {}),
    taskList: {
      scan_evidence: (payload) =>
        scanEvidence({ db: database.db, now: later, storage, scanner: scanner() }, scanEvidenceInput.parse(payload)),
    },
  });
}

async function waiting() {
  const owner = postgres(database.ownerUrl, { max: 1 });
  try {
    return [...(await owner`select key, attempts, last_error from graphile_worker.jobs`)];
  } finally {
    await owner.end();
  }
}

const rowOf = (id: string, of = insurer) =>
  as(database.db, 'trede_insurer', of.organisation.id, async (tx) => {
    const [row] = await tx.select().from(evidence).where(eq(evidence.id, id));
    return row;
  });

const storedFiles = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

describe('the scanner that is configured', () => {
  it('says what it found of a file of any size, in parts', async () => {
    const large = Buffer.alloc(3_000_000, 'regel\n');
    await expect(scanner().scan(inParts(large, 700_000))).resolves.toBe('clean');
    await expect(scanner().scan(inParts(Buffer.concat([large, Buffer.from(eicar)]), 700_000))).resolves.toBe('refused');
  });

  it.each(['silent', 'hangs_up', 'small'] as const)(
    'gives no word when it is %s, and nobody waits for ever',
    async (mood) => {
      clamd.mood = mood;
      await expect(scanner().scan(inParts(makePdf('x'.repeat(500))))).rejects.toThrow(
        'the malware scanner gives no word',
      );
    },
  );

  it('gives no word where none listens', async () => {
    for (const address of ['tcp://127.0.0.1:1', `unix:${folder}/none.sock`]) {
      await expect(clamdScanner(address, soon).scan(inParts(makePdf()))).rejects.toThrow('gives no word');
    }
  });

  it('is asked for each file', async () => {
    await expect(store(makePdf(), 'schoon.pdf')).resolves.toMatchObject({ scan: 'clean' });
    const { scan, evidenceId } = await store(`x${eicar}`, 'besmet.txt');
    expect(scan).toBe('refused');
    expect(await rowOf(evidenceId)).toMatchObject({ scannedBy: 'clamd', storageKey: null });
  });
});

describe('a file that came while the scanner was silent', () => {
  it('waits, blocks nothing and cannot be opened; then it is scanned and can be', async () => {
    clamd.mood = 'hangs_up';
    const { evidenceId, scan } = await store(makePdf(), 'wacht.pdf');
    expect(scan).toBe('waiting');
    const page = () => getCriterion(ctxOf(), { assessmentId: insurer.assessmentId, criterionKey: 'III.4.a' });
    expect((await page()).evidence.find(({ id }) => id === evidenceId)?.scan).toBe('waiting');
    await expect(openEvidence(ctxOf(), { evidenceId })).rejects.toMatchObject({ because: ['file_awaits_scan'] });
    // Still silent: the job stays, with one attempt behind it.
    await work();
    expect(await waiting()).toMatchObject([{ key: `scan_evidence:${evidenceId}`, attempts: 1 }]);
    clamd.mood = 'well';
    await scanEvidence({ db: database.db, now: later, storage, scanner: scanner() }, { evidenceId });
    await expect(openEvidence(ctxOf(), { evidenceId })).resolves.toMatchObject({ fileName: 'wacht.pdf' });
    expect(await rowOf(evidenceId)).toMatchObject({ scanResult: 'clean', scannedBy: 'clamd' });
    // A repeat finds nothing to do.
    const before = clamd.scanned;
    await scanEvidence({ db: database.db, now: later, storage, scanner: scanner() }, { evidenceId });
    expect(clamd.scanned).toBe(before);
  });

  it('is refused when malware is found: the bytes go, the row stays and blocks, the log says so', async () => {
    clamd.mood = 'hangs_up';
    const { evidenceId } = await store(`x${eicar}`, 'later.txt');
    const files = storedFiles();
    clamd.mood = 'well';
    await work();
    expect(storedFiles()).toBe(files - 1);
    expect(await rowOf(evidenceId)).toMatchObject({ scanResult: 'refused', storageKey: null });
    const page = await getCriterion(ctxOf(), { assessmentId: insurer.assessmentId, criterionKey: 'III.4.a' });
    expect(page.blocks['III.4.a']).toContain('file_refused');
    const logged = await as(database.db, 'trede_supervisor', (tx) =>
      tx.select().from(auditEvents).where(eq(auditEvents.action, 'evidence.scan')),
    );
    expect(logged.at(-1)).toMatchObject({ actorId: null, detail: { evidenceId, scan: 'refused', scannedBy: 'clamd' } });
  });

  it('and was signed in the meantime keeps its row and its hash, and nobody opens it', async () => {
    const of = await makeInsurer(database.db);
    await answerEverything(database.db, of);
    clamd.mood = 'hangs_up';
    const { evidenceId } = await store(`x${eicar}`, 'gesigneerd.txt', of);
    await submitAssessment(
      ctxOf(of, of.people.signatory),
      submitAssessmentInput.parse({
        assessmentId: of.assessmentId,
        submissionId: randomUUID(),
        signatoryName: 'S. Verzonnen',
        signatoryFunction: 'Directeur',
        declared: 'yes',
        password,
      }),
    );
    const before = await rowOf(evidenceId, of);
    clamd.mood = 'well';
    await work();
    expect(await rowOf(evidenceId, of)).toMatchObject({
      scanResult: 'refused',
      sha256: before?.sha256,
      removedAt: null,
    });
    await expect(openEvidence(ctxOf(of), { evidenceId })).rejects.toMatchObject({ because: ['file_refused'] });
  });

  it('is put in the queue in the transaction that stores it, by who may do nothing else with the queue', async () => {
    await expect(
      as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
        tx.execute('select * from graphile_worker.jobs'),
      ),
    ).rejects.toThrow();
    await expect(
      as(database.db, 'trede_insurer', insurer.organisation.id, (tx) =>
        tx.execute(`select graphile_worker.add_job('sweep_storage')`),
      ),
    ).rejects.toThrow();
  });
});
