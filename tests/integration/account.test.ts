import { beforeEach, describe, expect, it } from 'vitest';
import { makeOrganisation, makePerson, type Organisation, type Person } from '#db/seed/builders.ts';
import { changePassword } from '#services/sessions/change-password.ts';
import { endOtherSessions } from '#services/sessions/end-other-sessions.ts';
import { getAccount } from '#services/sessions/get-account.ts';
import { getSession } from '#services/sessions/get-session.ts';
import { hashPassword } from '#services/sessions/password.ts';
import { signIn } from '#services/sessions/sign-in.ts';
import { signOut } from '#services/sessions/sign-out.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
const now = new Date('2026-11-22T10:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const present = 'een goed wachtwoord';
const wanted = 'een ander goed wachtwoord';
let organisation: Organisation;
let person: Person;
let people = 0;

beforeEach(async () => {
  organisation ??= await makeOrganisation(database.db, { kind: 'insurer', name: 'Proef', number: 'P-1', at: now });
  person = await newPerson();
});

async function newPerson() {
  people += 1;
  return makePerson(database.db, {
    organisation,
    email: `persoon-${people}@proef.example`,
    name: 'Proefpersoon',
    roles: ['reader'],
    passwordHash: await hashPassword(present),
    at: now,
  });
}

const by = (actor = person, at = now) => ({ actor, db: database.db, now: at });
const read = (token: string, at = now) => getSession({ db: database.db, now: at, idleMinutes: 30 }, { token });

/** A browser in which the person signs in. */
async function enter(of = person, password = present, at = now) {
  const entering = { db: database.db, now: at, address: '192.0.2.1', sessionHours: 12 };
  const { token } = await signIn(entering, { email: of.email.toLowerCase(), password });
  const { sessionId = '' } = (await read(token, at)) ?? {};
  return { token, sessionId };
}

const change = (sessionId: string, currentPassword = present, newPassword = wanted) =>
  changePassword(by(), { currentPassword, newPassword, sessionId, email: person.email });

describe('changing one’s password', () => {
  it('lets in with the new one alone, and ends every other session of that person and of nobody else', async () => {
    const [here, elsewhere, colleague] = [await enter(), await enter(), await enter(await newPerson())];
    expect(await change(here.sessionId)).toEqual({ ended: 1 });
    expect(await read(here.token)).not.toBeNull();
    expect(await read(elsewhere.token)).toBeNull();
    expect(await read(colleague.token)).not.toBeNull();
    await expect(enter(person, present)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(enter(person, wanted)).resolves.toHaveProperty('token');
  });

  it('asks for the present one, and says at once what else is wrong', async () => {
    const { sessionId, token } = await enter();
    await expect(change(sessionId, 'verkeerd', 'kort')).rejects.toMatchObject({
      code: 'invalid',
      detail: { currentPassword: 'wrong', newPassword: 'too_short' },
    });
    await expect(change(sessionId, '', wanted)).rejects.toMatchObject({ detail: { currentPassword: 'wrong' } });
    await expect(change(sessionId, present, present)).rejects.toMatchObject({ detail: { newPassword: 'same' } });
    await expect(change(sessionId, present, person.email)).rejects.toMatchObject({
      detail: { newPassword: 'is_email' },
    });
    expect(await read(token)).not.toBeNull();
    await expect(enter(person, present)).resolves.toHaveProperty('token');
  });

  it('counts a wrong one as a failed sign-in, so that nobody guesses at an open desk', async () => {
    const { sessionId } = await enter();
    for (let failure = 0; failure < 10; failure++) await change(sessionId, 'verkeerd').catch(() => {});
    await expect(change(sessionId)).rejects.toMatchObject({ code: 'busy', because: ['too_many_attempts'] });
  });

  it('is not done from a session that has ended, or that is somebody else’s', async () => {
    const { sessionId, token } = await enter();
    const colleague = await enter(await newPerson());
    await signOut(by(), { token });
    for (const id of [sessionId, colleague.sessionId]) {
      await expect(change(id)).rejects.toMatchObject({ code: 'signed_out' });
    }
    await expect(enter(person, present)).resolves.toHaveProperty('token');
  });
});

describe('where one is signed in', () => {
  it('shows the sessions that still stand, the one that asks among them, and nobody else’s', async () => {
    const [here, old, out] = [await enter(), await enter(), await enter()];
    await enter(await newPerson());
    await signOut(by(), { token: out.token });
    const account = await getAccount(by(), { sessionId: here.sessionId, idleMinutes: 30 });
    expect(account.passwordSince).toEqual(now);
    expect(new Map(account.sessions.map(({ id, here: asks }) => [id, asks]))).toEqual(
      new Map([
        [here.sessionId, true],
        [old.sessionId, false],
      ]),
    );
    const idle = await getAccount(by(person, later(31)), { sessionId: here.sessionId, idleMinutes: 30 });
    expect(idle.sessions).toEqual([]);
  });

  it('can be ended everywhere but here', async () => {
    const [here, elsewhere, colleague] = [await enter(), await enter(), await enter(await newPerson())];
    expect(await endOtherSessions(by(), here)).toEqual({ ended: 1 });
    expect(await read(here.token)).not.toBeNull();
    expect(await read(elsewhere.token)).toBeNull();
    expect(await read(colleague.token)).not.toBeNull();
    await expect(endOtherSessions(by(), elsewhere)).rejects.toMatchObject({ code: 'signed_out' });
  });
});
