import type { Role } from '#domain/policy.ts';

/** The password of every made-up account. */
export const demoPassword = 'trede-demo';

type DemoOrganisation = { name: string; domain: string; number: string; roles: Record<string, readonly Role[]> };

const pair = { coordinator: ['coordinator'], signatory: ['signatory'] } as const satisfies Record<string, Role[]>;

/** Made-up insurers; the first three are named in the README, the others carry the states that a round can be in. */
export const demoInsurers: readonly DemoOrganisation[] = [
  {
    name: 'Duinrand Verzekeringen',
    domain: 'duinrand.example',
    number: 'V-1001',
    roles: { reader: ['reader'], contributor: ['contributor'], ...pair },
  },
  { name: 'Waterkant Schade', domain: 'waterkant.example', number: 'V-1002', roles: pair },
  { name: 'Lindehof Onderlinge', domain: 'lindehof.example', number: 'V-1003', roles: pair },
  { name: 'Kustwacht Verzekeringen', domain: 'kustwacht.example', number: 'V-1004', roles: pair },
  { name: 'Polderhuis Schade', domain: 'polderhuis.example', number: 'V-1005', roles: pair },
  { name: 'Eikendaal Onderlinge', domain: 'eikendaal.example', number: 'V-1006', roles: pair },
  { name: 'Meerzicht Schade', domain: 'meerzicht.example', number: 'V-1007', roles: pair },
  { name: 'Vlietstede Verzekeringen', domain: 'vlietstede.example', number: 'V-1008', roles: pair },
  { name: 'Heidezicht Verzekeringen', domain: 'heidezicht.example', number: 'V-1009', roles: pair },
  { name: 'Stroomdal Schade', domain: 'stroomdal.example', number: 'V-1010', roles: pair },
  { name: 'Veldhoek Mutueel', domain: 'veldhoek.example', number: 'V-1011', roles: pair },
  { name: 'Torenwijk Verzekeringen', domain: 'torenwijk.example', number: 'V-1012', roles: pair },
];

/** The made-up supervisor and its staff. */
export const demoSupervisor: DemoOrganisation = {
  name: 'Toezichthouder',
  domain: 'toezicht.example',
  number: 'T-1',
  roles: {
    reviewer: ['reviewer'],
    reviewer2: ['reviewer'],
    lead: ['lead'],
    administrator: ['administrator'],
    auditor: ['auditor'],
  },
};

/** Every account with its organisation and role, for the sign-in page and the start command. */
export function demoAccounts() {
  return [...demoInsurers, demoSupervisor].map(({ name, domain, roles }) => ({
    organisation: name,
    accounts: Object.entries(roles).map(([login, held]) => ({ email: `${login}@${domain}`, roles: held })),
  }));
}
