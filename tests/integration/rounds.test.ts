import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { makeOrganisation, makePerson, makeRound, type Organisation, type Person } from '#db/seed/builders.ts';
import { platformContext } from '#services/context.ts';
import { importFramework } from '#services/frameworks/import-framework.ts';
import { addParticipant } from '#services/rounds/add-participant.ts';
import { getNewRound } from '#services/rounds/get-new-round.ts';
import { getRound } from '#services/rounds/get-round.ts';
import { listRounds } from '#services/rounds/list-rounds.ts';
import { openRound } from '#services/rounds/open-round.ts';
import { type SaveRoundInput, saveRound, saveRoundInput } from '#services/rounds/save-round.ts';
import { testDatabase } from '../support/database.ts';
import { normSource } from '../support/frameworks.ts';

const database = testDatabase();
const frameworkRef = 'afm-claimafhandeling@2016-2017';
const now = new Date('2026-11-22T10:00:00Z');
let administrator: Person;
let lead: Person;
let reviewer: Person;
let outsider: Person;
let auditor: Person;
let coordinator: Person;
let insurers: Organisation[];

beforeAll(async () => {
  const supervisor = await makeOrganisation(database.db, {
    kind: 'supervisor',
    name: 'Toezicht',
    number: 'T-1',
    at: now,
  });
  insurers = await Promise.all(
    ['Anker', 'Boei', 'Compas', 'Dreg'].map((name) =>
      makeOrganisation(database.db, { kind: 'insurer', name, number: `V-${name}`, at: now }),
    ),
  );
  const person = (organisation: Organisation, login: string, ...roles: Person['roles']) =>
    makePerson(database.db, {
      organisation,
      email: `${login}@proef.example`,
      name: login,
      roles,
      passwordHash: 'none',
      at: now,
    });
  [administrator, lead, reviewer, outsider, auditor, coordinator] = await Promise.all([
    person(supervisor, 'administrator', 'administrator'),
    person(supervisor, 'lead', 'lead'),
    person(supervisor, 'reviewer', 'reviewer'),
    person(supervisor, 'outsider', 'reviewer'),
    person(supervisor, 'auditor', 'auditor'),
    person(insurers[0] as Organisation, 'coordinator', 'coordinator'),
  ]);
});

const as = (actor: Person, at = now) => ({ actor, db: database.db, now: at });
const idsOf = (...names: string[]) => insurers.filter(({ name }) => names.includes(name)).map(({ id }) => id);

function settings(changes: Record<string, unknown> = {}): SaveRoundInput {
  return saveRoundInput.parse({
    roundId: randomUUID(),
    frameworkRef,
    name: `Ronde ${randomUUID()}`,
    productScope: 'Motorrijtuigen',
    periodFrom: '2025-01-01',
    periodTo: '2025-12-31',
    opensOn: '2026-11-22',
    deadlineOn: '2027-01-15',
    decisionsDueOn: '2027-04-01',
    contactMailbox: 'ronde@toezicht.example',
    retainUntil: '2034-12-31',
    ...changes,
  });
}

async function saved(changes: Record<string, unknown> = {}) {
  const input = settings(changes);
  await saveRound(as(administrator), input);
  return input;
}

describe('setting up a round', () => {
  it('keeps its terms as instants in Dutch time, with a hearing and four eyes unless said otherwise', async () => {
    const { roundId } = await saved();
    const round = await getRound(as(administrator), { roundId });
    expect(round.deadlineAt.toISOString()).toBe('2027-01-15T22:59:59.000Z');
    expect(round.opensAt.toISOString()).toBe('2026-11-21T23:00:00.000Z');
    expect(round).toMatchObject({ deadlineOn: '2027-01-15', hearing: true, fourEyes: true, minimumForMean: 5 });
  });

  it('admits every reviewer and lead unless some are named, and can take one away again', async () => {
    const input = await saved();
    const admitted = async () => {
      const { reviewers } = await getRound(as(administrator), { roundId: input.roundId });
      return reviewers.filter((option) => option.admitted).map((option) => option.name);
    };
    expect(await admitted()).toEqual(['lead', 'outsider', 'reviewer']);
    await saveRound(as(administrator), { ...input, reviewers: [reviewer.userId] });
    expect(await admitted()).toEqual(['reviewer']);
    await saveRound(as(administrator), { ...input, reviewers: [reviewer.userId, lead.userId] });
    expect(await admitted()).toEqual(['lead', 'reviewer']);
  });

  it('keeps which sections it carries and why, as its form posts them, until it opens', async () => {
    const reason = 'Vorig jaar door een ander gemeten.';
    const input = await saved({
      carry: ['', 'V', 'II'],
      'carryReason.V': ` ${reason} `,
      'carryReason.II': 'Gelijk gebleven.',
    });
    const carriedNow = async () => (await getRound(as(administrator), { roundId: input.roundId })).carriedSections;
    expect(await carriedNow()).toEqual([
      { sectionKey: 'V', reason },
      { sectionKey: 'II', reason: 'Gelijk gebleven.' },
    ]);
    await saveRound(as(administrator), { ...input, carriedSections: [{ sectionKey: 'V', reason }] });
    expect(await carriedNow()).toEqual([{ sectionKey: 'V', reason }]);
    // A form that ticks none posts an empty one: nothing is carried any more.
    await saveRound(as(administrator), { ...input, carriedSections: settings({ carry: [''] }).carriedSections });
    expect(await carriedNow()).toEqual([]);
    await openRound(as(administrator), { roundId: input.roundId, organisationIds: idsOf('Anker') });
    await expect(saveRound(as(administrator), input)).rejects.toMatchObject({ because: ['round_open'] });
  });

  it('names the other versions of the framework of which a carried section reads the same', async () => {
    const changed = JSON.stringify(parse(normSource), (key, value) => {
      if (key === 'edition') return '2018-2019';
      return value?.key === 'II.2.a' ? { ...value, text: { ...value.text, nl: 'Elk jaar is er een audit.' } } : value;
    });
    await importFramework(platformContext(database.db, now), { document: changed });
    const input = await saved({
      frameworkRef: 'afm-claimafhandeling@2018-2019',
      carry: ['V', 'II'],
      'carryReason.V': 'Gelijk gebleven.',
      'carryReason.II': 'Gelijk gebleven.',
    });
    const { carriedSections } = await getRound(as(administrator), { roundId: input.roundId });
    expect(carriedSections).toEqual([
      { sectionKey: 'V', reason: 'Gelijk gebleven.', from: ['afm-claimafhandeling@2016-2017'] },
      { sectionKey: 'II', reason: 'Gelijk gebleven.' },
    ]);
  });

  it.each([
    ['a reason of spaces', { carry: ['V'], 'carryReason.V': '   ' }, 'reason_missing'],
    ['a reason that is too long', { carry: ['V'], 'carryReason.V': 'x'.repeat(501) }, 'reason_too_long'],
    ['a section that the framework has not', { carry: ['VI'], 'carryReason.VI': 'Zo.' }, 'unknown_section'],
    ['a section twice', { carry: ['V', 'V'], 'carryReason.V': 'Zo.' }, 'unknown_section'],
    [
      'nothing that is measured',
      Object.assign(
        { carry: ['I', 'II', 'III', 'IV', 'V'] },
        ...['I', 'II', 'III', 'IV', 'V'].map((key) => ({ [`carryReason.${key}`]: 'Zo.' })),
      ),
      'nothing_measured',
    ],
  ])('carries nothing with %s', async (_, posted, fault) => {
    await expect(saveRound(as(administrator), settings(posted))).rejects.toMatchObject({
      code: 'invalid',
      detail: { carriedSections: fault },
    });
  });

  it('can be repeated and changed before it opens', async () => {
    const input = await saved();
    await saveRound(as(administrator), input);
    await saveRound(as(administrator), { ...input, productScope: 'Woonhuis' });
    expect(await getRound(as(administrator), { roundId: input.roundId })).toMatchObject({ productScope: 'Woonhuis' });
  });

  it('says of every day that is out of order which one it is', async () => {
    const wrong = settings({
      periodTo: '2024-12-31',
      deadlineOn: '2026-11-21',
      decisionsDueOn: '2026-11-20',
      retainUntil: '2026-11-01',
    });
    await expect(saveRound(as(administrator), wrong)).rejects.toMatchObject({
      code: 'invalid',
      detail: {
        periodTo: 'before_start',
        deadlineOn: 'before_opening',
        decisionsDueOn: 'before_deadline',
        retainUntil: 'before_decisions',
      },
    });
  });

  it('refuses a deadline that is over, an unknown framework, nobody to review, and somebody who reviews nothing', async () => {
    const refused = (changes: Record<string, unknown>) => saveRound(as(administrator), settings(changes));
    await expect(refused({ opensOn: '2026-11-01', deadlineOn: '2026-11-21' })).rejects.toMatchObject({
      detail: { deadlineOn: 'over' },
    });
    await expect(refused({ frameworkRef: 'none@1' })).rejects.toMatchObject({ detail: { frameworkRef: 'unknown' } });
    await expect(refused({ reviewers: [''] })).rejects.toMatchObject({ detail: { reviewers: 'none_chosen' } });
    await expect(refused({ reviewers: [auditor.userId] })).rejects.toMatchObject({ detail: { reviewers: 'unknown' } });
  });

  it('never goes under the floor of the sector figures', () => {
    for (const field of ['minimumForMean', 'minimumForSpread', 'minimumChanged']) {
      expect(saveRoundInput.safeParse({ ...settings(), [field]: '2' }).error?.issues[0]?.path).toEqual([field]);
    }
  });

  it('refuses a name that the framework already has in another round', async () => {
    const { name } = await saved();
    await expect(saveRound(as(administrator), settings({ name }))).rejects.toMatchObject({ detail: { name: 'taken' } });
  });

  it('is for the administrator only', async () => {
    for (const actor of [lead, reviewer, auditor, coordinator]) {
      await expect(saveRound(as(actor), settings())).rejects.toMatchObject({ code: /forbidden|not_found/ });
      await expect(getNewRound(as(actor), {})).rejects.toMatchObject({ code: /forbidden|not_found/ });
    }
  });
});

describe('opening a round', () => {
  it('makes a draft with its own reference for each insurer, and freezes the framework', async () => {
    const { roundId } = await saved();
    const { assessments } = await openRound(as(administrator), { roundId, organisationIds: idsOf('Anker', 'Boei') });
    expect(assessments).toHaveLength(2);
    for (const { reference } of assessments) expect(reference).toMatch(/^TR-2026-\d{4}$/);
    expect(new Set(assessments.map(({ reference }) => reference)).size).toBe(2);
    const round = await getRound(as(administrator), { roundId });
    expect(round.openedAt).toEqual(now);
    expect(round.participants.map(({ name }) => name)).toEqual(['Anker', 'Boei']);
    expect(round.candidates.map(({ name }) => name)).toEqual(['Compas', 'Dreg']);
    const changed = normSource.replace('edition: "2016-2017"', 'edition: "2016-2017" ');
    await expect(importFramework(as(administrator), { document: changed })).rejects.toMatchObject({
      because: ['framework_frozen'],
    });
  });

  it('writes the step and the chain of each assessment', async () => {
    const { assessments } = await makeRound(database.db, {
      administrator,
      frameworkRef,
      organisations: insurers,
      now,
    });
    const ids = [...assessments.values()].map(({ id }) => `assessment:${id}`);
    const rows = await database.db.transaction(async (tx) => {
      await tx.execute(sql`set local role trede_supervisor`);
      return tx.execute(sql`select action, sequence::int from audit_events where stream in ${ids}`);
    });
    expect([...rows]).toEqual(ids.map(() => ({ action: 'assessment.open', sequence: 1 })));
  });

  it('gives the same assessments when it is repeated, and refuses other insurers or other settings', async () => {
    const input = await saved();
    const { roundId } = input;
    const organisationIds = idsOf('Anker', 'Boei');
    const first = await openRound(as(administrator), { roundId, organisationIds });
    const again = await openRound(as(administrator), { roundId, organisationIds });
    expect(new Set(again.assessments.map(({ id }) => id))).toEqual(new Set(first.assessments.map(({ id }) => id)));
    const refusal = { code: 'precondition', because: ['round_open'] };
    await expect(openRound(as(administrator), { roundId, organisationIds: idsOf('Compas') })).rejects.toMatchObject(
      refusal,
    );
    await expect(saveRound(as(administrator), input)).rejects.toMatchObject(refusal);
  });

  it('opens once when two do it at the same time', async () => {
    const { roundId } = await saved();
    const organisationIds = idsOf('Anker', 'Boei');
    const both = await Promise.all([1, 2].map(() => openRound(as(administrator), { roundId, organisationIds })));
    expect(new Set(both.flatMap(({ assessments }) => assessments.map(({ id }) => id))).size).toBe(2);
  });

  it('waits for its day of opening, and not for a deadline that is over', async () => {
    const later = await saved({ opensOn: '2026-11-23' });
    await expect(
      openRound(as(administrator), { roundId: later.roundId, organisationIds: idsOf('Anker') }),
    ).rejects.toMatchObject({ because: ['opens_later'] });
    const { roundId } = await saved();
    await expect(
      openRound(as(administrator, new Date('2027-01-15T23:00:00Z')), { roundId, organisationIds: idsOf('Anker') }),
    ).rejects.toMatchObject({ because: ['round_set'] });
  });

  it('needs insurers, changes nothing when one of them is none, and is for the administrator only', async () => {
    const { roundId } = await saved();
    const open = (actor: Person, organisationIds: string[]) => openRound(as(actor), { roundId, organisationIds });
    await expect(open(administrator, [])).rejects.toMatchObject({ detail: { organisationIds: 'none_chosen' } });
    await expect(open(administrator, [...idsOf('Anker'), administrator.organisationId])).rejects.toMatchObject({
      detail: { organisationIds: 'unknown' },
    });
    expect(await getRound(as(administrator), { roundId })).toMatchObject({ openedAt: null, participantCount: 0 });
    for (const actor of [lead, reviewer, auditor, coordinator]) {
      await expect(open(actor, idsOf('Anker'))).rejects.toMatchObject({ code: /forbidden|not_found/ });
    }
    await expect(
      openRound(as(administrator), { roundId: randomUUID(), organisationIds: idsOf('Anker') }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('adding an insurer to an open round', () => {
  it('gives it the deadline of the round, or its own, once', async () => {
    const { round } = await makeRound(database.db, {
      administrator,
      frameworkRef,
      organisations: insurers.slice(0, 1),
      now,
    });
    const add = (name: string, deadlineOn: string | null) =>
      addParticipant(as(administrator), { roundId: round.id, organisationId: idsOf(name)[0] as string, deadlineOn });
    const added = await add('Boei', null);
    expect((await add('Boei', null)).id).toBe(added.id);
    await add('Compas', '2027-03-01');
    const { participants, deadlineAt } = await getRound(as(administrator), { roundId: round.id });
    expect(participants.map(({ name, deadlineAt: own }) => [name, own.toISOString()])).toEqual([
      ['Anker', deadlineAt.toISOString()],
      ['Boei', deadlineAt.toISOString()],
      ['Compas', '2027-03-01T22:59:59.000Z'],
    ]);
  });

  it('needs a deadline of its own once that of the round is over', async () => {
    const { round } = await makeRound(database.db, {
      administrator,
      frameworkRef,
      organisations: insurers.slice(0, 1),
      now,
    });
    const after = as(administrator, new Date('2027-06-01T10:00:00Z'));
    const organisationId = idsOf('Boei')[0] as string;
    await expect(addParticipant(after, { roundId: round.id, organisationId, deadlineOn: null })).rejects.toMatchObject({
      detail: { deadlineOn: 'round_over' },
    });
    await addParticipant(after, { roundId: round.id, organisationId, deadlineOn: '2027-07-01' });
  });

  it('waits until the round is open', async () => {
    const { roundId } = await saved();
    await expect(
      addParticipant(as(administrator), { roundId, organisationId: idsOf('Boei')[0] as string, deadlineOn: null }),
    ).rejects.toMatchObject({ because: ['round_not_open'] });
  });
});

describe('reading rounds', () => {
  it('shows all rounds to everybody at the supervisor, and to no insurer', async () => {
    const { roundId } = await saved();
    for (const actor of [administrator, lead, reviewer, auditor]) {
      const { rounds, mayManage } = await listRounds(as(actor), {});
      expect(rounds.map(({ id }) => id)).toContain(roundId);
      expect(mayManage).toBe(actor === administrator);
    }
    await expect(listRounds(as(coordinator), {})).rejects.toMatchObject({ code: 'not_found' });
    await expect(getRound(as(coordinator), { roundId })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('shows participants only to those who may know of them', async () => {
    const { round } = await makeRound(database.db, {
      administrator,
      frameworkRef,
      organisations: insurers,
      now,
      settings: { reviewers: [reviewer.userId] },
    });
    const names = async (actor: Person) => {
      const { participants, candidates, reviewers } = await getRound(as(actor), { roundId: round.id });
      if (actor !== administrator) expect([...candidates, ...reviewers]).toEqual([]);
      return participants.map(({ name }) => name);
    };
    const all = ['Anker', 'Boei', 'Compas', 'Dreg'];
    expect(await names(administrator)).toEqual(all);
    expect(await names(lead)).toEqual(all);
    expect(await names(reviewer)).toEqual(all);
    expect(await names(outsider)).toEqual([]);
    expect(await names(auditor)).toEqual([]);
  });

  it('says which insurers have nobody to fill in or to sign yet', async () => {
    const { roundId } = await saved();
    const { candidates } = await getRound(as(administrator), { roundId });
    expect(candidates.map(({ name, coordinator: fills, signatory: signs }) => [name, fills, signs])).toEqual([
      ['Anker', true, false],
      ['Boei', false, false],
      ['Compas', false, false],
      ['Dreg', false, false],
    ]);
  });

  it('goes through participants a page at a time', async () => {
    const { round } = await makeRound(database.db, { administrator, frameworkRef, organisations: insurers, now });
    const after = idsOf('Boei')[0] as string;
    const { participants } = await getRound(as(administrator), { roundId: round.id, after });
    expect(participants.map(({ name }) => name)).toEqual(['Compas', 'Dreg']);
  });
});
