'use server';

import { type InvitationResult, submitInvitation } from '#lib/auth/submit-invitation.ts';

export async function acceptInvitationAction(_previous: InvitationResult, form: FormData): Promise<InvitationResult> {
  return submitInvitation(form);
}
