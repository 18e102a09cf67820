import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOrganisation, makePerson, type Person } from '#db/seed/builders.ts';
import { getSession } from '#services/sessions/get-session.ts';
import { hashPassword } from '#services/sessions/password.ts';
import { signIn } from '#services/sessions/sign-in.ts';
import { signOut } from '#services/sessions/sign-out.ts';
import { throttleSubjects } from '#services/sessions/throttle.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
const now = new Date('2026-11-22T10:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
let person: Person;
let superuser: postgres.Sql;

beforeAll(async () => {
  superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
  const organisation = await makeOrganisation(database.db, { kind: 'insurer', name: 'Proef', number: 'P-1', at: now });
  person = await makePerson(database.db, {
    organisation,
    email: 'Coordinator@Proef.example',
    name: 'Proefpersoon',
    roles: ['coordinator'],
    passwordHash: await hashPassword('een goed wachtwoord'),
    at: now,
  });
});
afterAll(() => superuser.end());

const enter = (email: string, password: string, at = now, address = '192.0.2.1') =>
  signIn({ db: database.db, now: at, address, sessionHours: 12 }, { email, password });
/** What the log says of an instant, in its order. */
const logged = async (at: Date) => {
  const rows = await superuser<{ action: string; detail: unknown }[]>`
    select action, detail from audit_events where at = ${at} and action like 'session.%' order by sequence`;
  return rows.map(({ action, detail }) => [action, detail]);
};
const read = (token: string, at = now) => getSession({ db: database.db, now: at, idleMinutes: 30 }, { token });

describe('signing in', () => {
  it('gives a session that says who acts, whatever the case of the address', async () => {
    const { token } = await enter('coordinator@proef.example', 'een goed wachtwoord');
    const session = await read(token);
    expect(session?.actor).toMatchObject({
      userId: person.userId,
      roles: ['coordinator'],
      organisationKind: 'insurer',
    });
  });

  it('refuses a wrong password and an unknown address in the same words', async () => {
    const refusal = { code: 'forbidden', because: ['credentials'] };
    await expect(enter('coordinator@proef.example', 'verkeerd')).rejects.toMatchObject(refusal);
    await expect(enter('niemand@proef.example', 'verkeerd')).rejects.toMatchObject(refusal);
  });

  it('makes an account wait after ten failures, also with the right password, and lets it in a quarter later', async () => {
    for (let failure = 0; failure < 10; failure++) {
      await enter('coordinator@proef.example', 'verkeerd', later(60), `192.0.2.${failure}`).catch(() => {});
    }
    await expect(enter('coordinator@proef.example', 'een goed wachtwoord', later(61))).rejects.toMatchObject({
      code: 'busy',
    });
    await expect(enter('coordinator@proef.example', 'een goed wachtwoord', later(76))).resolves.toHaveProperty('token');
  });

  it('writes each failure down with its account, where there is one', async () => {
    const at = later(2000);
    await enter('coordinator@proef.example', 'verkeerd', at).catch(() => {});
    await enter('niemand@proef.example', 'verkeerd', at).catch(() => {});
    expect(await logged(at)).toEqual([
      ['session.refuse', { accountId: person.userId }],
      ['session.refuse', { accountId: null }],
    ]);
  });

  it('writes down who has to wait, and who tries on, without the log growing with each try', async () => {
    const at = later(2100);
    for (let attempt = 0; attempt < 10 + 25; attempt++) {
      await enter('coordinator@proef.example', 'verkeerd', at, `192.0.2.${attempt}`).catch(() => {});
    }
    const account = { limit: 'account', accountId: person.userId };
    expect((await logged(at)).slice(9)).toEqual([
      ['session.refuse', { accountId: person.userId }],
      ['session.lock', account],
      ['session.turn_away', { ...account, turnedAway: 1 }],
      ['session.turn_away', { ...account, turnedAway: 10 }],
    ]);
    await expect(enter('coordinator@proef.example', 'een goed wachtwoord', later(2116))).resolves.toHaveProperty(
      'token',
    );
  });

  it('makes an address wait that tries many accounts, and writes that down; it keeps no account waiting', async () => {
    const at = later(2200);
    await enter('niemand1@proef.example', 'verkeerd', at, '198.51.100.7').catch(() => {});
    // As after 48 others.
    await superuser`update sign_in_throttles set failures = 49
      where subject = ${throttleSubjects('', '198.51.100.7').address ?? ''}`;
    await enter('niemand2@proef.example', 'verkeerd', at, '198.51.100.7').catch(() => {});
    for (let attempt = 0; attempt < 12; attempt++) {
      const turnedAway = enter('coordinator@proef.example', 'een goed wachtwoord', at, '198.51.100.7');
      await expect(turnedAway).rejects.toMatchObject({ code: 'busy' });
    }
    expect((await logged(at)).slice(2)).toEqual([
      ['session.lock', { limit: 'address', accountId: null }],
      ['session.turn_away', { limit: 'address', turnedAway: 1, accountId: person.userId }],
      ['session.turn_away', { limit: 'address', turnedAway: 10, accountId: person.userId }],
    ]);
    await expect(enter('coordinator@proef.example', 'een goed wachtwoord', at)).resolves.toHaveProperty('token');
  });
});

describe('a session', () => {
  it('is over at once when it is signed out', async () => {
    const { token } = await enter('coordinator@proef.example', 'een goed wachtwoord', later(120));
    await signOut({ db: database.db, now: later(121), actor: person }, { token });
    expect(await read(token, later(121))).toBeNull();
  });

  it('is over after half an hour without a request, and goes on with one', async () => {
    const { token } = await enter('coordinator@proef.example', 'een goed wachtwoord', later(200));
    expect(await read(token, later(225))).not.toBeNull();
    expect(await read(token, later(250))).not.toBeNull();
    expect(await read(token, later(281))).toBeNull();
  });

  it('is over after twelve hours, however busy', async () => {
    const { token } = await enter('coordinator@proef.example', 'een goed wachtwoord', later(300));
    for (let minute = 320; minute < 300 + 720; minute += 20) await read(token, later(minute));
    expect(await read(token, later(300 + 721))).toBeNull();
  });

  it('is unknown when its token was changed', async () => {
    const { token } = await enter('coordinator@proef.example', 'een goed wachtwoord', later(1200));
    expect(await read(`${token}x`, later(1200))).toBeNull();
  });
});
