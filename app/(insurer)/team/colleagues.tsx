import { getLocale, getTranslations } from 'next-intl/server';
import { Table } from '#components/ui/table.tsx';
import { addDays, dayInAmsterdam } from '#domain/terms.ts';
import { formatDay, formatTime } from '#lib/i18n/dates.ts';
import type { Team, TeamMember } from '#services/members/get-team.ts';

/** Everybody of the insurer, and for the coordinator the way to change what each may. */
export async function Colleagues({ team }: { team: Team }) {
  const t = await getTranslations('team.page');
  return (
    <div className="stacks">
      <Table label={t('peopleList')} tight>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('roles')}</th>
            <th scope="col">{t('sections')}</th>
            <th scope="col">{t('seen')}</th>
            <th scope="col">{t('last')}</th>
            {team.mayChange && <th scope="col">{t('action')}</th>}
          </tr>
        </thead>
        <tbody>
          {team.members.map((member) => (
            <Row key={member.membershipId} member={member} mayChange={team.mayChange} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

async function Row({ member, mayChange }: { member: TeamMember; mayChange: boolean }) {
  const [t, roles, locale] = await Promise.all([
    getTranslations('team.page'),
    getTranslations('common.roles'),
    getLocale(),
  ]);
  const { membershipId, name, email, lastSaved, lastSeenOn, signs } = member;
  return (
    <tr>
      <th scope="row">
        {name}
        {member.you && `, ${t('you')}`}
        {email && <span className="under-word">{email}</span>}
      </th>
      <td data-label={t('roles')}>{member.roles.map((role) => roles(role)).join(', ')}</td>
      <td data-label={t('sections')}>{sectionWords()}</td>
      <td data-label={t('seen')}>{seenWords()}</td>
      <td data-label={t('last')}>{lastWords()}</td>
      {mayChange && (
        <td>
          {signs ? (
            <span className="meta">{t('signer')}</span>
          ) : (
            <a href={`/team/${membershipId}`} aria-label={t('changeOf', { name })}>
              {t('change')}
            </a>
          )}
        </td>
      )}
    </tr>
  );

  function sectionWords() {
    if (member.roles.includes('coordinator')) return t('all');
    if (!member.roles.includes('contributor')) return t('reads');
    return member.sectionKeys ? new Intl.ListFormat(locale).format(member.sectionKeys) : t('all');
  }

  function seenWords() {
    if (!lastSeenOn) return t('unseen');
    const today = dayInAmsterdam(new Date());
    if (lastSeenOn >= today) return t('seenToday');
    return addDays(lastSeenOn, 1) === today ? t('seenYesterday') : formatDay(lastSeenOn, locale);
  }

  function lastWords() {
    if (!lastSaved) return t('never');
    const { at, key } = lastSaved;
    if (dayInAmsterdam(at) === dayInAmsterdam(new Date())) return t('today', { time: formatTime(at, locale), key });
    return t('on', { day: formatDay(at, locale), key });
  }
}
