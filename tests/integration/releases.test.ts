import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Level } from '#domain/framework.ts';
import type { Actor } from '#domain/policy.ts';
import { correctPublication } from '#services/publications/correct-publication.ts';
import { getDashboard } from '#services/publications/get-dashboard.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { getRoundOutcomes } from '#services/releases/get-round-outcomes.ts';
import { makeRelease } from '#services/releases/make-release.ts';
import { testDatabase } from '../support/database.ts';
import {
  makeDecidedCase,
  makeReviewRound,
  makeSupervisor,
  type Staff,
  type Supervisor,
} from '../support/decided-case.ts';

const database = testDatabase();
const now = new Date('2026-11-20T10:00:00Z');
let supervisor: Supervisor;
let staff: Staff;
type Round = Awaited<ReturnType<typeof makeReviewRound>>;

beforeAll(async () => {
  supervisor = await makeSupervisor(database.db, now);
  staff = supervisor.staff;
});

const as = (actor: Actor) => ({ actor, db: database.db, now });
const newRound = () => makeReviewRound(database.db, supervisor, now);
const release = (round: Round, actor: Actor = staff.lead) =>
  makeRelease(as(actor), { id: randomUUID(), roundId: round.id });

/**
 * Publishes insurers with this level in section I, and from 3 up, in turn, elsewhere; section IV applies where `agents`
 * says so.
 */
async function publish(round: Round, levels: readonly Level[], agents = true) {
  const published = [];
  for (const [place, level] of levels.entries()) {
    const other = ([3, 4, 5] as const)[place % 3] ?? 3;
    const made = await makeDecidedCase(database.db, {
      supervisor,
      round,
      now,
      levels: { I: level, II: other, III: other, V: other, ...(agents && { IV: other }) },
      intake: { authorisedAgents: agents },
    });
    published.push({ ...made, ...(await publishAssessment(as(staff.lead), made)) });
  }
  return published;
}
const sectorOn = async (publicationId: string) => (await getDashboard(as(staff.lead), { publicationId })).sector;

describe('a release', () => {
  it('gives means from five insurers that have the score, exact, and spread and counts from ten', async () => {
    const round = await newRound();
    const four = await publish(round, [1, 2, 3, 4]);
    const first = four[0]?.publicationId ?? '';
    expect(await sectorOn(first)).toBeNull();
    await expect(release(round)).resolves.toMatchObject({ number: 1, insurers: 4 });
    expect(await sectorOn(first)).toMatchObject({ number: 1, insurers: null, means: {}, spreads: {}, levelCounts: {} });

    await publish(round, [4, 4, 4], false);
    await release(round);
    const second = await sectorOn(first);
    // Totals: (1+12)/5, (2+16)/5, (3+20)/5, (4+12)/5, and (4+9)/4, (4+12)/4, (4+15)/4; section IV has four insurers only.
    expect(second).toMatchObject({ number: 2, insurers: 7, spreads: {}, levelCounts: {} });
    expect(second?.means).toEqual({ total: '26/7', I: '22/7', II: '27/7', III: '27/7', V: '27/7' });

    await publish(round, [1, 2, 5]);
    await release(round);
    const third = await sectorOn(first);
    expect(third?.levelCounts.I).toEqual([2, 2, 1, 4, 1]);
    expect(third?.spreads.I).toBeCloseTo(Math.sqrt(1.8), 6);
    expect(third?.spreads.total).toBeUndefined();
    expect(third?.levelCounts.IV).toBeUndefined();
    expect(third?.means.IV).toBe('27/7');
  });

  it('leaves out what would give an insurer away, and the total with it', async () => {
    const round = await newRound();
    const published = await publish(round, [4, 4, 4, 4, 4, 2]);
    await release(round);
    const sector = await sectorOn(published[0]?.publicationId ?? '');
    // Who has the 2 would know everybody else's level; beside the other sections the total would say the same.
    expect(Object.keys(sector?.means ?? {}).toSorted()).toEqual(['II', 'III', 'IV', 'V']);
  });

  it('takes a figure over from the release before where a new one would give a newcomer away', async () => {
    const round = await newRound();
    const published = await publish(round, [1, 2, 3, 4, 5]);
    const first = published[0]?.publicationId ?? '';
    await release(round);
    const before = await sectorOn(first);
    expect(before?.means.I).toBe('3');
    expect(before?.computedIn).toEqual({});
    // Three newcomers, all with the same level in section I and different ones elsewhere.
    await publish(round, [4, 4, 4]);
    await release(round);
    const after = await sectorOn(first);
    expect(after).toMatchObject({ number: 2, computedIn: { I: 1, total: 1 } });
    expect(after?.means.I).toBe(before?.means.I);
    expect(after?.means.total).toBe(before?.means.total);
    expect(after?.means.II).not.toBe(before?.means.II);
    const { release: next } = await getRoundOutcomes(as(staff.lead), { roundId: round.id });
    expect(next.figures.find(({ sectionKey }) => sectionKey === 'I')?.fate).toBe('taken_over');
  });

  it('is made again only with three changed or added insurers, and leaves out what is being revised', async () => {
    const round = await newRound();
    const published = await publish(round, [1, 2, 3, 4, 5, 5]);
    await release(round);
    await expect(release(round)).rejects.toMatchObject({ code: 'precondition', because: ['too_few_changed'] });
    await publish(round, [3, 3]);
    await expect(release(round)).rejects.toMatchObject({ because: ['too_few_changed'] });
    await correctPublication(as(staff.lead), { assessmentId: published[0]?.assessmentId ?? '', reason: 'Herziening' });
    await expect(release(round)).rejects.toMatchObject({ because: ['too_few_changed'] });
    await publish(round, [3]);
    await expect(release(round)).resolves.toMatchObject({ number: 2, insurers: 8 });
  });

  it('is one release when it is asked for twice, and numbered one after another by two leads', async () => {
    const round = await newRound();
    await publish(round, [1, 2, 3]);
    const input = { id: randomUUID(), roundId: round.id };
    const [one, same] = await Promise.all([makeRelease(as(staff.lead), input), makeRelease(as(staff.lead), input)]);
    expect(same).toEqual(one);
    const results = await Promise.allSettled([release(round), release(round, staff.otherLead)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await publish(round, [1, 2, 3]);
    const after = await Promise.allSettled([release(round), release(round, staff.otherLead)]);
    expect(after.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('needs somebody published, and is the lead’s alone', async () => {
    const round = await newRound();
    await expect(release(round)).rejects.toMatchObject({ because: ['nothing_published'] });
    const [one] = await publish(round, [2]);
    for (const actor of [staff.reviewer, staff.auditor]) {
      await expect(release(round, actor)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(release(round, staff.administrator)).rejects.toMatchObject({ code: 'not_found' });
    await expect(release(round, one?.signatory)).rejects.toMatchObject({ code: 'not_found' });
    await expect(makeRelease(as(staff.lead), { id: randomUUID(), roundId: randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('the outcomes of a round', () => {
  it('show how far it is, what can be published, and what a release would hold', async () => {
    const round = await newRound();
    await publish(round, [1, 2]);
    const decided = await makeDecidedCase(database.db, { supervisor, round, now });
    await makeDecidedCase(database.db, { supervisor, round, now, state: 'draft' });
    const outcomes = await getRoundOutcomes(as(staff.lead), { roundId: round.id });
    expect(outcomes.counts).toEqual({ published: 2, decided: 1, draft: 1 });
    expect(outcomes.decided).toMatchObject([{ assessmentId: decided.assessmentId, revises: null }]);
    expect(outcomes.release).toMatchObject({ insurers: 2, changed: null, minimumForMean: 5, blocks: [] });
    await release(round);
    expect((await getRoundOutcomes(as(staff.lead), { roundId: round.id })).release).toMatchObject({
      changed: 0,
      blocks: ['too_few_changed'],
    });
    await expect(getRoundOutcomes(as(staff.reviewer), { roundId: round.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(getRoundOutcomes(as(decided.signatory), { roundId: round.id })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
