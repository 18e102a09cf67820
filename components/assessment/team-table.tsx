import { getLocale, getTranslations } from 'next-intl/server';
import { Table } from '#components/ui/table.tsx';
import { dayInAmsterdam } from '#domain/terms.ts';
import { formatDay, formatTime } from '#lib/i18n/dates.ts';
import type { Colleague } from '#services/assessments/team.ts';

/** Who takes part, by role. */
export async function TeamTable({ team, now }: { team: readonly Colleague[]; now: Date }) {
  const [t, roles, locale] = await Promise.all([
    getTranslations('insurer.team'),
    getTranslations('common.roles'),
    getLocale(),
  ]);
  const list = new Intl.ListFormat(locale);
  const lastWords = ({ lastSaved }: Colleague) => {
    if (!lastSaved) return t('never');
    const { at, key } = lastSaved;
    if (dayInAmsterdam(at) === dayInAmsterdam(now)) return t('today', { time: formatTime(at, locale), key });
    return t('on', { day: formatDay(at, locale), key });
  };
  const sectionWords = ({ roles: held, sectionKeys }: Colleague) => {
    if (held.every((role) => role === 'reader' || role === 'signatory')) return t('reads');
    return sectionKeys === null || held.includes('coordinator') ? t('all') : list.format(sectionKeys);
  };
  return (
    <div className="folk">
      <Table label={t('title')}>
        <thead>
          <tr>
            <th scope="col">{t('role')}</th>
            <th scope="col">{t('sections')}</th>
            <th scope="col">{t('last')}</th>
          </tr>
        </thead>
        <tbody>
          {team.map((colleague, place) => {
            const role = colleague.roles.map((held) => roles(held)).join(', ');
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: people are shown by role only, nothing else tells them apart
              <tr key={place}>
                <th scope="row">{colleague.you ? t('you', { role }) : role}</th>
                <td>{sectionWords(colleague)}</td>
                <td>{lastWords(colleague)}</td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </div>
  );
}
