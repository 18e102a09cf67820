import { createHash } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { dashboardView, narrowed } from '#components/dashboard/dashboard-view.ts';
import { assessments } from '#db/schema/assessments.ts';
import { auditEvents } from '#db/schema/audit.ts';
import { publicationSections, publications } from '#db/schema/publications.ts';
import { notices } from '#db/schema/reviews.ts';
import { frameworkVersions } from '#db/schema/rounds.ts';
import { toLowest } from '#domain/fraction.ts';
import type { Actor } from '#domain/policy.ts';
import { gainsOf } from '#domain/score-advice.ts';
import { determinedTotal, scoreAssessment } from '#domain/scoring.ts';
import type { PublicationContent } from '#domain/snapshot.ts';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { inTransaction, platformContext } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { importFramework } from '#services/frameworks/import-framework.ts';
import { correctPublication } from '#services/publications/correct-publication.ts';
import { getDashboard } from '#services/publications/get-dashboard.ts';
import { listDashboards, listDashboardsInput } from '#services/publications/list-dashboards.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { declareConflict } from '#services/reviews/declare-conflict.ts';
import { testDatabase } from '../support/database.ts';
import {
  type DecidedCase,
  frameworkRef,
  makeDecidedCase,
  makeReviewRound,
  makeSupervisor,
  type Staff,
  type Supervisor,
} from '../support/decided-case.ts';
import { normSource } from '../support/frameworks.ts';

const database = testDatabase();
const now = new Date('2026-11-20T10:00:00Z');
const later = new Date('2026-12-01T10:00:00Z');
let supervisor: Supervisor;
let staff: Staff;
let round: Awaited<ReturnType<typeof makeReviewRound>>;

beforeAll(async () => {
  supervisor = await makeSupervisor(database.db, now);
  staff = supervisor.staff;
  round = await makeReviewRound(database.db, supervisor, now);
});

const as = (actor: Actor, at = now) => ({ actor, db: database.db, now: at });
const makeCase = (options: Partial<Parameters<typeof makeDecidedCase>[1]> = {}) =>
  makeDecidedCase(database.db, { supervisor, round, now, ...options });
const editionsOf = (assessmentId: string) =>
  inTransaction(as(staff.lead), (tx) =>
    tx.select().from(publications).where(eq(publications.assessmentId, assessmentId)).orderBy(publications.edition),
  );
const decideAgain = (assessmentId: string) =>
  inTransaction(as(staff.lead), (tx) =>
    tx.update(assessments).set({ state: 'decided' }).where(eq(assessments.id, assessmentId)),
  );
/** A case with differing answers, verdicts and determinations, one section out. */
const mixed = {
  intake: { authorisedAgents: false },
  answers: { 'I.4.a': 'partly', 'II.5.a': 'not_met', 'III.2.a': 'not_met' },
  overrides: { 'I.3.c': 'partly', 'II.2.a': 'not_met' },
  levels: { I: 3 },
} as const;

describe('publishing', () => {
  it('makes one edition with its hash, its levels and an event, and repeating it gives the same', async () => {
    const { assessmentId } = await makeCase(mixed);
    const first = await publishAssessment(as(staff.lead), { assessmentId });
    await expect(publishAssessment(as(staff.lead, later), { assessmentId })).resolves.toEqual(first);
    const [publication, ...others] = await editionsOf(assessmentId);
    expect(others).toEqual([]);
    const content = JSON.parse(publication?.content ?? '') as PublicationContent;
    expect(
      createHash('sha256')
        .update(publication?.content ?? '')
        .digest()
        .equals(publication?.sha256 ?? Buffer.of()),
    ).toBe(true);
    expect(content).toMatchObject({ edition: 1, reason: '', total: '7/2', publishedAt: now.toISOString() });
    const levels = await inTransaction(as(staff.lead), (tx) =>
      tx
        .select({
          key: publicationSections.sectionKey,
          level: publicationSections.level,
          computed: publicationSections.computedLevel,
        })
        .from(publicationSections)
        .where(eq(publicationSections.publicationId, first.publicationId))
        .orderBy(publicationSections.sectionKey),
    );
    expect(levels).toEqual([
      { key: 'I', level: 3, computed: 2 },
      { key: 'II', level: 1, computed: 1 },
      { key: 'III', level: 5, computed: 5 },
      { key: 'V', level: 5, computed: 5 },
    ]);
    const [event] = await inTransaction(as(staff.lead), (tx) =>
      tx
        .select()
        .from(auditEvents)
        .where(and(eq(auditEvents.assessmentId, assessmentId), eq(auditEvents.action, 'outcome.publish')))
        .orderBy(desc(auditEvents.sequence)),
    );
    expect(event?.detail).toMatchObject({ edition: 1, publicationId: first.publicationId });
  });

  it('makes one publication when two leads publish at once', async () => {
    const { assessmentId } = await makeCase();
    const [one, other] = await Promise.all([
      publishAssessment(as(staff.lead), { assessmentId }),
      publishAssessment(as(staff.otherLead), { assessmentId }),
    ]);
    expect(one).toEqual(other);
    expect(await editionsOf(assessmentId)).toHaveLength(1);
  });

  it('publishes what is decided only, by a lead without a conflict', async () => {
    const proposed = await makeCase({ state: 'proposed' });
    await expect(publishAssessment(as(staff.lead), proposed)).rejects.toMatchObject({ because: ['wrong_state'] });
    const decided = await makeCase();
    await expect(publishAssessment(as(staff.reviewer), decided)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(publishAssessment(as(staff.administrator), decided)).rejects.toMatchObject({ code: 'not_found' });
    await expect(publishAssessment(as(decided.signatory), decided)).rejects.toMatchObject({ code: 'not_found' });
    await declareConflict(as(staff.otherLead), { organisationId: decided.organisation.id });
    await expect(publishAssessment(as(staff.otherLead), decided)).rejects.toMatchObject({ code: 'not_found' });
    expect(await editionsOf(decided.assessmentId)).toEqual([]);
  });

  it('holds no name or id of anybody at the supervisor', async () => {
    const { assessmentId } = await makeCase(mixed);
    await publishAssessment(as(staff.lead), { assessmentId });
    const [publication] = await editionsOf(assessmentId);
    for (const { userId, email } of Object.values(staff)) {
      expect(publication?.content).not.toContain(userId);
      expect(publication?.content).not.toContain(email);
    }
  });
});

describe('what a dashboard draws', () => {
  it('is what the verdicts and determinations give when it is computed again', async () => {
    const { assessmentId, signatory } = await makeCase(mixed);
    const { publicationId } = await publishAssessment(as(staff.lead), { assessmentId });
    const { content } = await getDashboard(as(signatory), { publicationId });
    const framework = await inTransaction(as(staff.lead), async (tx) => {
      const [version] = await tx.select().from(frameworkVersions).where(eq(frameworkVersions.ref, frameworkRef));
      return compiledFramework(tx, version as typeof frameworkVersions.$inferSelect);
    });
    const pick = (layer: 'answer' | 'outside' | 'verdict') =>
      Object.fromEntries(
        content.criteria.flatMap((criterion) => {
          const response = criterion[layer]?.response;
          return response ? [[criterion.key, response] as const] : [];
        }),
      );
    const layers = {
      intake: content.intake.own,
      answers: pick('answer'),
      outside: pick('outside'),
      verdicts: pick('verdict'),
      intakeVerdicts: content.intake.effective,
    };
    const computed = scoreAssessment(framework, layers);
    expect(content.sections.map(({ trace }) => trace)).toEqual(computed.sections);
    const own = scoreAssessment(framework, { intake: layers.intake, answers: layers.answers });
    expect(content.sections.map(({ own: level }) => level)).toEqual(own.sections.map(({ low }) => low));
    expect(content.ownTotal).toBe(own.total && toLowest(own.total.low));
    expect(content.computedTotal).toBe(computed.total && toLowest(computed.total.low));
    const determined = Object.fromEntries(
      content.sections.flatMap(({ key, level }) => (level ? [[key, level] as const] : [])),
    );
    const total = determinedTotal(framework, determined);
    expect(content.total).toBe(total && toLowest(total));
    expect(content.gains).toEqual(
      gainsOf(framework, layers, determined).map(({ sectionKey, from, to, missing, totalAfter }) => ({
        sectionKey,
        from,
        to,
        missing,
        totalAfter: toLowest(totalAfter),
      })),
    );
    expect(content.gains.map(({ sectionKey, from, to }) => [sectionKey, from, to])).toEqual([
      ['II', 1, 4],
      ['I', 3, 5],
    ]);
  });

  it('stands beside earlier rounds on the same framework version, oldest first', async () => {
    const { organisation, assessmentId, signatory } = await makeCase();
    const before = await makeReviewRound(database.db, supervisor, now, {
      periodFrom: '2024-10-01',
      periodTo: '2025-09-30',
    });
    const earlier = await makeCase({ organisation, round: before, levels: { I: 2 } });
    const last = await publishAssessment(as(staff.lead), { assessmentId: earlier.assessmentId });
    const { publicationId } = await publishAssessment(as(staff.lead), { assessmentId });
    const dashboard = await getDashboard(as(signatory), { publicationId });
    expect(dashboard.earlier).toEqual([
      {
        publicationId: last.publicationId,
        name: before.name,
        total: '22/5',
        levels: { I: 2, II: 5, III: 5, IV: 5, V: 5 },
        framework: frameworkRef,
        comparable: ['I', 'II', 'III', 'IV', 'V'],
        productScope: before.productScope,
        totalComparable: true,
        why: null,
        changes: [],
        names: {},
      },
    ]);
    expect((await getDashboard(as(signatory), last)).earlier).toEqual([]);
    expect(dashboard.sector).toBeNull();
  });

  it('compares with an earlier version of the framework only what reads the same, and names what changed', async () => {
    const document = normSource
      .replace('edition: "2016-2017"', 'edition: "2013"')
      .replace('De periodieke kwaliteitsaudits richten zich', 'De kwaliteitsaudits richten zich');
    await importFramework(platformContext(database.db, now), { document });
    const { organisation, assessmentId, signatory } = await makeCase();
    const before = await makeReviewRound(database.db, supervisor, now, {
      frameworkRef: 'afm-claimafhandeling@2013',
      periodFrom: '2012-10-01',
      periodTo: '2013-09-30',
    });
    const earlier = await makeCase({ organisation, round: before });
    await publishAssessment(as(staff.lead), { assessmentId: earlier.assessmentId });
    const { publicationId } = await publishAssessment(as(staff.lead), { assessmentId });
    const dashboard = await getDashboard(as(signatory), { publicationId });
    expect(dashboard.earlier).toMatchObject([
      {
        framework: 'afm-claimafhandeling@2013',
        comparable: ['I', 'III', 'IV', 'V'],
        totalComparable: false,
        changes: [{ section: 'II', changed: ['II.3.a'], added: [], removed: [] }],
        names: { 'II.3.a': { nl: expect.any(String) } },
      },
    ]);
    const view = dashboardView(dashboard, 'nl');
    expect(view).toMatchObject({ previous: null, incomparable: { name: before.name, why: 'framework' } });
    expect(view.sections.map(({ previous }) => previous)).toEqual([5, null, 5, 5, 5]);
  });

  it('compares nothing with an earlier round on another product, and says why', async () => {
    const { organisation, assessmentId, signatory } = await makeCase();
    const before = await makeReviewRound(database.db, supervisor, now, {
      productScope: 'Woonhuisverzekering',
      periodFrom: '2024-10-01',
      periodTo: '2025-09-30',
    });
    const earlier = await makeCase({ organisation, round: before, levels: { I: 2 } });
    await publishAssessment(as(staff.lead), { assessmentId: earlier.assessmentId });
    const { publicationId } = await publishAssessment(as(staff.lead), { assessmentId });
    const dashboard = await getDashboard(as(signatory), { publicationId });
    expect(dashboard.earlier).toMatchObject([{ comparable: [], totalComparable: false, why: 'product', changes: [] }]);
    const view = dashboardView(dashboard, 'nl');
    expect(view).toMatchObject({
      previous: null,
      againstPrevious: null,
      incomparable: { name: before.name, product: 'Woonhuisverzekering', why: 'product' },
    });
    expect(view.sections.map(({ previous, gained }) => [previous, gained])).toEqual(Array(5).fill([null, 0]));
  });

  it('leads the insurer to its open self-assessment of a later round, and nobody else', async () => {
    const { organisation, assessmentId, signatory } = await makeCase({ answers: { 'I.5.a': 'partly' } });
    const { publicationId } = await publishAssessment(as(staff.lead), { assessmentId });
    const seen = async (actor: Actor) => (await getDashboard(as(actor), { publicationId })).nextRound;
    expect(await seen(signatory)).toBeNull();
    const alone = dashboardView(await getDashboard(as(signatory), { publicationId }), 'nl');
    expect(alone.sections.flatMap(({ criteria }) => criteria).filter(({ again }) => again)).toEqual([]);
    const next = await makeReviewRound(database.db, supervisor, now, {
      periodFrom: '2026-10-01',
      periodTo: '2027-09-30',
    });
    const open = await makeCase({ organisation, round: next, state: 'draft' });
    expect(await seen(signatory)).toMatchObject({ assessmentId: open.assessmentId, name: next.name });
    expect(await seen(staff.lead)).toBeNull();
    const view = dashboardView(await getDashboard(as(signatory), { publicationId }), 'nl');
    expect(view.best?.missing[0]).toMatchObject({
      key: 'I.5.a',
      again: `/assessments/${open.assessmentId}/criteria/I.5.a`,
    });
    // Every criterion leads to itself in that round's own assessment.
    const every = view.sections.flatMap(({ criteria }) => criteria);
    expect(every.length).toBe(44);
    for (const { key, again } of every) {
      const [, assessment = '', , criterionKey = ''] = (again ?? '').slice(1).split('/');
      expect(await getCriterion(as(signatory), { assessmentId: assessment, criterionKey })).toMatchObject({
        criterion: { key },
      });
      expect(assessment).toBe(open.assessmentId);
    }
    const ofLead = dashboardView(await getDashboard(as(staff.lead), { publicationId }), 'nl');
    expect(ofLead.sections.flatMap(({ criteria }) => criteria).filter(({ again }) => again)).toEqual([]);
    expect(narrowed(view, 'blocking').map(({ key, criteria }) => [key, criteria.map((one) => one.key)])).toEqual([
      ['I', ['I.5.a']],
    ]);
    expect(narrowed(view, 'changed')).toEqual([]);
  });

  it('is seen by its insurer and the supervisor, by nobody else', async () => {
    const { assessmentId, organisation, signatory } = await makeCase();
    const { publicationId } = await publishAssessment(as(staff.lead), { assessmentId });
    const other = await makeCase({ state: 'draft' });
    const seen = { content: { organisation: { name: organisation.name } } };
    for (const actor of [signatory, staff.lead, staff.reviewer, staff.auditor]) {
      await expect(getDashboard(as(actor), { publicationId })).resolves.toMatchObject(seen);
    }
    for (const actor of [other.signatory, staff.administrator, staff.otherReviewer]) {
      await expect(getDashboard(as(actor), { publicationId })).rejects.toMatchObject({ code: 'not_found' });
    }
    await declareConflict(as(staff.otherLead), { organisationId: organisation.id });
    await expect(getDashboard(as(staff.otherLead), { publicationId })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('correcting', () => {
  it('keeps the old edition readable and marked, and ends in the next one with its reason', async () => {
    const { assessmentId, signatory } = await makeCase();
    const first = await publishAssessment(as(staff.lead), { assessmentId });
    const reason = 'Bij IV is een verkeerd jaar gebruikt';
    await expect(correctPublication(as(staff.lead), { assessmentId, reason: '' })).rejects.toMatchObject({
      because: ['reason_given'],
    });
    await correctPublication(as(staff.lead), { assessmentId, reason });
    await expect(correctPublication(as(staff.lead), { assessmentId, reason })).rejects.toMatchObject({
      because: ['wrong_state'],
    });
    const marked = await getDashboard(as(signatory), first);
    expect(marked.shown).toMatchObject({ underRevision: true, replaced: false });
    const told = await inTransaction(as(signatory), (tx) =>
      tx
        .select({ kind: notices.kind, reason: notices.reason })
        .from(notices)
        .where(eq(notices.assessmentId, assessmentId)),
    );
    expect(told).toEqual([{ kind: 'under_revision', reason }]);

    await decideAgain(assessmentId);
    const second = await publishAssessment(as(staff.lead, later), { assessmentId });
    expect(second.edition).toBe(2);
    const newest = await getDashboard(as(signatory), second);
    expect(newest.content).toMatchObject({ edition: 2, reason, previousSha256: marked.sha256 });
    expect(marked.content.previousSha256).toBeUndefined();
    expect(newest.editions.map(({ edition, replaced, underRevision }) => [edition, replaced, underRevision])).toEqual([
      [2, false, false],
      [1, true, false],
    ]);
    expect((await getDashboard(as(signatory), first)).shown).toMatchObject({ replaced: true });
    expect(marked.content).toEqual((await getDashboard(as(signatory), first)).content);
  });

  it('is the lead’s alone', async () => {
    const { assessmentId, signatory } = await makeCase();
    await publishAssessment(as(staff.lead), { assessmentId });
    const input = { assessmentId, reason: 'Nieuwe informatie' };
    await expect(correctPublication(as(staff.reviewer), input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(correctPublication(as(signatory), input)).rejects.toMatchObject({ code: 'not_found' });
    await expect(correctPublication(as(staff.administrator), input)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the list of dashboards', () => {
  let cases: DecidedCase[];

  beforeAll(async () => {
    cases = await Promise.all(Array.from({ length: 3 }, () => makeCase()));
    for (const { assessmentId } of cases) await publishAssessment(as(staff.lead, later), { assessmentId });
  });

  it('holds an insurer’s own newest publications and no others', async () => {
    for (const { signatory, organisation } of cases) {
      const { lines, next } = await listDashboards(as(signatory), {});
      expect(lines.map((line) => line.organisation)).toEqual([organisation.name]);
      expect(next).toBeNull();
    }
  });

  it('shows the supervisor what is published, newest first, without insurers with a conflict', async () => {
    const [first] = cases;
    const all = await listDashboards(as(staff.lead), { roundId: round.id });
    const times = all.lines.map(({ publishedAt }) => publishedAt);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(all.lines.map(({ organisation }) => organisation)).toEqual(
      expect.arrayContaining(cases.map(({ organisation }) => organisation.name)),
    );
    await declareConflict(as(staff.auditor), { organisationId: first?.organisation.id ?? '' });
    const { lines } = await listDashboards(as(staff.auditor), { roundId: round.id });
    expect(lines).toHaveLength(all.lines.length - 1);
    expect(await listDashboards(as(staff.otherReviewer), {})).toMatchObject({ lines: [], rounds: [] });
    expect(all.rounds.map(({ id }) => id)).toContain(round.id);
    await expect(listDashboards(as(staff.administrator), {})).rejects.toMatchObject({ code: 'not_found' });
  });

  it('goes on after the last line of a page', async () => {
    const { lines } = await listDashboards(as(staff.lead), { roundId: round.id });
    const at = lines[0];
    const rest = await listDashboards(as(staff.lead), { roundId: round.id, after: `${at?.publishedAt}_${at?.id}` });
    expect(rest.lines).toEqual(lines.slice(1));
    const kept = { after: `${at?.publishedAt}_${at?.id}` };
    expect(listDashboardsInput.parse(kept)).toEqual(kept);
  });

  it.each([
    `2026-13-45T00Z_${'-'.repeat(36)}`,
    '2026-02-30T10:00:00Z_01890000-0000-7000-8000-000000000001',
    '0000-01-01T10:00:00Z_01890000-0000-7000-8000-000000000001',
    '2026-02-03T10:00:00Z_01890000-0000-7000-8000-000000000001_x',
    '2026-02-03T10:00:00Z',
  ])('begins anew at an address of a place that is none: %s', async (after) => {
    const asked = listDashboardsInput.parse({ after });
    expect((await listDashboards(as(staff.lead), asked)).lines.length).toBeGreaterThan(0);
  });
});
