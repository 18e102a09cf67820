import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeOrganisation, makePerson, type Organisation, type Person } from '#db/seed/builders.ts';
import type { Role } from '#domain/policy.ts';
import { platformContext } from '#services/context.ts';
import { acceptInvitation } from '#services/invitations/accept-invitation.ts';
import { getInvitation } from '#services/invitations/get-invitation.ts';
import { inviteAdministrator } from '#services/invitations/invite-administrator.ts';
import { invitePerson } from '#services/invitations/invite-person.ts';
import { revokeInvitation } from '#services/invitations/revoke-invitation.ts';
import { endMembership } from '#services/members/end-membership.ts';
import { getOrganisation } from '#services/organisations/get-organisation.ts';
import { listOrganisations } from '#services/organisations/list-organisations.ts';
import { saveOrganisation, saveOrganisationInput } from '#services/organisations/save-organisation.ts';
import { signIn } from '#services/sessions/sign-in.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
const now = new Date('2026-11-22T10:00:00Z');
const password = 'vier paarden op zolder';
let supervisor: Organisation;
let insurer: Organisation;
let administrator: Person;
let everybodyElse: Person[];
let count = 0;

beforeAll(async () => {
  supervisor = await makeOrganisation(database.db, { kind: 'supervisor', name: 'Toezicht', number: 'T-1', at: now });
  const other = await makeOrganisation(database.db, { kind: 'insurer', name: 'Zeilmaker', number: 'Z-1', at: now });
  const person = (organisation: Organisation, ...roles: Role[]) =>
    makePerson(database.db, {
      organisation,
      email: `${roles[0]}@toezicht.example`,
      name: `${roles[0]}`,
      roles,
      passwordHash: 'none',
      at: now,
    });
  administrator = await person(supervisor, 'administrator');
  everybodyElse = await Promise.all([
    person(supervisor, 'reviewer'),
    person(supervisor, 'lead'),
    person(supervisor, 'auditor'),
    person(other, 'coordinator'),
    person(other, 'signatory'),
  ]);
});

beforeEach(async () => {
  count += 1;
  insurer = await makeOrganisation(database.db, {
    kind: 'insurer',
    name: `Proef ${count}`,
    number: `P-${count}`,
    at: now,
  });
});

const as = (actor: Person, at = now) => ({ actor, db: database.db, now: at });
const visitor = (userId: string | null = null, at = now) => ({ db: database.db, now: at, userId });
const days = (n: number) => new Date(now.getTime() + n * 86_400_000);

type Changes = { organisationId?: string; email?: string; roles?: Role[]; invitationId?: string };

function invite(changes: Changes = {}, actor = administrator, at = now) {
  return invitePerson(as(actor, at), {
    invitationId: randomUUID(),
    organisationId: insurer.id,
    name: 'Noor Zijlstra',
    email: `noor${count}@proef.example`,
    roles: ['coordinator'],
    ...changes,
  });
}

const accept = (token: string, changes: { password?: string; name?: string } = {}, ctx = visitor()) =>
  acceptInvitation(ctx, { token, password, name: '', ...changes });
const people = async (organisationId = insurer.id) =>
  (await getOrganisation(as(administrator), { organisationId })).members;

describe('inviting somebody', () => {
  it('gives a link that shows what it is for, makes an account with its password, and lets it sign in', async () => {
    const { token, email } = await invite({ roles: ['coordinator', 'signatory'] });
    expect(await getInvitation(visitor(), { token })).toMatchObject({
      organisationName: insurer.name,
      email,
      roles: ['coordinator', 'signatory'],
      accept: 'password',
    });
    await accept(token, { name: 'Noor van Zijlstra' });
    expect(await people()).toMatchObject([{ name: 'Noor van Zijlstra', email, roles: ['coordinator', 'signatory'] }]);
    await expect(
      signIn({ db: database.db, now, address: '192.0.2.9', sessionHours: 12 }, { email, password }),
    ).resolves.toHaveProperty('token');
  });

  it('keeps no token, only what can recognise it', async () => {
    const { token, invitationId } = await invite();
    const [row] = await database.db.transaction(async (tx) => {
      await tx.execute(sql`set local role trede_system`);
      return tx.execute(sql`select row_to_json(i)::text as row from invitations i where id = ${invitationId}`);
    });
    expect(String(row?.row)).not.toContain(token);
  });

  it('works once: of two at the same moment one succeeds, and there is one account', async () => {
    const { token } = await invite();
    const both = await Promise.allSettled([accept(token), accept(token)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await people()).toHaveLength(1);
    await expect(accept(token)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getInvitation(visitor(), { token })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is over after seven days, when it is ended, and when the link was made up', async () => {
    const { token, invitationId } = await invite();
    await expect(getInvitation(visitor(null, days(6.9)), { token })).resolves.toBeDefined();
    await expect(accept(token, {}, visitor(null, days(7)))).rejects.toMatchObject({ code: 'not_found' });
    await revokeInvitation(as(administrator), { invitationId });
    await revokeInvitation(as(administrator), { invitationId });
    await expect(accept(token)).rejects.toMatchObject({ code: 'not_found' });
    await expect(accept('made-up')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('leaves one link that works: a repeat or a new invitation ends the one before', async () => {
    const first = await invite();
    const again = await invite({ invitationId: first.invitationId });
    await expect(getInvitation(visitor(), first)).rejects.toMatchObject({ code: 'not_found' });
    const other = await invite();
    await expect(getInvitation(visitor(), again)).rejects.toMatchObject({ code: 'not_found' });
    await accept(other.token);
    const { invitations } = await getOrganisation(as(administrator), { organisationId: insurer.id });
    expect(invitations).toEqual([]);
    await expect(invite({ invitationId: other.invitationId, email: 'x@y.example' })).rejects.toMatchObject({
      because: ['invitation_over'],
    });
    await expect(revokeInvitation(as(administrator), other)).rejects.toMatchObject({ because: ['invitation_used'] });
  });

  it('refuses roles that do not go together, or that an administrator does not give out', async () => {
    const refused = (roles: Role[], organisationId = insurer.id) => expect(invite({ roles, organisationId })).rejects;
    await refused([]).toMatchObject({ detail: { roles: 'none_chosen' } });
    await refused(['administrator', 'lead'], supervisor.id).toMatchObject({ detail: { roles: 'combination' } });
    await refused(['reviewer', 'auditor'], supervisor.id).toMatchObject({ detail: { roles: 'combination' } });
    await refused(['contributor']).toMatchObject({ code: 'forbidden' });
    await refused(['lead']).toMatchObject({ code: 'forbidden' });
    await refused(['coordinator'], supervisor.id).toMatchObject({ code: 'forbidden' });
    await expect(invite({ roles: ['reviewer', 'lead'], organisationId: supervisor.id })).resolves.toBeDefined();
  });

  it('gives nobody roles on both sides, and nobody more to themselves', async () => {
    await expect(invite({ email: 'lead@toezicht.example' })).rejects.toMatchObject({ detail: { email: 'other_kind' } });
    await expect(
      invite({ email: 'LEAD@toezicht.example'.toLowerCase(), roles: ['administrator'], organisationId: supervisor.id }),
    ).rejects.toMatchObject({ detail: { email: 'member' } });
    await expect(
      invite({ email: administrator.email, roles: ['lead'], organisationId: supervisor.id }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is checked again when it is accepted', async () => {
    const email = `laat${count}@proef.example`;
    const insurers = await invite({ email });
    const supervisors = await invite({ email, roles: ['auditor'], organisationId: supervisor.id });
    await accept(insurers.token);
    await expect(accept(supervisors.token)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is for the administrator only', async () => {
    for (const actor of everybodyElse) {
      await expect(invite({}, actor)).rejects.toMatchObject({ code: /forbidden|not_found/ });
      await expect(revokeInvitation(as(actor), { invitationId: randomUUID() })).rejects.toMatchObject({
        code: /forbidden|not_found/,
      });
    }
  });
});

describe('accepting with an account', () => {
  it('adds the organisation after signing in, and never touches the password', async () => {
    const { token, email } = await invite();
    await accept(token);
    const [{ membershipId } = { membershipId: '' }] = await people();
    const second = await makeOrganisation(database.db, {
      kind: 'insurer',
      name: `Tweede ${count}`,
      number: `Q-${count}`,
      at: now,
    });
    const more = await invite({ organisationId: second.id, email });
    expect(await getInvitation(visitor(), more)).toMatchObject({ accept: 'sign_in' });
    await expect(accept(more.token)).rejects.toMatchObject({ because: ['sign_in_first'] });
    await expect(accept(more.token, {}, visitor(administrator.userId))).rejects.toMatchObject({
      because: ['sign_in_first'],
    });
    const userId = await userOf(membershipId);
    await acceptInvitation(visitor(userId), { token: more.token, password: '', name: '' });
    expect(await people(second.id)).toMatchObject([{ email }]);
  });

  it('gives a new password to an account that is a member nowhere any more', async () => {
    const first = await invite();
    await accept(first.token);
    const [{ membershipId } = { membershipId: '' }] = await people();
    await endMembership(as(administrator), { membershipId });
    const again = await invite();
    expect(await getInvitation(visitor(), again)).toMatchObject({ accept: 'password' });
    await accept(again.token, { password: 'een heel ander wachtwoord' });
    const enter = (secret: string) =>
      signIn(
        { db: database.db, now, address: '192.0.2.9', sessionHours: 12 },
        { email: first.email, password: secret },
      );
    await expect(enter(password)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(enter('een heel ander wachtwoord')).resolves.toHaveProperty('token');
  });

  it('refuses a password that is short, the address itself, or one that everybody tries', async () => {
    const { token, email } = await invite();
    const refused = (secret: string) => expect(accept(token, { password: secret })).rejects;
    await refused('').toMatchObject({ detail: { password: 'too_short' } });
    await refused('elf tekens!').toMatchObject({ detail: { password: 'too_short' } });
    await refused(email.toUpperCase()).toMatchObject({ detail: { password: 'is_email' } });
    await refused('Wachtwoord123').toMatchObject({ detail: { password: 'common' } });
    await refused('zzzzzzzzzzzzzzzz').toMatchObject({ detail: { password: 'common' } });
    await expect(accept(token)).resolves.toBeDefined();
  });
});

describe('ending a membership', () => {
  it('is harmless to repeat, and is not for oneself or for anybody else', async () => {
    await accept((await invite()).token);
    const [{ membershipId } = { membershipId: '' }] = await people();
    for (const actor of everybodyElse) {
      await expect(endMembership(as(actor), { membershipId })).rejects.toMatchObject({ code: /forbidden|not_found/ });
    }
    await endMembership(as(administrator), { membershipId });
    await endMembership(as(administrator), { membershipId });
    expect(await people()).toEqual([]);
    await expect(endMembership(as(administrator), administrator)).rejects.toMatchObject({
      because: ['own_membership'],
    });
    await expect(endMembership(as(administrator), { membershipId: randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('organisations', () => {
  it('are made and renamed by the administrator, with a number of their own', async () => {
    const organisationId = randomUUID();
    const save = (name: string, number: string, actor = administrator) =>
      saveOrganisation(as(actor), { organisationId, name, number });
    expect(await save('Nieuw', `N-${count}`)).toMatchObject({ made: true });
    expect(await save('Nieuw', `N-${count}`)).toMatchObject({ made: false });
    await save('Nieuwer', `N-${count}`);
    expect(await getOrganisation(as(administrator), { organisationId })).toMatchObject({
      name: 'Nieuwer',
      kind: 'insurer',
      grantable: ['coordinator', 'signatory'],
    });
    await expect(save('Nieuwer', insurer.number)).rejects.toMatchObject({ detail: { number: 'taken' } });
    expect(saveOrganisationInput.safeParse({ organisationId, name: ' ', number: '1' }).success).toBe(false);
    for (const actor of everybodyElse) {
      await expect(save('Nee', 'N', actor)).rejects.toMatchObject({ code: /forbidden|not_found/ });
      await expect(getOrganisation(as(actor), { organisationId })).rejects.toMatchObject({
        code: /forbidden|not_found/,
      });
    }
  });

  it('are found by a part of their name or number, and listed a page at a time with the supervisor first', async () => {
    const list = (search: string, after?: string) =>
      listOrganisations(as(administrator), { search, ...(after ? { after } : {}) });
    for (let n = 0; n < 51; n++) {
      await saveOrganisation(as(administrator), { organisationId: randomUUID(), name: `Lijst ${n}%`, number: `L${n}` });
    }
    const all = await list('');
    expect(all.organisations[0]).toMatchObject({ kind: 'supervisor', people: 4 });
    const first = await list('lijst');
    expect(first.organisations).toHaveLength(50);
    const rest = await list('lijst', first.next ?? undefined);
    expect(rest.organisations).toHaveLength(1);
    expect(rest.next).toBeNull();
    expect((await list('50%')).organisations.map(({ name }) => name)).toEqual(['Lijst 50%']);
    expect((await list('L17')).organisations.map(({ number }) => number)).toEqual(['L17']);
    await expect(listOrganisations(as(everybodyElse[0] as Person), { search: '' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('the first administrator', () => {
  it('comes in by a link that whoever runs the platform prints, into the supervisor that is there', async () => {
    const invited = await inviteAdministrator(platformContext(database.db, now), {
      email: `eerste${count}@toezicht.example`,
      supervisorName: 'Anders',
    });
    expect(invited.supervisor).toBe('Toezicht');
    expect(await accept(invited.token)).toMatchObject({ organisationId: supervisor.id });
    await expect(
      inviteAdministrator(platformContext(database.db, now), {
        email: `eerste${count}@toezicht.example`,
        supervisorName: 'Anders',
      }),
    ).rejects.toMatchObject({ detail: { email: 'member' } });
  });
});

async function userOf(membershipId: string): Promise<string> {
  const [row] = await database.db.execute<{ user_id: string }>(
    sql`select user_id from memberships where id = ${membershipId}`,
  );
  return row?.user_id ?? '';
}
