import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, processDatabase } from '#db/client.ts';
import { organisations } from '#db/schema/identity.ts';
import { seedDemo } from '#db/seed/demo.ts';
import { demoAccounts, demoPassword } from '#db/seed/demo-accounts.ts';
import { processStorage } from '#lib/storage/process-storage.ts';
import { platformContext } from '#services/context.ts';
import { importFramework } from '#services/frameworks/import-framework.ts';
import { root } from './platform.ts';

/**
 * Brings in the frameworks that ship, and the demo where it belongs: on the embedded database, or where TREDE_DEMO=1
 * says so. What is there already stays as it is.
 * @returns whether the demo is served
 */
export async function fillPlatform(say: (line: string) => void): Promise<boolean> {
  await fillFrameworks(processDatabase());
  if (process.env.TREDE_DEMO !== '1') return false;
  const [any] = await processDatabase().select({ id: organisations.id }).from(organisations).limit(1);
  if (!any) {
    say('Making the demo: made-up insurers, answers and reviews…');
    await seedDemo(processDatabase(), processStorage(), new Date());
  }
  return true;
}

/** Imports every framework of the repository, by the verb that an administrator uses. Safe to repeat. */
export async function fillFrameworks(db: Database) {
  const folder = join(root, 'frameworks');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    await importFramework(platformContext(db), { document: readFileSync(join(folder, file), 'utf8') });
  }
}

/** The accounts that the demo can be entered with. */
export function printAccounts(say: (line: string) => void) {
  say(`Demo accounts, all with the password ${demoPassword}:`);
  for (const { organisation, accounts } of demoAccounts()) {
    say(`  ${organisation}: ${accounts.map(({ email }) => email).join(' ')}`);
  }
}
