import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { openData } from '#db/schema/publications.ts';
import type { Level } from '#domain/framework.ts';
import type { Actor } from '#domain/policy.ts';
import { getOpenData } from '#services/open-data/get-open-data.ts';
import { dictionaryCsv, figuresCsv, openDataSchema } from '#services/open-data/open-data-files.ts';
import { openRelease } from '#services/open-data/open-release.ts';
import { withdrawRelease } from '#services/open-data/withdraw-release.ts';
import { getDashboard } from '#services/publications/get-dashboard.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { makeRelease } from '#services/releases/make-release.ts';
import { getSectorReport } from '#services/sector/get-sector-report.ts';
import { testDatabase } from '../support/database.ts';
import {
  makeDecidedCase,
  makeReviewRound,
  makeSupervisor,
  type Staff,
  type Supervisor,
} from '../support/decided-case.ts';
import { as } from '../support/insurer-work.ts';

const database = testDatabase();
const now = new Date('2026-11-20T10:00:00Z');
let supervisor: Supervisor;
let staff: Staff;

beforeAll(async () => {
  supervisor = await makeSupervisor(database.db, now);
  staff = supervisor.staff;
});

const by = (actor: Actor) => ({ actor, db: database.db, now });
const stranger = () => ({ db: database.db, now });

/** A round with a release over insurers with these levels in section I; section IV applies to nobody. */
async function released(levels: readonly Level[], name = `Ronde ${randomUUID()}`) {
  const round = await makeReviewRound(database.db, supervisor, now, { name });
  const published = [];
  for (const [place, level] of levels.entries()) {
    const other = ([2, 3, 4] as const)[place % 3] ?? 3;
    const made = await makeDecidedCase(database.db, {
      supervisor,
      round,
      now,
      levels: { I: level, II: other, III: other, V: other },
      intake: { authorisedAgents: false },
    });
    published.push({ ...made, ...(await publishAssessment(by(staff.lead), made)) });
  }
  const releaseId = randomUUID();
  await makeRelease(by(staff.lead), { id: releaseId, roundId: round.id });
  return { round, releaseId, published };
}

describe('open data', () => {
  it('is not found before the lead made it public, and holds the averages of the release and nothing else', async () => {
    const { releaseId, round, published } = await released([1, 2, 3, 4, 5, 5]);
    expect((await getSectorReport(by(staff.lead), { roundId: round.id })).shown?.open).toBe(false);
    await expect(getOpenData(stranger(), { releaseId })).rejects.toMatchObject({ code: 'not_found' });
    await openRelease(by(staff.lead), { releaseId });
    const { content, text } = await getOpenData(stranger(), { releaseId });
    expect(content.figures.map(({ section, mean, insurers }) => [section, mean, insurers])).toEqual([
      ['I', '3.3', 6],
      ['II', '3.0', 6],
      ['III', '3.0', 6],
      ['IV', null, null],
      ['V', '3.0', 6],
      [null, '3.1', 6],
    ]);
    for (const { organisation, reference, assessmentId } of published) {
      for (const secret of [organisation.name, organisation.number, reference, assessmentId]) {
        expect(text).not.toContain(secret);
      }
    }
    const report = await getSectorReport(by(staff.auditor), { roundId: round.id });
    expect(report.shown).toMatchObject({ id: releaseId, open: true });
    expect(report.open).toEqual(content.figures);
    // The dashboard shows the same figures.
    const { sector } = await getDashboard(by(staff.lead), { publicationId: published[0]?.publicationId ?? '' });
    expect(sector?.means.I).toBe('10/3');
    expect(content.framework.subject).toEqual({ nl: 'Claimafhandeling', en: 'Claims handling' });
    expect(Object.keys(content).toSorted()).toEqual([...openDataSchema.required].toSorted());
  });

  it('is a step of the lead alone, taken once', async () => {
    const { releaseId, published } = await released([1, 2, 3, 4, 5]);
    for (const actor of [staff.reviewer, staff.auditor]) {
      await expect(openRelease(by(actor), { releaseId })).rejects.toMatchObject({ code: 'forbidden' });
    }
    for (const actor of [staff.administrator, published[0]?.signatory as Actor]) {
      await expect(openRelease(by(actor), { releaseId })).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(openRelease(by(staff.lead), { releaseId: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
    await Promise.all([openRelease(by(staff.lead), { releaseId }), openRelease(by(staff.otherLead), { releaseId })]);
    const rows = await as(database.db, 'trede_supervisor', (tx) => tx.select().from(openData));
    expect(rows.filter((row) => row.releaseId === releaseId)).toHaveLength(1);
  });

  it('has nothing to open where no average may be shown', async () => {
    const { releaseId } = await released([1, 2, 3]);
    await expect(openRelease(by(staff.lead), { releaseId })).rejects.toMatchObject({ because: ['no_figures'] });
  });

  it('can be withdrawn with a reason, and opened again; what was public stays with the supervisor', async () => {
    const { releaseId } = await released([1, 2, 3, 4, 5]);
    await expect(withdrawRelease(by(staff.lead), { releaseId, reason: 'Fout' })).rejects.toMatchObject({
      because: ['not_open'],
    });
    await openRelease(by(staff.lead), { releaseId });
    await expect(withdrawRelease(by(staff.lead), { releaseId, reason: '' })).rejects.toMatchObject({
      because: ['reason_given'],
    });
    await expect(withdrawRelease(by(staff.auditor), { releaseId, reason: 'Fout' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await withdrawRelease(by(staff.lead), { releaseId, reason: 'Een fout in de ronde.' });
    await expect(getOpenData(stranger(), { releaseId })).rejects.toMatchObject({ code: 'not_found' });
    await openRelease(by(staff.lead), { releaseId });
    await expect(getOpenData(stranger(), { releaseId })).resolves.toMatchObject({
      content: { release: { number: 1 } },
    });
    const rows = await as(database.db, 'trede_supervisor', (tx) => tx.select().from(openData));
    expect(rows.filter((row) => row.releaseId === releaseId).map(({ withdrawnReason }) => withdrawnReason)).toEqual(
      expect.arrayContaining(['Een fout in de ronde.', '']),
    );
  });

  it('is all that the role without an account reads of a release', async () => {
    for (const table of ['releases', 'release_figures', 'release_inclusions', 'publications', 'release_criteria']) {
      for (const role of ['trede_system', 'trede_visitor'] as const)
        await expect(as(database.db, role, (tx) => tx.execute(`select * from ${table}`))).rejects.toThrow();
    }
  });

  it('comes as a table with a line for every column in the dictionary, in which nothing is a formula', async () => {
    const { releaseId } = await released([1, 2, 3, 4, 5], ' =HYPERLINK("x"), ronde');
    await openRelease(by(staff.lead), { releaseId });
    const { content } = await getOpenData(stranger(), { releaseId });
    const [head, first, ...rest] = figuresCsv(content).split('\r\n');
    expect(first).toMatch(/^"' =HYPERLINK\(""x""\), ronde",Motorverzekering,2025-10-01,2026-09-30,/);
    expect(first).toMatch(/,1,I,[^,]+,[^,]+,3\.0,5,1$/);
    expect(rest.at(-1)).toBe('');
    const known = dictionaryCsv().split('\r\n').slice(1, -1);
    expect(known.map((line) => line.split(',')[0])).toEqual(head?.split(','));
  });
});
