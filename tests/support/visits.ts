import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { evidence } from '#db/schema/evidence.ts';
import { publications, releases } from '#db/schema/publications.ts';
import { informationRequests } from '#db/schema/requests.ts';
import { invitePerson } from '#services/invitations/invite-person.ts';
import { demoPerson, openAssessment } from './demo.ts';
import { answerEverything, as, type Insurer, makeInsurer, setDeadline } from './insurer-work.ts';

/** A page in one state, as one person sees it; `of` is its file under `app`. `status` is 200 unless it says otherwise. */
export type Visit = { of: string; path: string; as: string | null; status?: number };

/** Every page in every state that the demo holds, at least once for each role that may come there. */
export async function visitsOf(db: Database): Promise<Visit[]> {
  return [...(await insurerVisits(db)), ...(await supervisorVisits(db)), ...(await openVisits(db))];
}

const assessment = '(insurer)/assessments/[assessmentId]';
const review = '(supervisor)/reviews/[assessmentId]';

async function insurerVisits(db: Database): Promise<Visit[]> {
  const [duinrand, kustwacht, stroomdal, vlietstede, waterkant, eikendaal] = await Promise.all(
    ['duinrand', 'kustwacht', 'stroomdal', 'vlietstede', 'waterkant', 'eikendaal'].map((name) => idOf(db, name)),
  );
  const ready = await makeInsurer(db);
  await setDeadline(db, ready, new Date(Date.now() + 20 * 86_400_000));
  await answerEverything(db, ready);
  const signatory = ready.people.signatory.email;
  const coordinator = 'coordinator@duinrand.example';
  const states = ['waterkant', 'polderhuis', 'eikendaal', 'stroomdal', 'vlietstede', 'torenwijk', 'veldhoek'];
  const inStates = await Promise.all(
    states.map(async (name) => ({
      of: `${assessment}/page.tsx`,
      as: `coordinator@${name}.example`,
      path: `/assessments/${await idOf(db, name)}`,
    })),
  );
  return [
    { of: '(insurer)/assessments/page.tsx', as: coordinator, path: '/assessments' },
    { of: '(insurer)/assessments/page.tsx', as: 'coordinator@stroomdal.example', path: '/assessments' },
    { of: `${assessment}/page.tsx`, as: coordinator, path: `/assessments/${duinrand}` },
    { of: `${assessment}/page.tsx`, as: signatory, path: `/assessments/${ready.assessmentId}` },
    { of: `${assessment}/page.tsx`, as: 'signatory@kustwacht.example', path: `/assessments/${kustwacht}` },
    ...inStates,
    {
      of: `${assessment}/claims/page.tsx`,
      as: 'coordinator@waterkant.example',
      path: `/assessments/${waterkant}/claims`,
    },
    { of: `${assessment}/intake/page.tsx`, as: coordinator, path: `/assessments/${duinrand}/intake` },
    { of: `${assessment}/intake/page.tsx`, as: 'reader@duinrand.example', path: `/assessments/${duinrand}/intake` },
    ...[
      [coordinator, duinrand, 'I.3.c'],
      [coordinator, duinrand, 'III.2.a'],
      ['signatory@duinrand.example', duinrand, 'I.4.c'],
      [coordinator, duinrand, 'V.2.a'],
      ['reader@duinrand.example', duinrand, 'II.4.a'],
      ['coordinator@waterkant.example', waterkant, 'IV.2.a'],
      ['coordinator@eikendaal.example', eikendaal, 'I.2.d'],
      ['coordinator@stroomdal.example', stroomdal, 'V.2.a'],
    ].map(([who = null, id, key]) => ({
      of: `${assessment}/criteria/[criterionKey]/page.tsx`,
      as: who,
      path: `/assessments/${id}/criteria/${key}`,
    })),
    { of: `${assessment}/outline/page.tsx`, as: coordinator, path: `/assessments/${duinrand}/outline?at=III.2.a` },
    {
      of: `${assessment}/outline/page.tsx`,
      as: 'coordinator@waterkant.example',
      path: `/assessments/${waterkant}/outline?show=open`,
    },
    ...[
      [coordinator, duinrand, 'III.4.a'],
      [coordinator, duinrand, 'V.2.a'],
      ['coordinator@waterkant.example', waterkant, 'I.2.a'],
    ].map(([who = null, id, key]) => ({
      of: `${assessment}/criteria/[criterionKey]/history/page.tsx`,
      as: who,
      path: `/assessments/${id}/criteria/${key}/history`,
    })),
    { of: `${assessment}/activity/page.tsx`, as: coordinator, path: `/assessments/${duinrand}/activity` },
    { of: `${assessment}/activity/page.tsx`, as: coordinator, path: `/assessments/${duinrand}/activity?section=V` },
    ...[
      [coordinator, duinrand, 'III'],
      ['reader@duinrand.example', duinrand, 'V'],
      [signatory, ready.assessmentId, 'I'],
    ].map(([who = null, id, key]) => ({
      of: `${assessment}/last-round/[sectionKey]/page.tsx`,
      as: who,
      path: `/assessments/${id}/last-round/${key}`,
    })),
    { of: `${assessment}/trial/page.tsx`, as: coordinator, path: `/assessments/${duinrand}/trial?III.4.b=met` },
    { of: `${assessment}/trial/page.tsx`, as: 'reader@duinrand.example', path: `/assessments/${duinrand}/trial` },
    { of: `${assessment}/check/page.tsx`, as: coordinator, path: `/assessments/${duinrand}/check` },
    {
      of: `${assessment}/check/page.tsx`,
      as: 'coordinator@eikendaal.example',
      path: `/assessments/${eikendaal}/check`,
    },
    { of: `${assessment}/check/page.tsx`, as: signatory, path: `/assessments/${ready.assessmentId}/check` },
    { of: `${assessment}/evidence/page.tsx`, as: coordinator, path: `/assessments/${duinrand}/evidence` },
    { of: `${assessment}/evidence/page.tsx`, as: coordinator, path: `/assessments/${duinrand}/evidence?view=unused` },
    {
      of: `${assessment}/evidence/page.tsx`,
      as: signatory,
      path: `/assessments/${ready.assessmentId}/evidence?q=niets`,
    },
    ...(await pieceVisits(db, duinrand)),
    {
      of: `${assessment}/receipt/page.tsx`,
      as: 'signatory@kustwacht.example',
      path: `/assessments/${kustwacht}/receipt`,
    },
    {
      of: `${assessment}/submitted/page.tsx`,
      as: 'signatory@kustwacht.example',
      path: `/assessments/${kustwacht}/submitted`,
    },
    ...(await hearingVisits(db)),
    ...(await requestVisits(db)),
    ...(await teamVisits(db, duinrand, ready)),
    { of: '(dashboard)/dashboards/page.tsx', as: coordinator, path: '/dashboards' },
    ...(
      await Promise.all([outcomeVisit(db, 'stroomdal', stroomdal), outcomeVisit(db, 'vlietstede', vlietstede)])
    ).flat(),
  ];
}

/** The hearing, on both sides: who writes, who sends, who reads; and where the response was sent. */
async function hearingVisits(db: Database): Promise<Visit[]> {
  const [coordinator, signatory] = ['coordinator@noorderhof.example', 'signatory@noorderhof.example'];
  const [reviewer, auditor] = ['reviewer@toezicht.example', 'auditor@toezicht.example'];
  const [heard, objected] = await Promise.all([idOf(db, 'noorderhof'), idOf(db, 'wilgenbos')]);
  const own = `/assessments/${heard}`;
  return [
    { of: `${assessment}/draft-outcome/page.tsx`, as: coordinator, path: `${own}/draft-outcome` },
    { of: `${assessment}/draft-outcome/page.tsx`, as: signatory, path: `${own}/draft-outcome` },
    {
      of: `${assessment}/draft-outcome/page.tsx`,
      as: 'signatory@wilgenbos.example',
      path: `/assessments/${objected}/draft-outcome`,
    },
    { of: `${assessment}/page.tsx`, as: coordinator, path: own },
    { of: `${assessment}/submitted/page.tsx`, as: coordinator, path: `${own}/submitted` },
    { of: `${review}/page.tsx`, as: reviewer, path: `/reviews/${heard}` },
    { of: `${review}/page.tsx`, as: reviewer, path: `/reviews/${objected}` },
    { of: `${review}/draft-outcome/page.tsx`, as: reviewer, path: `/reviews/${heard}/draft-outcome` },
    { of: `${review}/outcome/page.tsx`, as: reviewer, path: `/reviews/${heard}/outcome` },
    // Of another hearing, proposed, decided, and with sections that have no score yet.
    ...(await Promise.all(
      ['wilgenbos', 'polderhuis', 'heidezicht', 'waterkant'].map(async (name) => ({
        of: `${review}/outcome/page.tsx`,
        as: 'lead@toezicht.example',
        path: `/reviews/${await idOf(db, name)}/outcome`,
      })),
    )),
    { of: `${review}/draft-outcome/page.tsx`, as: auditor, path: `/reviews/${heard}/draft-outcome?version=1` },
  ];
}

/** The demo's questions of the supervisor, open and answered, on every page of the insurer that shows them. */
async function requestVisits(db: Database): Promise<Visit[]> {
  const [coordinator, signatory] = ['coordinator@meerzicht.example', 'signatory@meerzicht.example'];
  const { assessmentId, organisationId } = await openAssessment(db, 'meerzicht.example');
  const asked = await as(db, 'trede_insurer', organisationId, (tx) =>
    tx.select({ id: informationRequests.id }).from(informationRequests),
  );
  const page = `/assessments/${assessmentId}`;
  return [
    ...asked.flatMap(({ id }) =>
      [coordinator, signatory].map((who) => ({
        of: `${assessment}/requests/[requestId]/page.tsx`,
        as: who ?? null,
        path: `${page}/requests/${id}`,
      })),
    ),
    { of: `${assessment}/claims/page.tsx`, as: coordinator ?? null, path: `${page}/claims` },
    {
      of: `${review}/claims/page.tsx`,
      as: 'reviewer@toezicht.example',
      path: `/reviews/${assessmentId}/claims`,
    },
    { of: '(insurer)/assessments/page.tsx', as: coordinator ?? null, path: '/assessments' },
    { of: `${assessment}/page.tsx`, as: coordinator ?? null, path: page },
    { of: `${assessment}/submitted/page.tsx`, as: coordinator ?? null, path: `${page}/submitted` },
    {
      of: `${assessment}/criteria/[criterionKey]/page.tsx`,
      as: coordinator ?? null,
      path: `${page}/criteria/II.4.a`,
    },
  ];
}

/** The team: as the demo has it, one that just began, and for who may change nothing. */
async function teamVisits(db: Database, duinrand: string | undefined, ready: Insurer): Promise<Visit[]> {
  const coordinator = 'coordinator@duinrand.example';
  const [contributor, self] = await Promise.all([
    demoPerson(db, 'contributor@duinrand.example'),
    demoPerson(db, coordinator),
  ]);
  const { assessmentId } = await openAssessment(db, 'stroomdal.example');
  return [
    { of: '(insurer)/team/page.tsx', as: coordinator, path: '/team?done=ended' },
    { of: '(insurer)/team/page.tsx', as: 'reader@duinrand.example', path: '/team' },
    { of: '(insurer)/team/page.tsx', as: ready.people.coordinator.email, path: '/team' },
    { of: '(insurer)/team/[membershipId]/page.tsx', as: coordinator, path: `/team/${contributor.membershipId}` },
    { of: '(insurer)/team/[membershipId]/page.tsx', as: coordinator, path: `/team/${self.membershipId}` },
    { of: `${assessment}/delegations/page.tsx`, as: coordinator, path: `/assessments/${duinrand}/delegations` },
    {
      of: `${assessment}/delegations/page.tsx`,
      as: 'coordinator@stroomdal.example',
      path: `/assessments/${assessmentId}/delegations`,
    },
    { of: '(insurer)/assessments/page.tsx', as: contributor.email, path: '/assessments' },
  ];
}

/** A piece in its last version and in an older one, to who may change it and to who may not. */
async function pieceVisits(db: Database, assessmentId = ''): Promise<Visit[]> {
  const { organisationId } = await demoPerson(db, 'coordinator@duinrand.example');
  const rows = await as(db, 'trede_insurer', organisationId, (tx) =>
    tx
      .select({ id: evidence.id, replacesId: evidence.replacesId })
      .from(evidence)
      .where(and(eq(evidence.assessmentId, assessmentId), isNotNull(evidence.replacesId))),
  );
  const [newer] = rows;
  if (!newer) throw new Error('the demo has no newer version of a piece');
  const visit = (who: string, id: string | null) => ({
    of: `${assessment}/evidence/[evidenceId]/page.tsx`,
    as: `${who}@duinrand.example`,
    path: `/assessments/${assessmentId}/evidence/${id}`,
  });
  return [visit('coordinator', newer.id), visit('coordinator', newer.replacesId), visit('reader', newer.id)];
}

async function supervisorVisits(db: Database): Promise<Visit[]> {
  const { assessmentId: waterkant, roundId, organisationId } = await openAssessment(db, 'waterkant.example');
  const meerzicht = await idOf(db, 'meerzicht');
  const [reviewer, lead, auditor, administrator] = ['reviewer', 'lead', 'auditor', 'administrator'].map(
    (login) => `${login}@toezicht.example`,
  );
  const { organisationId: supervisor } = await demoPerson(db, String(lead));
  const states = [
    'duinrand',
    'kustwacht',
    'polderhuis',
    'heidezicht',
    'eikendaal',
    'stroomdal',
    'vlietstede',
    'torenwijk',
  ];
  const inStates = await Promise.all(
    states.map(async (name) => ({ of: `${review}/page.tsx`, as: lead, path: `/reviews/${await idOf(db, name)}` })),
  );
  const ref = encodeURIComponent('afm-claimafhandeling@2016-2017');
  const pages: readonly (readonly [of: string, who: string | undefined, path: string])[] = [
    ['(supervisor)/reviews/page.tsx', lead, '/reviews'],
    ['(supervisor)/reviews/page.tsx', reviewer, '/reviews'],
    ['(supervisor)/reviews/page.tsx', auditor, '/reviews?q=niemand-heet-zo'],
    [`${review}/page.tsx`, reviewer, `/reviews/${waterkant}`],
    [`${review}/claims/page.tsx`, reviewer, `/reviews/${waterkant}/claims`],
    [`${review}/sections/[sectionKey]/page.tsx`, reviewer, `/reviews/${waterkant}/sections/I`],
    [`${review}/sections/[sectionKey]/page.tsx`, reviewer, `/reviews/${waterkant}/sections/IV`],
    [`${review}/sections/[sectionKey]/page.tsx`, reviewer, `/reviews/${waterkant}/sections/V`],
    [`${review}/sections/[sectionKey]/page.tsx`, auditor, `/reviews/${waterkant}/sections/III`],
    [
      `${review}/sections/[sectionKey]/determination/page.tsx`,
      reviewer,
      `/reviews/${waterkant}/sections/I/determination`,
    ],
    [
      `${review}/sections/[sectionKey]/determination/page.tsx`,
      reviewer,
      `/reviews/${waterkant}/sections/V/determination`,
    ],
    [
      `${review}/sections/[sectionKey]/determination/page.tsx`,
      auditor,
      `/reviews/${meerzicht}/sections/I/determination`,
    ],
    [`${review}/page.tsx`, reviewer, `/reviews/${meerzicht}`],
    [`${review}/sections/[sectionKey]/page.tsx`, reviewer, `/reviews/${meerzicht}/sections/I?criterion=I.2.a`],
    [`${review}/intake/page.tsx`, reviewer, `/reviews/${waterkant}/intake`],
    [`${review}/undisputed/page.tsx`, reviewer, `/reviews/${waterkant}/undisputed`],
    ['(supervisor)/reviews/reasons/[ref]/page.tsx', reviewer, '/reviews/reasons/afm-claimafhandeling%402016-2017'],
    ['(supervisor)/rounds/page.tsx', administrator, '/rounds'],
    ['(supervisor)/rounds/page.tsx', lead, '/rounds'],
    ['(supervisor)/rounds/new/page.tsx', administrator, '/rounds/new'],
    ['(supervisor)/rounds/[roundId]/page.tsx', administrator, `/rounds/${roundId}`],
    ['(supervisor)/rounds/[roundId]/calibration/page.tsx', lead, `/rounds/${roundId}/calibration`],
    ['(supervisor)/rounds/[roundId]/outcomes/page.tsx', lead, `/rounds/${roundId}/outcomes`],
    ['(supervisor)/rounds/[roundId]/outside-results/page.tsx', lead, `/rounds/${roundId}/outside-results`],
    ['(supervisor)/organisations/page.tsx', administrator, '/organisations'],
    ['(supervisor)/organisations/[organisationId]/page.tsx', administrator, `/organisations/${organisationId}`],
    ['(supervisor)/organisations/[organisationId]/page.tsx', administrator, `/organisations/${supervisor}`],
    ['(supervisor)/frameworks/page.tsx', administrator, '/frameworks'],
    ['(supervisor)/frameworks/[ref]/page.tsx', administrator, `/frameworks/${ref}`],
    ['(supervisor)/frameworks/import/page.tsx', administrator, '/frameworks/import'],
    ['(dashboard)/dashboards/page.tsx', lead, '/dashboards'],
  ];
  return [
    ...pages.map(([of, who, path]) => ({ of, as: who ?? null, path })),
    ...inStates.map((visit) => ({ ...visit, as: lead ?? null })),
  ];
}

/** What needs no account. */
async function openVisits(db: Database): Promise<Visit[]> {
  const actor = await demoPerson(db, 'administrator@toezicht.example');
  const { organisationId } = await demoPerson(db, 'coordinator@duinrand.example');
  const { token } = await invitePerson(
    { actor, db, now: new Date() },
    {
      invitationId: randomUUID(),
      organisationId,
      name: 'Nieuwe collega',
      email: `${randomUUID()}@duinrand.example`,
      roles: ['coordinator'],
    },
  );
  return [
    { of: '(auth)/sign-in/page.tsx', as: null, path: '/sign-in?to=%2Fassessments' },
    { of: '(auth)/invitations/[token]/page.tsx', as: null, path: `/invitations/${token}` },
    { of: '(auth)/invitations/[token]/page.tsx', as: null, path: '/invitations/over' },
    { of: '(auth)/account/page.tsx', as: 'reader@duinrand.example', path: '/account' },
    { of: '(auth)/account/page.tsx', as: 'reviewer@toezicht.example', path: '/account?done=changed' },
    { of: 'accessibility/page.tsx', as: null, path: '/accessibility' },
    ...(await sectorVisits(db)),
    { of: 'not-found.tsx', as: null, path: '/no-such-page', status: 404 },
  ];
}

/** The sector: for the supervisor, and as much of it as the lead of the demo made public. */
async function sectorVisits(db: Database): Promise<Visit[]> {
  const [release] = await as(db, 'trede_supervisor', (tx) => tx.select().from(releases).limit(1));
  const report = { of: '(supervisor)/rounds/[roundId]/sector/page.tsx', path: `/rounds/${release?.roundId}/sector` };
  return [
    { ...report, as: 'lead@toezicht.example' },
    { ...report, as: 'auditor@toezicht.example' },
    { of: 'open-data/[releaseId]/page.tsx', as: null, path: `/open-data/${release?.id}` },
  ];
}

async function outcomeVisit(db: Database, name: string, assessmentId: string | undefined): Promise<Visit[]> {
  const [found] = await as(db, 'trede_supervisor', (tx) =>
    tx
      .select({ id: publications.id })
      .from(publications)
      .where(eq(publications.assessmentId, String(assessmentId)))
      .orderBy(desc(publications.edition)),
  );
  const of = '(dashboard)/dashboards/[publicationId]/page.tsx';
  return [
    { of, as: `coordinator@${name}.example`, path: `/dashboards/${found?.id}` },
    { of, as: 'lead@toezicht.example', path: `/dashboards/${found?.id}` },
  ];
}

const idOf = async (db: Database, name: string) => (await openAssessment(db, `${name}.example`)).assessmentId;
