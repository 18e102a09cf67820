import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { frameworkVersions } from '#db/schema/rounds.ts';
import type { IntakeMap, ResponseMap } from '#domain/answers.ts';
import type { Framework } from '#domain/framework.ts';
import { addDays, dayInAmsterdam } from '#domain/terms.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { correctPublication } from '#services/publications/correct-publication.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { makeRelease } from '#services/releases/make-release.ts';
import { closeAssessment } from '#services/reviews/close-assessment.ts';
import { importOutsideResults } from '#services/reviews/import-outside-results.ts';
import { returnAssessment } from '#services/reviews/return-assessment.ts';
import { hashPassword } from '#services/sessions/password.ts';
import { makeOrganisation, makePerson, makeRound, type Organisation, type Person } from './builders.ts';
import { demoInsurers, demoPassword, demoSupervisor } from './demo-accounts.ts';
import { type DrawnAnswer, drawAnswers, type Random, randomFrom } from './demo-answers.ts';
import { answerAll, type InsurerDesk, stateIntake, submit } from './demo-insurer.ts';
import {
  type Adjustments,
  approve,
  assign,
  determineAll,
  judge,
  propose,
  type ReviewDesk,
  start,
} from './demo-review.ts';

const frameworkRef = 'afm-claimafhandeling@2016-2017';
const everything: IntakeMap = { ownLossAdjusters: true, externalLossAdjusters: true, authorisedAgents: true };

/** Who differs from an insurer with loss adjusters of its own, external ones, and authorised agents. */
const intakeOf: Readonly<Record<string, IntakeMap>> = {
  'waterkant.example': { ...everything, authorisedAgents: false },
  'lindehof.example': { ...everything, ownLossAdjusters: false },
  'eikendaal.example': { ...everything, externalLossAdjusters: false },
};

/** How far each insurer's assessment has come in the round that is open. */
const stageOf: Readonly<Record<string, Stage>> = {
  'duinrand.example': 'draft',
  'waterkant.example': 'in_review',
  'lindehof.example': 'submitted',
  'kustwacht.example': 'assigned',
  'polderhuis.example': 'proposed',
  'eikendaal.example': 'returned',
  'meerzicht.example': 'judged',
  'vlietstede.example': 'under_revision',
  'heidezicht.example': 'decided',
  'stroomdal.example': 'published',
  'veldhoek.example': 'untouched',
  'torenwijk.example': 'closed',
};

type Stage =
  | 'untouched'
  | 'draft'
  | 'submitted'
  | 'assigned'
  | 'in_review'
  | 'judged'
  | 'returned'
  | 'proposed'
  | 'decided'
  | 'published'
  | 'under_revision'
  | 'closed';

type Insurer = {
  organisation: Organisation;
  people: Readonly<Record<string, Person>>;
  domain: string;
  strength: number;
};
type Staff = Readonly<Record<'reviewer' | 'reviewer2' | 'lead' | 'administrator', Person>>;
type Scene = { db: Database; storage: Storage; framework: Framework; staff: Staff; insurers: readonly Insurer[] };

/**
 * Fills an empty platform with made-up insurers and their work, by the verbs that people use. The same answers are drawn
 * each time; dates are relative to `today`, the instant of seeding.
 */
export async function seedDemo(db: Database, storage: Storage, today: Date) {
  const at = (days: number) => new Date(today.getTime() + days * 86_400_000);
  const passwordHash = await hashPassword(demoPassword);
  const { people: staff } = await makeTeam(db, demoSupervisor, 'supervisor', passwordHash, at(-430));
  const insurers: Insurer[] = [];
  for (const [index, team] of demoInsurers.entries()) {
    const made = await makeTeam(db, team, 'insurer', passwordHash, at(-430));
    insurers.push({ ...made, domain: team.domain, strength: ((index * 5) % 12) / 12 });
  }
  const framework = await readFramework({ db, now: at(-420), actor: personOf(staff, 'administrator') });
  const scene: Scene = { db, storage, framework, staff: staff as Staff, insurers };
  await seedPublishedRound(scene, at);
  await seedOpenRound(scene, at);
}

type At = (days: number) => Date;

/** The round of before: published for everybody, with sector figures. */
async function seedPublishedRound({ db, storage, framework, staff, insurers }: Scene, at: At) {
  const { round, assessments } = await makeRound(db, {
    administrator: staff.administrator,
    frameworkRef,
    organisations: insurers.map(({ organisation }) => organisation),
    now: at(-420),
    settings: { ...settings(at, -420, 60), name: '2016-2017' },
  });
  // The outside assessor measured two insurers; the others declare section V themselves.
  const measured = insurers.slice(1, 3);
  await importOutsideResults(
    { actor: staff.lead, db, now: at(-400) },
    {
      roundId: round.id,
      rows: measured.flatMap((insurer) => outsideRows(framework, insurer, dayInAmsterdam(at(-430)))),
    },
  );
  await Promise.all(
    insurers.map(async (insurer, index) => {
      const random = randomFrom(1_000 + index);
      const outside = measured.includes(insurer) ? outsideOf(framework, insurer) : {};
      const desk = insurerDesk(db, storage, insurer, assessments);
      const intake = intakeOf[insurer.domain] ?? everything;
      const answers = await handIn(desk, insurer, framework, intake, outside, random, at(-380));
      const review = reviewDesk({ db, framework, staff }, desk, index, intake, answers, outside);
      await assign(review, at(-350));
      await start(review, at(-340));
      const verdicts = await judge(review, random, at(-339));
      const raise: Adjustments = index === 3 ? { I: { change: 1, reason: raisedReason } } : {};
      await determineAll(review, verdicts, at(-330), raise);
      await propose(review, at(-329));
      await approve(review, at(-320), Object.keys(raise));
      await publishAssessment({ actor: staff.lead, db, now: at(-310) }, { assessmentId: desk.assessmentId });
    }),
  );
  await makeRelease({ actor: staff.lead, db, now: at(-300) }, { id: randomUUID(), roundId: round.id });
}

/** The round that is open: at least one insurer in every state that can be reached. */
async function seedOpenRound(scene: Scene, at: At) {
  const { db, storage, framework, staff, insurers } = scene;
  const { assessments } = await makeRound(db, {
    administrator: staff.administrator,
    frameworkRef,
    organisations: insurers.map(({ organisation }) => organisation),
    now: at(-40),
    settings: { ...settings(at, -40, 62), name: '2017-2018' },
  });
  await Promise.all(
    insurers.map(async (insurer, index) => {
      const stage = stageOf[insurer.domain] ?? 'untouched';
      const desk = insurerDesk(db, storage, insurer, assessments);
      const intake = intakeOf[insurer.domain] ?? everything;
      const random = randomFrom(2_000 + index);
      if (stage === 'untouched') return;
      if (stage === 'draft') {
        await stateIntake(desk, intake, at(-30));
        // About two thirds: section IV is hardly begun and V not at all, as with somebody who works from the top.
        const drawn = drawAnswers(framework, intake, 0.8, random);
        await answerAll(
          desk,
          drawn.filter(({ criterion }) => isAnsweredInDraft(criterion.key)),
          at(-2),
        );
        return;
      }
      const answers = await handIn(desk, insurer, framework, intake, {}, random, at(-30));
      const review = reviewDesk(scene, desk, index, intake, answers, {});
      await bringTo(stage, review, random, at);
    }),
  );
}

/** Takes a submitted case as far as its stage asks. */
async function bringTo(stage: Stage, review: ReviewDesk, random: Random, at: At) {
  const { db, lead, reviewer, assessmentId } = review;
  const asLead = (now: Date) => ({ actor: lead, db, now });
  if (stage === 'submitted') return;
  if (stage === 'closed') {
    const reason = 'De vergunning is op verzoek van de verzekeraar ingetrokken.';
    await closeAssessment(asLead(at(-5)), { assessmentId, reasonKind: 'licence_lapsed', reason });
    return;
  }
  await assign(review, at(-20));
  if (stage === 'assigned') return;
  await start(review, at(-18));
  if (stage === 'returned') {
    await returnAssessment(
      { actor: reviewer, db, now: at(-12) },
      {
        id: randomUUID(),
        assessmentId,
        reason: 'Vul de zelfbeoordeling aan op twee punten. Wat u al invulde, blijft staan.',
        itemKey: ['I.2.d', 'II'],
        itemText: [
          'Er is geen bewijs van contactmomenten uit de referentieperiode. Voeg dit toe.',
          'De toelichtingen gaan over een eerdere periode. Beschrijf de periode van deze ronde.',
        ],
        term: 'days',
        days: 21,
      },
    );
    return;
  }
  const verdicts = await judge(review, random, at(-17), stage === 'in_review' ? 0.6 : 1);
  if (stage === 'in_review') return;
  const raise: Adjustments = stage === 'proposed' ? { II: { change: 1, reason: raisedReason } } : {};
  await determineAll(review, verdicts, at(-12), raise);
  if (stage === 'judged') return;
  await propose(review, at(-11));
  if (stage === 'proposed') return;
  await approve(review, at(-9));
  if (stage === 'decided') return;
  await publishAssessment(asLead(at(-7)), { assessmentId });
  if (stage === 'published') return;
  const reason = 'Bij onderdeel III is een toegezonden stuk niet meegewogen. Wij kijken opnieuw.';
  await correctPublication(asLead(at(-3)), { assessmentId, reason });
}

const raisedReason =
  'De afwijkende stukken dateren van vóór de verbetering in het voorjaar. Alles van daarna laat de beschreven praktijk zien. Daarom stellen wij een score hoger vast.';

const draftedInFour = new Set(['IV.2.a', 'IV.3.b']);
const isAnsweredInDraft = (key: string) =>
  /^(I|II)\./.test(key) ? key !== 'I.4.c' : /^III\.[2-4]/.test(key) ? key !== 'III.4.b' : draftedInFour.has(key);

/** Everything from the intake to the signature. */
async function handIn(
  desk: InsurerDesk,
  insurer: Insurer,
  framework: Framework,
  intake: IntakeMap,
  outside: ResponseMap,
  random: Random,
  start: Date,
): Promise<ResponseMap> {
  await stateIntake(desk, intake, start);
  const drawn: DrawnAnswer[] = drawAnswers(framework, intake, insurer.strength, random).filter(
    ({ criterion }) => !outside[criterion.key],
  );
  await answerAll(desk, drawn, start);
  await submit(desk, personOf(insurer.people, 'signatory'), new Date(start.getTime() + 3 * 86_400_000));
  return Object.fromEntries(drawn.map(({ criterion, response }) => [criterion.key, response]));
}

function insurerDesk(
  db: Database,
  storage: Storage,
  { organisation, people }: Insurer,
  assessments: ReadonlyMap<string, { id: string }>,
): InsurerDesk {
  const assessmentId = assessments.get(organisation.id)?.id;
  if (!assessmentId) throw notFound();
  return { db, storage, assessmentId, coordinator: personOf(people, 'coordinator') };
}

function reviewDesk(
  { db, framework, staff }: Pick<Scene, 'db' | 'framework' | 'staff'>,
  { assessmentId }: InsurerDesk,
  index: number,
  intake: IntakeMap,
  answers: ResponseMap,
  outside: ResponseMap,
): ReviewDesk {
  const reviewer = index % 3 === 2 ? staff.reviewer2 : staff.reviewer;
  return { db, framework, assessmentId, reviewer, lead: staff.lead, intake, answers, outside };
}

/** What the outside assessor found: the lower levels of section V are met. */
function outsideOf(framework: Framework, { strength }: Pick<Insurer, 'strength'>): ResponseMap {
  const reach = strength > 0.5 ? 4 : 3;
  const criteria = framework.section('V')?.criteria ?? [];
  return Object.fromEntries(criteria.map(({ key, level }) => [key, level <= reach ? 'met' : 'not_met'] as const));
}

function outsideRows(framework: Framework, insurer: Insurer, measuredOn: string) {
  return Object.entries(outsideOf(framework, insurer)).map(([criterionKey, response]) => ({
    organisationNumber: insurer.organisation.number,
    criterionKey,
    response,
    measuredOn,
    source: 'Stichting toetsing verzekeraars (verzonnen uitkomst)',
  }));
}

/** Scope, period and terms of a round that opens on day `from` and can be handed in for `days` days. */
function settings(at: At, from: number, days: number) {
  const day = (offset: number) => dayInAmsterdam(at(offset));
  return {
    productScope: 'Motorrijtuigverzekeringen',
    periodFrom: day(from - 380),
    periodTo: day(from - 15),
    opensOn: day(from),
    deadlineOn: day(from + days),
    decisionsDueOn: day(from + days + 75),
    retainUntil: addDays(day(from), 7 * 365),
  };
}

type Team = (typeof demoInsurers)[number];

async function makeTeam(db: Database, team: Team, kind: 'insurer' | 'supervisor', passwordHash: string, at: Date) {
  const organisation = await makeOrganisation(db, { kind, name: team.name, number: team.number, at });
  const people: Record<string, Person> = {};
  for (const [login, roles] of Object.entries(team.roles)) {
    const email = `${login}@${team.domain}`;
    const name = `${login.charAt(0).toUpperCase()}${login.slice(1)} (verzonnen)`;
    people[login] = await makePerson(db, { organisation, email, name, roles, passwordHash, at });
  }
  return { organisation, people };
}

function personOf(people: Readonly<Record<string, Person>>, login: string): Person {
  const person = people[login];
  if (!person) throw notFound();
  return person;
}

function readFramework(ctx: Context): Promise<Framework> {
  return inTransaction(ctx, async (tx) => {
    const [version] = await tx
      .select({ ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 })
      .from(frameworkVersions)
      .where(eq(frameworkVersions.ref, frameworkRef));
    if (!version) throw notFound();
    return compiledFramework(tx, version);
  });
}
