import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#db/client.ts';
import { takeRole } from '#db/client.ts';
import { credentials, memberships, organisations, users } from '#db/schema/identity.ts';
import type { Actor, OrganisationKind, Role } from '#domain/policy.ts';
import { addDays, dayInAmsterdam } from '#domain/terms.ts';
import { openRound } from '#services/rounds/open-round.ts';
import { type SaveRoundInput, saveRound, saveRoundInput } from '#services/rounds/save-round.ts';

/** Whom the demo and the tests let act: the actor that a session of this person would give. */
export type Person = Actor & { email: string };

export type Organisation = { id: string; kind: OrganisationKind; name: string; number: string };

/** An organisation, as the bootstrap makes one; its people are made by `makePerson`. */
export async function makeOrganisation(
  db: Database,
  { kind, name, number, at }: { kind: OrganisationKind; name: string; number: string; at: Date },
): Promise<Organisation> {
  const organisation = { id: randomUUID(), kind, name, number };
  await asSystem(db, (tx) => tx.insert(organisations).values({ ...organisation, createdAt: at }));
  return organisation;
}

type PersonOptions = {
  organisation: Organisation;
  email: string;
  name: string;
  roles: readonly Role[];
  sectionKeys?: readonly string[] | null;
  /** A hash made by `hashPassword`, so that many people can share the cost of one. */
  passwordHash: string;
  at: Date;
};

/** A person with an account, a password and one membership. */
export async function makePerson(db: Database, options: PersonOptions): Promise<Person> {
  const { organisation, email, name, roles, sectionKeys = null, passwordHash, at } = options;
  const userId = randomUUID();
  const membershipId = randomUUID();
  await asSystem(db, async (tx) => {
    await tx.insert(users).values({ id: userId, email, name, createdAt: at });
    await tx.insert(credentials).values({ userId, passwordHash, changedAt: at });
    await tx.insert(memberships).values({
      id: membershipId,
      userId,
      organisationId: organisation.id,
      roles: [...roles],
      sectionKeys: sectionKeys && [...sectionKeys],
      createdAt: at,
    });
  });
  return {
    userId,
    membershipId,
    organisationId: organisation.id,
    organisationKind: organisation.kind,
    roles,
    sectionKeys,
    email,
  };
}

type RoundOptions = {
  administrator: Actor;
  frameworkRef: string;
  /** The insurers that take part. */
  organisations: readonly Organisation[];
  /** The instant at which it is made and opened. */
  now: Date;
  /** Whatever of its settings matters; the rest is filled in around `now`, without a hearing, with four eyes. */
  settings?: Partial<Omit<SaveRoundInput, 'roundId' | 'frameworkRef'>>;
};

/** A round that is open, and the id and reference of each insurer's assessment in it, by the insurer's organisation. */
export async function makeRound(db: Database, options: RoundOptions) {
  const { administrator, frameworkRef, now, settings } = options;
  const ctx = { actor: administrator, db, now };
  const today = dayInAmsterdam(now);
  const input = saveRoundInput.parse({
    roundId: randomUUID(),
    frameworkRef,
    name: `Ronde ${randomUUID().slice(0, 8)}`,
    productScope: 'Motorrijtuigverzekeringen',
    periodFrom: addDays(today, -395),
    periodTo: addDays(today, -30),
    opensOn: today,
    deadlineOn: addDays(today, 42),
    decisionsDueOn: addDays(today, 120),
    contactMailbox: 'claimafhandeling@toezicht.example',
    hearing: false,
    fourEyes: true,
    retainUntil: addDays(today, 7 * 365),
    ...settings,
  });
  await saveRound(ctx, input);
  const { assessments } = await openRound(ctx, {
    roundId: input.roundId,
    organisationIds: options.organisations.map(({ id }) => id).toSorted(),
  });
  return {
    round: { id: input.roundId, name: input.name },
    /** By organisation id. */
    assessments: new Map(assessments.map((assessment) => [assessment.organisationId, assessment])),
  };
}

function asSystem<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    const [, result] = await Promise.all([takeRole(tx, 'trede_system', null), work(tx)]);
    return result;
  });
}
