import { randomUUID } from 'node:crypto';
import { getMessages, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ConfirmForm } from '#components/administration/confirm-form.tsx';
import { RenewForm } from '#components/administration/renew-form.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { env } from '#lib/env.ts';
import { formatMoment } from '#lib/i18n/dates.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import type { TeamInvitation } from '#services/members/get-team.ts';
import { inviteColleagueAction, revokeColleagueInvitationAction } from './actions.ts';

/** Which of the list it is about: seen from where it stands, and said. */
const vh = (text: ReactNode) => <span className="vh">{text}</span>;

type InvitationsProps = { invitations: readonly TeamInvitation[]; mayInvite: boolean };

/** Who was invited and did not come yet, and for the coordinator a new link or an end to it. */
export async function Invitations({ invitations, mayInvite }: InvitationsProps) {
  const [t, roles, { administration, team: texts }, locale] = await Promise.all([
    getTranslations('team.invitations'),
    getTranslations('common.roles'),
    getMessages(),
    readLocale(),
  ]);
  if (invitations.length === 0) return <p>{t('none')}</p>;
  return (
    <ul className="invited" aria-label={t('list')}>
      {/* By address: a new link is another invitation, and its form stays where it is to show it. */}
      {invitations.map(({ id, name, email, roles: offered, sectionKeys, expiresAt, over, signs }) => (
        <li key={email}>
          <p className="invitee">
            <b>{name}</b>
            <span className="under-word">{email}</span>
          </p>
          <p>
            {offered.map((role) => roles(role)).join(', ')}
            {sectionKeys && (
              <span className="under-word">
                {t('limitedTo', {
                  count: sectionKeys.length,
                  sections: new Intl.ListFormat(locale).format(sectionKeys),
                })}
              </span>
            )}
          </p>
          <p>
            {over ? (
              <Tag kind="attention">{t('over', { moment: formatMoment(expiresAt, locale) })}</Tag>
            ) : (
              t('until', { moment: formatMoment(expiresAt, locale) })
            )}
            {signs && <span className="under-word">{t('signs')}</span>}
          </p>
          {mayInvite && !signs && (
            <div className="invited-ways">
              <RenewForm
                action={inviteColleagueAction}
                texts={administration.inviteForm}
                sentences={{ ...administration.inviteForm.errors, ...texts.grantErrors }}
                submit={t.rich('renew', { name, vh })}
                invitationId={randomUUID()}
                name={name}
                email={email}
                roles={offered}
                sectionKeys={sectionKeys}
                linkPrefix={`${env().TREDE_ORIGIN}/invitations/`}
                locale={locale}
              />
              <ConfirmForm
                action={revokeColleagueInvitationAction}
                name="invitationId"
                value={id}
                trigger={t.rich('revoke', { name, vh })}
                question={t('revokeQuestion', { name })}
                consequence={t('revokeConsequence')}
                submit={t('revokeSubmit')}
                sentences={texts.invitations.revokeErrors}
              />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
