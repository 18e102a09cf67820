import 'server-only';
import { redirect } from 'next/navigation';
import { env } from '#lib/env.ts';
import { requestSystemContext } from '#services/context.ts';
import { Refusal, type RefusalCode } from '#services/errors.ts';
import { acceptInvitation, acceptInvitationInput } from '#services/invitations/accept-invitation.ts';
import { readableText } from '#services/readable-text.ts';
import { signIn } from '#services/sessions/sign-in.ts';
import { clientAddress } from './client-address.ts';
import { currentSession } from './current-session.ts';
import { enterSession } from './enter-session.ts';

/** What a refused form gets back: codes, and the name that was typed; never the password. */
export type InvitationResult = {
  status: 'idle' | 'refused';
  code: RefusalCode | null;
  because: readonly string[];
  fields: Readonly<Record<string, string>>;
  name: string;
};

/** Accepts an invitation from a posted form, signs in who just chose a password, and goes to their home. */
export async function submitInvitation(form: FormData): Promise<InvitationResult> {
  const name = readableText(String(form.get('name') ?? ''));
  const password = readableText(String(form.get('password') ?? ''));
  const refused = (code: RefusalCode, because: readonly string[] = [], fields: Record<string, string> = {}) =>
    ({ status: 'refused', code, because, fields, name }) as const;
  const parsed = acceptInvitationInput.safeParse({ token: form.get('token'), name, password });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refused('invalid', [], { [String(issue?.path[0] ?? 'form')]: 'too_long' });
  }
  const session = await currentSession();
  const ctx = requestSystemContext();
  try {
    const { email, accepted } = await acceptInvitation({ ...ctx, userId: session?.actor.userId ?? null }, parsed.data);
    if (accepted === 'password') {
      const entering = { ...ctx, address: await clientAddress(), sessionHours: env().TREDE_SESSION_HOURS };
      const { token } = await signIn(entering, { email, password });
      await enterSession(token);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const fields = error.code === 'invalid' ? (error.detail as Record<string, string>) : {};
    return refused(error.code, error.because, fields);
  }
  redirect('/');
}
