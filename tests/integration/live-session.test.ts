import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import type { Context } from '#services/context.ts';
import { getSession } from '#services/sessions/get-session.ts';
import { Unconfirmed } from '#services/sessions/live-session.ts';
import { hashToken, signIn } from '#services/sessions/sign-in.ts';
import { testDatabase } from '../support/database.ts';
import { norm } from '../support/frameworks.ts';
import { type Insurer, insurerPassword, makeInsurers } from '../support/insurers.ts';

const database = testDatabase();
const now = new Date();
let superuser: Sql;
let insurer: Insurer;
beforeAll(async () => {
  superuser = postgres(database.superuserUrl, { max: 1 });
  const [made] = await makeInsurers(database.db, { framework: norm, count: 1, now });
  if (!made) throw new Error('no insurer was made');
  insurer = made;
});
afterAll(() => superuser.end());

/** The context of somebody who was read a moment ago, and in whose session the transaction has to begin. */
async function enter(): Promise<Context & { membershipId: string }> {
  const entering = { db: database.db, now, address: '192.0.2.1', sessionHours: 12 };
  const { token } = await signIn(entering, { email: insurer.person.email, password: insurerPassword });
  const session = await getSession({ db: database.db, now, idleMinutes: 30 }, { token });
  if (!session) throw new Error('nobody is signed in');
  const idleSince = new Date(now.getTime() - 30 * 60_000);
  const { actor } = session;
  return {
    actor,
    db: database.db,
    now,
    session: { tokenHash: hashToken(token), idleSince },
    membershipId: actor.membershipId,
  };
}

const versionNow = async () => {
  const [row] = await superuser`
    select version from answers where assessment_id = ${insurer.assessmentId} and criterion_key = 'I.2.a'`;
  return Number(row?.version);
};

const save = async (ctx: Context) =>
  saveAnswer(ctx, {
    assessmentId: insurer.assessmentId,
    criterionKey: 'I.2.a',
    version: await versionNow(),
    response: 'met',
    explanation: `Na ${await versionNow()}.`,
  });

describe('a transaction in a session', () => {
  it('goes through while the session stands for the actor', async () => {
    const before = await versionNow();
    expect((await save(await enter())).version).toBe(before + 1);
    expect(await versionNow()).toBe(before + 1);
  });

  const token = (ctx: Context) => Buffer.from(ctx.session?.tokenHash ?? []);
  const changes: [string, (ctx: Context) => Promise<unknown>, (ctx: Context) => Promise<unknown>][] = [
    [
      'the session was revoked',
      (ctx) => superuser`update sessions set revoked_at = now() where token_hash = ${token(ctx)}`,
      async () => {},
    ],
    [
      'the session is over',
      (ctx) => superuser`update sessions set expires_at = ${now} where token_hash = ${token(ctx)}`,
      async () => {},
    ],
    [
      'nothing was asked for too long',
      (ctx) =>
        superuser`update sessions set last_seen_at = ${ctx.session?.idleSince ?? now} where token_hash = ${token(ctx)}`,
      async () => {},
    ],
    [
      'the membership has ended',
      ({ actor }) => superuser`update memberships set ended_at = now() where id = ${actor.membershipId}`,
      ({ actor }) => superuser`update memberships set ended_at = null where id = ${actor.membershipId}`,
    ],
    [
      'the person has another role',
      ({ actor }) => superuser`update memberships set roles = '{reader}' where id = ${actor.membershipId}`,
      ({ actor }) => superuser`update memberships set roles = '{contributor}' where id = ${actor.membershipId}`,
    ],
    [
      'the person has other sections',
      ({ actor }) => superuser`update memberships set section_keys = '{II}' where id = ${actor.membershipId}`,
      ({ actor }) => superuser`update memberships set section_keys = null where id = ${actor.membershipId}`,
    ],
    [
      'the account was disabled',
      ({ actor }) => superuser`update users set disabled_at = now() where id = ${actor.userId}`,
      ({ actor }) => superuser`update users set disabled_at = null where id = ${actor.userId}`,
    ],
  ];
  it.each(changes)('does nothing when %s', async (_what, change, undo) => {
    const ctx = await enter();
    const before = await versionNow();
    await change(ctx);
    await expect(save(ctx)).rejects.toThrow(Unconfirmed);
    expect(await versionNow()).toBe(before);
    await undo(ctx);
  });

  it('does nothing for an actor that the session is not of', async () => {
    const [other] = await makeInsurers(database.db, { framework: norm, count: 1, now });
    const ctx = await enter();
    await expect(save({ ...ctx, actor: { ...ctx.actor, roles: ['coordinator'] } })).rejects.toThrow(Unconfirmed);
    await expect(save({ ...ctx, actor: other?.person ?? ctx.actor })).rejects.toThrow(Unconfirmed);
    await expect(save({ ...ctx, session: { tokenHash: hashToken('another'), idleSince: now } })).rejects.toThrow(
      Unconfirmed,
    );
  });

  it('knows a person by sections with marks that a list has to escape', async () => {
    const sections = ['I', 'a "b", \\c'];
    await superuser`update memberships set section_keys = ${sections} where user_id = ${insurer.person.userId}`;
    expect((await save(await enter())).version).toBe(await versionNow());
    await superuser`update memberships set section_keys = null where user_id = ${insurer.person.userId}`;
  });
});
