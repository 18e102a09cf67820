import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DossierReplies } from '#domain/dossier.ts';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import { checkDossier } from '#services/dossier/check-dossier.ts';
import { downloadDossier } from '#services/publications/download-dossier.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { testDatabase } from '../support/database.ts';
import { type DecidedCase, makeDecidedCase, makeReviewRound, makeSupervisor } from '../support/decided-case.ts';
import { plantRow } from '../support/plant-row.ts';
import { unzip } from '../support/unzip.ts';

const database = testDatabase();
const now = new Date('2026-11-20T10:00:00Z');
let folder: string;
let superuser: postgres.Sql;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trede-replies-'));
  superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(() => Promise.all([superuser.end(), rm(folder, { recursive: true, force: true })]));

it('a dossier holds what was sent after signing with its files, for both sides alike, and nothing that was not sent', async () => {
  const supervisor = await makeSupervisor(database.db, now);
  const round = await makeReviewRound(database.db, supervisor, now);
  const made = await makeDecidedCase(database.db, { supervisor, round, now });
  const storage = diskStorage(folder);
  const ctx = { db: database.db, now, storage, limits: { file: 1, assessment: 1, organisation: 1, count: 1 } };
  const { publicationId } = await publishAssessment({ ...ctx, actor: supervisor.staff.lead }, made);
  await plantReplies(made);

  const read = async (actor: typeof made.signatory) =>
    buffer((await downloadDossier({ ...ctx, actor }, { publicationId })).zip);
  const bytes = await read(supervisor.staff.lead);
  const file = unzip(bytes);
  const replies = JSON.parse(String(file.get('replies.json'))) as DossierReplies;
  expect(replies).toMatchObject({
    supplements: [
      { criterion: 'I.2.a', question: 'Waar staat dit?', text: 'Hier.', evidence: [{ title: 'aanvulling' }] },
    ],
    responses: [
      {
        version: 1,
        statements: [
          { section: 'I', agrees: false, text: 'Niet eens.', evidence: [{ title: 'bezwaar' }] },
          { section: 'II', agrees: true, evidence: [] },
        ],
      },
    ],
  });
  expect(String(file.get(`evidence/${hashOf('aanvulling').toString('hex')}`))).toBe('aanvulling');
  expect(String(file.get(`evidence/${hashOf('bezwaar').toString('hex')}`))).toBe('bezwaar');
  expect(bytes.includes('nog niet verstuurd')).toBe(false);
  expect(
    await checkDossier(bytes.length, async (start, end) => Uint8Array.from(bytes.subarray(start, end))),
  ).toMatchObject({ kind: 'fits' });
  expect((await read(made.signatory)).equals(bytes)).toBe(true);
});

const hashOf = (content: string) => createHash('sha256').update(content).digest();

async function plantReplies({ assessmentId, organisation }: DecidedCase) {
  const organisation_id = organisation.id;
  const of = { assessment_id: assessmentId, organisation_id };
  const sent = { ...of, sent_at: now };
  const request = await plantRow(superuser, 'information_requests', {
    ...sent,
    criterion_key: 'I.2.a',
    question: 'Waar staat dit?',
    sent_by: crypto.randomUUID(),
  });
  const unsent = await plantRow(superuser, 'information_requests', { ...sent, sent_by: crypto.randomUUID() });
  await plantRow(superuser, 'supplements', { ...sent, request_id: request.id, text: 'Hier.' });
  await plantRow(superuser, 'supplements', { ...of, request_id: unsent.id, text: 'nog niet verstuurd' });
  const draft = await plantRow(superuser, 'draft_outcomes', sent);
  const heard = { ...of, draft_outcome_id: draft.id };
  await plantRow(superuser, 'hearing_responses', { ...heard, sent_at: now });
  await plantRow(superuser, 'hearing_statements', { ...heard, section_key: 'I', agrees: false, text: 'Niet eens.' });
  await plantRow(superuser, 'hearing_statements', { ...heard, section_key: 'II', agrees: true, text: '' });
  const evidence_id = await plantFile('aanvulling');
  await plantRow(superuser, 'supplement_evidence', { organisation_id, request_id: request.id, evidence_id });
  await plantRow(superuser, 'hearing_evidence', {
    organisation_id,
    draft_outcome_id: draft.id,
    section_key: 'I',
    evidence_id: await plantFile('bezwaar'),
  });

  async function plantFile(content: string) {
    const key = crypto.randomUUID();
    await diskStorage(folder).write(
      key,
      (async function* () {
        yield Buffer.from(content);
      })(),
    );
    const row = await plantRow(superuser, 'evidence', {
      ...of,
      kind: 'file',
      title: content,
      file_name: `${content}.txt`,
      media_type: 'text/plain',
      size_bytes: content.length,
      sha256: hashOf(content),
      storage_key: key,
      scan_result: 'clean',
    });
    return row.id;
  }
}
