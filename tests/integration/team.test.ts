import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditEvents } from '#db/schema/audit.ts';
import { invitations, memberships, sessions } from '#db/schema/identity.ts';
import { makePerson, type Person } from '#db/seed/builders.ts';
import type { InsurerRole } from '#domain/policy.ts';
import { addDays, dayInAmsterdam, endOfDayAmsterdam } from '#domain/terms.ts';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { acceptInvitation } from '#services/invitations/accept-invitation.ts';
import { getInvitation } from '#services/invitations/get-invitation.ts';
import { inviteColleague } from '#services/invitations/invite-colleague.ts';
import { invitePerson } from '#services/invitations/invite-person.ts';
import { revokeInvitation } from '#services/invitations/revoke-invitation.ts';
import { endMembership } from '#services/members/end-membership.ts';
import { getColleague } from '#services/members/get-colleague.ts';
import { getTeam } from '#services/members/get-team.ts';
import { grantsOf, saveMembership } from '#services/members/save-membership.ts';
import { getSession } from '#services/sessions/get-session.ts';
import { getSessionLoss } from '#services/sessions/get-session-loss.ts';
import { signIn } from '#services/sessions/sign-in.ts';
import { signOut } from '#services/sessions/sign-out.ts';
import { makeStaff } from '../support/cases.ts';
import { testDatabase } from '../support/database.ts';
import { as, contextOf, type Insurer, instant, makeInsurer } from '../support/insurer-work.ts';

const database = testDatabase();
const secret = 'vier paarden op zolder';
const days = (n: number) => new Date(instant.getTime() + n * 86_400_000);
const ctx = (actor: Person, now = instant) => contextOf(database.db, actor, now);
const visitor = (now = instant, userId: string | null = null) => ({ db: database.db, now, userId });

type Grant = { roles?: InsurerRole[]; limit?: 'all' | 'some'; sectionKeys?: string[]; email?: string; id?: string };

function invite(insurer: Insurer, grant: Grant = {}, actor: Person = insurer.people.coordinator, now = instant) {
  const { roles = ['contributor'], limit = 'all', sectionKeys = [], id = randomUUID() } = grant;
  const email = grant.email ?? `nieuw@${insurer.organisation.id}.example`;
  return inviteColleague(ctx(actor, now), { invitationId: id, name: 'Nieuw', email, roles, limit, sectionKeys });
}

function change(
  insurer: Insurer,
  of: Person,
  grant: Grant,
  actor: Person = insurer.people.coordinator,
  seen = seenOf(of),
) {
  const { roles = [], limit = 'all', sectionKeys = [] } = grant;
  return saveMembership(ctx(actor), { membershipId: of.membershipId, seen, roles, limit, sectionKeys });
}

const seenOf = ({ roles, sectionKeys }: Person) =>
  grantsOf({ roles: [...roles], sectionKeys: sectionKeys && [...sectionKeys] });
const accept = (token: string, now = instant) => acceptInvitation(visitor(now), { token, password: secret, name: '' });
const team = async (insurer: Insurer, actor: Person = insurer.people.coordinator, now = instant) =>
  getTeam(ctx(actor, now), {});
const end = (actor: Person, of: Person) => endMembership(ctx(actor), { membershipId: of.membershipId });

/** Of two that are started at once: how many succeeded, and why the others did not. */
async function race(...attempts: Promise<unknown>[]) {
  const outcomes = await Promise.allSettled(attempts);
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
  return { done: outcomes.length - refused.length, refused };
}

describe('inviting a colleague', () => {
  it('gives a link that works once, and makes a member with these roles and sections', async () => {
    const insurer = await makeInsurer(database.db);
    const { token, email } = await invite(insurer, { limit: 'some', sectionKeys: ['III', 'I'] });
    expect(await getInvitation(visitor(), { token })).toMatchObject({
      email,
      roles: ['contributor'],
      accept: 'password',
    });
    await accept(token);
    const { members, invitations: open } = await team(insurer);
    expect(members.find((member) => member.email === email)).toMatchObject({
      roles: ['contributor'],
      sectionKeys: ['I', 'III'],
      lastSaved: null,
    });
    expect(open).toEqual([]);
    await expect(accept(token)).rejects.toMatchObject({ code: 'not_found' });
    expect(await actions(insurer)).toEqual(['invitation.invite', 'invitation.accept']);
  });

  it('limits nobody who is more than a contributor, and to nothing that is not there', async () => {
    const insurer = await makeInsurer(database.db);
    const { token } = await invite(insurer, {
      roles: ['contributor', 'coordinator'],
      limit: 'some',
      sectionKeys: ['II'],
    });
    await accept(token);
    expect((await team(insurer)).members.find(({ name }) => name === 'Nieuw')?.sectionKeys).toBeNull();
    const refused = (grant: Grant) => expect(invite(insurer, { email: 'x@y.example', ...grant })).rejects;
    await refused({ limit: 'some' }).toMatchObject({ detail: { sectionKeys: 'none_chosen' } });
    await refused({ limit: 'some', sectionKeys: ['IX'] }).toMatchObject({ detail: { sectionKeys: 'unknown' } });
    await refused({ roles: [] }).toMatchObject({ detail: { roles: 'none_chosen' } });
  });

  it('is for the coordinator, who makes no signatory', async () => {
    const insurer = await makeInsurer(database.db);
    for (const role of ['reader', 'contributor', 'signatory'] as const) {
      await expect(invite(insurer, {}, insurer.people[role])).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(invite(insurer, { roles: ['contributor', 'signatory'] })).rejects.toMatchObject({ because: ['role'] });
    const { administrator } = await makeStaff(database.db);
    await expect(invite(insurer, {}, administrator)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('does not go to who is a member, and never ends what the administrator began for a signatory', async () => {
    const insurer = await makeInsurer(database.db);
    await expect(invite(insurer, { email: insurer.people.reader.email })).rejects.toMatchObject({
      detail: { email: 'member' },
    });
    await expect(invite(insurer, { email: insurer.people.coordinator.email, roles: ['reader'] })).rejects.toMatchObject(
      { code: 'forbidden' },
    );
    const { administrator } = await makeStaff(database.db);
    const email = `bestuurder@${insurer.organisation.id}.example`;
    const signer = await invitePerson(ctx(administrator), {
      invitationId: randomUUID(),
      organisationId: insurer.organisation.id,
      name: 'Bestuurder',
      email,
      roles: ['signatory'],
    });
    await expect(invite(insurer, { email })).rejects.toMatchObject({ detail: { email: 'signatory_invited' } });
    await expect(revokeInvitation(ctx(insurer.people.coordinator), signer)).rejects.toMatchObject({
      because: ['signatory'],
    });
    await expect(getInvitation(visitor(), signer)).resolves.toBeDefined();
  });

  it('says nothing about an address that belongs elsewhere; accepting does', async () => {
    const [insurer, other] = [await makeInsurer(database.db), await makeInsurer(database.db)];
    const { reviewer } = await makeStaff(database.db);
    const foreign = await invite(insurer, { email: other.people.reader.email });
    expect(await getInvitation(visitor(), foreign)).toMatchObject({ accept: 'sign_in' });
    const { token } = await invite(insurer, { email: reviewer.email });
    await expect(accept(token)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('leaves one link: an expired one gets a new link the same way, and a repeat is harmless', async () => {
    const insurer = await makeInsurer(database.db);
    const first = await invite(insurer);
    expect((await team(insurer, insurer.people.reader, days(8))).invitations).toMatchObject([{ over: true }]);
    await expect(accept(first.token, days(8))).rejects.toMatchObject({ code: 'not_found' });
    const again = await invite(insurer, { id: first.invitationId }, insurer.people.coordinator, days(8));
    expect((await team(insurer, insurer.people.coordinator, days(8))).invitations).toMatchObject([{ over: false }]);
    await accept(again.token, days(9));
    await expect(invite(insurer, { id: again.invitationId, email: 'x@y.example' })).rejects.toMatchObject({
      because: ['invitation_over'],
    });
  });

  it('cannot take the id of another insurer’s invitation', async () => {
    const [insurer, other] = [await makeInsurer(database.db), await makeInsurer(database.db)];
    const { invitationId } = await invite(other);
    await expect(invite(insurer, { id: invitationId })).rejects.toMatchObject({ because: ['invitation_over'] });
  });

  it('ends by withdrawing, also twice, and not by a colleague or a stranger', async () => {
    const [insurer, other] = [await makeInsurer(database.db), await makeInsurer(database.db)];
    const issued = await invite(insurer);
    const revoke = (actor: Person) => revokeInvitation(ctx(actor), { invitationId: issued.invitationId });
    await expect(revoke(insurer.people.contributor)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(revoke(other.people.coordinator)).rejects.toMatchObject({ code: 'not_found' });
    await revoke(insurer.people.coordinator);
    await revoke(insurer.people.coordinator);
    await expect(accept(issued.token)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is accepted or withdrawn, never both, when the two happen at once', async () => {
    const insurer = await makeInsurer(database.db);
    const issued = await invite(insurer);
    const { done, refused } = await race(
      accept(issued.token),
      revokeInvitation(ctx(insurer.people.coordinator), { invitationId: issued.invitationId }),
    );
    expect([done, refused.length]).toEqual([1, 1]);
    const accepted = (await team(insurer)).members.some(({ name }) => name === 'Nieuw');
    expect(refused).toEqual([accepted ? 'precondition' : 'not_found']);
  });

  it('gives one link when two coordinators invite the same person at once', async () => {
    const insurer = await makeInsurer(database.db);
    const second = await addCoordinator(insurer);
    const links = await Promise.all([invite(insurer), invite(insurer, {}, second)]);
    const works = await Promise.allSettled(links.map((link) => getInvitation(visitor(), link)));
    expect(works.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('changing what a colleague may', () => {
  it('holds from the next request on', async () => {
    const insurer = await makeInsurer(database.db);
    const { contributor } = insurer.people;
    const token = await sessionOf(contributor);
    await change(insurer, contributor, { roles: ['contributor'], limit: 'some', sectionKeys: ['II'] });
    const limited = await actorOf(token);
    expect(limited).toMatchObject({ roles: ['contributor'], sectionKeys: ['II'] });
    const answer = (criterionKey: string) =>
      saveAnswer(
        { ...ctx(contributor), actor: limited as Person },
        { assessmentId: insurer.assessmentId, criterionKey, version: 0, response: 'not_met', explanation: '' },
      );
    await expect(answer('II.2.a')).resolves.toMatchObject({ version: 1 });
    await expect(answer('I.2.a')).rejects.toMatchObject({ code: 'forbidden', because: ['own_section'] });
    expect(await actions(insurer)).toEqual(['membership.save']);
  });

  it('keeps a limit to a section that this round no longer has', async () => {
    const insurer = await makeInsurer(database.db);
    const old = await addPerson(insurer, ['contributor'], ['Z', 'II']);
    await change(insurer, old, { roles: ['contributor', 'reader'], limit: 'some', sectionKeys: ['Z', 'II'] });
    expect((await getColleague(ctx(insurer.people.coordinator), old)).sectionKeys?.toSorted()).toEqual(['II', 'Z']);
  });

  it('gives nobody the signature, and touches nobody who has it', async () => {
    const insurer = await makeInsurer(database.db);
    const { signatory, reader, coordinator } = insurer.people;
    await expect(change(insurer, reader, { roles: ['reader', 'signatory'] })).rejects.toMatchObject({
      because: ['role'],
    });
    await expect(change(insurer, signatory, { roles: ['signatory', 'reader'] })).rejects.toMatchObject({
      because: ['signatory'],
    });
    await expect(end(coordinator, signatory)).rejects.toMatchObject({ because: ['signatory'] });
    await expect(getColleague(ctx(coordinator), signatory)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('gives nobody more than they had by their own hand', async () => {
    const insurer = await makeInsurer(database.db);
    const second = await addCoordinator(insurer);
    await expect(change(insurer, second, { roles: ['coordinator', 'signatory'] }, second)).rejects.toMatchObject({
      because: ['role'],
    });
    await change(insurer, second, { roles: ['reader'] }, second);
    const down = { ...second, roles: ['reader' as const] };
    await expect(change(insurer, down, { roles: ['coordinator'] }, second)).rejects.toMatchObject({
      code: 'forbidden',
    });
    for (const role of ['reader', 'contributor', 'signatory'] as const) {
      const self = insurer.people[role];
      await expect(change(insurer, self, { roles: ['coordinator'] }, self)).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
  });

  it('refuses a change that was made on what another coordinator changed meanwhile; the same twice is one', async () => {
    const insurer = await makeInsurer(database.db);
    const second = await addCoordinator(insurer);
    const { reader } = insurer.people;
    await change(insurer, reader, { roles: ['contributor'] });
    await expect(change(insurer, reader, { roles: ['reader', 'coordinator'] }, second)).rejects.toMatchObject({
      code: 'conflict',
      detail: { roles: ['contributor'] },
    });
    await expect(change(insurer, reader, { roles: ['contributor'] }, second)).resolves.toBeDefined();
    const raced = await race(
      change(insurer, insurer.people.contributor, { roles: ['reader'] }),
      change(insurer, insurer.people.contributor, { roles: ['coordinator'] }, second),
    );
    expect(raced).toEqual({ done: 1, refused: ['conflict'] });
  });

  it('always leaves a coordinator: alone, and when two take it from each other or lay it down at once', async () => {
    const insurer = await makeInsurer(database.db);
    const { coordinator: first } = insurer.people;
    await expect(change(insurer, first, { roles: ['reader'] })).rejects.toMatchObject({
      because: ['last_coordinator'],
    });
    await expect(end(first, first)).rejects.toMatchObject({ because: ['last_coordinator'] });

    const second = await addCoordinator(insurer);
    const each = await race(
      change(insurer, second, { roles: ['reader'] }, first),
      change(insurer, first, { roles: ['reader'] }, second),
    );
    expect(each.done).toBe(1);
    const third = await makeInsurer(database.db);
    const fourth = await addCoordinator(third);
    const both = await race(end(third.people.coordinator, third.people.coordinator), end(fourth, fourth));
    expect(both).toEqual({ done: 1, refused: ['precondition'] });
    for (const left of [insurer, third]) {
      const { members } = await team(left, left.people.reader);
      expect(members.filter(({ roles }) => roles.includes('coordinator'))).toHaveLength(1);
    }
  });
});

describe('ending a membership', () => {
  it('is the end of every session at once, and takes away nothing that was typed', async () => {
    const insurer = await makeInsurer(database.db);
    const { contributor, coordinator } = insurer.people;
    const [token, another] = [await sessionOf(contributor), await sessionOf(contributor)];
    const input = { assessmentId: insurer.assessmentId, criterionKey: 'I.2.a', response: 'not_met' as const };
    await saveAnswer(ctx(contributor), { ...input, version: 0, explanation: 'Dit blijft.' });
    await end(coordinator, contributor);
    await end(coordinator, contributor);
    expect(await actorOf(token)).toBeNull();
    expect(await getSessionLoss(visitor(), { token })).toBe('membership_ended');
    expect(await actorOf(another)).toBeNull();
    expect((await team(insurer)).members.map(({ membershipId }) => membershipId)).not.toContain(
      contributor.membershipId,
    );
    const same = await saveAnswer(ctx(coordinator), { ...input, version: 0, explanation: 'Dit blijft.' });
    expect(same.version).toBe(1);
    expect((await actions(insurer)).filter((action) => action === 'membership.end')).toHaveLength(1);
  });

  it('is told apart from a session that is only over', async () => {
    const insurer = await makeInsurer(database.db);
    const { reader, coordinator } = insurer.people;
    const [token, gone] = [await sessionOf(reader), await sessionOf(reader)];
    const loss = (of: string, now = instant) => getSessionLoss(visitor(now), { token: of });
    await signOut(ctx(reader), { token: gone });
    expect([await loss(token), await loss(gone), await loss('made-up')]).toEqual([null, null, null]);
    await end(coordinator, reader);
    expect([await loss(token), await loss(gone), await loss(token, days(1))]).toEqual(['membership_ended', null, null]);
    // Whoever is invited again can sign in again.
    await accept((await invite(insurer, { email: reader.email })).token);
    expect(await loss(token)).toBeNull();
  });

  it('is the coordinator’s, of their own insurer only', async () => {
    const [insurer, other] = [await makeInsurer(database.db), await makeInsurer(database.db)];
    const { reader, contributor, signatory } = insurer.people;
    await expect(end(contributor, reader)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(end(signatory, reader)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(end(other.people.coordinator, reader)).rejects.toMatchObject({ code: 'not_found' });
    await expect(change(other, reader, { roles: ['contributor'] })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('stops a coordinator whose own membership ended a moment before', async () => {
    const insurer = await makeInsurer(database.db);
    const second = await addCoordinator(insurer);
    await end(insurer.people.coordinator, second);
    await expect(invite(insurer, {}, second)).rejects.toMatchObject({ code: 'not_found' });
    await expect(end(second, insurer.people.coordinator)).rejects.toMatchObject({ code: 'not_found' });
    await expect(change(insurer, insurer.people.reader, { roles: ['coordinator'] }, second)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('the page of the team', () => {
  it('shows everybody their colleagues, and addresses to who invites', async () => {
    const insurer = await makeInsurer(database.db);
    await makeInsurer(database.db);
    const { contributor, reader, coordinator } = insurer.people;
    await saveAnswer(ctx(contributor), {
      assessmentId: insurer.assessmentId,
      criterionKey: 'II.2.a',
      version: 0,
      response: 'met',
      explanation: 'Zo.',
    });
    const seen = await team(insurer, reader);
    expect(seen.members).toHaveLength(4);
    expect(seen).toMatchObject({ mayInvite: false, mayChange: false, contactMailbox: 'dashboard@toezicht.example' });
    expect(seen.members.every(({ email }) => email === null)).toBe(true);
    expect(seen.members.find(({ membershipId }) => membershipId === contributor.membershipId)).toMatchObject({
      lastSaved: { key: 'II.2.a', at: instant },
      you: false,
    });
    const full = await team(insurer, coordinator);
    expect(full).toMatchObject({ mayInvite: true, grantable: ['reader', 'contributor', 'coordinator'] });
    expect(full.sections.map(({ key }) => key)).toEqual(['I', 'II', 'III', 'IV', 'V']);
    expect(full.members.find(({ signs }) => signs)?.membershipId).toBe(insurer.people.signatory.membershipId);
  });

  it('tells on which Dutch day a colleague was last here, over all their sessions, and no more than the day', async () => {
    const insurer = await makeInsurer(database.db);
    const { contributor, reader, coordinator } = insurer.people;
    const midnight = endOfDayAmsterdam(dayInAmsterdam(instant)).getTime() + 1000;
    await sessionOf(contributor, new Date(midnight + 30 * 60_000));
    await sessionOf(contributor, instant);
    await sessionOf(reader, new Date(midnight - 30 * 60_000));
    const { members } = await team(insurer, reader);
    const seenOn = (of: Person) => members.find(({ membershipId }) => membershipId === of.membershipId)?.lastSeenOn;
    const today = dayInAmsterdam(instant);
    expect(seenOn(reader)).toBe(today);
    expect(seenOn(contributor)).toBe(addDays(today, 1));
    expect(seenOn(coordinator)).toBeNull();
  });
});

describe('the database itself, when a statement goes round the verbs', () => {
  const inside = <T>(insurer: Insurer, work: Parameters<typeof as<T>>[3]) =>
    as(database.db, 'trede_insurer', insurer.organisation.id, work);

  it('makes and unmakes no signatory', async () => {
    const insurer = await makeInsurer(database.db);
    const { reader, signatory } = insurer.people;
    const set = (of: Person, values: Partial<typeof memberships.$inferInsert>) =>
      inside(insurer, (tx) => tx.update(memberships).set(values).where(eq(memberships.id, of.membershipId)));
    const denied = { cause: { code: '42501' } };
    await expect(set(reader, { roles: ['reader', 'signatory'] })).rejects.toMatchObject(denied);
    await expect(set(signatory, { roles: ['coordinator'] })).rejects.toMatchObject(denied);
    await expect(set(signatory, { endedAt: instant })).rejects.toMatchObject(denied);
    await expect(
      inside(insurer, (tx) => tx.insert(invitations).values(row(insurer, ['signatory']))),
    ).rejects.toMatchObject(denied);
  });

  it('reads no hash of a link, rewrites no invitation, and reaches no other insurer', async () => {
    const [insurer, other] = [await makeInsurer(database.db), await makeInsurer(database.db)];
    const { invitationId } = await invite(other);
    const denied = { cause: { code: '42501' } };
    await expect(inside(insurer, (tx) => tx.execute(sql`select token_hash from invitations`))).rejects.toMatchObject(
      denied,
    );
    await expect(
      inside(insurer, (tx) => tx.update(invitations).set({ email: 'mij@elders.example' })),
    ).rejects.toMatchObject(denied);
    await expect(inside(insurer, (tx) => tx.insert(invitations).values(row(other, ['reader'])))).rejects.toMatchObject(
      denied,
    );
    const seen = await inside(insurer, (tx) => tx.select({ id: invitations.id }).from(invitations));
    expect(seen).toEqual([]);
    await inside(insurer, (tx) => tx.update(invitations).set({ revokedAt: instant }));
    await inside(insurer, (tx) =>
      tx.update(memberships).set({ endedAt: instant }).where(eq(memberships.organisationId, other.organisation.id)),
    );
    expect((await team(other)).invitations.map(({ id }) => id)).toEqual([invitationId]);
    expect((await team(other)).members).toHaveLength(4);
  });

  it('reads of sessions when its own people were last here, and nothing else', async () => {
    const [insurer, other] = [await makeInsurer(database.db), await makeInsurer(database.db)];
    await Promise.all([sessionOf(insurer.people.reader), sessionOf(other.people.reader)]);
    const seen = await inside(insurer, (tx) => tx.select({ of: sessions.membershipId }).from(sessions));
    expect(seen).toEqual([{ of: insurer.people.reader.membershipId }]);
    const denied = { cause: { code: '42501' } };
    for (const column of ['id', 'token_hash', 'created_at', 'expires_at', 'revoked_at'])
      await expect(
        inside(insurer, (tx) => tx.execute(sql.raw(`select ${column} from sessions`))),
      ).rejects.toMatchObject(denied);
  });

  it('makes nobody a member, and moves no membership to somebody else', async () => {
    const insurer = await makeInsurer(database.db);
    const denied = { cause: { code: '42501' } };
    const { reader, coordinator } = insurer.people;
    await expect(
      inside(insurer, (tx) =>
        tx.insert(memberships).values({
          id: randomUUID(),
          userId: reader.userId,
          organisationId: insurer.organisation.id,
          roles: ['coordinator'],
          createdAt: instant,
        }),
      ),
    ).rejects.toMatchObject(denied);
    await expect(
      inside(insurer, (tx) =>
        tx.update(memberships).set({ userId: reader.userId }).where(eq(memberships.id, coordinator.membershipId)),
      ),
    ).rejects.toMatchObject(denied);
  });
});

function row(insurer: Insurer, roles: InsurerRole[]): typeof invitations.$inferInsert {
  return {
    id: randomUUID(),
    tokenHash: new Uint8Array(32),
    organisationId: insurer.organisation.id,
    email: 'iemand@elders.example',
    name: 'Iemand',
    roles,
    invitedAt: instant,
    expiresAt: days(7),
  };
}

const addCoordinator = (insurer: Insurer) => addPerson(insurer, ['coordinator']);

function addPerson({ organisation }: Insurer, roles: InsurerRole[], sectionKeys: string[] | null = null) {
  return makePerson(database.db, {
    organisation,
    email: `${randomUUID()}@${organisation.id}.example`,
    name: 'Erbij',
    roles,
    sectionKeys,
    passwordHash: 'none',
    at: instant,
  });
}

async function sessionOf({ email }: Person, now = instant): Promise<string> {
  const entering = { db: database.db, now, address: '192.0.2.7', sessionHours: 12 };
  return (await signIn(entering, { email, password: 'een goed wachtwoord' })).token;
}

async function actorOf(token: string) {
  return (await getSession({ db: database.db, now: instant, idleMinutes: 30 }, { token }))?.actor ?? null;
}

/** What the log says of this insurer's people, in order. */
async function actions({ organisation }: Insurer): Promise<string[]> {
  const lines = await as(database.db, 'trede_supervisor', (tx) =>
    tx
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .where(
        and(eq(auditEvents.organisationId, organisation.id), sql`${auditEvents.action} ~ '^(invitation|membership)'`),
      )
      .orderBy(auditEvents.sequence),
  );
  return lines.map(({ action }) => action);
}
