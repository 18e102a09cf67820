import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { type Database, processDatabase } from '#db/client.ts';
import { organisations } from '#db/schema/identity.ts';
import { seedDemo } from '#db/seed/demo.ts';
import { demoAccounts, demoInsurers, demoPassword } from '#db/seed/demo-accounts.ts';
import { processStorage } from '#lib/storage/process-storage.ts';
import { platformContext } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import { importFramework } from '#services/frameworks/import-framework.ts';
import { root } from './platform.ts';

/** Fills an empty platform with the demo: made-up organisations, people and their work. */
export const fillDemo = () => seedDemo(processDatabase(), processStorage(), new Date());

/** Whether nobody works on this platform yet. */
export async function isEmpty(): Promise<boolean> {
  const [any] = await processDatabase().select({ id: organisations.id }).from(organisations).limit(1);
  return !any;
}

/** Whether the demo's accounts are the ones of this platform. */
export async function holdsDemo(): Promise<boolean> {
  const [first] = demoInsurers;
  const found = await processDatabase()
    .select({ number: organisations.number })
    .from(organisations)
    .where(eq(organisations.name, first?.name ?? ''));
  return found.some(({ number }) => number === first?.number);
}

/**
 * Imports every framework of the repository, by the verb that an administrator uses. Safe to repeat: an edition that a round
 * uses stays what it was when that round began, whatever the repository says of it since.
 */
export async function fillFrameworks(db: Database = processDatabase()) {
  const folder = join(root, 'frameworks');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    await importFramework(platformContext(db), { document: readFileSync(join(folder, file), 'utf8') }).catch(
      (error: unknown) => {
        if (!(error instanceof Refusal && error.because.includes('framework_frozen'))) throw error;
      },
    );
  }
}

/** The accounts that the demo can be entered with. */
export function printAccounts(say: (line: string) => void) {
  say(`Demo accounts, all with the password ${demoPassword}:`);
  for (const { organisation, accounts } of demoAccounts()) {
    say(`  ${organisation}: ${accounts.map(({ email }) => email).join(' ')}`);
  }
}
