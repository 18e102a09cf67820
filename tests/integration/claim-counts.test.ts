import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { draftOutcomes } from '#db/schema/hearing.ts';
import { publications } from '#db/schema/publications.ts';
import { verdicts } from '#db/schema/reviews.ts';
import type { Response } from '#domain/answers.ts';
import type { Finding } from '#domain/findings.ts';
import type { DraftOutcomeContent, PublicationContent } from '#domain/snapshot.ts';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import { readClaims } from '#services/claims/claim-facts.ts';
import { drawFromClaims } from '#services/claims/draw-from-claims.ts';
import { getClaimFiles } from '#services/claims/get-claim-files.ts';
import { giveClaims } from '#services/claims/give-claims.ts';
import { recordFinding } from '#services/claims/record-finding.ts';
import { checkDossier } from '#services/dossier/check-dossier.ts';
import { sendDraftOutcome } from '#services/hearing/send-draft-outcome.ts';
import { downloadDossier } from '#services/publications/download-dossier.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { approveOutcome } from '#services/reviews/approve-outcome.ts';
import { confirmUndisputed } from '#services/reviews/confirm-undisputed.ts';
import {
  type DecideCriterionInput,
  decideCriterion,
  decideCriterionInput,
} from '#services/reviews/decide-criterion.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { proposeOutcome } from '#services/reviews/propose-outcome.ts';
import { undoUndisputed } from '#services/reviews/undo-undisputed.ts';
import { testDatabase } from '../support/database.ts';
import { determineAll, judgeAll } from '../support/judged-case.ts';
import { makeReviewCase, makeStaff, reviewNow, type Staff } from '../support/review-case.ts';
import { unzip } from '../support/unzip.ts';

const database = testDatabase();
let staff: Staff;
let heard: Staff;
beforeAll(async () => {
  [staff, heard] = [await makeStaff(database), await makeStaff(database, { hearing: true })];
});

const key = 'I.3.c';
const content = ['nummer;datum;product;uitkomst']
  .concat(Array.from({ length: 8 }, (_, at) => `S-${at + 1};1-3-2018;auto;betaald`))
  .join('\r\n');

/** A case in review of which three of eight claims were drawn. */
async function drawn(by: Staff = staff) {
  const at = await makeReviewCase(database, by);
  const { assessmentId } = at;
  const ctx = by.as(by.reviewer);
  const list = await giveClaims(by.as(at.signatory), { id: randomUUID(), assessmentId, fileName: 'a.csv', content });
  const drawId = randomUUID();
  await drawFromClaims(ctx, { id: drawId, assessmentId, listId: list.id, stratum: '', perStratum: 3 });
  const { draw } = await by.work(by.reviewer, (tx) => readClaims(tx, assessmentId));
  const find = (place: number, finding: Finding, version = 0, criterionKey = key) =>
    recordFinding(ctx, {
      assessmentId,
      drawId,
      line: draw?.claims[place]?.line ?? 0,
      criterionKey,
      version,
      finding,
      remark: 'Alleen voor de toezichthouder.',
    });
  const decide = (said: Partial<DecideCriterionInput> & { response?: Response } = {}) =>
    decideCriterion(ctx, {
      id: randomUUID(),
      assessmentId,
      criterionKey: key,
      version: 0,
      response: 'met',
      ground: null,
      reason: '',
      ...said,
    });
  const kept = async (criterionKey = key) => {
    const [row] = await by.work(by.reviewer, (tx) =>
      tx
        .select()
        .from(verdicts)
        .where(eq(verdicts.assessmentId, assessmentId))
        .orderBy(desc(verdicts.version))
        .then((rows) => rows.filter((one) => one.criterionKey === criterionKey)),
    );
    return row;
  };
  const look = async () => {
    const { criterion, fromFiles } = await getReview(ctx, { assessmentId, sectionKey: 'I', criterionKey: key });
    const { criteria } = await getClaimFiles(ctx, { assessmentId });
    const outdated = criteria.filter((one) => one.outdated).map((one) => one.key);
    return { counts: criterion?.verdict?.claimCounts, quoted: fromFiles?.quoted, outdated };
  };
  const counts = { listSha256: list.sha256, listed: 8, drawn: 3 };
  return { at, ctx, assessmentId, drawId, find, decide, kept, look, counts };
}

describe('a verdict that is judged from claim files', () => {
  it('keeps the draw and its counts as they stood when it was given, and says when they changed', async () => {
    const { find, decide, kept, look, drawId, counts } = await drawn();
    await find(0, 'conform');
    await find(1, 'not_conform');
    await decide();
    const first = { ...counts, conform: 1, notConform: 1, undeterminable: 0, open: 1 };
    expect(await kept()).toMatchObject({ claimDrawId: drawId, claimCounts: first });
    expect(await look()).toEqual({ counts: first, quoted: 'stands', outdated: [] });
    await find(2, 'undeterminable');
    expect(await look()).toEqual({ counts: first, quoted: 'changed', outdated: [key] });
    await decide({ version: 1 });
    const second = { ...first, undeterminable: 1, open: 0 };
    expect(await kept()).toMatchObject({ version: 2, claimCounts: second });
    expect(await look()).toEqual({ counts: second, quoted: 'stands', outdated: [] });
  });

  it('quotes nothing before a file was looked at, which is told once one was', async () => {
    const { find, decide, kept, look } = await drawn();
    await decide();
    expect(await kept()).toMatchObject({ claimDrawId: null, claimCounts: null });
    expect(await look()).toEqual({ counts: null, quoted: null, outdated: [] });
    await find(0, 'conform');
    expect(await look()).toEqual({ counts: null, quoted: 'unquoted', outdated: [key] });
  });

  it('takes no counts from whoever posts it, and none where the norm asks for no files', async () => {
    const { find, decide, kept, drawId, counts } = await drawn();
    await find(0, 'not_conform');
    const forged = {
      claimDrawId: drawId,
      claimCounts: { ...counts, conform: 3, notConform: 0, undeterminable: 0, open: 0 },
    };
    const read = decideCriterionInput.parse({
      id: randomUUID(),
      assessmentId: randomUUID(),
      criterionKey: key,
      version: '0',
      response: 'met',
      ...forged,
    });
    expect(read).not.toHaveProperty('claimCounts');
    await decide(forged as Partial<DecideCriterionInput>);
    expect((await kept())?.claimCounts).toEqual({ ...counts, conform: 0, notConform: 1, undeterminable: 0, open: 2 });
    await decide({ criterionKey: 'I.2.a', ...(forged as Partial<DecideCriterionInput>) });
    expect(await kept('I.2.a')).toMatchObject({ claimDrawId: null, claimCounts: null });
  });

  it('keeps them too when it is confirmed with the rest; taken back it quotes nothing', async () => {
    const { find, kept, ctx, assessmentId, counts } = await drawn();
    for (const place of [0, 1, 2]) await find(place, 'conform');
    const lines = [
      { criterionKey: key, id: randomUUID() },
      { criterionKey: 'I.2.a', id: randomUUID() },
    ];
    await confirmUndisputed(ctx, { assessmentId, lines });
    expect((await kept())?.claimCounts).toEqual({ ...counts, conform: 3, notConform: 0, undeterminable: 0, open: 0 });
    expect((await kept('I.2.a'))?.claimCounts).toBeNull();
    await undoUndisputed(ctx, { assessmentId, confirmedAt: reviewNow.toISOString() });
    expect(await kept()).toMatchObject({ response: null, claimDrawId: null, claimCounts: null });
  });

  it('cannot be kept with counts that do not make what was drawn', async () => {
    const { decide, kept, drawId, counts } = await drawn();
    await decide();
    const row = await kept();
    if (!row) throw new Error('no verdict');
    const put = (claimCounts: object | null, claimDrawId: string | null, change: Partial<typeof row> = {}) =>
      staff.work(staff.reviewer, (tx) =>
        tx
          .insert(verdicts)
          .values({ ...row, id: randomUUID(), version: 2, claimDrawId, claimCounts: claimCounts as never, ...change }),
      );
    const sound = { ...counts, conform: 3, notConform: 0, undeterminable: 0, open: 0 };
    const refused = expect.objectContaining({ cause: expect.objectContaining({ constraint_name: 'verdicts_claims' }) });
    await expect(put({ ...sound, conform: 2 }, drawId)).rejects.toEqual(refused);
    await expect(put({ drawn: 3 }, drawId)).rejects.toEqual(refused);
    await expect(put(sound, null)).rejects.toEqual(refused);
    await expect(put(null, drawId)).rejects.toEqual(refused);
    await expect(put(sound, drawId, { response: null })).rejects.toEqual(refused);
    await expect(put(sound, drawId)).resolves.toBeDefined();
  });
});

describe('what the insurer reads of them', () => {
  const ready = async (by: Staff) => {
    const made = await drawn(by);
    await made.find(0, 'conform');
    await made.find(1, 'undeterminable');
    await judgeAll(made.at, by);
    await determineAll(made.at, by);
    return { ...made, told: { ...made.counts, conform: 1, notConform: 0, undeterminable: 1, open: 1 } };
  };
  const quotedIn = ({ criteria }: Pick<PublicationContent, 'criteria'>) =>
    criteria.flatMap(({ key: of, verdict }) => (verdict?.claimCounts ? [[of, verdict.claimCounts]] : []));

  it('stands in the draft outcome that is sent: counts only, of nobody', async () => {
    const { ctx, assessmentId, told } = await ready(heard);
    await sendDraftOutcome(ctx, { id: randomUUID(), assessmentId });
    const [sent] = await heard.work(heard.lead, (tx) =>
      tx.select().from(draftOutcomes).where(eq(draftOutcomes.assessmentId, assessmentId)),
    );
    expect(quotedIn(JSON.parse(sent?.content ?? '{}') as DraftOutcomeContent)).toEqual([[key, told]]);
    expect(sent?.content).not.toContain('Alleen voor de toezichthouder');
    expect(sent?.content).not.toContain(heard.reviewer.userId);
  });

  it('stands in the publication, and in a dossier that draws the claims again, for both sides alike', async () => {
    const { at, ctx, assessmentId, told } = await ready(staff);
    await proposeOutcome(ctx, { assessmentId });
    await approveOutcome(staff.as(staff.lead), { assessmentId, approved: [] });
    const { publicationId } = await publishAssessment(staff.as(staff.lead), { assessmentId });
    const [published] = await staff.work(staff.lead, (tx) =>
      tx.select().from(publications).where(eq(publications.assessmentId, assessmentId)),
    );
    expect(quotedIn(JSON.parse(published?.content ?? '{}') as PublicationContent)).toEqual([[key, told]]);
    expect(published?.content).not.toContain('Alleen voor de toezichthouder');
    const limits = { file: 1, assessment: 1, organisation: 1, count: 1 };
    const [dossier, other] = await Promise.all(
      [at.signatory, staff.lead].map(async (actor) =>
        buffer(
          (await downloadDossier({ ...staff.as(actor), storage: diskStorage('.'), limits }, { publicationId })).zip,
        ),
      ),
    );
    if (!dossier || !other) throw new Error('two dossiers');
    expect(dossier.equals(other)).toBe(true);
    expect(String(unzip(dossier).get('claims/list.csv'))).toBe(content);
    expect(dossier.includes('Alleen voor de toezichthouder')).toBe(false);
    const read = async (start: number, end: number) => Uint8Array.from(dossier.subarray(start, end));
    // The planted case has a framework of its own hash; what is said of its claims fits.
    const verdict = await checkDossier(dossier.length, read);
    expect(verdict.kind === 'wrong' ? verdict.problems.filter((problem) => /claim/.test(problem)) : []).toEqual([]);
    expect(JSON.parse(String(unzip(dossier).get('claims/draw.json')))).toMatchObject({
      list: { fileName: 'a.csv', sha256: told.listSha256, claims: 8 },
      perStratum: 3,
      seed: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});
