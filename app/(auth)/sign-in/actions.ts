'use server';

import { type SignInResult, submitSignIn } from '#lib/auth/submit-sign-in.ts';

export async function signInAction(_previous: SignInResult, form: FormData): Promise<SignInResult> {
  return submitSignIn(form);
}
