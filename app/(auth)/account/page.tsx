import type { Metadata } from 'next';
import { getMessages, getTranslations } from 'next-intl/server';
import { ConfirmForm } from '#components/administration/confirm-form.tsx';
import { PasswordForm } from '#components/administration/password-form.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Table } from '#components/ui/table.tsx';
import { pageSession } from '#lib/auth/current-session.ts';
import { readPage } from '#lib/auth/read-page.ts';
import { env } from '#lib/env.ts';
import { formatDay, formatMoment } from '#lib/i18n/dates.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { getAccount, type OwnSession } from '#services/sessions/get-account.ts';
import { Frame } from '../../frame.tsx';
import { changePasswordAction, endOtherSessionsAction } from './actions.ts';

type AccountPageProps = { searchParams: Promise<{ done?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') };
}

/** One's own account: who one is here, the password, and where one is signed in. */
export default async function AccountPage({ searchParams }: AccountPageProps) {
  const [{ done }, { sessionId, userName, email, organisationName, actor }] = await Promise.all([
    searchParams,
    pageSession(),
  ]);
  const [account, t, roles, { account: texts }, locale] = await Promise.all([
    readPage('account.read', getAccount, { sessionId, idleMinutes: env().TREDE_SESSION_IDLE_MINUTES }),
    getTranslations('account'),
    getTranslations('common.roles'),
    getMessages(),
    readLocale(),
  ]);
  const { passwordSince, sessions } = account;
  return (
    <Frame>
      <div className="page">
        <PageHead side={organisationName} title={t('title')} />
        {(done === 'changed' || done === 'ended') && (
          <div className="told">
            <Notice kind="ok" role="status" title={t(`done.${done}`)}>
              <p>{t(`done.${done}Text`)}</p>
            </Notice>
          </div>
        )}
        <Band id="person" title={t('person')}>
          <DefinitionList
            items={[
              { term: t('name'), value: userName },
              { term: t('email'), value: email },
              { term: t('roles'), value: actor.roles.map((role) => roles(role)).join(', ') },
            ]}
          />
          <p className="meta">{t('personHint')}</p>
        </Band>
        <Band
          id="password"
          title={t('password.title')}
          meta={passwordSince && t('password.since', { day: formatDay(passwordSince, locale) })}
        >
          <div className="narrow">
            <PasswordForm
              action={changePasswordAction}
              texts={texts.password}
              sentences={texts.password.errors}
              email={email}
            />
          </div>
        </Band>
        <Band id="sessions" title={t('sessions.title')} meta={t('sessions.count', { count: sessions.length })}>
          <Sessions sessions={sessions} />
          {sessions.length > 1 && (
            <ConfirmForm
              action={endOtherSessionsAction}
              name="others"
              value="all"
              trigger={t('sessions.end')}
              question={t('sessions.endQuestion')}
              consequence={t('sessions.endConsequence')}
              submit={t('sessions.endSubmit')}
              sentences={texts.sessions.errors}
            />
          )}
        </Band>
      </div>
    </Frame>
  );
}

async function Sessions({ sessions }: { sessions: readonly OwnSession[] }) {
  const [t, locale] = await Promise.all([getTranslations('account.sessions'), readLocale()]);
  return (
    <Table label={t('list')}>
      <thead>
        <tr>
          <th scope="col">{t('started')}</th>
          <th scope="col">{t('seen')}</th>
          <th scope="col">{t('organisation')}</th>
        </tr>
      </thead>
      <tbody>
        {sessions.map(({ id, startedAt, lastSeenAt, organisationName, here }) => (
          <tr key={id}>
            <th scope="row">{formatMoment(startedAt, locale)}</th>
            <td>{here ? t('here') : formatMoment(lastSeenAt, locale)}</td>
            <td>{organisationName}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
