import { createHash, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { claimFindings, claimLists } from '#db/schema/claim-files.ts';
import type { Person } from '#db/seed/builders.ts';
import { getReceipt } from '#services/assessments/get-receipt.ts';
import { getTaskList } from '#services/assessments/get-task-list.ts';
import { listAssessments } from '#services/assessments/list-assessments.ts';
import { countFindings, readClaims, readFindings } from '#services/claims/claim-facts.ts';
import { drawClaims, readClaimList } from '#services/claims/claim-list.ts';
import { type DrawFromClaimsInput, drawFromClaims } from '#services/claims/draw-from-claims.ts';
import { getClaimFiles } from '#services/claims/get-claim-files.ts';
import { getClaims } from '#services/claims/get-claims.ts';
import { giveClaims } from '#services/claims/give-claims.ts';
import { previewClaims } from '#services/claims/preview-claims.ts';
import { type RecordFindingInput, recordFinding } from '#services/claims/record-finding.ts';
import { listActivity } from '#services/history/list-activity.ts';
import { confirmUndisputed } from '#services/reviews/confirm-undisputed.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { testDatabase } from '../support/database.ts';
import { makeReviewCase, makeStaff, type ReviewCase, reviewNow, type Staff } from '../support/review-case.ts';

const database = testDatabase();
let staff: Staff;
beforeAll(async () => {
  staff = await makeStaff(database);
});

/** A list of so many claims, every third one about travel. */
const listOf = (claims: number) =>
  ['nummer;datum;product;uitkomst']
    .concat(Array.from({ length: claims }, (_, at) => `S-${at + 1};1-3-2018;${at % 3 === 0 ? 'reis' : 'auto'};betaald`))
    .join('\r\n');

type Giving = { id?: string; by?: Person; now?: Date };
const give = (at: ReviewCase, content = listOf(30), { id = randomUUID(), by = at.signatory, now }: Giving = {}) =>
  giveClaims(staff.as(by, now), { id, assessmentId: at.assessmentId, fileName: 'claims.csv', content });
async function given() {
  const at = await makeReviewCase(database, staff);
  const list = await give(at);
  return { at, listId: list.id };
}
const draw = (at: ReviewCase, listId: string, said: Partial<DrawFromClaimsInput> = {}, by: Person = staff.reviewer) =>
  drawFromClaims(staff.as(by), {
    id: randomUUID(),
    assessmentId: at.assessmentId,
    listId,
    stratum: '',
    perStratum: 10,
    ...said,
  });
const claimsFor = (at: ReviewCase, by: Person) => staff.work(by, (tx) => readClaims(tx, at.assessmentId));

describe('the list of claims', () => {
  it('is fixed by its hash, byte for byte', async () => {
    const at = await makeReviewCase(database, staff);
    const content = `\uFEFF${listOf(3)}\r\n`;
    const list = await give(at, content);
    expect(list).toMatchObject({ claims: 3, sha256: createHash('sha256').update(content).digest('hex') });
    const [kept] = await staff.work(staff.lead, (tx) => tx.select().from(claimLists).where(eq(claimLists.id, list.id)));
    expect(kept?.content).toBe(content);
    expect(await give(at, content, { id: list.id })).toEqual(list);
  });

  it('holds no other column than was asked for', async () => {
    const at = await makeReviewCase(database, staff);
    await expect(give(at, 'nummer;datum;product;uitkomst;naam\n1;1-1-2018;auto;betaald;Jan')).rejects.toMatchObject({
      code: 'invalid',
      because: ['column_unknown'],
      detail: { fault: { columns: ['naam'] } },
    });
    expect((await claimsFor(at, at.signatory)).lists).toEqual([]);
  });

  it('names everything that is wrong with it, line by line', () => {
    const content = 'nummer;datum;product;uitkomst\n1;31-2-2018;auto;betaald\n1;1-2-2018;;betaald\n;1-2-2018;auto;x';
    expect(readClaimList(content)).toEqual({
      ok: false,
      fault: null,
      problems: [
        { line: 2, field: 'date', code: 'date' },
        { line: 3, field: 'product', code: 'missing' },
        { line: 3, field: 'number', code: 'duplicate' },
        { line: 4, field: 'number', code: 'missing' },
      ],
    });
  });

  it('takes ten thousand claims, and no more', () => {
    expect(readClaimList(listOf(10_000)).ok).toBe(true);
    expect(readClaimList(listOf(10_001))).toMatchObject({ ok: false, fault: { code: 'too_long' } });
  });

  it('can be given ten times before the draw, and stands on its givers’ home until the first', async () => {
    const at = await makeReviewCase(database, staff);
    const awaited = async (by: Person) => {
      const { waiting } = await listAssessments(staff.as(by));
      return waiting.flatMap((item) => (item.kind === 'claims' ? [item.assessmentId] : []));
    };
    const reader: Person = { ...at.signatory, roles: ['reader'] };
    expect([await awaited(at.signatory), await awaited(reader)]).toEqual([[at.assessmentId], []]);
    for (let time = 1; time <= 10; time++) await give(at, listOf(time), { now: new Date(reviewNow.getTime() + time) });
    expect(await awaited(at.signatory)).toEqual([]);
    await expect(give(at)).rejects.toMatchObject({ because: ['lists_full'] });
    const { left, lists } = await getClaims(staff.as(at.signatory), { assessmentId: at.assessmentId });
    expect([left, lists.length, lists[0]?.claims]).toEqual([0, 10, 10]);
  });

  it('is what the insurer is waited for on its home, its tasks and its receipt, until it is given', async () => {
    const at = await makeReviewCase(database, staff);
    const standing = async () => {
      const ctx = staff.as(at.signatory);
      const { rounds } = await listAssessments(ctx);
      return {
        home: rounds.find(({ status }) => status.id === at.assessmentId)?.awaited,
        tasks: (await getTaskList(ctx, at)).claims,
        receipt: (await getReceipt(ctx, at)).listAwaited,
      };
    };
    expect(await standing()).toEqual({ home: true, tasks: 'asked', receipt: true });
    const { id } = await give(at);
    expect(await standing()).toEqual({ home: false, tasks: 'given', receipt: false });
    await draw(at, id);
    expect(await standing()).toEqual({ home: false, tasks: 'drawn', receipt: false });
    const { lines } = await listActivity(staff.as(at.signatory), at);
    expect(lines.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['claims_given', 'claims_drawn']));
  });

  it('is given by who may, in review, until something is drawn', async () => {
    const { at, listId } = await given();
    const contributor: Person = { ...at.signatory, roles: ['contributor'] };
    await expect(give(at, listOf(3), { by: contributor })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(give(at, listOf(3), { by: staff.reviewer })).rejects.toMatchObject({ code: 'not_found' });
    await draw(at, listId);
    await expect(give(at)).rejects.toMatchObject({ because: ['not_yet_drawn'] });
    const early = await makeReviewCase(database, staff, { state: 'returned' });
    await expect(give(early)).rejects.toMatchObject({ because: ['wrong_state'] });
  });
});

describe('what is shown of a list', () => {
  const preview = (at: ReviewCase, content: string, by: Person = at.signatory) =>
    previewClaims(staff.as(by), { assessmentId: at.assessmentId, fileName: 'claims.csv', content });

  it('counts its groups before anything is written, or names its faults', async () => {
    const at = await makeReviewCase(database, staff);
    expect(await preview(at, listOf(9))).toMatchObject({
      claims: 9,
      groups: {
        product: [
          { name: 'auto', claims: 6 },
          { name: 'reis', claims: 3 },
        ],
        outcome: [{ name: 'betaald', claims: 9 }],
      },
    });
    expect((await claimsFor(at, at.signatory)).lists).toEqual([]);
    await expect(preview(at, 'nummer;naam\n1;Jan')).rejects.toMatchObject({ because: ['column_unknown'] });
    await expect(preview(at, listOf(3), staff.reviewer)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is to the insurer what it gave and what was drawn, never a finding or a name', async () => {
    const { at, listId } = await given();
    const page = () => getClaims(staff.as(at.signatory), { assessmentId: at.assessmentId });
    expect(await page()).toMatchObject({ open: true, mayGive: true, draw: null, lists: [{ id: listId }] });
    const drawId = randomUUID();
    await draw(at, listId, { id: drawId, perStratum: 1 });
    const line = (await page()).draw?.claims[0]?.line ?? 0;
    await recordFinding(staff.as(staff.reviewer), {
      assessmentId: at.assessmentId,
      drawId,
      line,
      criterionKey: 'I.3.c',
      version: 0,
      finding: 'not_conform',
      remark: 'Dit leest de verzekeraar niet.',
    });
    const after = await page();
    expect(after.open).toBe(false);
    expect(JSON.stringify(after)).not.toMatch(/not_conform|leest de verzekeraar/);
    expect(JSON.stringify(after)).not.toContain(staff.reviewer.userId);
  });

  it('leads the reviewer from one finding to the next', async () => {
    const { at, listId } = await given();
    const page = (said = {}) => getClaimFiles(staff.as(staff.reviewer), { assessmentId: at.assessmentId, ...said });
    expect(await page()).toMatchObject({ open: null, may: { draw: true, record: true }, groups: { outcome: [{}] } });
    const drawId = randomUUID();
    await draw(at, listId, { id: drawId, perStratum: 2 });
    const first = await page();
    const [one, two] = first.draw?.claims ?? [];
    expect(first.criteria.map(({ key }) => key)).toEqual(['I.3.c', 'I.3.d', 'I.4.c', 'I.5.a']);
    expect(first.open).toMatchObject({ line: one?.line, criterionKey: 'I.3.c', previous: null });
    const last = await page({ line: one?.line, criterionKey: 'I.5.a' });
    expect(last.open).toMatchObject({ next: { line: two?.line, criterionKey: 'I.3.c' } });
    await expect(page({ line: 999 })).rejects.toMatchObject({ code: 'not_found' });
    const reading = await getClaimFiles(staff.as(staff.auditor), { assessmentId: at.assessmentId });
    expect(reading.may).toEqual({ draw: false, record: false });
  });
});

describe('the draw', () => {
  it('can be done again by anybody who has the list and the seed', async () => {
    const { at, listId } = await given();
    await draw(at, listId, { stratum: 'product', perStratum: 4 });
    const { draw: made } = await claimsFor(at, at.signatory);
    const list = readClaimList(listOf(30));
    if (!list.ok || !made) throw new Error('nothing was drawn');
    const seed = Buffer.from(made.seed, 'hex');
    expect(seed).toHaveLength(32);
    expect(drawClaims(list.claims, { stratum: 'product', perStratum: 4, seed })).toEqual(made.claims);
    expect(made.claims.filter(({ product }) => product === 'reis')).toHaveLength(4);
    expect(made.claims.filter(({ product }) => product === 'auto')).toHaveLength(4);
    expect(JSON.stringify(made)).not.toContain(staff.reviewer.userId);
  });

  it('takes all of a group that is smaller, and gives each claim an equal chance', () => {
    const list = readClaimList(listOf(7));
    if (!list.ok) throw new Error('no list');
    const seed = new Uint8Array(32);
    expect(drawClaims(list.claims, { stratum: '', perStratum: 10, seed })).toHaveLength(7);
    const counts = new Map<number, number>();
    for (let round = 0; round < 3500; round++) {
      seed.set([round % 256, Math.floor(round / 256)]);
      for (const { line } of drawClaims(list.claims, { stratum: '', perStratum: 2, seed })) {
        counts.set(line, (counts.get(line) ?? 0) + 1);
      }
    }
    // Each of seven claims is expected a thousand times; five standard deviations lie at about 130.
    for (const line of [2, 3, 4, 5, 6, 7, 8]) expect(Math.abs((counts.get(line) ?? 0) - 1000)).toBeLessThan(135);
  });

  it('is made once, from the newest list, by the reviewer of the case', async () => {
    const { at, listId } = await given();
    await expect(draw(at, listId, {}, staff.lead)).rejects.toMatchObject({ code: 'forbidden' });
    const newer = await give(at, listOf(12), { now: new Date('2026-11-23T10:00:00Z') });
    await expect(draw(at, listId)).rejects.toMatchObject({ because: ['newer_list'] });
    const id = randomUUID();
    const first = await draw(at, newer.id, { id });
    expect(await draw(at, newer.id, { id })).toEqual(first);
    await expect(draw(at, newer.id)).rejects.toMatchObject({ because: ['not_yet_drawn'] });
    const empty = await makeReviewCase(database, staff);
    await expect(draw(empty, randomUUID())).rejects.toMatchObject({ because: ['claims_given'] });
  });

  it('races another: there is one', async () => {
    const { at, listId } = await given();
    const outcomes = await Promise.allSettled([draw(at, listId), draw(at, listId)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('findings', () => {
  async function drawn() {
    const { at, listId } = await given();
    const drawId = randomUUID();
    await draw(at, listId, { id: drawId, perStratum: 3 });
    const { draw: made } = await claimsFor(at, staff.reviewer);
    if (!made) throw new Error('nothing was drawn');
    const find = (said: Partial<RecordFindingInput> = {}, by: Person = staff.reviewer) =>
      recordFinding(staff.as(by), {
        assessmentId: at.assessmentId,
        drawId,
        line: made.claims[0]?.line ?? 0,
        criterionKey: 'I.3.c',
        version: 0,
        finding: 'conform',
        remark: '',
        ...said,
      });
    return { at, made, find };
  }

  it('are counted per criterion, the last of each claim', async () => {
    const { at, made, find } = await drawn();
    await find();
    await find({ line: made.claims[1]?.line, finding: 'not_conform', remark: 'Geen gesprek vastgelegd.' });
    await find({ version: 1, finding: 'undeterminable' });
    await find({ criterionKey: 'I.4.c' });
    const found = await staff.work(staff.reviewer, (tx) => readFindings(tx, at.assessmentId));
    expect(countFindings(made, found, 'I.3.c')).toEqual({ conform: 0, not_conform: 1, undeterminable: 1, open: 1 });
    expect(countFindings(made, found, 'I.5.a')).toEqual({ conform: 0, not_conform: 0, undeterminable: 0, open: 3 });
    const kept = await staff.work(staff.auditor, (tx) =>
      tx.select().from(claimFindings).where(eq(claimFindings.assessmentId, at.assessmentId)),
    );
    expect(kept).toHaveLength(4);
  });

  it('show what a colleague found meanwhile; the same one twice is there once', async () => {
    const { find } = await drawn();
    await find();
    expect(await find()).toMatchObject({ version: 1 });
    await expect(find({ finding: 'not_conform' })).rejects.toMatchObject({
      code: 'conflict',
      detail: { finding: 'conform', version: 1 },
    });
  });

  it('are about drawn claims and criteria that are judged from files, by the reviewer, in review', async () => {
    const { at, find } = await drawn();
    await expect(find({ criterionKey: 'I.2.a' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(find({ line: 999 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(find({ drawId: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
    await expect(find({}, staff.colleague)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(find({}, at.signatory)).rejects.toMatchObject({ code: 'not_found' });
    await at.setState('proposed');
    await expect(find()).rejects.toMatchObject({ because: ['wrong_state'] });
  });

  it('keep a criterion from being confirmed with the rest until every file was found conform', async () => {
    const { at, made, find } = await drawn();
    const undisputed = async () => {
      const { undisputed: lines } = await getReview(staff.as(staff.reviewer), { assessmentId: at.assessmentId });
      return lines.map(({ key }) => key).includes('I.3.c');
    };
    expect(await undisputed()).toBe(false);
    for (const { line } of made.claims) await find({ line });
    expect(await undisputed()).toBe(true);
    await find({ version: 1, finding: 'not_conform' });
    expect(await undisputed()).toBe(false);
    await expect(
      confirmUndisputed(staff.as(staff.reviewer), {
        assessmentId: at.assessmentId,
        lines: [{ criterionKey: 'I.3.c', id: randomUUID() }],
      }),
    ).rejects.toMatchObject({ because: ['not_undisputed'] });
    const review = await getReview(staff.as(staff.reviewer), {
      assessmentId: at.assessmentId,
      sectionKey: 'I',
      criterionKey: 'I.3.c',
    });
    expect(review.fromFiles).toEqual({
      counts: { conform: 2, not_conform: 1, undeterminable: 0, open: 0 },
      listed: 30,
      quoted: null,
    });
  });
});
