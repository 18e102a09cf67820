import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEvents } from '#db/schema/audit.ts';
import { publications } from '#db/schema/publications.ts';
import type { Actor } from '#domain/policy.ts';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import { inTransaction } from '#services/context.ts';
import { checkDossier } from '#services/dossier/check-dossier.ts';
import { downloadDossier } from '#services/publications/download-dossier.ts';
import { downloadOutcome } from '#services/publications/download-outcome.ts';
import { publicationSchema } from '#services/publications/publication-schema.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { testDatabase } from '../support/database.ts';
import { makeDecidedCase, makeReviewRound, makeSupervisor, type Supervisor } from '../support/decided-case.ts';

const database = testDatabase();
const now = new Date('2026-11-20T10:00:00Z');
let folder: string;
let supervisor: Supervisor;
let made: Awaited<ReturnType<typeof makeDecidedCase>>;
let publicationId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trede-downloads-'));
  supervisor = await makeSupervisor(database.db, now);
  const round = await makeReviewRound(database.db, supervisor, now);
  made = await makeDecidedCase(database.db, {
    supervisor,
    round,
    now,
    intake: { authorisedAgents: false },
    answers: { 'I.4.a': 'partly', 'II.5.a': 'not_met', 'III.2.a': 'not_met' },
    overrides: { 'I.3.c': 'partly', 'II.2.a': 'not_met' },
    levels: { I: 3 },
  });
  ({ publicationId } = await publishAssessment(as(supervisor.staff.lead), made));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const as = (actor: Actor) => ({
  actor,
  db: database.db,
  now,
  storage: diskStorage(folder),
  limits: { file: 1, assessment: 1, organisation: 1, count: 1 },
});

describe('what is downloaded of an outcome', () => {
  it('is a dossier that fits, for a lead, and an event that says who took it', async () => {
    const { zip } = await downloadDossier(as(supervisor.staff.lead), { publicationId });
    const bytes = await buffer(zip);
    expect(
      await checkDossier(bytes.length, async (start, end) => Uint8Array.from(bytes.subarray(start, end))),
    ).toMatchObject({ kind: 'fits' });
    const events = await inTransaction(as(supervisor.staff.auditor), (tx) =>
      tx.select().from(auditEvents).where(eq(auditEvents.action, 'dossier.download')),
    );
    expect(events).toMatchObject([{ actorId: supervisor.staff.lead.userId, detail: { publicationId } }]);
  });

  it('is the publication byte for byte, as its schema describes it', async () => {
    const { text } = await downloadOutcome(as(supervisor.staff.auditor), { publicationId, file: 'publication.json' });
    const [row] = await inTransaction(as(supervisor.staff.lead), (tx) =>
      tx.select().from(publications).where(eq(publications.id, publicationId)),
    );
    expect(text).toBe(row?.content);
    expect(publicationSchema.safeParse(JSON.parse(text)).error).toBeUndefined();
  });

  it('is no dossier for a reviewer, and no page to publish for the supervisor', async () => {
    await expect(downloadDossier(as(supervisor.staff.reviewer), { publicationId })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(downloadOutcome(as(supervisor.staff.lead), { publicationId, file: 'own.pdf' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
