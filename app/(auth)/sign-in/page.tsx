import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SignInForm } from '#components/auth/sign-in-form.tsx';
import { currentSession } from '#lib/auth/current-session.ts';
import { homeOf, ownPath } from '#lib/auth/home.ts';
import { Frame } from '../../frame.tsx';
import { signInAction } from './actions.ts';

type SignInPageProps = { searchParams: Promise<{ to?: string; email?: string }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const [session, query, t] = await Promise.all([currentSession(), searchParams, getTranslations('auth')]);
  const to = ownPath(query.to) ?? '/';
  if (session) redirect(to === '/' ? homeOf(session.actor) : to);
  return (
    <Frame>
      <div className="page">
        <h1 className="title">{t('title')}</h1>
        <SignInForm
          action={signInAction}
          to={to}
          email={query.email ?? ''}
          password=""
          texts={{
            email: t('email'),
            password: t('password'),
            submit: t('submit'),
            title: t('errors.title'),
            emailMissing: t('errors.emailMissing'),
            passwordMissing: t('errors.passwordMissing'),
            credentials: t('errors.credentials'),
            tooManyAttempts: t('errors.tooManyAttempts'),
          }}
        />
        <p className="meta">{t('who')}</p>
      </div>
    </Frame>
  );
}
