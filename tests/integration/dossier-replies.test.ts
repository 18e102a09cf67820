import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dashboardView } from '#components/dashboard/dashboard-view.ts';
import { outcomeDocument } from '#components/dashboard/outcome-document.ts';
import { canonicalJson, type JsonValue } from '#domain/canonical-json.ts';
import type { DossierReplies } from '#domain/dossier.ts';
import type { Actor } from '#domain/policy.ts';
import { csvStream } from '#lib/reports/csv.ts';
import { outcomeReport } from '#lib/reports/outcome-report.ts';
import { outcomeRows } from '#lib/reports/outcome-table.ts';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import { inTransaction } from '#services/context.ts';
import { checkDossier } from '#services/dossier/check-dossier.ts';
import { openEvidence } from '#services/evidence/open-evidence.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { draftOutcomeContent } from '#services/hearing/draft-outcome-content.ts';
import { downloadDossier } from '#services/publications/download-dossier.ts';
import { downloadOutcome } from '#services/publications/download-outcome.ts';
import { getDashboard } from '#services/publications/get-dashboard.ts';
import { publicationSchema } from '#services/publications/publication-schema.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { computeReview } from '#services/reviews/compute-review.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';
import { testDatabase } from '../support/database.ts';
import { type DecidedCase, makeDecidedCase, makeReviewRound, makeSupervisor } from '../support/decided-case.ts';
import { plantRow } from '../support/plant-row.ts';
import { readPdf } from '../support/read-pdf.ts';
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
  await plantReplies(made, supervisor.staff.lead);

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
          { section: 'I', agrees: false, text: 'Niet eens.', evidence: [{ title: 'bezwaar' }, { title: 'geweigerd' }] },
          { section: 'II', agrees: true, evidence: [] },
        ],
      },
    ],
  });
  expect(String(file.get(`evidence/${hashOf('aanvulling').toString('hex')}`))).toBe('aanvulling');
  expect(String(file.get(`evidence/${hashOf('bezwaar').toString('hex')}`))).toBe('bezwaar');
  expect(bytes.includes('nog niet verstuurd')).toBe(false);
  expect(JSON.parse(String(file.get('hearings/1.json')))).toMatchObject({ version: 1, reference: replies.reference });
  for (const { userId } of Object.values(supervisor.staff)) expect(bytes.includes(userId)).toBe(false);
  expect(
    await checkDossier(bytes.length, async (start, end) => Uint8Array.from(bytes.subarray(start, end))),
  ).toMatchObject({ kind: 'fits' });
  expect((await read(made.signatory)).equals(bytes)).toBe(true);
});

const hashOf = (content: string) => createHash('sha256').update(content).digest();

it('the dashboard tells what came in after signing beside what was signed, and opens it to that insurer and the supervisor only', async () => {
  const supervisor = await makeSupervisor(database.db, now);
  const round = await makeReviewRound(database.db, supervisor, now);
  const made = await makeDecidedCase(database.db, { supervisor, round, now });
  const other = await makeDecidedCase(database.db, { supervisor, round, now });
  const storage = diskStorage(folder);
  const ctx = { db: database.db, now, storage, limits: { file: 1, assessment: 1, organisation: 1, count: 1 } };
  const planted = await plantReplies(made, supervisor.staff.lead, new Date('2026-11-12T10:00:00Z'));
  const { publicationId } = await publishAssessment({ ...ctx, actor: supervisor.staff.lead }, made);

  const { lead, auditor, reviewer } = supervisor.staff;
  const seen = await Promise.all(
    [made.signatory, lead, auditor, reviewer].map((actor) => getDashboard({ ...ctx, actor }, { publicationId })),
  );
  for (const dashboard of seen) {
    const [I, ...others] = dashboardView(dashboard, 'nl').sections;
    const criterion = I?.criteria.find(({ key }) => key === 'I.2.a');
    expect(criterion?.supplements).toMatchObject([{ question: 'Waar staat dit?', text: 'Hier.' }]);
    expect(criterion?.pieces).toMatchObject([
      { id: planted.supplement, title: 'aanvulling', opens: true, given: { with: 'request' } },
    ]);
    expect(I?.heard).toMatchObject([
      { id: planted.objection, title: 'bezwaar', opens: true, given: { with: 'hearing' } },
      { id: planted.refused, title: 'geweigerd', opens: false },
    ]);
    expect(
      others.flatMap(({ heard, criteria }) => [...heard, ...criteria.flatMap(({ pieces = [] }) => pieces)]),
    ).toEqual([]);
    expect(JSON.stringify(dashboard.content)).not.toContain('nog niet verstuurd');
    const signed = JSON.parse(JSON.stringify(dashboard.content.criteria.find(({ key }) => key === 'I.2.a')?.answer));
    expect(signed.explanation).not.toContain('Hier.');
  }
  expect(publicationSchema.safeParse(seen[0]?.content).error).toBeUndefined();

  for (const evidenceId of [planted.supplement, planted.objection]) {
    for (const actor of [made.signatory, lead, auditor, reviewer]) {
      const { fileName, body } = await openEvidence({ ...ctx, actor }, { evidenceId });
      expect(fileName).toMatch(/^(aanvulling|bezwaar)\.txt$/);
      await body.cancel();
    }
    const stranger = openEvidence({ ...ctx, actor: other.signatory }, { evidenceId });
    await expect(stranger).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(getDashboard({ ...ctx, actor: other.signatory }, { publicationId })).rejects.toMatchObject({
    code: 'not_found',
  });

  const { dashboard } = await downloadOutcome(
    { ...ctx, actor: made.signatory },
    { publicationId, file: 'answers.csv' },
  );
  const document = outcomeDocument({ dashboard }, 'nl');
  const csv = (await buffer(csvStream(outcomeRows(document), ','))).toString('utf8');
  const { text: pdf } = await readPdf((await outcomeReport(document, 'complete')).pdf);
  for (const words of [
    'gegeven bij een informatieverzoek op 12 november 2026',
    'gegeven bij de zienswijze op 12 november 2026',
  ]) {
    expect(csv).toContain(words);
    expect(pdf.replace(/\s+/g, ' ')).toContain(words);
  }
  const bytes = await buffer((await downloadDossier({ ...ctx, actor: lead }, { publicationId })).zip);
  expect(
    await checkDossier(bytes.length, async (start, end) => Uint8Array.from(bytes.subarray(start, end))),
  ).toMatchObject({ kind: 'fits' });
});

async function plantReplies({ assessmentId, organisation }: DecidedCase, lead: Actor, sentAt = now) {
  const organisation_id = organisation.id;
  const of = { assessment_id: assessmentId, organisation_id };
  const sent = { ...of, sent_at: sentAt };
  const request = await plantRow(superuser, 'information_requests', {
    ...sent,
    criterion_key: 'I.2.a',
    question: 'Waar staat dit?',
    sent_by: crypto.randomUUID(),
  });
  const unsent = await plantRow(superuser, 'information_requests', { ...sent, sent_by: crypto.randomUUID() });
  await plantRow(superuser, 'supplements', { ...sent, request_id: request.id, text: 'Hier.' });
  await plantRow(superuser, 'supplements', { ...of, request_id: unsent.id, text: 'nog niet verstuurd' });
  const draft = await plantDraft();
  const heard = { ...of, draft_outcome_id: draft.id };
  await plantRow(superuser, 'hearing_responses', { ...heard, sent_at: sentAt });
  await plantRow(superuser, 'hearing_statements', { ...heard, section_key: 'I', agrees: false, text: 'Niet eens.' });
  await plantRow(superuser, 'hearing_statements', { ...heard, section_key: 'II', agrees: true, text: '' });
  const evidence_id = await plantFile('aanvulling');
  await plantRow(superuser, 'supplement_evidence', { organisation_id, request_id: request.id, evidence_id });
  const enclosed = { organisation_id, draft_outcome_id: draft.id, section_key: 'I' };
  const objection = await plantFile('bezwaar');
  const refused = await plantFile('geweigerd', {
    scan_result: 'refused',
    storage_key: null,
    added_at: '2026-11-23T10:00:00Z',
  });
  await plantRow(superuser, 'hearing_evidence', { ...enclosed, evidence_id: objection });
  await plantRow(superuser, 'hearing_evidence', { ...enclosed, evidence_id: refused });
  return { supplement: evidence_id, objection, refused };

  /** What would have been sent the day before the insurer responded. */
  async function plantDraft() {
    const [draftSentAt, termAt] = [new Date(sentAt.getTime() - 86_400_000), new Date(sentAt.getTime() + 86_400_000)];
    const ctx = { actor: lead, db: database.db, now: sentAt };
    const content = await inTransaction(ctx, async (tx) => {
      const facts = await readReviewFacts(tx, ctx, assessmentId);
      const framework = await compiledFramework(tx, facts.framework);
      const review = computeReview(framework, facts);
      return canonicalJson(
        draftOutcomeContent(framework, facts, review, {
          version: 1,
          sentAt: draftSentAt,
          termAt,
        }) as unknown as JsonValue,
      );
    });
    return plantRow(superuser, 'draft_outcomes', { ...of, version: 1, content, sent_at: draftSentAt, term_at: termAt });
  }

  async function plantFile(content: string, more: Record<string, string | null> = {}) {
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
      ...more,
    });
    return String(row.id);
  }
}
