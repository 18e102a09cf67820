import { beforeAll, describe, expect, it } from 'vitest';
import { makeOrganisation, makePerson, makeRound, type Person } from '#db/seed/builders.ts';
import type { Role } from '#domain/policy.ts';
import { getFramework } from '#services/frameworks/get-framework.ts';
import { importFramework } from '#services/frameworks/import-framework.ts';
import { listFrameworks } from '#services/frameworks/list-frameworks.ts';
import { previewFramework } from '#services/frameworks/preview-framework.ts';
import { fillFrameworks } from '../../scripts/fill.ts';
import { testDatabase } from '../support/database.ts';
import { normSource } from '../support/frameworks.ts';

const database = testDatabase();
const now = new Date('2026-11-22T10:00:00Z');
const shipped = 'afm-claimafhandeling@2016-2017';
const newer = normSource.replace('edition: "2016-2017"', 'edition: "2017-2018"');
let people: Record<'administrator' | 'lead' | 'reviewer' | 'auditor' | 'reader', Person>;

beforeAll(async () => {
  const supervisor = await makeOrganisation(database.db, { kind: 'supervisor', name: 'T', number: 'T-1', at: now });
  const insurer = await makeOrganisation(database.db, { kind: 'insurer', name: 'V', number: 'V-1', at: now });
  const person = (role: Role) =>
    makePerson(database.db, {
      organisation: role === 'reader' ? insurer : supervisor,
      email: `${role}@proef.example`,
      name: role,
      roles: [role],
      passwordHash: 'none',
      at: now,
    });
  const [administrator, lead, reviewer, auditor, reader] = await Promise.all([
    person('administrator'),
    person('lead'),
    person('reviewer'),
    person('auditor'),
    person('reader'),
  ]);
  people = { administrator, lead, reviewer, auditor, reader };
});

const as = (actor: Person) => ({ actor, db: database.db, now });

describe('reading a framework', () => {
  it('is for everybody who is signed in, whole and in the words of the norm', async () => {
    for (const actor of Object.values(people)) {
      const framework = await getFramework(as(actor), { ref: shipped });
      expect(framework.sections.map(({ key, criteria }) => [key, criteria.length])).toEqual([
        ['I', 13],
        ['II', 8],
        ['III', 9],
        ['IV', 9],
        ['V', 5],
      ]);
      expect(framework.reading.map(({ about }) => about)).toContain('fulfilledBy');
      // What only this framework reads so has its name there, and not among the words of the product.
      expect(framework.reading.find(({ about }) => about === 'sectionV')?.title?.nl).toBe(
        'De criteria van onderdeel V',
      );
      expect((await listFrameworks(as(actor), {})).frameworks.map(({ ref }) => ref)).toContain(shipped);
    }
  });

  it('knows no framework that is not there', async () => {
    await expect(getFramework(as(people.reader), { ref: 'none@1' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the preview of a document', () => {
  const preview = (document: string, actor = people.administrator) => previewFramework(as(actor), { document });

  it('says what it holds and what importing it would do, and writes nothing', async () => {
    expect(await preview(newer)).toMatchObject({ ref: 'afm-claimafhandeling@2017-2018', criteria: 44, becomes: 'new' });
    expect((await listFrameworks(as(people.administrator), {})).frameworks).toHaveLength(1);
    const held = await preview(normSource);
    expect(held.becomes).toBe('same');
    expect(held.sections[0]).toMatchObject({ key: 'I', perLevel: [4, 4, 3, 2], derived: 0 });
    expect(held.sections[4]).toMatchObject({ key: 'V', derived: 5 });
    expect(await preview(`${normSource}\n`)).toMatchObject({ becomes: 'replaces' });
  });

  it('names every fault with its key and its line', async () => {
    const broken = normSource.replace('fulfilledBy: [III.3.a]', 'fulfilledBy: [III.9.z]');
    const line = broken.split('\n').findIndex((text) => text.includes('III.9.z')) + 1;
    expect(line).toBeGreaterThan(1);
    await expect(preview(broken)).rejects.toMatchObject({
      code: 'invalid',
      detail: { faults: [{ key: 'III.2.a', line }] },
    });
    await expect(preview('key: [')).rejects.toMatchObject({ code: 'invalid' });
  });

  it('is for the administrator only', async () => {
    for (const actor of [people.lead, people.reviewer, people.auditor, people.reader]) {
      await expect(preview(newer, actor)).rejects.toMatchObject({ code: /forbidden|not_found/ });
    }
  });

  it('imports what it showed, once', async () => {
    expect(await importFramework(as(people.administrator), { document: newer })).toEqual({
      ref: 'afm-claimafhandeling@2017-2018',
    });
    await importFramework(as(people.administrator), { document: newer });
    expect(await preview(newer)).toMatchObject({ becomes: 'same' });
    expect((await listFrameworks(as(people.administrator), {})).frameworks).toHaveLength(2);
  });
});

describe('filling the platform again', () => {
  it('leaves an edition that a round uses as it was, whatever the repository says of it since', async () => {
    const { administrator } = people;
    await importFramework(as(administrator), { document: `${normSource}\n# Anders.\n` });
    const { sha256 } = await getFramework(as(administrator), { ref: shipped });
    const insurer = await makeOrganisation(database.db, { kind: 'insurer', name: 'W', number: 'W-1', at: now });
    await makeRound(database.db, { administrator, frameworkRef: shipped, organisations: [insurer], now });
    await fillFrameworks(database.db);
    expect((await getFramework(as(administrator), { ref: shipped })).sha256).toBe(sha256);
  });
});
