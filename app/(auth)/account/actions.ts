'use server';

import { z } from 'zod';
import { submitForm } from '#lib/action.ts';
import { inThisSession } from '#lib/auth/in-this-session.ts';
import type { FormResult } from '#services/form-result.ts';
import { type ChangePasswordInput, changePassword, changePasswordInput } from '#services/sessions/change-password.ts';
import { endOtherSessions } from '#services/sessions/end-other-sessions.ts';

/** It is about the session that asks; the form says nothing. */
const nothing = z.object({});

export async function changePasswordAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm<typeof changePasswordInput, unknown>(
    {
      name: 'password.change',
      input: changePasswordInput,
      verb: inThisSession<ChangePasswordInput, unknown>(changePassword),
      next: () => '/account?done=changed',
    },
    form,
  );
}

export async function endOtherSessionsAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm<typeof nothing, unknown>(
    {
      name: 'session.end_others',
      input: nothing,
      verb: inThisSession<z.infer<typeof nothing>, unknown>(endOtherSessions),
      next: () => '/account?done=ended',
    },
    form,
  );
}
