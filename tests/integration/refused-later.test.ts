import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditEvents } from '#db/schema/audit.ts';
import { evidence } from '#db/schema/evidence.ts';
import { informationRequests } from '#db/schema/requests.ts';
import type { Person } from '#db/seed/builders.ts';
import type { SubmissionSnapshot } from '#domain/snapshot.ts';
import { readSnapshot } from '#services/assessments/get-submission-page.ts';
import { submitAssessment } from '#services/assessments/submit-assessment.ts';
import { builtInScanner } from '#services/evidence/built-in-scanner.ts';
import { encloseEvidence } from '#services/evidence/enclose-evidence.ts';
import { moveEvidenceLinks } from '#services/evidence/move-evidence-links.ts';
import { scanEvidence } from '#services/evidence/scan-evidence.ts';
import { answerRequest } from '#services/requests/answer-request.ts';
import { getRequest } from '#services/requests/get-request.ts';
import { readRequests } from '#services/requests/request-facts.ts';
import { getReview, getReviewInput } from '#services/reviews/get-review.ts';
import { startReview } from '#services/reviews/start-review.ts';
import { type Case, makeCase, makeStaff, type Staff } from '../support/cases.ts';
import { testDatabase } from '../support/database.ts';
import { as, instant, password } from '../support/insurer-work.ts';
import { eicar } from '../support/made-files.ts';

const database = testDatabase();
let staff: Staff;
beforeAll(async () => {
  staff = await makeStaff(database.db);
});

const ctx = (actor: Person) => ({ actor, db: database.db, now: instant });

/** Finds malware in a file that passed for clean, as if its scan had waited all the time. */
async function refuse(evidenceId: string) {
  await as(database.db, 'trede_system', (tx) =>
    tx.update(evidence).set({ scanResult: 'waiting' }).where(eq(evidence.id, evidenceId)),
  );
  const storage = {
    read: async () => new Blob([eicar]).stream(),
    write: async () => {},
    readRange: async () => new Uint8Array(),
    remove: async () => {},
    list: async function* () {},
  };
  await scanEvidence({ db: database.db, now: instant, storage, scanner: builtInScanner }, { evidenceId });
}

const ofInsurer = <T>({ insurer }: Case, work: Parameters<typeof as<T>>[3]) =>
  as(database.db, 'trede_insurer', insurer.organisation.id, work);
const askedByPlatform = async (at: Case) =>
  (await ofInsurer(at, (tx) => readRequests(tx, at.assessmentId))).filter(
    ({ refusedEvidenceId }) => refusedEvidenceId !== null,
  );

describe('a file that is refused after it was signed', () => {
  it('becomes an information request on its criterion, once, by the platform itself', async () => {
    const at = await makeCase(database.db, staff, 'in_review');
    const { fileId, assessmentId } = at;
    await refuse(fileId);
    await refuse(fileId);
    const requests = await askedByPlatform(at);
    expect(requests).toMatchObject([{ criterionKey: 'I.5.b', question: 'Werkinstructie', refusedEvidenceId: fileId }]);
    const requestId = requests[0]?.id ?? '';
    const { asked, line } = await as(database.db, 'trede_supervisor', async (tx) => ({
      asked: await tx.select().from(informationRequests).where(eq(informationRequests.id, requestId)),
      line: await tx
        .select()
        .from(auditEvents)
        .where(and(eq(auditEvents.action, 'request.send'), eq(auditEvents.assessmentId, assessmentId))),
    }));
    expect(asked).toMatchObject([{ sentBy: null, withdrawnAt: null }]);
    expect(line.at(-1)).toMatchObject({ actorId: null, detail: { requestId, evidenceId: fileId } });
    const page = await getRequest(ctx(at.insurer.people.coordinator), { assessmentId, requestId });
    expect(page).toMatchObject({ open: true, request: { refusedEvidenceId: fileId } });
  });

  it('is shown as refused until the case comes into review, and is asked about then', async () => {
    const at = await makeCase(database.db, staff, 'submitted');
    const { assessmentId, fileId } = at;
    await refuse(fileId);
    expect(await askedByPlatform(at)).toEqual([]);
    const of = getReviewInput.parse({ assessmentId, sectionKey: 'I', criterionKey: 'I.5.b' });
    const { criterion } = await getReview(ctx(staff.judge), of);
    expect(criterion?.evidence.find(({ id }) => id === fileId)).toMatchObject({ scan: 'refused' });
    await startReview(ctx(staff.judge), { assessmentId });
    expect(await askedByPlatform(at)).toMatchObject([{ refusedEvidenceId: fileId }]);
  });

  it('is asked about on the criterion of the request with whose supplement it was sent', async () => {
    const at = await makeCase(database.db, staff, 'in_review');
    const { assessmentId, requestId, newerId: evidenceId } = at;
    const coordinator = ctx(at.insurer.people.coordinator);
    await encloseEvidence(coordinator, { assessmentId, requestId, evidenceId, locator: '' });
    await answerRequest(coordinator, { assessmentId, requestId, version: 0 });
    await refuse(evidenceId);
    expect(await askedByPlatform(at)).toMatchObject([{ criterionKey: 'I.2.a', refusedEvidenceId: evidenceId }]);
  });

  it('that supports nothing that was signed is nobody’s question', async () => {
    const at = await makeCase(database.db, staff, 'in_review');
    await refuse(at.newerId);
    expect(await askedByPlatform(at)).toEqual([]);
  });
});

it('signs with each piece its effective date and which version it is', async () => {
  const at = await makeCase(database.db, staff, 'draft');
  const { assessmentId, fileId, newerId, olderLinkId } = at;
  await ofInsurer(at, async (tx) => {
    await tx.update(evidence).set({ effectiveOn: '2026-04-01' }).where(eq(evidence.id, fileId));
  });
  const links = [{ linkId: olderLinkId, locator: 'blz. 3' }];
  await moveEvidenceLinks(ctx(at.insurer.people.coordinator), { assessmentId, evidenceId: newerId, links });
  await submitAssessment(ctx(at.insurer.people.signatory), {
    assessmentId,
    submissionId: randomUUID(),
    signatoryName: 'Anna de Vries',
    signatoryFunction: 'Bestuurder',
    declared: true,
    password,
  });
  const [signed] = await ofInsurer(at, (tx) => readSnapshot(tx, assessmentId));
  const pinned = (JSON.parse(signed?.snapshot ?? '{}') as SubmissionSnapshot).evidence;
  const addedAt = instant.toISOString();
  expect(pinned.find(({ id }) => id === fileId)).toMatchObject({ effectiveOn: '2026-04-01', version: 1, addedAt });
  expect(pinned.find(({ id }) => id === newerId)).toMatchObject({ effectiveOn: null, version: 2 });
});
