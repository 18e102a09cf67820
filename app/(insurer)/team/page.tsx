import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getMessages, getTranslations } from 'next-intl/server';
import { InviteForm } from '#components/administration/invite-form.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { pageSession } from '#lib/auth/current-session.ts';
import { readPage } from '#lib/auth/read-page.ts';
import { env } from '#lib/env.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { getTeam } from '#services/members/get-team.ts';
import { Frame } from '../../frame.tsx';
import { inviteColleagueAction } from './actions.ts';
import { Colleagues } from './colleagues.tsx';
import { Invitations } from './invitations.tsx';
import { limitTexts } from './limit-texts.ts';

type TeamPageProps = { searchParams: Promise<{ done?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('team.page'))('title') };
}

export default async function TeamPage({ searchParams }: TeamPageProps) {
  const [{ done }, team, { organisationName }] = await Promise.all([
    searchParams,
    readPage('member.list', getTeam, {}),
    pageSession(),
  ]);
  const [t, roles, { administration, team: texts }, locale] = await Promise.all([
    getTranslations('team'),
    getTranslations('common.roles'),
    getMessages(),
    readLocale(),
  ]);
  const { members, invitations, contactMailbox: mailbox } = team;
  const list = new Intl.ListFormat(locale);
  const signers = members.filter(({ signs }) => signs).map(({ name }) => name);
  const coordinators = members.filter((member) => member.roles.includes('coordinator')).map(({ name }) => name);
  const organisation = organisationName;
  return (
    <Frame current="team">
      <div className="page">
        <PageHead side={organisation} title={t('page.title')} meta={t('page.meta', { organisation })} />
        {(done === 'saved' || done === 'ended') && (
          <div className="told">
            <Notice kind="ok" role="status" title={t(`page.${done}`)}>
              <p>{t(`page.${done}Text`)}</p>
            </Notice>
          </div>
        )}
        <Band id="people" title={t('page.people')} meta={t('page.peopleCount', { count: members.length })}>
          <Colleagues team={team} />
          {!team.mayChange && coordinators.length > 0 && (
            <p className="after-list">{t('page.ask', { names: list.format(coordinators) })}</p>
          )}
        </Band>
        <Band id="signatories" title={t('page.signatories')}>
          <div className="narrow">
            <p>
              {signers.length === 0
                ? t('page.noSignatory', { organisation })
                : t('page.hasSignatory', { count: signers.length, names: list.format(signers) })}{' '}
              {mailbox
                ? t.rich('page.signatoriesText', {
                    organisation,
                    mailbox,
                    mail: (text) => <a href={`mailto:${mailbox}`}>{text}</a>,
                  })
                : t('page.signatoriesNoMail', { organisation })}
            </p>
          </div>
        </Band>
        <Band id="invitations" title={t('invitations.title')} meta={t('invitations.note')}>
          <Invitations invitations={invitations} mayInvite={team.mayInvite} />
        </Band>
        {team.mayInvite && (
          <Band id="invite" title={texts.invite.title} meta={texts.invite.note}>
            <InviteForm
              action={inviteColleagueAction}
              texts={{
                ...administration.inviteForm,
                ...texts.invite,
                errors: { ...administration.inviteForm.errors, ...texts.grantErrors },
              }}
              invitationId={randomUUID()}
              linkPrefix={`${env().TREDE_ORIGIN}/invitations/`}
              locale={locale}
              rolesHint={texts.invite.rolesHint}
              roles={team.grantable.map((role) => ({
                role,
                name: roles(role),
                note: texts.roleHints[role as keyof typeof texts.roleHints],
              }))}
              sections={limitTexts(texts.limit, team.sections, null)}
            />
          </Band>
        )}
      </div>
    </Frame>
  );
}
