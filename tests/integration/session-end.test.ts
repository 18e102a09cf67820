import { beforeAll, describe, expect, it } from 'vitest';
import { makeOrganisation, makePerson } from '#db/seed/builders.ts';
import { getSession } from '#services/sessions/get-session.ts';
import { getSessionEnd } from '#services/sessions/get-session-end.ts';
import { hashPassword } from '#services/sessions/password.ts';
import { signIn } from '#services/sessions/sign-in.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
const now = new Date('2026-11-22T10:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const at = (minutes: number) => ({ db: database.db, now: later(minutes), idleMinutes: 30 });

beforeAll(async () => {
  const organisation = await makeOrganisation(database.db, { kind: 'insurer', name: 'Proef', number: 'P-1', at: now });
  await makePerson(database.db, {
    organisation,
    email: 'coordinator@proef.example',
    name: 'Proefpersoon',
    roles: ['coordinator'],
    passwordHash: await hashPassword('een goed wachtwoord'),
    at: now,
  });
});

const enter = (sessionHours = 12) =>
  signIn(
    { db: database.db, now, address: '192.0.2.1', sessionHours },
    { email: 'coordinator@proef.example', password: 'een goed wachtwoord' },
  );

describe('the end of a session', () => {
  it('is told without being put off', async () => {
    const session = await enter();
    expect((await getSessionEnd(at(28), session))?.endsAt).toEqual(later(30));
    expect((await getSessionEnd(at(29), session))?.endsAt).toEqual(later(30));
    expect(await getSessionEnd(at(30), session)).toBeNull();
  });

  it('moves on with every request of a person', async () => {
    const session = await enter();
    expect((await getSession(at(28), session))?.endsAt).toEqual(later(58));
    expect((await getSessionEnd(at(40), session))?.endsAt).toEqual(later(58));
  });

  it('comes after the hours of a session, whatever is asked', async () => {
    const session = await enter(1);
    for (const minute of [20, 40]) await getSession(at(minute), session);
    const end = await getSessionEnd(at(45), session);
    expect(end).toEqual({ endsAt: later(60), expiresAt: later(60) });
  });

  it('is nobody’s who is not signed in', async () => {
    expect(await getSessionEnd(at(0), { token: 'unknown' })).toBeNull();
  });
});
