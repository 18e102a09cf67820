import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Database, openListener } from '#db/client.ts';
import { memberships, sessions } from '#db/schema/identity.ts';
import { presences } from '#db/schema/teamwork.ts';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { recordEvent } from '#services/audit.ts';
import { inTransaction } from '#services/context.ts';
import { announceThrough } from '#services/live/announce.ts';
import { type Change, changeChannel, unpackChanges } from '#services/live/change.ts';
import { openPresence } from '#services/live/open-presence.ts';
import { savePresence } from '#services/live/save-presence.ts';
import { makeStreamHub, type Stream, type StreamEvent, type StreamHub } from '#services/live/stream-hub.ts';
import { openCountedDatabase } from '../support/counting-proxy.ts';
import { testDatabase } from '../support/database.ts';
import { as, contextOf, type Insurer, makeInsurer, setState } from '../support/insurer-work.ts';
import { insertSession } from '../support/session.ts';

const database = testDatabase();
let insurer: Insurer;
let other: Insurer;
const hubs: StreamHub[] = [];

beforeAll(async () => {
  announceThrough(database.db);
  [insurer, other] = await Promise.all([makeInsurer(database.db), makeInsurer(database.db)]);
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()));
});

/** What one process of the platform holds; each has a listening connection of its own. */
function hubOf(options: { beatEvery?: number; db?: Database } = {}): StreamHub {
  const hub = makeStreamHub({
    db: options.db ?? database.db,
    listen: (channel, on) => openListener(database.url, channel, on),
    idleMinutes: 30,
    beatEvery: options.beatEvery ?? 60_000,
  });
  hubs.push(hub);
  return hub;
}

type Heard = { stream: Stream; events: StreamEvent[]; ended: () => boolean; of: (kind: string) => StreamEvent[] };

/** Opens a page of a person in a process. */
async function openPage(
  hub: StreamHub,
  of: Insurer,
  role: keyof Insurer['people'],
  criterionKey: string | null = null,
): Promise<Heard> {
  const person = of.people[role];
  const { sessionId } = await insertSession(database.db, person.email);
  const presenceId = randomUUID();
  const events: StreamEvent[] = [];
  let ended = false;
  const stream: Stream = {
    presenceId,
    assessmentId: of.assessmentId,
    userId: person.userId,
    sessionId,
    tell: (event) => events.push(event),
    end: () => {
      ended = true;
      hub.leave(stream);
    },
  };
  const readAt = new Date();
  const opened = await openPresence(contextOf(database.db, person, readAt), {
    assessmentId: of.assessmentId,
    presenceId,
    criterionKey,
    readAt,
  });
  events.push({ kind: 'present', data: [...opened.colleagues] });
  await hub.join(stream);
  return { stream, events, ended: () => ended, of: (kind) => events.filter((event) => event.kind === kind) };
}

const versions = new Map<string, number>();

/** Saves an answer of the contributor, as the page does. */
async function save(of: Insurer, criterionKey: string, explanation: string) {
  const key = `${of.assessmentId} ${criterionKey}`;
  const version = versions.get(key) ?? 0;
  const ctx = contextOf(database.db, of.people.contributor, new Date());
  const saved = await saveAnswer(ctx, {
    assessmentId: of.assessmentId,
    criterionKey,
    version,
    response: 'partly',
    explanation,
  });
  versions.set(key, saved.version);
}

describe('what is announced', () => {
  let heard: Change[] = [];
  let payloads: string[] = [];
  let close: () => Promise<void>;
  beforeAll(async () => {
    close = await openListener(database.url, changeChannel, {
      onMessage: (payload) => {
        payloads.push(payload);
        heard.push(...unpackChanges(payload));
      },
      onListening: () => {},
    });
  });
  afterAll(() => close());
  afterEach(() => {
    heard = [];
    payloads = [];
  });

  it('a save is, with codes and ids alone', async () => {
    await save(insurer, 'I.2.a', 'Een tekst die niemand anders mag horen.');
    await vi.waitFor(() => expect(heard.filter(({ what }) => what === 'answer.save')).toHaveLength(1));
    expect(heard).toContainEqual({
      assessmentId: insurer.assessmentId,
      what: 'answer.save',
      criterionKey: 'I.2.a',
      version: versions.get(`${insurer.assessmentId} I.2.a`),
      userId: insurer.people.contributor.userId,
    });
    expect(payloads.join()).not.toContain('tekst');
  });

  it('nothing is of a change that was rolled back', async () => {
    const ctx = contextOf(database.db, insurer.people.contributor, new Date());
    const undone = inTransaction(ctx, async (tx) => {
      await recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'answer.undone',
        organisationId: ctx.actor.organisationId,
        assessmentId: insurer.assessmentId,
      });
      throw new Error('something after it failed');
    });
    await expect(undone).rejects.toThrow('something after it failed');
    // What is saved after it is heard after it.
    await save(insurer, 'I.2.b', 'Hierna.');
    await vi.waitFor(() => expect(heard.map(({ what }) => what)).toContain('answer.save'));
    expect(heard.map(({ what }) => what)).not.toContain('answer.undone');
  });

  it('many saves are told together', async () => {
    const keys = ['II.2.a', 'II.2.b', 'II.3.a', 'II.3.b', 'II.3.c', 'II.4.a', 'II.4.b', 'II.5.a'];
    for (const key of keys) await save(other, key, 'Samen verteld.');
    const saves = () => heard.filter(({ what }) => what === 'answer.save');
    await vi.waitFor(() => expect(saves()).toHaveLength(keys.length));
    expect(payloads.length).toBeLessThan(keys.length);
  });

  it('of the supervisor nobody is named', async () => {
    const ctx = contextOf(database.db, {
      ...insurer.people.contributor,
      organisationKind: 'supervisor',
      roles: ['lead'],
    });
    await inTransaction(ctx, (tx) =>
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'term.extend',
        assessmentId: insurer.assessmentId,
      }),
    );
    await vi.waitFor(() => expect(heard.map(({ what }) => what)).toContain('term.extend'));
    expect(heard.find(({ what }) => what === 'term.extend')?.userId).toBeNull();
  });
});

describe('an open page', () => {
  it('hears in one process what is saved in another', async () => {
    const [first, second] = [hubOf(), hubOf()];
    const [here, there] = [await openPage(first, insurer, 'coordinator'), await openPage(second, insurer, 'signatory')];
    await save(insurer, 'III.2.a', 'Beide processen horen dit.');
    for (const page of [here, there]) {
      await vi.waitFor(() =>
        expect(page.of('change')).toContainEqual({
          kind: 'change',
          data: expect.objectContaining({ what: 'answer.save', criterionKey: 'III.2.a' }),
        }),
      );
    }
  });

  it('hears nothing of another insurer, and nothing of an unsent verdict', async () => {
    const hub = hubOf();
    const page = await openPage(hub, insurer, 'coordinator');
    await save(other, 'III.2.b', 'Van een ander.');
    const ctx = contextOf(database.db, {
      ...insurer.people.reader,
      organisationKind: 'supervisor',
      roles: ['reviewer'],
    });
    await inTransaction(ctx, (tx) =>
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'verdict.decide',
        assessmentId: insurer.assessmentId,
        detail: { criterionKey: 'I.2.a' },
      }),
    );
    await save(insurer, 'III.2.b', 'Van ons.');
    await vi.waitFor(() => expect(page.of('change')).toHaveLength(1));
    expect(page.of('change')[0]?.data).toMatchObject({ what: 'answer.save', criterionKey: 'III.2.b' });
  });

  it('hears again what it may have missed when the listening connection was lost', async () => {
    const hub = hubOf({ beatEvery: 100 });
    const page = await openPage(hub, insurer, 'coordinator');
    await killListeners(database.superuserUrl);
    await vi.waitFor(() => expect(page.of('missed').length).toBeGreaterThan(0), { timeout: 10_000 });
    const before = page.of('missed').length;
    await save(insurer, 'III.3.a', 'Na het herstel.');
    // On a slow machine a proof can come too late once more: then the page reads itself again instead.
    const heard = () => page.of('change').length + page.of('missed').length - before;
    await vi.waitFor(() => expect(heard()).toBeGreaterThan(0), { timeout: 10_000 });
  }, 30_000);

  it('ends when its session is revoked, and others stay', async () => {
    const hub = hubOf();
    const [gone, stays] = [await openPage(hub, insurer, 'reader'), await openPage(hub, insurer, 'signatory')];
    await hub.beat();
    expect(gone.ended()).toBe(false);
    await as(database.db, 'trede_system', (tx) =>
      tx.update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.id, gone.stream.sessionId)),
    );
    await hub.beat();
    expect(gone.ended()).toBe(true);
    expect(gone.of('over')).toHaveLength(1);
    expect(stays.ended()).toBe(false);
  });

  it('ends when the person is no member any more', async () => {
    const hub = hubOf();
    const leaving = await makeInsurer(database.db);
    const page = await openPage(hub, leaving, 'contributor');
    await as(database.db, 'trede_administrator', (tx) =>
      tx
        .update(memberships)
        .set({ endedAt: new Date() })
        .where(eq(memberships.id, leaving.people.contributor.membershipId)),
    );
    await hub.beat();
    expect(page.ended()).toBe(true);
  });

  it('is one of a bounded number for each person', async () => {
    const hub = makeStreamHub({ db: database.db, listen: async () => async () => {}, idleMinutes: 30, mostPerUser: 2 });
    hubs.push(hub);
    const [{ userId }, { userId: colleague }] = [insurer.people.coordinator, insurer.people.reader];
    await openPage(hub, insurer, 'coordinator');
    expect(hub.hasRoom(userId)).toBe(true);
    await openPage(hub, insurer, 'coordinator');
    expect(hub.hasRoom(userId)).toBe(false);
    expect(hub.hasRoom(colleague)).toBe(true);
  });

  it('asks and says for all open pages in as many statements as for one', async () => {
    const few = await statementsOfBeat(1);
    expect(few).toHaveLength(3);
    expect(await statementsOfBeat(6)).toHaveLength(few.length);
  });
});

describe('who is there', () => {
  it('is seen by a colleague on the same criterion, in another process, until the page closes', async () => {
    const [first, second] = [hubOf(), hubOf()];
    const team = await makeInsurer(database.db);
    const hers = await openPage(first, team, 'coordinator', 'IV.2.a');
    const his = await openPage(second, team, 'contributor', 'IV.2.a');
    await vi.waitFor(() => expect(lastPresent(hers)).toEqual([onCriterion(team, 'contributor', 'IV.2.a', false)]));
    expect(lastPresent(his)).toEqual([onCriterion(team, 'coordinator', 'IV.2.a', false)]);

    await savePresence(contextOf(database.db, team.people.contributor, new Date()), {
      assessmentId: team.assessmentId,
      presenceId: his.stream.presenceId,
      editing: true,
    });
    await vi.waitFor(() => expect(lastPresent(hers)).toEqual([onCriterion(team, 'contributor', 'IV.2.a', true)]));
    his.stream.end();
    await vi.waitFor(() => expect(lastPresent(hers)).toEqual([]));
  });

  it('stands on the page as the server draws it', async () => {
    const hub = hubOf();
    const team = await makeInsurer(database.db);
    await openPage(hub, team, 'coordinator', 'IV.2.a');
    const of = { assessmentId: team.assessmentId, criterionKey: 'IV.2.a' };
    const his = await getCriterion(contextOf(database.db, team.people.contributor, new Date()), of);
    expect(his.colleagues).toEqual([onCriterion(team, 'coordinator', 'IV.2.a', false)]);
    const own = await getCriterion(contextOf(database.db, team.people.coordinator, new Date()), of);
    expect(own.colleagues).toEqual([]);
    const later = new Date(Date.now() + 120_000);
    expect((await getCriterion(contextOf(database.db, team.people.contributor, later), of)).colleagues).toEqual([]);
  });

  it('is said for an own page only', async () => {
    const hub = hubOf();
    const team = await makeInsurer(database.db);
    const hers = await openPage(hub, team, 'coordinator', 'IV.2.a');
    await savePresence(contextOf(database.db, team.people.contributor, new Date()), {
      assessmentId: team.assessmentId,
      presenceId: hers.stream.presenceId,
      editing: true,
    });
    const rows = await as(database.db, 'trede_system', (tx) =>
      tx.select().from(presences).where(eq(presences.id, hers.stream.presenceId)),
    );
    expect(rows.map(({ editing }) => editing)).toEqual([false]);
  });

  it('says that a page is stale when a colleague saved since it was read', async () => {
    const team = await makeInsurer(database.db);
    const readAt = new Date();
    const open = () =>
      openPresence(contextOf(database.db, team.people.coordinator, new Date()), {
        assessmentId: team.assessmentId,
        presenceId: randomUUID(),
        criterionKey: null,
        readAt,
      });
    expect((await open()).stale).toBe(false);
    await save(team, 'V.2.a', 'Terwijl de bladzijde openging.');
    expect((await open()).stale).toBe(true);
  });

  it('is also told after the assessment was submitted', async () => {
    const team = await makeInsurer(database.db);
    await setState(database.db, team, 'submitted');
    const page = await openPage(hubOf(), team, 'reader');
    expect(page.ended()).toBe(false);
  });
});

const lastPresent = (page: Heard) => page.of('present').at(-1)?.data;

function onCriterion(team: Insurer, role: keyof Insurer['people'], criterionKey: string, editing: boolean) {
  const { userId } = team.people[role];
  return { userId, name: `${role} ${team.organisation.name}`, criterionKey, editing };
}

async function killListeners(url: string) {
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  await admin`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'trede listener' and datname = current_database()`;
  await admin.end();
}

/** What one beat sends with so many pages open. */
async function statementsOfBeat(pages: number): Promise<readonly string[]> {
  const counted = await openCountedDatabase(database.url, 0);
  const hub = hubOf({ db: counted.db });
  const team = await makeInsurer(database.db);
  for (let page = 0; page < pages; page++) await openPage(hub, team, 'coordinator');
  await hub.beat();
  const { statements } = await counted.count(() => hub.beat());
  await hub.close();
  await counted.close();
  // Who is there is read when a page opens, not with a beat.
  return statements.filter((text) => !/^select .* from "presences"/.test(text));
}
