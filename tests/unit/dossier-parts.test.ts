import { describe, expect, it } from 'vitest';
import type { DossierPart } from '#lib/reports/dossier-zip.ts';
import {
  check,
  claimDraw,
  claimList,
  claimParts,
  part,
  parts,
  problems,
  text,
  told,
  zipOf,
} from '../support/sound-dossier.ts';

const days = ['2026-02-01T10:00:00.000Z', '2026-03-01T10:00:00.000Z'] as const;
/** The draft outcome that said what the edition says. */
function draft(version = 1, change: Record<string, unknown> = {}) {
  const {
    reference,
    organisation,
    round,
    framework,
    submission,
    intake,
    criteria,
    sections,
    total,
    computedTotal,
    ownTotal,
  } = told().content;
  const said = { reference, organisation, round, framework, submission, intake, criteria, sections };
  const sent = { version, sentAt: days[version - 1], termAt: '2026-03-20T22:59:59.000Z' };
  return { schema: 'trede-draft-outcome-1', ...said, total, computedTotal, ownTotal, ...sent, ...change };
}
const named = (one: ReturnType<typeof draft>, name = `hearings/${one.version}.json`) => part(name, text(one));
const withParts = (more: readonly DossierPart[], content = told().content) => {
  const { snapshot } = told();
  return zipOf([...parts({ content, snapshot }), ...more]);
};

describe('draft outcomes in a dossier', () => {
  it('fit when each follows from what it judges, and the outcome tells of the last one', async () => {
    const { content } = told();
    const hearing = { version: 2, sentAt: days[1], termAt: '2026-03-20T22:59:59.000Z', respondedAt: null };
    const two = [named(draft(1)), named(draft(2))];
    expect(await check(await withParts(two, { ...content, hearing }))).toMatchObject({
      kind: 'fits',
      facts: expect.arrayContaining([expect.stringContaining('2 draft outcome(s)')]),
    });
    expect(await problems(await withParts(two, { ...content, hearing: { ...hearing, version: 1 } }))).toBe(
      'publications/1.json: it tells of another hearing than the last draft outcome.',
    );
  });

  it('are found when a score, an answer or the case in them was changed', async () => {
    expect(await problems(await withParts([named(draft(1, { total: '5/1' }))]))).toBe(
      'hearings/1.json: the total is not the mean of the determined levels.',
    );
    const criteria = draft().criteria.map((one) =>
      one.key === 'I.2.a' ? { ...one, answer: { response: 'not_met', explanation: '' } } : one,
    );
    expect(await problems(await withParts([named(draft(1, { criteria }))]))).toBe(
      'hearings/1.json: I.2.a: the answer is not the one that was signed.',
    );
    expect(await problems(await withParts([named(draft(1, { reference: 'TR-1' }))]))).toContain(
      'hearings/1.json is about another case.',
    );
    expect(await problems(await withParts([named(draft(), 'hearings/2.json')]))).toContain(
      'hearings/2.json is not the canonical JSON of version 2 of a draft outcome.',
    );
    expect((await check(await withParts([named(draft(1, { sections: 5 }))]))).kind).toBe('wrong');
  });

  it('follow each other, and none that was responded to is missing', async () => {
    expect(await problems(await withParts([named(draft(2))]))).toContain('hearings/1.json is missing');
    expect(await problems(await withParts([named(draft(1)), named(draft(2, { sentAt: days[0] }))]))).toContain(
      'hearings/2.json was not sent after the version before.',
    );
    const replies = (version: number, sentAt: string) =>
      part(
        'replies.json',
        text({
          schema: 'trede-replies-1',
          reference: draft().reference,
          supplements: [],
          responses: [{ version, sentAt, statements: [] }],
        }),
      );
    expect(await problems(await withParts([named(draft()), replies(2, days[1])]))).toBe(
      'hearings/2.json, which was responded to, is missing.',
    );
    expect(await problems(await withParts([named(draft()), replies(1, days[0])]))).toBe(
      'hearings/1.json was responded to before it was sent.',
    );
    // Before draft outcomes were in it, a dossier held the responses alone.
    expect(await check(await withParts([replies(1, days[1])]))).toMatchObject({
      kind: 'fits',
      facts: expect.arrayContaining([expect.stringContaining('It holds no draft outcomes')]),
    });
  });

  it('tell when a section ended lower than the insurer was told', async () => {
    const sections = draft().sections.map((one) =>
      one.key === 'I' ? { ...one, level: 4, reason: 'Meer gezien.' } : one,
    );
    expect(await problems(await withParts([named(draft(1, { sections }))]))).toContain(
      'publications/1.json: section I ends lower than the insurer was told, and was not heard again.',
    );
  });
});

describe('drawn claims in a dossier', () => {
  it('fit when list and seed give the claims again', async () => {
    expect(await check(await withParts(claimParts()))).toMatchObject({
      kind: 'fits',
      facts: expect.arrayContaining([expect.stringContaining('10 of 40 claims were drawn again')]),
    });
  });

  it.each([
    ['another seed', { seed: '00'.repeat(32) }, 'list and seed give other claims'],
    [
      'another claim',
      { claims: [...claimDraw.claims.slice(1), claimDraw.claims[0]] },
      'list and seed give other claims',
    ],
    ['more of each kind', { perStratum: 6 }, 'list and seed give other claims'],
    ['a way to draw that there is not', { stratum: 'number' }, 'nobody can draw as it says'],
    [
      'a draw before the list',
      { drawnAt: days[0], list: { ...claimDraw.list, givenAt: days[1] } },
      'before the list was given',
    ],
    ['another case', { reference: 'TR-1' }, 'claims/draw.json is about another case'],
    ['another kind of file', { schema: 'x' }, 'claims/draw.json is not the canonical JSON'],
  ])('are found with %s', async (_, change, sentence) => {
    expect(await problems(await withParts(claimParts({ ...claimDraw, ...change })))).toContain(sentence);
  });

  it('are found with another list, or without one', async () => {
    expect(await problems(await withParts(claimParts(claimDraw, claimList.replace('auto', 'fiets'))))).toContain(
      'claims/list.csv is not the list that was drawn from.',
    );
    expect(await problems(await withParts(claimParts().slice(1)))).toContain(
      'Of claims/list.csv and claims/draw.json one is missing.',
    );
  });

  it('are those that a verdict counts', async () => {
    const counts = {
      listSha256: claimDraw.list.sha256,
      listed: 40,
      drawn: 9,
      conform: 9,
      notConform: 0,
      undeterminable: 0,
      open: 0,
    };
    const { content } = told();
    const criteria = content.criteria.map((one) =>
      one.key === 'I.3.c' && one.verdict ? { ...one, verdict: { ...one.verdict, claimCounts: counts } } : one,
    );
    const wrong = 'publications/1.json: I.3.c: its counts are of other claims than were drawn.';
    expect(await problems(await withParts(claimParts(), { ...content, criteria }))).toBe(wrong);
    expect(await problems(await withParts([], { ...content, criteria }))).toBe(wrong);
  });
});
