import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidence } from '#db/schema/evidence.ts';
import type { Person } from '#db/seed/builders.ts';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import { diskStaging, incomingIn } from '#lib/storage/staging.ts';
import { builtInScanner } from '#services/evidence/built-in-scanner.ts';
import { encloseEvidence } from '#services/evidence/enclose-evidence.ts';
import type { IncomingContext } from '#services/evidence/evidence-context.ts';
import { openEvidence } from '#services/evidence/open-evidence.ts';
import { removeEnclosure } from '#services/evidence/remove-enclosure.ts';
import { removeEvidence } from '#services/evidence/remove-evidence.ts';
import { storeEvidence, storeEvidenceInput } from '#services/evidence/store-evidence.ts';
import { getDraftOutcome } from '#services/hearing/get-draft-outcome.ts';
import { readHearing } from '#services/hearing/hearing-facts.ts';
import { respondOutcome } from '#services/hearing/respond-outcome.ts';
import { saveStatement } from '#services/hearing/save-statement.ts';
import { sendDraftOutcome } from '#services/hearing/send-draft-outcome.ts';
import { answerRequest } from '#services/requests/answer-request.ts';
import { getRequest } from '#services/requests/get-request.ts';
import { readRequests } from '#services/requests/request-facts.ts';
import { sendRequests } from '#services/requests/send-requests.ts';
import { withdrawRequest } from '#services/requests/withdraw-request.ts';
import { testDatabase } from '../support/database.ts';
import { determineAll, judgeAll } from '../support/judged-case.ts';
import { eicar, inParts, makePdf } from '../support/made-files.ts';
import { makeReviewCase, makeStaff, type ReviewCase, type Staff } from '../support/review-case.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'trede-enclosures-'));
let staff: Staff;
beforeAll(async () => {
  staff = await makeStaff(database, { hearing: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inTerm = new Date('2026-11-25T10:00:00Z');
const afterTerm = new Date('2027-02-24T10:00:00Z');
const means = {
  storage: diskStorage(folder),
  staging: diskStaging(incomingIn(folder)),
  scanner: builtInScanner,
  limits: { file: 1_000_000, assessment: 10_000_000, organisation: 50_000_000, count: 100 },
};
const ctxOf = (actor: Person, now = inTerm): IncomingContext => ({ ...staff.as(actor, now), ...means });
const filesKept = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());

type Place = { requestId: string } | { draftOutcomeId: string; sectionKey: string };

/** Stores a file that goes with a text. */
async function enclose(
  at: ReviewCase,
  place: Place,
  said: { name?: string; bytes?: string | Uint8Array; now?: Date } = {},
) {
  const { name = 'Meting.pdf', bytes = makePdf(), now } = said;
  const input = storeEvidenceInput.parse({
    assessmentId: at.assessmentId,
    evidenceId: randomUUID(),
    fileName: name,
    locator: 'blz. 2',
    ...place,
  });
  return storeEvidence(ctxOf(at.signatory, now), { ...input, body: inParts(bytes) });
}

async function asked() {
  const at = await makeReviewCase(database, staff);
  const requestId = randomUUID();
  const { assessmentId } = at;
  await sendRequests(staff.as(staff.reviewer), {
    assessmentId,
    id: [requestId],
    criterionKey: ['I.3.c'],
    question: ['Stuur blz. 4.'],
    term: 'days',
    days: 14,
    date: undefined,
  });
  return { at, assessmentId, requestId, of: { assessmentId, requestId }, place: { requestId } };
}

async function heard() {
  const at = await makeReviewCase(database, staff);
  await judgeAll(at, staff);
  await determineAll(at, staff);
  const [draftOutcomeId, { assessmentId }] = [randomUUID(), at];
  await sendDraftOutcome(staff.as(staff.reviewer), { id: draftOutcomeId, assessmentId });
  const say = (sectionKey: string, agrees: boolean, text = '') =>
    saveStatement(staff.as(at.signatory, inTerm), { assessmentId, sectionKey, version: 0, agrees, text });
  const respond = () => respondOutcome(staff.as(at.signatory, inTerm), { assessmentId, draftOutcomeId });
  return { at, assessmentId, draftOutcomeId, say, respond, place: { draftOutcomeId, sectionKey: 'I' } };
}

const seenBy = (by: Person, assessmentId: string) => staff.work(by, (tx) => readRequests(tx, assessmentId));
const open = (by: Person, evidenceId: string) => openEvidence(ctxOf(by), { evidenceId });

describe('a file with a supplement', () => {
  it('is the insurer’s own until it is sent; then the supervisor opens it beside the answer', async () => {
    const { at, of, place, assessmentId } = await asked();
    const { evidenceId } = await enclose(at, place);
    const page = await getRequest(staff.as(at.signatory, inTerm), of);
    expect(page.request.evidence).toEqual([
      expect.objectContaining({ id: evidenceId, title: 'Meting', scan: 'clean', locator: 'blz. 2' }),
    ]);
    expect((await seenBy(staff.reviewer, assessmentId))[0]?.evidence).toEqual([]);
    await expect(open(staff.reviewer, evidenceId)).rejects.toMatchObject({ code: 'not_found' });
    await answerRequest(staff.as(at.signatory, inTerm), { ...of, version: 0, text: '' });
    expect((await seenBy(staff.reviewer, assessmentId))[0]?.evidence).toMatchObject([{ id: evidenceId }]);
    expect(await open(staff.reviewer, evidenceId)).toMatchObject({ fileName: 'Meting.pdf' });
    // Sent is sent: nothing comes with it and nothing goes.
    await expect(enclose(at, place)).rejects.toMatchObject({ because: ['request_open'] });
    const gone = removeEnclosure(ctxOf(at.signatory), { ...of, evidenceId });
    await expect(gone).rejects.toMatchObject({ because: ['request_open'] });
    const other = await makeReviewCase(database, staff);
    await expect(open(other.signatory, evidenceId)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('can be taken away before that, with its bytes; a piece of the library stays there', async () => {
    const { at, of, place } = await asked();
    const before = filesKept().length;
    const { evidenceId } = await enclose(at, place);
    await removeEnclosure(ctxOf(at.signatory), { ...of, evidenceId });
    await removeEnclosure(ctxOf(at.signatory), { ...of, evidenceId });
    expect(filesKept()).toHaveLength(before);
    await expect(open(at.signatory, evidenceId)).rejects.toMatchObject({ code: 'not_found' });
    const { evidenceId: kept } = await enclose(at, place, { name: 'Blijft.pdf' });
    const second = await asked();
    await expect(
      encloseEvidence(staff.as(second.at.signatory, inTerm), { ...second.of, evidenceId: kept, locator: '' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    const again = { ...of, piece: 'Blijft', locator: 'blz. 9' };
    expect(await encloseEvidence(staff.as(at.signatory, inTerm), again)).toEqual({ evidenceId: kept });
    const unknown = encloseEvidence(staff.as(at.signatory, inTerm), { ...again, piece: 'Bestaat niet' });
    await expect(unknown).rejects.toMatchObject({ because: ['piece_unknown'] });
  });

  it('comes only while the question is open, and opens nothing else', async () => {
    const { at, of, place, assessmentId } = await asked();
    await expect(enclose(at, place, { now: afterTerm })).rejects.toMatchObject({ because: ['request_open'] });
    await expect(enclose(at, { requestId: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
    const atCriterion = storeEvidence(ctxOf(at.signatory), {
      ...storeEvidenceInput.parse({ ...of, evidenceId: randomUUID(), fileName: 'a.pdf', criterionKey: 'I.3.c' }),
      body: inParts(makePdf()),
    });
    await expect(atCriterion).rejects.toMatchObject({ code: 'not_found' });
    const inLibrary = storeEvidenceInput.parse({ assessmentId, evidenceId: randomUUID(), fileName: 'a.pdf' });
    const coordinator = { ...at.signatory, roles: ['coordinator' as const] };
    await expect(storeEvidence(ctxOf(coordinator), { ...inLibrary, body: inParts(makePdf()) })).rejects.toMatchObject({
      because: ['wrong_state'],
    });
    await withdrawRequest(staff.as(staff.reviewer), of);
    await expect(enclose(at, place)).rejects.toMatchObject({ because: ['request_open'] });
  });

  it('that the scanner refuses is not sent: it is taken away first', async () => {
    const { at, of, place } = await asked();
    const stored = await enclose(at, place, { name: 'besmet.txt', bytes: `Verslag\n${eicar}\n` });
    expect(stored.scan).toBe('refused');
    const send = () => answerRequest(staff.as(at.signatory, inTerm), { ...of, version: 0, text: 'Zie bijlage.' });
    await expect(send()).rejects.toMatchObject({ because: ['no_refused_file'] });
    await removeEnclosure(ctxOf(at.signatory), { ...of, evidenceId: stored.evidenceId });
    await expect(send()).resolves.toBeTruthy();
  });

  it('stays for ever once sent, also when it leaves the library after a return', async () => {
    const { at, of, place } = await asked();
    const { evidenceId } = await enclose(at, place);
    await answerRequest(staff.as(at.signatory, inTerm), { ...of, version: 0, text: 'Zie bijlage.' });
    await at.setState('returned');
    const coordinator = { ...at.signatory, roles: ['coordinator' as const] };
    await removeEvidence(ctxOf(coordinator), { assessmentId: at.assessmentId, evidenceId });
    expect(await open(staff.reviewer, evidenceId)).toMatchObject({ fileName: 'Meting.pdf' });
    const [row] = await staff.work(staff.reviewer, (tx) =>
      tx.select().from(evidence).where(eq(evidence.id, evidenceId)),
    );
    expect(row?.storageKey).toBeTruthy();
  });
});

describe('a file with an objection', () => {
  it('goes with the response, is the supervisor’s to read from then on, and never changes again', async () => {
    const { at, assessmentId, say, respond, place } = await heard();
    const { evidenceId } = await enclose(at, place);
    const page = await getDraftOutcome(staff.as(at.signatory, inTerm), { assessmentId });
    expect(page.enclosed.I).toMatchObject([{ id: evidenceId, title: 'Meting' }]);
    for (const { key } of page.content.sections) await say(key, key !== 'I', key === 'I' ? 'Zie de meting.' : '');
    const hearing = () => staff.work(staff.reviewer, (tx) => readHearing(tx, assessmentId));
    expect((await hearing()).versions[0]?.statements).toEqual({});
    await expect(open(staff.reviewer, evidenceId)).rejects.toMatchObject({ code: 'not_found' });
    await respond();
    expect((await hearing()).versions[0]?.statements.I).toMatchObject({ enclosed: [{ id: evidenceId }] });
    expect((await hearing()).versions[0]?.statements.II).toMatchObject({ enclosed: [] });
    expect(await open(staff.reviewer, evidenceId)).toMatchObject({ fileName: 'Meting.pdf' });
    await expect(enclose(at, place)).rejects.toMatchObject({ because: ['not_yet_responded'] });
    const gone = removeEnclosure(ctxOf(at.signatory), { assessmentId, evidenceId, ...place });
    await expect(gone).rejects.toMatchObject({ because: ['not_yet_responded'] });
  });

  it('does not go along unseen with what the insurer agrees to', async () => {
    const { at, assessmentId, say, respond, place } = await heard();
    const { evidenceId } = await enclose(at, place);
    const { content } = await getDraftOutcome(staff.as(at.signatory, inTerm), { assessmentId });
    for (const { key } of content.sections) await say(key, true);
    await expect(respond()).rejects.toMatchObject({
      because: ['statements_complete'],
      detail: { gaps: [{ sectionKey: 'I', because: 'files_agreed' }] },
    });
    await removeEnclosure(ctxOf(at.signatory), { assessmentId, evidenceId, ...place });
    await expect(respond()).resolves.toBeTruthy();
  });

  it('comes within the term, to the newest version, at a section that it tells of', async () => {
    const { at, place } = await heard();
    await expect(enclose(at, place, { now: afterTerm })).rejects.toMatchObject({ because: ['term_open'] });
    const nowhere = enclose(at, { ...place, sectionKey: 'IX' });
    await expect(nowhere).rejects.toMatchObject({ code: 'not_found' });
    const other = enclose(at, { ...place, draftOutcomeId: randomUUID() });
    await expect(other).rejects.toMatchObject({ because: ['newer_version'] });
  });
});
