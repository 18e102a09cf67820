import 'server-only';
import { redirect } from 'next/navigation';
import { env } from '#lib/env.ts';
import { requestSystemContext } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import { signIn, signInInput } from '#services/sessions/sign-in.ts';
import { clientAddress } from './client-address.ts';
import { enterSession } from './enter-session.ts';
import { ownPath } from './home.ts';

export type SignInResult = {
  problem: 'none' | 'missing' | 'credentials' | 'too_many_attempts';
  email: string;
};

/** Signs in from a posted form, and goes to the page that asked for it or to the person's home. */
export async function submitSignIn(form: FormData): Promise<SignInResult> {
  const email = String(form.get('email') ?? '');
  const parsed = signInInput.safeParse({ email, password: form.get('password') });
  if (!parsed.success) return { problem: 'missing', email };
  const ctx = { ...requestSystemContext(), address: await clientAddress(), sessionHours: env().TREDE_SESSION_HOURS };
  try {
    const { token } = await signIn(ctx, parsed.data);
    await enterSession(token);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { problem: error.code === 'busy' ? 'too_many_attempts' : 'credentials', email };
  }
  redirect(ownPath(form.get('to')) ?? '/');
}
