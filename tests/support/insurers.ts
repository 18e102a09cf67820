import { randomUUID } from 'node:crypto';
import type { Database } from '#db/client.ts';
import { answers, answerVersions } from '#db/schema/assessments.ts';
import { makeOrganisation, makePerson, makeRound, type Organisation, type Person } from '#db/seed/builders.ts';
import type { Framework } from '#domain/framework.ts';
import type { Role } from '#domain/policy.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { hashPassword } from '#services/sessions/password.ts';

export const insurerPassword = 'een goed wachtwoord';

export type Insurer = { organisation: Organisation; person: Person; assessmentId: string };

/**
 * Insurers that take part in one new round, each with one person and with every criterion answered once, so that work
 * that grows with what is there would show.
 */
export async function makeInsurers(
  db: Database,
  {
    framework,
    count,
    now,
    roles = ['contributor'],
  }: { framework: Framework; count: number; now: Date; roles?: Role[] },
): Promise<Insurer[]> {
  const passwordHash = await hashPassword(insurerPassword);
  const administrator = await makeAdministrator(db, now, passwordHash);
  const people: { organisation: Organisation; person: Person }[] = [];
  for (let index = 0; index < count; index++) {
    const number = randomUUID().slice(0, 8);
    const name = `Insurer ${number}`;
    const organisation = await makeOrganisation(db, { kind: 'insurer', name, number, at: now });
    const email = `someone@${number}.example`;
    const person = await makePerson(db, { organisation, email, name: 'Someone', roles, passwordHash, at: now });
    people.push({ organisation, person });
  }
  const { assessments } = await makeRound(db, {
    administrator,
    frameworkRef: framework.ref,
    organisations: people.map(({ organisation }) => organisation),
    now,
  });
  return Promise.all(
    people.map(async ({ organisation, person }) => {
      const assessmentId = assessments.get(organisation.id)?.id ?? '';
      await answerAll({ actor: person, db, now }, framework, assessmentId);
      return { organisation, person, assessmentId };
    }),
  );
}

/** As saving them one by one would leave them, in two statements. */
function answerAll(ctx: Context, framework: Framework, assessmentId: string) {
  const rows = framework.criteria.map(({ key: criterionKey }) => ({
    assessmentId,
    organisationId: ctx.actor.organisationId,
    criterionKey,
    response: 'met' as const,
    explanation: 'Zo doen wij het.',
    version: 1,
    savedAt: ctx.now,
    savedBy: ctx.actor.userId,
  }));
  return inTransaction(ctx, (tx) =>
    Promise.all([tx.insert(answers).values(rows), tx.insert(answerVersions).values(rows)]),
  );
}

async function makeAdministrator(db: Database, now: Date, passwordHash: string): Promise<Person> {
  const number = randomUUID().slice(0, 8);
  const organisation = await makeOrganisation(db, {
    kind: 'supervisor',
    name: `Supervisor ${number}`,
    number,
    at: now,
  });
  const email = `administrator@${number}.example`;
  return makePerson(db, {
    organisation,
    email,
    name: 'Administrator',
    roles: ['administrator'],
    passwordHash,
    at: now,
  });
}
