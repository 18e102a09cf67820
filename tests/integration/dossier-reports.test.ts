import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { outcomeDocument } from '#components/dashboard/outcome-document.ts';
import { type DossierManifest, manifestName, reportFiles, reportLanguages, reportName } from '#domain/dossier.ts';
import { dossierZip } from '#lib/reports/dossier-zip.ts';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import { checkDossier } from '#services/dossier/check-dossier.ts';
import { downloadDossier } from '#services/publications/download-dossier.ts';
import { getDashboard } from '#services/publications/get-dashboard.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { outcomeFile, outcomeParts } from '../../app/api/publications/outcome-file.ts';
import { testDatabase } from '../support/database.ts';
import { makeDecidedCase, makeReviewRound, makeSupervisor } from '../support/decided-case.ts';
import { unzip } from '../support/unzip.ts';

const database = testDatabase();
const now = new Date('2026-11-20T10:00:00Z');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trede-reports-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const check = (bytes: Buffer) =>
  checkDossier(bytes.length, async (start, end) => Uint8Array.from(bytes.subarray(start, end)));

it('a dossier holds the reports and spreadsheets as they are downloaded, and a change to any of them is found', async () => {
  const supervisor = await makeSupervisor(database.db, now);
  const round = await makeReviewRound(database.db, supervisor, now);
  const made = await makeDecidedCase(database.db, { supervisor, round, now });
  const storage = diskStorage(folder);
  const ctx = { db: database.db, now, storage, limits: { file: 1, assessment: 1, organisation: 1, count: 1 } };
  const { publicationId } = await publishAssessment({ ...ctx, actor: supervisor.staff.lead }, made);
  const actor = made.signatory;

  const bytes = await buffer((await downloadDossier({ ...ctx, actor }, { publicationId }, outcomeParts)).zip);
  const held = unzip(bytes);
  const dashboard = await getDashboard({ ...ctx, actor }, { publicationId });
  for (const language of reportLanguages) {
    for (const file of reportFiles) {
      const { body } = await outcomeFile(file, outcomeDocument({ dashboard }, language), '');
      const name = reportName(1, language, file);
      expect(held.get(name)?.equals(await buffer(body)), name).toBe(true);
    }
  }
  expect(await check(bytes)).toMatchObject({ kind: 'fits' });

  const name = reportName(1, 'en', 'complete.pdf');
  const place = bytes.indexOf(held.get(name) ?? '') + 2_000;
  const changed = Buffer.from(bytes);
  changed[place] = (changed[place] ?? 0) ^ 1;
  expect(JSON.stringify(await check(changed))).toContain(`${name} is not the file of the manifest`);

  const { files: _, ...about } = JSON.parse(String(held.get(manifestName))) as DossierManifest;
  const without = (gone: RegExp) => {
    const kept = [...held].filter(([part]) => part !== manifestName && !gone.test(part));
    return buffer(
      dossierZip(
        kept.map(([part, content]) => ({ name: part, open: () => Readable.from([content]) })),
        about,
      ),
    );
  };
  expect(await check(await without(/en\/complete/))).toEqual({ kind: 'wrong', problems: [`${name} is missing.`] });
  const older = await check(await without(/^reports/));
  expect(older).toMatchObject({ kind: 'fits' });
  expect(JSON.stringify(older)).toContain('It holds no reports');
});
