import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { assessments, outsideResults } from '#db/schema/assessments.ts';
import type { Actor } from '#domain/policy.ts';
import { type State, states } from '#domain/workflow.ts';
import { inTransaction } from '#services/context.ts';
import { reopenReview } from '#services/hearing/reopen-review.ts';
import { sendDraftOutcome } from '#services/hearing/send-draft-outcome.ts';
import { declareConflict } from '#services/reviews/declare-conflict.ts';
import { getOutsideResults } from '#services/reviews/get-outside-results.ts';
import { getOutsideTemplate } from '#services/reviews/get-outside-template.ts';
import { importOutsideResults } from '#services/reviews/import-outside-results.ts';
import { previewOutsideResults } from '#services/reviews/preview-outside-results.ts';
import { testDatabase } from '../support/database.ts';
import {
  type DecidedCase,
  makeDecidedCase,
  makeReviewRound,
  makeSupervisor,
  type Supervisor,
} from '../support/decided-case.ts';
import { undone } from '../support/undone.ts';

const database = testDatabase();
const now = new Date('2026-11-20T10:00:00Z');
const source = 'Stichting Toetsing Verzekeraars';
let supervisor: Supervisor;
let round: Awaited<ReturnType<typeof makeReviewRound>>;
let draft: DecidedCase;
let reviewed: DecidedCase;
/** Brought from state to state. */
let stands: DecidedCase & { roundId: string };

beforeAll(async () => {
  supervisor = await makeSupervisor(database.db, now);
  round = await makeReviewRound(database.db, supervisor, now);
  draft = await makeDecidedCase(database.db, { supervisor, round, now, state: 'draft' });
  reviewed = await makeDecidedCase(database.db, { supervisor, round, now, state: 'in_review' });
  const itsRound = await makeReviewRound(database.db, supervisor, now);
  const made = await makeDecidedCase(database.db, { supervisor, round: itsRound, now, state: 'submitted' });
  stands = { ...made, roundId: itsRound.id };
});

const as = (actor: Actor, at = now) => ({ actor, db: database.db, now: at });
const lead = (at = now) => as(supervisor.staff.lead, at);
const line = (of: DecidedCase, key: string, response = 'voldoet', day = '12-9-2026', by = source) =>
  [of.organisation.number, key, response, day, by].join(';');
const table = (...lines: string[]) => ({
  roundId: round.id,
  table: ['Nummer verzekeraar;Criterium;Uitkomst;Meetdatum;Bron', ...lines].join('\r\n'),
  plan: '',
});
const stored = (of: DecidedCase) =>
  inTransaction(lead(), (tx) =>
    tx
      .select()
      .from(outsideResults)
      .where(eq(outsideResults.assessmentId, of.assessmentId))
      .orderBy(asc(outsideResults.importedAt), asc(outsideResults.criterionKey)),
  );

describe('importing what an outside assessor found', () => {
  it('names everything that is wrong, by line and column, and writes nothing', async () => {
    const input = table(
      line(draft, 'V.2.a'),
      line(draft, 'V.2.b').replace(draft.organisation.number, 'V-onbekend'),
      line(draft, 'I.2.a'),
      line(draft, 'V.3.a', 'deels', '2026-13-01', ' '),
      line(reviewed, 'V.4.a', 'voldoet', '21-11-2026'),
      line(draft, 'V.2.a', 'nee'),
      `${line(draft, 'V.5.a')};meer`,
      line(draft, 'I.2.b').replace('I.2.b', 'I.2.a'),
    );
    const problems = [
      { field: 'organisationNumber', code: 'unknown_organisation', value: 'V-onbekend', lines: [3] },
      { field: 'criterionKey', code: 'unknown_criterion', value: 'I.2.a', lines: [4, 9] },
      { field: 'response', code: 'response', value: 'deels', lines: [5] },
      { field: 'measuredOn', code: 'date', value: '2026-13-01', lines: [5] },
      { field: 'source', code: 'source', value: '', lines: [5] },
      { field: 'measuredOn', code: 'date', value: '2026-11-21', lines: [6] },
      { field: 'line', code: 'duplicate', value: `${draft.organisation.number} V.2.a`, lines: [7] },
      { field: 'line', code: 'cells', value: '', lines: [8] },
      { field: 'line', code: 'duplicate', value: `${draft.organisation.number} I.2.a`, lines: [9] },
    ];
    for (const verb of [previewOutsideResults, importOutsideResults]) {
      await expect(verb(lead(), input)).rejects.toMatchObject({ code: 'invalid', detail: { problems } });
    }
    expect(await stored(draft)).toEqual([]);
  });

  it.each([
    ['a column that was not asked', 'Nummer;Criterium;Uitkomst;Meetdatum;Bron;Naam\n1;2;3;4;5;6', 'column_unknown'],
    ['a column that is not there', 'Nummer;Criterium;Uitkomst;Bron\n1;2;3;4', 'column_missing'],
    ['no lines', 'Nummer;Criterium;Uitkomst;Meetdatum;Bron', 'empty'],
    ['no table at all', 'Nummer;Criterium;Uitkomst;Meetdatum;Bron\n"1;2', 'not_a_table'],
  ])('says it of %s', async (_, text, code) => {
    const refused = importOutsideResults(lead(), { roundId: round.id, table: text, plan: '' });
    await expect(refused).rejects.toMatchObject({ code: 'invalid', detail: { fault: { code } } });
  });

  it('says what would change, takes it in with a mark of order and commas, and not twice', async () => {
    const input = table(line(draft, 'V.2.a'), line(draft, 'V.3.a', 'voldoet niet'));
    const asExported = { ...input, table: `\ufeff${input.table.replaceAll(';', ',')}` };
    const seen = await previewOutsideResults(lead(), asExported);
    expect(seen).toMatchObject({
      added: 2,
      changed: 0,
      unchanged: 0,
      insurers: [
        { number: draft.organisation.number, results: [{ criterionKey: 'V.2.a' }, { criterionKey: 'V.3.a' }] },
      ],
      without: { count: 1, insurers: [{ number: reviewed.organisation.number }] },
    });
    expect(await stored(draft)).toEqual([]);
    const write = () => importOutsideResults(lead(), { ...asExported, plan: seen.plan });
    await expect(write()).resolves.toEqual({ imported: 2, unchanged: 0 });
    await expect(write()).resolves.toEqual({ imported: 0, unchanged: 2 });
    expect(await stored(draft)).toHaveLength(2);
  });

  it('lets a later result of a criterion count, and keeps the one before', async () => {
    await importOutsideResults(lead(), table(line(draft, 'V.2.b', 'ja')));
    const input = table(line(draft, 'V.2.b', 'nee', '2026-09-13'));
    expect(await previewOutsideResults(lead(), input)).toMatchObject({
      added: 0,
      changed: 1,
      insurers: [{ results: [{ before: { response: 'met', measuredOn: '2026-09-12' }, response: 'not_met' }] }],
    });
    await importOutsideResults(lead(new Date(now.getTime() + 1000)), input);
    const kept = (await stored(draft)).filter(({ criterionKey }) => criterionKey === 'V.2.b');
    expect(kept.map(({ response }) => response)).toEqual(['met', 'not_met']);
  });

  it('is refused when by then something else would change than what was seen', async () => {
    const seen = await previewOutsideResults(lead(), table(line(reviewed, 'V.2.a')));
    const other = { ...table(line(reviewed, 'V.2.a', 'nee')), plan: seen.plan };
    await expect(importOutsideResults(lead(), other)).rejects.toMatchObject({ code: 'conflict' });
    expect(await stored(reviewed)).toEqual([]);
  });

  it('is refused for a case whose outcome was proposed, and all with it', async () => {
    const proposed = await makeDecidedCase(database.db, { supervisor, round, now, state: 'proposed' });
    const input = table(line(draft, 'V.4.a'), line(proposed, 'V.2.a'));
    await expect(importOutsideResults(lead(), input)).rejects.toMatchObject({
      detail: { problems: [{ field: 'organisationNumber', code: 'wrong_state', lines: [3] }] },
    });
    expect((await stored(draft)).map(({ criterionKey }) => criterionKey)).not.toContain('V.4.a');
  });

  it('is refused for a case whose draft outcome was sent, also when it is in review again', async () => {
    const heard = await makeReviewRound(database.db, supervisor, now, { hearing: true });
    const sent = await makeDecidedCase(database.db, {
      supervisor,
      round: heard,
      now,
      state: 'in_review',
      overrides: { 'I.2.a': 'partly' },
    });
    const { assessmentId } = sent;
    await sendDraftOutcome(as(supervisor.staff.reviewer), { assessmentId, id: randomUUID() });
    const afterTerm = new Date('2026-12-20T10:00:00Z');
    await reopenReview(as(supervisor.staff.reviewer, afterTerm), { assessmentId });
    const input = { ...table(line(sent, 'V.2.a')), roundId: heard.id };
    await expect(importOutsideResults(lead(afterTerm), input)).rejects.toMatchObject({
      detail: { problems: [{ field: 'organisationNumber', code: 'wrong_state', lines: [2] }] },
    });
    expect(await stored(sent)).toEqual([]);
  });

  it.each(states)('asks the state of the case: %s', async (state) => {
    const open: readonly State[] = ['draft', 'returned', 'submitted', 'in_review'];
    await inTransaction(lead(), (tx) =>
      tx.update(assessments).set({ state }).where(eq(assessments.id, stands.assessmentId)),
    );
    const ctx = { ...lead(), db: undone(database.db) };
    const imported = importOutsideResults(ctx, { ...table(line(stands, 'V.2.a')), roundId: stands.roundId });
    if (open.includes(state)) await expect(imported).resolves.toEqual({ imported: 1, unchanged: 0 });
    else await expect(imported).rejects.toMatchObject({ detail: { problems: [{ code: 'wrong_state', lines: [2] }] } });
  });

  it('takes ten thousand lines at once, and passes over what a template left open', async () => {
    const many = Array.from({ length: 10_000 }, () => `${draft.organisation.number};V.5.a;;;`);
    const input = table(...many, line(draft, 'V.5.a'));
    await expect(importOutsideResults(lead(), input)).resolves.toEqual({ imported: 1, unchanged: 0 });
    const wrong = table(...Array.from({ length: 10_000 }, (_, place) => `W-${place};V.5.a;ja;2026-09-12;Bureau`));
    await expect(importOutsideResults(lead(), wrong)).rejects.toMatchObject({
      detail: { problems: expect.objectContaining({ length: 10_000 }) },
    });
  });

  it('gives a template that is taken in as it is, once filled in', async () => {
    const { text } = await getOutsideTemplate(lead(), { roundId: round.id });
    const filled = text.replace(`${reviewed.organisation.number};V.4.a;;;`, line(reviewed, 'V.4.a'));
    const input = { roundId: round.id, table: filled, plan: '' };
    await expect(importOutsideResults(lead(), input)).resolves.toEqual({ imported: 1, unchanged: 0 });
    expect(await getOutsideResults(lead(), { roundId: round.id })).toMatchObject({
      sections: [{ key: 'V' }],
      imports: expect.arrayContaining([expect.objectContaining({ source, by: expect.any(String) })]),
    });
  });

  it('does not know insurers with which the lead has a conflict', async () => {
    const { staff } = await makeSupervisor(database.db, now);
    await declareConflict(as(staff.lead), { organisationId: draft.organisation.id });
    await expect(importOutsideResults(as(staff.lead), table(line(draft, 'V.4.a')))).rejects.toMatchObject({
      detail: { problems: [{ code: 'unknown_organisation', lines: [2] }] },
    });
    const shown = JSON.stringify(await getOutsideResults(as(staff.lead), { roundId: round.id }));
    expect(shown).not.toContain(draft.organisation.number);
  });

  it('belongs to the lead', async () => {
    const input = table(line(draft, 'V.4.a'));
    for (const verb of [importOutsideResults, previewOutsideResults]) {
      await expect(verb(as(supervisor.staff.reviewer), input)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(verb(as(supervisor.staff.administrator), input)).rejects.toMatchObject({ code: 'not_found' });
      await expect(verb(as(draft.signatory), input)).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});
