import { getLocale, getTranslations } from 'next-intl/server';
import { Signed } from '#components/ui/sign.tsx';
import { Table } from '#components/ui/table.tsx';
import { dayInAmsterdam } from '#domain/terms.ts';
import { formatDay, formatTime } from '#lib/i18n/dates.ts';
import type { Colleague } from '#services/assessments/team.ts';

type TeamTableProps = { label: string; team: readonly Colleague[]; now: Date };

/** Who takes part in an assessment, by name: what they may, what was asked of them, and how far each is. */
export async function TeamTable({ label, team, now }: TeamTableProps) {
  const t = await getTranslations('team.work');
  return (
    <div className="stacks folk">
      <Table label={label} tight>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('may')}</th>
            <th scope="col">{t('asked')}</th>
            <th scope="col" className="r">
              {t('answered')}
            </th>
            <th scope="col">{t('last')}</th>
          </tr>
        </thead>
        <tbody>
          {team.map((colleague) => (
            <Row key={colleague.membershipId} colleague={colleague} now={now} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

async function Row({ colleague, now }: { colleague: Colleague; now: Date }) {
  const [t, roles, locale] = await Promise.all([
    getTranslations('team.work'),
    getTranslations('common.roles'),
    getLocale(),
  ]);
  const { name, you, asked, answered, lastSaved } = colleague;
  return (
    <tr>
      <th scope="row">
        {you ? t('youAre', { name }) : name}
        <span className="under-word">{colleague.roles.map((held) => roles(held)).join(', ')}</span>
      </th>
      <td data-label={t('may')}>{mayWords()}</td>
      <td data-label={t('asked')}>
        {asked.length === 0 && t('askedNone')}
        {asked.map(({ id, sectionKey: key, dueOn, done, late }) => (
          <span className="asked-line" key={id}>
            {done ? (
              <Signed kind="check">{t('askedDone', { key })}</Signed>
            ) : late ? (
              <Signed kind="attention">{t('askedLate', { key })}</Signed>
            ) : (
              t('askedItem', { key, day: formatDay(dueOn, locale) })
            )}
          </span>
        ))}
      </td>
      <td className="r" data-label={t('answered')}>
        {t('answers', { count: answered })}
      </td>
      <td data-label={t('last')}>{lastWords()}</td>
    </tr>
  );

  function mayWords() {
    const held = colleague.roles;
    if (held.includes('coordinator')) return t('all');
    if (held.includes('contributor')) {
      return colleague.sectionKeys === null ? t('all') : new Intl.ListFormat(locale).format(colleague.sectionKeys);
    }
    return held.includes('signatory') ? t('signs') : t('reads');
  }

  function lastWords() {
    if (!lastSaved) return t('never');
    const { at, key } = lastSaved;
    if (dayInAmsterdam(at) === dayInAmsterdam(now)) return t('today', { time: formatTime(at, locale), key });
    return t('on', { day: formatDay(at, locale), key });
  }
}
