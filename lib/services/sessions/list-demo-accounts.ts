import 'server-only';
import { demoAccounts, demoPassword } from '#db/seed/demo-accounts.ts';
import type { Role } from '#domain/policy.ts';
import { env } from '#lib/env.ts';

export type DemoAccounts = {
  password: string;
  organisations: readonly {
    name: string;
    /** The part of the address after `@`, without its ending: names what the demo made of it. */
    domain: string;
    accounts: readonly { email: string; roles: readonly Role[] }[];
  }[];
};

/** The made-up accounts that the sign-in page offers; null outside the demo. */
export function listDemoAccounts(): DemoAccounts | null {
  if (!env().TREDE_DEMO) return null;
  return {
    password: demoPassword,
    organisations: demoAccounts().map(({ organisation, accounts }) => ({
      name: organisation,
      domain: accounts[0]?.email.replace(/^.*@|\.example$/g, '') ?? '',
      accounts,
    })),
  };
}
