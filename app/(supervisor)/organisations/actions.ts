'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { type IssuedInvitation, invitePerson, invitePersonInput } from '#services/invitations/invite-person.ts';
import { revokeInvitation, revokeInvitationInput } from '#services/invitations/revoke-invitation.ts';
import { endMembership, endMembershipInput } from '#services/members/end-membership.ts';
import { saveOrganisation, saveOrganisationInput } from '#services/organisations/save-organisation.ts';

export async function saveOrganisationAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm<typeof saveOrganisationInput, unknown>(
    {
      name: 'organisation.save',
      input: saveOrganisationInput,
      verb: saveOrganisation,
      next: () => `/organisations/${form.get('organisationId')}?done=saved`,
    },
    form,
  );
}

export async function addOrganisationAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm<typeof saveOrganisationInput, unknown>(
    {
      name: 'organisation.save',
      input: saveOrganisationInput,
      verb: saveOrganisation,
      next: () => `/organisations/${form.get('organisationId')}?done=added`,
    },
    form,
  );
}

export async function invitePersonAction(_previous: FormResult<IssuedInvitation>, form: FormData) {
  return submitForm({ name: 'member.invite', input: invitePersonInput, verb: invitePerson }, form);
}

export async function revokeInvitationAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm<typeof revokeInvitationInput, unknown>(
    {
      name: 'invitation.revoke',
      input: revokeInvitationInput,
      verb: revokeInvitation,
    },
    form,
  );
}

export async function endMembershipAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm<typeof endMembershipInput, unknown>(
    {
      name: 'membership.end',
      input: endMembershipInput,
      verb: endMembership,
    },
    form,
  );
}
