import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { outcomeDocument } from '#components/dashboard/outcome-document.ts';
import { submissions } from '#db/schema/assessments.ts';
import { users } from '#db/schema/identity.ts';
import { standardReasons, verdicts, workingNotes } from '#db/schema/reviews.ts';
import { csvStream } from '#lib/reports/csv.ts';
import { outcomeReport, outcomeReports } from '#lib/reports/outcome-report.ts';
import { outcomeRows, outcomeSheets } from '#lib/reports/outcome-table.ts';
import { xlsxStream } from '#lib/reports/xlsx.ts';
import { diskStaging } from '#lib/storage/staging.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { getReceiptFile } from '#services/assessments/get-receipt-file.ts';
import { getSubmissionFile } from '#services/assessments/get-submission-file.ts';
import { Refusal } from '#services/errors.ts';
import { builtInScanner } from '#services/evidence/built-in-scanner.ts';
import { downloadDossier } from '#services/publications/download-dossier.ts';
import { downloadOutcome, outcomeFiles } from '#services/publications/download-outcome.ts';
import { type Case, makeCase, makeStaff, type Staff } from '../support/cases.ts';
import { testDatabase } from '../support/database.ts';
import { as, framework, instant } from '../support/insurer-work.ts';
import { assessmentLines } from '../support/permissions/assessment-lines.ts';
import { generalLines } from '../support/permissions/general-lines.ts';
import { readPdf } from '../support/read-pdf.ts';
import { undone } from '../support/undone.ts';
import { unzip } from '../support/unzip.ts';

const database = testDatabase();
const secret = 'NIET-VOOR-DE-VERZEKERAAR';
const states = ['in_review', 'hearing', 'decided', 'published', 'returned'] as const;
let staff: Staff;
const cases = new Map<string, Case>();

beforeAll(async () => {
  staff = await makeStaff(database.db);
  await nameStaff();
  for (const state of states) {
    const at = await makeCase(database.db, staff, state);
    cases.set(state, at);
    await plant(at);
  }
}, 120_000);

const reads = [
  ...assessmentLines.filter(({ kind, may }) => kind === 'read' && may.includes('signatory')),
  ...generalLines.filter(({ verb, may }) => may.includes('signatory') && /^(get|list)/.test(verb.name)),
];

describe.each(states)('of a case that is %s', (state) => {
  it.each(reads.map((line) => [line.verb.name, line] as const))(
    '%s tells the insurer nothing that is not its own',
    async (_, line) => {
      const here = cases.get(state) as Case;
      for (const name of ['reader', 'signatory'] as const) {
        const actor = here.insurer.people[name];
        const told = await line.call(contextOf(actor), { case: here, staff }).catch((error: unknown) => {
          if (error instanceof Refusal) return error;
          throw error;
        });
        const words = JSON.stringify([told, told instanceof Refusal ? told.detail : null], readable);
        for (const hidden of hiddenWords()) expect(words, `${name} reads ${line.verb.name}`).not.toContain(hidden);
      }
    },
  );
});

describe('of a file that the insurer takes away', { timeout: 60_000 }, () => {
  it.each(states)('the receipt and the signed data of a case that is %s tell nothing', async (state) => {
    const { insurer, submissionId } = cases.get(state) as Case;
    const ctx = contextOf(insurer.people.signatory);
    const { pdf } = await getReceiptFile(ctx, { submissionId, locale: 'nl' });
    const { text: data } = await getSubmissionFile(ctx, { submissionId });
    tellNothing({ pdf: (await readPdf(pdf)).text, raw: Buffer.from(pdf).toString('latin1'), data });
  });

  it('an outcome tells nothing: PDF, sheet, table, data and dossier', async () => {
    const { insurer, publicationId } = cases.get('published') as Case;
    const ctx = contextOf(insurer.people.coordinator);
    for (const file of outcomeFiles) {
      const { text: data, ...source } = await downloadOutcome(ctx, { publicationId, file });
      const document = outcomeDocument(source, 'nl');
      tellNothing({ [file]: file === 'publication.json' ? data : JSON.stringify(document) });
    }
    const { text: data, ...source } = await downloadOutcome(ctx, { publicationId, file: 'answers.xlsx' });
    const document = outcomeDocument(source, 'nl');
    for (const report of outcomeReports) {
      const { text, info } = await readPdf((await outcomeReport(document, report)).pdf);
      tellNothing({ [report]: text, [`${report} info`]: JSON.stringify(info), data });
    }
    const sheets = unzip(await buffer(xlsxStream(outcomeSheets(document), 'nl')));
    tellNothing(Object.fromEntries([...sheets].map(([name, bytes]) => [name, bytes.toString('utf8')])));
    tellNothing({ csv: (await buffer(csvStream(outcomeRows(document), ','))).toString('utf8') });
    const dossier = unzip(await buffer((await downloadDossier(ctx, { publicationId })).zip));
    expect([...dossier.keys()]).toEqual(expect.arrayContaining([expect.stringContaining('.json')]));
    tellNothing(Object.fromEntries([...dossier].map(([name, bytes]) => [`dossier ${name}`, bytes.toString('utf8')])));
  });
});

function tellNothing(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    for (const hidden of hiddenWords()) expect(text, name).not.toContain(hidden);
  }
}

it('walks the reads of the insurer', () => expect(reads.length).toBeGreaterThan(15));

const nameOf = (role: string) => `Nooitgenoemd-${role}`;

/** Names that stand nowhere else, whatever page or file they would turn up in. */
async function nameStaff() {
  for (const [role, { userId }] of Object.entries(staff)) {
    await as(database.db, 'trede_system', (tx) =>
      tx
        .update(users)
        .set({ name: nameOf(role) })
        .where(eq(users.id, userId)),
    );
  }
}

/** Notes, standard reasons and a verdict after what was sent last: nothing of it was ever told. */
async function plant({ assessmentId, insurer: { organisation } }: Case) {
  const of = { assessmentId, organisationId: organisation.id };
  const by = staff.judge.userId;
  await as(database.db, 'trede_supervisor', async (tx) => {
    const [signed] = await tx
      .select({ id: submissions.id })
      .from(submissions)
      .where(eq(submissions.assessmentId, assessmentId))
      .orderBy(desc(submissions.number))
      .limit(1);
    await tx.insert(workingNotes).values([
      { id: randomUUID(), ...of, criterionKey: null, text: secret, writtenAt: instant, writtenBy: by },
      { id: randomUUID(), ...of, criterionKey: 'I.2.a', text: secret, writtenAt: instant, writtenBy: by },
    ]);
    await tx.insert(standardReasons).values({
      id: randomUUID(),
      frameworkRef: framework,
      text: secret,
      writtenAt: instant,
      writtenBy: by,
    });
    if (!signed) return;
    await tx.insert(verdicts).values({
      id: randomUUID(),
      ...of,
      submissionId: signed.id,
      criterionKey: 'I.2.a',
      version: 90,
      response: 'partly',
      overrides: true,
      ground: 'not_demonstrated',
      reason: secret,
      decidedAt: instant,
      decidedBy: by,
    });
  });
}

/** The words that were planted, and whatever tells one of the supervisor's people. */
function hiddenWords(): string[] {
  const people = Object.entries(staff).flatMap(([role, { userId, email, membershipId }]) => [
    userId,
    email,
    membershipId,
    nameOf(role),
  ]);
  return [secret, ...people];
}

const nowhere: Storage = {
  write: async () => {},
  read: async () => new Blob(['stuk']).stream(),
  remove: async () => {},
} as unknown as Storage;

const contextOf = (actor: Case['limited']) => ({
  actor,
  db: undone(database.db),
  now: instant,
  storage: nowhere,
  staging: diskStaging(tmpdir()),
  scanner: builtInScanner,
  limits: { file: 1_000, assessment: 1_000, organisation: 1_000, count: 10 },
});

/** Exact fractions are made of whole numbers that JSON does not know. */
const readable = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
