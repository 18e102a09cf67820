import { getTranslations } from 'next-intl/server';
import { type DashboardView, narrowed, type Show, shows } from './dashboard-view.ts';

type ShowLinksProps = { view: DashboardView; path: string; show: Show | null };

/** What a reader can narrow the criteria down to, as links: the choice stands in the address. */
export async function ShowLinks({ view, path, show }: ShowLinksProps) {
  const t = await getTranslations('dashboard.show');
  const count = (one: Show) => narrowed(view, one).reduce((sum, { criteria }) => sum + criteria.length, 0);
  const choices = [
    { key: null, href: `${path}#criteria`, name: t('all') },
    ...shows.map((one) => ({ key: one, href: `${path}?show=${one}#criteria`, name: t(one, { count: count(one) }) })),
  ];
  return (
    <nav className="show" id="criteria" aria-label={t('label')}>
      <ul>
        {choices.map(({ key, href, name }) => (
          <li key={key ?? 'all'}>{key === show ? <b aria-current="true">{name}</b> : <a href={href}>{name}</a>}</li>
        ))}
      </ul>
    </nav>
  );
}
