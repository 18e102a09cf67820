import type { Database } from '#db/client.ts';
import { hashPassword } from '#services/sessions/password.ts';
import { makeOrganisation, makePerson } from './builders.ts';
import { demoInsurers, demoPassword, demoSupervisor } from './demo-accounts.ts';

/**
 * Fills an empty platform with made-up insurers and their work, by the verbs that people use.
 * @param today the day of seeding: all dates are relative to it
 */
export async function seedDemo(db: Database, today: Date) {
  const passwordHash = await hashPassword(demoPassword);
  for (const { name, domain, number, roles } of [demoSupervisor, ...demoInsurers]) {
    const kind = number.startsWith('T') ? 'supervisor' : 'insurer';
    const organisation = await makeOrganisation(db, { kind, name, number, at: today });
    for (const [login, held] of Object.entries(roles)) {
      const email = `${login}@${domain}`;
      await makePerson(db, { organisation, email, name: `${login} (verzonnen)`, roles: held, passwordHash, at: today });
    }
  }
}
