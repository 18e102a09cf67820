import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ClearDrafts } from '#components/assessment/answer/clear-drafts.tsx';
import { AccessEnded } from '#components/auth/access-ended.tsx';
import { DemoAccounts } from '#components/auth/demo-accounts.tsx';
import { SignInForm } from '#components/auth/sign-in-form.tsx';
import { currentSession } from '#lib/auth/current-session.ts';
import { homeOf, ownPath } from '#lib/auth/home.ts';
import { hasJustSignedOut } from '#lib/auth/session-cookie.ts';
import { listDemoAccounts } from '#services/sessions/list-demo-accounts.ts';
import { Frame } from '../../frame.tsx';
import { signInAction } from './actions.ts';

type SignInPageProps = { searchParams: Promise<{ to?: string; email?: string; out?: string; ended?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('title') };
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const [session, query, signedOut, t] = await Promise.all([
    currentSession(),
    searchParams,
    hasJustSignedOut(),
    getTranslations('auth'),
  ]);
  const to = ownPath(query.to) ?? '/';
  if (session) redirect(to === '/' ? homeOf(session.actor) : to);
  const demo = listDemoAccounts();
  const email = typeof query.email === 'string' ? query.email : '';
  const chosen = demo?.organisations.some(({ accounts }) => accounts.some((account) => account.email === email));
  const hrefOf = (address: string) =>
    `/sign-in?${new URLSearchParams({ email: address, ...(to === '/' ? {} : { to }) })}`;
  return (
    <Frame>
      {signedOut && <ClearDrafts />}
      <div className={demo ? 'page entry' : 'page entry alone'}>
        <section className="entry-form" aria-labelledby="sign-in">
          <h1 className="title" id="sign-in">
            {t('title')}
          </h1>
          {query.ended && <AccessEnded />}
          <SignInForm
            action={signInAction}
            to={to}
            email={email}
            password={demo && chosen ? demo.password : ''}
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
          <p className="meta who-for">{t('who')}</p>
        </section>
        {demo && <DemoAccounts accounts={demo} hrefOf={hrefOf} />}
      </div>
    </Frame>
  );
}
