import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#db/client.ts';
import { takeRole } from '#db/client.ts';
import { credentials, memberships, organisations, users } from '#db/schema/identity.ts';
import type { Actor, OrganisationKind, Role } from '#domain/policy.ts';

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

function asSystem<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    const [, result] = await Promise.all([takeRole(tx as Transaction, 'trede_system', null), work(tx as Transaction)]);
    return result;
  });
}
