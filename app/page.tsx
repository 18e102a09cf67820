import { redirect } from 'next/navigation';
import { currentSession } from '#lib/auth/current-session.ts';
import { homeOf } from '#lib/auth/home.ts';

export default async function StartPage() {
  const session = await currentSession();
  redirect(session ? homeOf(session.actor) : '/sign-in');
}
