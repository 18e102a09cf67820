import type { Metadata } from 'next';
import Link from 'next/link';
import { getMessages, getTranslations } from 'next-intl/server';
import { InvitationForm } from '#components/auth/invitation-form.tsx';
import { InvitedSections } from '#components/auth/invited-sections.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { NotFoundBlock } from '#components/ui/not-found-block.tsx';
import { currentSession } from '#lib/auth/current-session.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { requestSystemContext } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import { getInvitation, getInvitationInput, type InvitationView } from '#services/invitations/get-invitation.ts';
import { Frame } from '../../../frame.tsx';
import { acceptInvitationAction } from '../actions.ts';

type InvitationPageProps = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('administration.invitation');
  return { title: t('title') };
}

export default async function InvitationPage({ params }: InvitationPageProps) {
  const { token } = await params;
  const [invitation, t] = await Promise.all([readInvitation(token), getTranslations('administration.invitation')]);
  return (
    <Frame>
      <div className="page">
        {invitation ? (
          <Welcome invitation={invitation} token={token} />
        ) : (
          <NotFoundBlock
            title={t('over')}
            way={
              <Link href="/sign-in" prefetch={false}>
                {t('toSignIn')}
              </Link>
            }
          >
            {t('overText')}
          </NotFoundBlock>
        )}
      </div>
    </Frame>
  );
}

/** Null for every link that does not work: the page does not say why. */
async function readInvitation(token: string): Promise<InvitationView | null> {
  const input = getInvitationInput.safeParse({ token });
  if (!input.success) return null;
  return getInvitation(requestSystemContext(), input.data).catch((error: unknown) => {
    if (error instanceof Refusal) return null;
    throw error;
  });
}

async function Welcome({ invitation, token }: { invitation: InvitationView; token: string }) {
  const [t, roles, format, { administration: texts }, session] = await Promise.all([
    getTranslations('administration.invitation'),
    getTranslations('common.roles'),
    readFormatter(),
    getMessages(),
    currentSession(),
  ]);
  const { organisationKind, organisationName: organisation, email } = invitation;
  const named = format.list(invitation.roles.map((role) => roles(role).toLowerCase()));
  const form = (name: string | null) => (
    <InvitationForm
      action={acceptInvitationAction}
      start={{ status: 'idle', code: null, because: [], fields: {}, name: '' }}
      texts={texts.invitation}
      token={token}
      email={email}
      name={name}
    />
  );
  return (
    <div className="welcome">
      <h1 className="title">{t('heading')}</h1>
      <p>{t(organisationKind === 'insurer' ? 'introInsurer' : 'intro', { organisation, roles: named })}</p>
      {invitation.sectionKeys && <InvitedSections keys={invitation.sectionKeys} />}
      {invitation.accept === 'password' && <p>{t('email', { email })}</p>}
      <p className="meta">
        {t('until', { end: format.dateTime(invitation.expiresAt, { dateStyle: 'long', timeStyle: 'short' }) })}
      </p>
      {invitation.accept === 'password' && form(invitation.name)}
      {invitation.accept === 'sign_in' && session?.email.toLowerCase() === email && form(null)}
      {invitation.accept === 'sign_in' && session?.email.toLowerCase() !== email && (
        <>
          <p>{t(session ? 'wrongAccount' : 'signInIntro', { email })}</p>
          {!session && (
            <ButtonLink href={`/sign-in?${new URLSearchParams({ to: `/invitations/${token}`, email })}`}>
              {t('signIn')}
            </ButtonLink>
          )}
        </>
      )}
    </div>
  );
}
