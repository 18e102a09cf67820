import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import type { Person } from '#db/seed/builders.ts';
import { evidenceLimits } from '#domain/evidence-types.ts';
import type { Framework } from '#domain/framework.ts';
import { getCheck } from '#services/assessments/get-check.ts';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { getIntake } from '#services/assessments/get-intake.ts';
import { getOutline } from '#services/assessments/get-outline.ts';
import { getReceipt } from '#services/assessments/get-receipt.ts';
import { getSubmissionPage } from '#services/assessments/get-submission-page.ts';
import { getTaskList } from '#services/assessments/get-task-list.ts';
import { listAssessments } from '#services/assessments/list-assessments.ts';
import { getClaimFiles } from '#services/claims/get-claim-files.ts';
import { getClaims } from '#services/claims/get-claims.ts';
import { type Context, platformContext } from '#services/context.ts';
import { listDelegations } from '#services/delegations/list-delegations.ts';
import { getEvidence } from '#services/evidence/get-evidence.ts';
import { listEvidence, listEvidenceInput } from '#services/evidence/list-evidence.ts';
import { getFramework } from '#services/frameworks/get-framework.ts';
import { importFramework } from '#services/frameworks/import-framework.ts';
import { listFrameworks } from '#services/frameworks/list-frameworks.ts';
import { getDraftOutcome } from '#services/hearing/get-draft-outcome.ts';
import { getDraftOutcomePreview } from '#services/hearing/get-draft-outcome-preview.ts';
import { getAnswerHistory } from '#services/history/get-answer-history.ts';
import { listActivity } from '#services/history/list-activity.ts';
import { getSectionTakeOver } from '#services/last-round/get-section-take-over.ts';
import { getColleague } from '#services/members/get-colleague.ts';
import { getTeam } from '#services/members/get-team.ts';
import { getOpenData } from '#services/open-data/get-open-data.ts';
import { openRelease } from '#services/open-data/open-release.ts';
import { getOrganisation } from '#services/organisations/get-organisation.ts';
import { listOrganisations, listOrganisationsInput } from '#services/organisations/list-organisations.ts';
import { getDashboard } from '#services/publications/get-dashboard.ts';
import { getOutcomePreview } from '#services/publications/get-outcome-preview.ts';
import { listDashboards } from '#services/publications/list-dashboards.ts';
import { getRoundOutcomes } from '#services/releases/get-round-outcomes.ts';
import { getRequest } from '#services/requests/get-request.ts';
import { getCalibration } from '#services/reviews/get-calibration.ts';
import { getOutsideResults } from '#services/reviews/get-outside-results.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { getReviewOverview } from '#services/reviews/get-review-overview.ts';
import { listQueue, listQueueInput } from '#services/reviews/list-queue.ts';
import { getNewRound } from '#services/rounds/get-new-round.ts';
import { getRound } from '#services/rounds/get-round.ts';
import { listRounds } from '#services/rounds/list-rounds.ts';
import { getSectorReport } from '#services/sector/get-sector-report.ts';
import { getAccount } from '#services/sessions/get-account.ts';
import { listStandardReasons } from '#services/standard-reasons/list-standard-reasons.ts';
import { getTrial } from '#services/trial/get-trial.ts';
import { type Case, makeCase, makeStaff, type Staff } from '../support/cases.ts';
import { type CountedDatabase, openCountedDatabase } from '../support/counting-proxy.ts';
import { testDatabase } from '../support/database.ts';
import { compiled, sizedDocument } from '../support/frameworks.ts';
import { as, instant } from '../support/insurer-work.ts';
import { type Insurer, makeInsurers } from '../support/insurers.ts';

/** What the pages are about: each read is counted on a small one and on a large one, in the same database. */
type House = {
  staff: Staff;
  framework: Framework;
  drafting: Insurer;
  /** One piece among those of the insurer that drafts: few in the small house, a thousand in the large one. */
  evidenceId: string;
  inReview: Case;
  inHearing: Case;
  published: Case;
};

type Read = { name: string; as: (house: House) => Person; read: (ctx: Context, house: House) => Promise<unknown> };

const limits = { ...evidenceLimits, count: 1_000 };
const drafter = ({ drafting }: House) => drafting.person;
const coordinator = ({ published }: House) => published.insurer.people.coordinator;
const member = (name: keyof Staff) => (house: House) => house.staff[name];

/** Every read verb of a page, as who opens it. A new page adds its line here. */
const reads: Read[] = [
  { name: 'list-assessments', as: drafter, read: (ctx) => listAssessments(ctx) },
  {
    name: 'get-account',
    as: coordinator,
    read: (ctx) => getAccount(ctx, { sessionId: randomUUID(), idleMinutes: 30 }),
  },
  { name: 'get-team', as: coordinator, read: (ctx) => getTeam(ctx, {}) },
  {
    name: 'get-colleague',
    as: coordinator,
    read: (ctx, { published: { limited } }) => getColleague(ctx, { membershipId: limited.membershipId }),
  },
  { name: 'list-delegations', as: coordinator, read: (ctx, { published }) => listDelegations(ctx, published) },
  { name: 'get-task-list', as: drafter, read: (ctx, { drafting }) => getTaskList(ctx, drafting) },
  { name: 'get-intake', as: drafter, read: (ctx, { drafting }) => getIntake(ctx, drafting) },
  {
    name: 'get-criterion',
    as: drafter,
    read: (ctx, { drafting, framework }) =>
      getCriterion(ctx, { assessmentId: drafting.assessmentId, criterionKey: framework.criteria[0]?.key ?? '' }),
  },
  { name: 'get-outline', as: drafter, read: (ctx, { drafting }) => getOutline(ctx, drafting) },
  {
    name: 'get-answer-history',
    as: drafter,
    read: (ctx, { drafting, framework }) =>
      getAnswerHistory(ctx, { assessmentId: drafting.assessmentId, criterionKey: framework.criteria[0]?.key ?? '' }),
  },
  {
    name: 'list-activity',
    as: drafter,
    read: (ctx, { drafting: { assessmentId } }) => listActivity(ctx, { assessmentId }),
  },
  {
    name: 'get-section-take-over',
    as: drafter,
    read: (ctx, { drafting, framework }) =>
      getSectionTakeOver(ctx, { ...drafting, sectionKey: framework.sections[0]?.key ?? '' }),
  },
  { name: 'get-trial', as: drafter, read: (ctx, { drafting }) => getTrial(ctx, { ...drafting, tried: {} }) },
  { name: 'get-check', as: drafter, read: (ctx, { drafting }) => getCheck(ctx, drafting) },
  {
    name: 'list-evidence',
    as: drafter,
    read: (ctx, { drafting: { assessmentId } }) =>
      listEvidence({ ...ctx, limits }, listEvidenceInput.parse({ assessmentId })),
  },
  {
    name: 'get-evidence',
    as: drafter,
    read: (ctx, { drafting: { assessmentId }, evidenceId }) => getEvidence(ctx, { assessmentId, evidenceId }),
  },
  { name: 'get-receipt', as: coordinator, read: (ctx, { published }) => getReceipt(ctx, published) },
  {
    name: 'get-request',
    as: ({ inReview }) => inReview.insurer.people.coordinator,
    read: (ctx, { inReview: { assessmentId, requestId } }) => getRequest(ctx, { assessmentId, requestId }),
  },
  {
    name: 'get-claims',
    as: ({ inReview }) => inReview.insurer.people.coordinator,
    read: (ctx, { inReview }) => getClaims(ctx, inReview),
  },
  {
    name: 'get-claim-files',
    as: member('judge'),
    read: (ctx, { inReview: { assessmentId } }) => getClaimFiles(ctx, { assessmentId }),
  },
  { name: 'get-submission-page', as: coordinator, read: (ctx, { published }) => getSubmissionPage(ctx, published) },
  { name: 'list-dashboards of an insurer', as: coordinator, read: (ctx) => listDashboards(ctx, {}) },
  { name: 'get-dashboard', as: coordinator, read: (ctx, { published }) => getDashboard(ctx, published) },
  { name: 'list-queue', as: member('judge'), read: (ctx) => listQueue(ctx, listQueueInput.parse({})) },
  { name: 'get-review-overview', as: member('judge'), read: (ctx, { inReview }) => getReviewOverview(ctx, inReview) },
  {
    name: 'get-draft-outcome',
    as: ({ inHearing }) => inHearing.insurer.people.coordinator,
    read: (ctx, { inHearing: { assessmentId } }) => getDraftOutcome(ctx, { assessmentId }),
  },
  {
    name: 'get-draft-outcome-preview',
    as: member('judge'),
    read: (ctx, { inHearing: { assessmentId } }) => getDraftOutcomePreview(ctx, { assessmentId }),
  },
  {
    name: 'get-outcome-preview',
    as: member('judge'),
    read: (ctx, { inHearing: { assessmentId } }) => getOutcomePreview(ctx, { assessmentId }),
  },
  {
    name: 'get-review',
    as: member('judge'),
    read: (ctx, { inReview: { assessmentId } }) =>
      getReview(ctx, { assessmentId, sectionKey: 'I', criterionKey: 'I.5.b' }),
  },
  {
    name: 'list-standard-reasons',
    as: member('lead'),
    read: (ctx, { framework: { ref } }) => listStandardReasons(ctx, { frameworkRef: ref }),
  },
  { name: 'list-dashboards of the supervisor', as: member('lead'), read: (ctx) => listDashboards(ctx, {}) },
  { name: 'get-calibration', as: member('lead'), read: (ctx, { published }) => getCalibration(ctx, published) },
  { name: 'get-round-outcomes', as: member('lead'), read: (ctx, { published }) => getRoundOutcomes(ctx, published) },
  { name: 'get-outside-results', as: member('lead'), read: (ctx, { published }) => getOutsideResults(ctx, published) },
  {
    name: 'get-sector-report',
    as: member('lead'),
    read: (ctx, { published: { roundId } }) => getSectorReport(ctx, { roundId }),
  },
  {
    name: 'get-open-data',
    as: member('lead'),
    read: async ({ db, now, actor }, { published: { releaseId } }) => {
      await openRelease({ db: database.db, now, actor }, { releaseId });
      return getOpenData({ db, now }, { releaseId });
    },
  },
  { name: 'list-rounds', as: member('administrator'), read: (ctx) => listRounds(ctx, {}) },
  { name: 'get-round', as: member('administrator'), read: (ctx, { inReview }) => getRound(ctx, inReview) },
  { name: 'get-new-round', as: member('administrator'), read: (ctx) => getNewRound(ctx, {}) },
  { name: 'list-frameworks', as: member('administrator'), read: (ctx) => listFrameworks(ctx, {}) },
  { name: 'get-framework', as: member('administrator'), read: (ctx, { framework }) => getFramework(ctx, framework) },
  {
    name: 'list-organisations',
    as: member('administrator'),
    read: (ctx) => listOrganisations(ctx, listOrganisationsInput.parse({})),
  },
  {
    name: 'get-organisation',
    as: member('administrator'),
    read: (ctx, { drafting }) => getOrganisation(ctx, { organisationId: drafting.organisation.id }),
  },
];

const database = testDatabase();
let counted: CountedDatabase;
/** Twelve behind a page; reading who acts is one of them. */
const most = 12 - 1;
const counts = { small: new Map<string, readonly string[]>(), large: new Map<string, readonly string[]>() };

beforeAll(async () => {
  // Statements are counted here, not trips: nothing has to wait.
  counted = await openCountedDatabase(database.url, 0);
  const staff = await makeStaff(database.db);
  await countAll(counts.small, await makeHouse(staff, { criteria: 6, insurers: 1, pieces: 10 }));
  await countAll(counts.large, await makeHouse(staff, { criteria: 240, insurers: 40, pieces: 1_000 }));
}, 120_000);
afterAll(() => counted.close());

describe('the statements behind a page', () => {
  it.each(reads.map(({ name }) => name))('%s: at most twelve, and as many for little as for much', (name) => {
    const small = counts.small.get(name) ?? [];
    const large = counts.large.get(name) ?? [];
    expect(small.length).toBeGreaterThan(0);
    expect(small.length, small.join('\n')).toBeLessThanOrEqual(most);
    expect(large.length, large.join('\n')).toBe(small.length);
  });
});

async function countAll(into: Map<string, readonly string[]>, house: House) {
  for (const { name, as, read } of reads) {
    const ctx = { actor: as(house), db: counted.db, now: instant };
    // The first reading compiles the framework; later ones find it in the process.
    await read(ctx, house);
    const { statements } = await counted.count(() => read(ctx, house));
    into.set(name, statements);
  }
}

async function makeHouse(staff: Staff, size: { criteria: number; insurers: number; pieces: number }): Promise<House> {
  const document = sizedDocument(size.criteria);
  await importFramework(platformContext(database.db, instant), { document: JSON.stringify(document) });
  const framework = compiled(document);
  const [drafting] = await makeInsurers(database.db, { framework, count: size.insurers, now: instant });
  if (!drafting) throw new Error('no insurer was made');
  const inReview = await makeCase(database.db, staff, 'in_review');
  const inHearing = await makeCase(database.db, staff, 'hearing');
  const published = await makeCase(database.db, staff, 'published');
  const evidenceId = await fillLibrary(drafting, framework.criteria[0]?.key ?? '', size.pieces);
  return { staff, framework, drafting, evidenceId, inReview, inHearing, published };
}

/** Pieces of one insurer, each at one criterion and each the newer version of the one before it in its ten. */
async function fillLibrary({ assessmentId, organisation, person }: Insurer, criterionKey: string, count: number) {
  const of = { assessmentId, organisationId: organisation.id };
  const ids = Array.from({ length: count }, () => randomUUID());
  await as(database.db, 'trede_insurer', organisation.id, async (tx) => {
    await tx.insert(evidence).values(
      ids.map((id, place) => ({
        id,
        ...of,
        kind: 'web_address' as const,
        title: `Stuk ${place}`,
        webAddress: 'https://voorbeeld.example/',
        scanResult: 'clean' as const,
        replacesId: place % 10 === 0 ? null : ids[place - 1],
        addedAt: instant,
        addedBy: person.userId,
      })),
    );
    await tx.insert(evidenceLinks).values(
      ids.map((evidenceId) => ({
        id: randomUUID(),
        ...of,
        evidenceId,
        criterionKey,
        linkedAt: instant,
        linkedBy: person.userId,
      })),
    );
  });
  return ids[0] ?? '';
}
