import { eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { frameworkVersions } from '#db/schema/rounds.ts';
import type { Framework } from '#domain/framework.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { hashPassword } from '#services/sessions/password.ts';
import { makeOrganisation, makePerson, type Person } from './builders.ts';
import { demoInsurers, demoPassword, demoSupervisor } from './demo-accounts.ts';
import { seedOpenRound } from './demo-open-round.ts';
import { seedPublishedRound } from './demo-published-round.ts';
import { frameworkRef, type Insurer, personOf, type Scene, type Staff } from './demo-scene.ts';
import { writeStandardReasons } from './demo-working-notes.ts';

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
    insurers.push({ ...made, domain: team.domain, strength: ((index * 5 + 8) % 13) / 13 });
  }
  const framework = await readFramework({ db, now: at(-420), actor: personOf(staff, 'administrator') });
  const scene: Scene = { db, storage, framework, staff: staff as Staff, insurers };
  await seedPublishedRound(scene, at);
  await seedOpenRound(scene, at);
  await writeStandardReasons(scene, at);
}

type Team = (typeof demoInsurers)[number];

async function makeTeam(db: Database, team: Team, kind: 'insurer' | 'supervisor', passwordHash: string, at: Date) {
  const organisation = await makeOrganisation(db, { kind, name: team.name, number: team.number, at });
  const people: Record<string, Person> = {};
  for (const [index, [login, { name, roles }]] of Object.entries(team.people).entries()) {
    const email = `${login}@${team.domain}`;
    people[login] = await makePerson(db, {
      organisation,
      email,
      name,
      roles,
      passwordHash,
      // A minute apart, so that colleagues keep the order in which they are named here.
      at: new Date(at.getTime() + index * 60_000),
    });
  }
  return { organisation, people };
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
