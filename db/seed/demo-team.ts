import { randomUUID } from 'node:crypto';
import { dayInAmsterdam } from '#domain/terms.ts';
import { assignSection } from '#services/delegations/assign-section.ts';
import { inviteColleague } from '#services/invitations/invite-colleague.ts';
import type { Person } from './builders.ts';
import type { InsurerDesk } from './demo-insurer.ts';
import type { At } from './demo-scene.ts';

/** A coordinator who shares out the work and invites: one section is late, one invitation has ended. */
export async function seedTeamwork(desk: InsurerDesk, contributor: Person, at: At) {
  const { db, assessmentId, coordinator } = desk;
  const asked = [
    { sectionKey: 'III', who: contributor, due: -1 },
    { sectionKey: 'IV', who: contributor, due: 8 },
    { sectionKey: 'V', who: coordinator, due: 12 },
  ];
  for (const { sectionKey, who, due } of asked) {
    await assignSection(
      { actor: coordinator, db, now: at(-9) },
      {
        delegationId: randomUUID(),
        assessmentId,
        sectionKey,
        membershipId: who.membershipId,
        dueOn: dayInAmsterdam(at(due)),
        seenId: '',
      },
    );
  }
  const invited = [
    {
      name: 'Sanne de Wit (verzonnen)',
      login: 'sanne',
      roles: ['contributor' as const],
      sectionKeys: ['II'],
      days: -8,
    },
    { name: 'Joris Bakker (verzonnen)', login: 'joris', roles: ['reader' as const], sectionKeys: [], days: -6 },
  ];
  for (const { login, days, ...rest } of invited) {
    await inviteColleague(
      { actor: coordinator, db, now: at(days) },
      {
        invitationId: randomUUID(),
        email: `${login}@duinrand.example`,
        limit: rest.sectionKeys.length > 0 ? 'some' : 'all',
        ...rest,
      },
    );
  }
}
