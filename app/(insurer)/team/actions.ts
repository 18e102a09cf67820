'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { inviteColleague, inviteColleagueInput } from '#services/invitations/invite-colleague.ts';
import type { IssuedInvitation } from '#services/invitations/invite-person.ts';
import { revokeInvitation, revokeInvitationInput } from '#services/invitations/revoke-invitation.ts';
import { endMembership, endMembershipInput } from '#services/members/end-membership.ts';
import { saveMembership, saveMembershipInput } from '#services/members/save-membership.ts';

export async function inviteColleagueAction(_previous: FormResult<IssuedInvitation>, form: FormData) {
  return submitForm({ name: 'member.invite', input: inviteColleagueInput, verb: inviteColleague }, form);
}

export async function revokeColleagueInvitationAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm<typeof revokeInvitationInput, unknown>(
    { name: 'invitation.revoke', input: revokeInvitationInput, verb: revokeInvitation },
    form,
  );
}

export async function saveMembershipAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm<typeof saveMembershipInput, unknown>(
    {
      name: 'membership.save',
      input: saveMembershipInput,
      verb: saveMembership,
      next: () => '/team?done=saved',
    },
    form,
  );
}

export async function endColleagueMembershipAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm<typeof endMembershipInput, unknown>(
    {
      name: 'membership.end',
      input: endMembershipInput,
      verb: endMembership,
      next: () => '/team?done=ended',
    },
    form,
  );
}
