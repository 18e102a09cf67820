import type { Role } from '#domain/policy.ts';

/** The password of every made-up account. */
export const demoPassword = 'trede-demo';

type DemoPerson = { name: string; roles: readonly Role[] };
type DemoOrganisation = { name: string; domain: string; number: string; people: Record<string, DemoPerson> };

/** Nobody of the demo is anybody: their names say so wherever they stand. */
const person = (name: string, role: Role): DemoPerson => ({ name: `${name} (verzonnen)`, roles: [role] });

const pair = (coordinator: string, signatory: string) => ({
  coordinator: person(coordinator, 'coordinator'),
  signatory: person(signatory, 'signatory'),
});

/** Made-up insurers; between them they carry the states that a round can be in, as the README lists. */
export const demoInsurers: readonly DemoOrganisation[] = [
  {
    name: 'Duinrand Verzekeringen',
    domain: 'duinrand.example',
    number: 'V-1001',
    people: {
      reader: person('Bram Tiggelaar', 'reader'),
      contributor: person('Yara Hoekzema', 'contributor'),
      ...pair('Noor Zijlstra', 'Hugo Brandsma'),
    },
  },
  {
    name: 'Waterkant Schade',
    domain: 'waterkant.example',
    number: 'V-1002',
    people: pair('Fenna Rijpkema', 'Casper Ooms'),
  },
  {
    name: 'Lindehof Onderlinge',
    domain: 'lindehof.example',
    number: 'V-1003',
    people: pair('Tijn Verheul', 'Marit Lubbers'),
  },
  {
    name: 'Kustwacht Verzekeringen',
    domain: 'kustwacht.example',
    number: 'V-1004',
    people: pair('Loes Wiarda', 'Rutger Noordam'),
  },
  {
    name: 'Polderhuis Schade',
    domain: 'polderhuis.example',
    number: 'V-1005',
    people: pair('Imane Bouali', 'Sytse Terpstra'),
  },
  {
    name: 'Eikendaal Onderlinge',
    domain: 'eikendaal.example',
    number: 'V-1006',
    people: pair('Gijs Havinga', 'Willemijn Stokvis'),
  },
  {
    name: 'Meerzicht Schade',
    domain: 'meerzicht.example',
    number: 'V-1007',
    people: pair('Roos Vennema', 'Dirk Schagen'),
  },
  {
    name: 'Vlietstede Verzekeringen',
    domain: 'vlietstede.example',
    number: 'V-1008',
    people: pair('Milan Kortekaas', 'Hedwig Poelstra'),
  },
  {
    name: 'Heidezicht Verzekeringen',
    domain: 'heidezicht.example',
    number: 'V-1009',
    people: pair('Aylin Demirel', 'Jacob Riemersma'),
  },
  {
    name: 'Stroomdal Schade',
    domain: 'stroomdal.example',
    number: 'V-1010',
    people: pair('Femke Dijkhuis', 'Olivier Brands'),
  },
  {
    name: 'Veldhoek Mutueel',
    domain: 'veldhoek.example',
    number: 'V-1011',
    people: pair('Teun Wolbers', 'Annelies Kramp'),
  },
  {
    name: 'Torenwijk Verzekeringen',
    domain: 'torenwijk.example',
    number: 'V-1012',
    people: pair('Jip Sandbergen', 'Karin Vlasblom'),
  },
  {
    name: 'Noorderhof Schade',
    domain: 'noorderhof.example',
    number: 'V-1013',
    people: pair('Ilse Grotenhuis', 'Bas Appelman'),
  },
  {
    name: 'Wilgenbos Onderlinge',
    domain: 'wilgenbos.example',
    number: 'V-1014',
    people: pair('Samir El Khatib', 'Josephine Tromp'),
  },
];

/** The made-up supervisor and its staff. */
export const demoSupervisor: DemoOrganisation = {
  name: 'Toezichthouder',
  domain: 'toezicht.example',
  number: 'T-1',
  people: {
    reviewer: person('Eva Lankhorst', 'reviewer'),
    reviewer2: person('Daan Wieringa', 'reviewer'),
    lead: person('Margriet Hofstee', 'lead'),
    administrator: person('Pieter Kuipers', 'administrator'),
    auditor: person('Selma Aydin', 'auditor'),
  },
};

/** The name of a person of the demo, by address. */
export function demoNameOf(email: string): string {
  const [login = '', domain] = email.split('@');
  const name = [...demoInsurers, demoSupervisor].find((team) => team.domain === domain)?.people[login]?.name;
  if (!name) throw new Error(`nobody in the demo has the address ${email}`);
  return name;
}

/** Every account with its organisation and role, for the sign-in page and the start command. */
export function demoAccounts() {
  return [...demoInsurers, demoSupervisor].map(({ name, domain, people }) => ({
    organisation: name,
    accounts: Object.entries(people).map(([login, { roles }]) => ({ email: `${login}@${domain}`, roles })),
  }));
}
