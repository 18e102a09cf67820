import { asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { outsideResults } from '#db/schema/assessments.ts';
import type { Actor } from '#domain/policy.ts';
import { inTransaction } from '#services/context.ts';
import { declareConflict } from '#services/reviews/declare-conflict.ts';
import { importOutsideResults } from '#services/reviews/import-outside-results.ts';
import { testDatabase } from '../support/database.ts';
import {
  makeReviewCase,
  makeReviewRound,
  makeSupervisor,
  type ReviewCase,
  type Supervisor,
} from '../support/review-cases.ts';

const database = testDatabase();
const now = new Date('2026-11-20T10:00:00Z');
let supervisor: Supervisor;
let round: Awaited<ReturnType<typeof makeReviewRound>>;
let draft: ReviewCase;
let reviewed: ReviewCase;

beforeAll(async () => {
  supervisor = await makeSupervisor(database.db, now);
  round = await makeReviewRound(database.db, supervisor, now);
  draft = await makeReviewCase(database.db, { supervisor, round, now, state: 'draft' });
  reviewed = await makeReviewCase(database.db, { supervisor, round, now, state: 'in_review' });
});

const as = (actor: Actor, at = now) => ({ actor, db: database.db, now: at });
const row = (of: ReviewCase, criterionKey: string, response = 'met') => ({
  organisationNumber: of.organisation.number,
  criterionKey,
  response,
  measuredOn: '2026-09-12',
  source: 'Stichting Toetsing Verzekeraars',
});
const stored = (of: ReviewCase) =>
  inTransaction(as(supervisor.staff.lead), (tx) =>
    tx
      .select()
      .from(outsideResults)
      .where(eq(outsideResults.assessmentId, of.assessmentId))
      .orderBy(asc(outsideResults.importedAt), asc(outsideResults.criterionKey)),
  );

describe('importing what an outside assessor found', () => {
  it('names everything that is wrong, by line, and writes nothing', async () => {
    const rows = [
      row(draft, 'V.2.a'),
      { ...row(draft, 'V.2.b'), organisationNumber: 'V-onbekend' },
      row(draft, 'I.2.a'),
      { ...row(draft, 'V.3.a', 'partly'), measuredOn: '2026-13-01', source: ' ' },
      { ...row(reviewed, 'V.4.a'), measuredOn: '2026-11-21' },
      row(draft, 'V.2.a', 'not_met'),
    ];
    await expect(importOutsideResults(as(supervisor.staff.lead), { roundId: round.id, rows })).rejects.toMatchObject({
      code: 'invalid',
      detail: {
        problems: [
          { line: 2, field: 'organisationNumber', code: 'unknown_organisation' },
          { line: 3, field: 'criterionKey', code: 'unknown_criterion' },
          { line: 4, field: 'response', code: 'response' },
          { line: 4, field: 'measuredOn', code: 'date' },
          { line: 4, field: 'source', code: 'source' },
          { line: 5, field: 'measuredOn', code: 'date' },
          { line: 6, field: 'line', code: 'duplicate' },
        ],
      },
    });
    expect(await stored(draft)).toEqual([]);
  });

  it('takes part of the criteria of part of the insurers, can be repeated, and keeps what a later import replaces', async () => {
    const rows = [row(draft, 'V.2.a'), row(draft, 'V.2.b', 'not_met'), row(reviewed, 'V.5.a', 'not_met')];
    const input = { roundId: round.id, rows };
    await expect(importOutsideResults(as(supervisor.staff.lead), input)).resolves.toEqual({
      imported: 3,
      unchanged: 0,
    });
    await expect(importOutsideResults(as(supervisor.staff.lead), input)).resolves.toEqual({
      imported: 0,
      unchanged: 3,
    });
    const later = new Date(now.getTime() + 60_000);
    await expect(
      importOutsideResults(as(supervisor.staff.lead, later), { roundId: round.id, rows: [row(draft, 'V.2.b')] }),
    ).resolves.toEqual({ imported: 1, unchanged: 0 });
    expect((await stored(draft)).map(({ criterionKey, response }) => [criterionKey, response])).toEqual([
      ['V.2.a', 'met'],
      ['V.2.b', 'not_met'],
      ['V.2.b', 'met'],
    ]);
  });

  it('stops once an outcome was proposed, also when it was sent back', async () => {
    const proposed = await makeReviewCase(database.db, { supervisor, round, now, state: 'proposed' });
    await expect(
      importOutsideResults(as(supervisor.staff.lead), { roundId: round.id, rows: [row(proposed, 'V.2.a')] }),
    ).rejects.toMatchObject({ detail: { problems: [{ line: 1, field: 'line', code: 'wrong_state' }] } });
  });

  it('does not know an insurer of another round, or one with which the lead has a conflict', async () => {
    const other = await makeReviewCase(database.db, {
      supervisor,
      round: await makeReviewRound(database.db, supervisor, now),
      now,
      state: 'draft',
    });
    const conflicted = await makeReviewCase(database.db, { supervisor, round, now, state: 'draft' });
    await declareConflict(as(supervisor.staff.lead), { organisationId: conflicted.organisation.id });
    const rows = [row(other, 'V.2.a'), row(conflicted, 'V.2.a')];
    await expect(importOutsideResults(as(supervisor.staff.lead), { roundId: round.id, rows })).rejects.toMatchObject({
      because: ['unknown_organisation'],
    });
  });

  it('is the lead’s alone', async () => {
    const input = { roundId: round.id, rows: [row(draft, 'V.2.a')] };
    await expect(importOutsideResults(as(supervisor.staff.reviewer), input)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(importOutsideResults(as(supervisor.staff.administrator), input)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(importOutsideResults(as(draft.signatory), input)).rejects.toMatchObject({ code: 'not_found' });
  });
});
