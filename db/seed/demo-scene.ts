import type { Database } from '#db/client.ts';
import type { IntakeMap, ResponseMap } from '#domain/answers.ts';
import type { Framework } from '#domain/framework.ts';
import { addDays, dayInAmsterdam } from '#domain/terms.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { notFound } from '#services/errors.ts';
import type { Organisation, Person } from './builders.ts';
import { type DrawnAnswer, drawAnswers, type Random } from './demo-answers.ts';
import { answerAll, type InsurerDesk, stateIntake, submit } from './demo-insurer.ts';
import type { ReviewDesk } from './demo-review.ts';

export const frameworkRef = 'afm-claimafhandeling@2016-2017';
export const everything: IntakeMap = { ownLossAdjusters: true, externalLossAdjusters: true, authorisedAgents: true };

/** Who differs from an insurer with loss adjusters of its own, external ones, and authorised agents. */
export const intakeOf: Readonly<Record<string, IntakeMap>> = {
  'waterkant.example': { ...everything, authorisedAgents: false },
  'lindehof.example': { ...everything, ownLossAdjusters: false },
  'eikendaal.example': { ...everything, externalLossAdjusters: false },
};

export type Insurer = {
  organisation: Organisation;
  people: Readonly<Record<string, Person>>;
  domain: string;
  strength: number;
};
export type Staff = Readonly<Record<'reviewer' | 'reviewer2' | 'lead' | 'administrator', Person>>;
export type Scene = {
  db: Database;
  storage: Storage;
  framework: Framework;
  staff: Staff;
  insurers: readonly Insurer[];
};

export type At = (days: number) => Date;

/** Why a section is determined one step higher than computed. */
export const raisedReason =
  'De afwijkende stukken dateren van vóór de verbetering in het voorjaar. Alles van daarna laat de beschreven praktijk zien. Daarom stellen wij een score hoger vast.';

/** Everything from the intake to the signature. */
export async function handIn(
  desk: InsurerDesk,
  insurer: Insurer,
  framework: Framework,
  intake: IntakeMap,
  /** Criteria that this insurer is not asked: measured by another, or carried. */
  unasked: Readonly<Record<string, unknown>>,
  random: Random,
  start: Date,
): Promise<ResponseMap> {
  await stateIntake(desk, intake, start);
  const drawn: DrawnAnswer[] = drawAnswers(framework, intake, insurer.strength, random).filter(
    ({ criterion }) => !(criterion.key in unasked),
  );
  await answerAll(desk, drawn, start);
  await submit(desk, personOf(insurer.people, 'signatory'), new Date(start.getTime() + 3 * 86_400_000));
  return Object.fromEntries(drawn.map(({ criterion, response }) => [criterion.key, response]));
}

export function insurerDesk(
  db: Database,
  storage: Storage,
  { organisation, people }: Insurer,
  assessments: ReadonlyMap<string, { id: string }>,
): InsurerDesk {
  const assessmentId = assessments.get(organisation.id)?.id;
  if (!assessmentId) throw notFound();
  return { db, storage, assessmentId, coordinator: personOf(people, 'coordinator') };
}

export function reviewDesk(
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

/** Scope, period and terms of a round that opens on day `from` and can be handed in for `days` days. */
export function settings(at: At, from: number, days: number) {
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

export function personOf(people: Readonly<Record<string, Person>>, login: string): Person {
  const person = people[login];
  if (!person) throw notFound();
  return person;
}
