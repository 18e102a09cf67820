import { getLocale, getTranslations } from 'next-intl/server';
import { Button } from '#components/ui/button.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { Sign } from '#components/ui/sign.tsx';
import { type Library, type ListEvidenceInput, libraryOrders, libraryViews } from '#services/evidence/list-evidence.ts';
import { libraryAddress, libraryPath } from './library-path.ts';

type LibraryFiltersProps = { library: Library; query: ListEvidenceInput };

/** How many pieces there are of each kind, as links that show those. */
export async function LibraryViews({ library, query }: LibraryFiltersProps) {
  const t = await getTranslations('library.views');
  const shown = libraryViews.filter((view) => view === 'all' || view === query.view || library.counts[view] > 0);
  return (
    <ul className="counts" aria-label={t('label')}>
      {shown.map((view) => (
        <li key={view}>
          <a href={libraryAddress(query, { view })} aria-current={view === query.view ? 'true' : undefined}>
            <b>
              {view === 'refused' && <Sign kind="cross" />}
              {library.counts[view]}
            </b>
            {t(view)}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Search, section and order as a form that asks for another address: it works with and without script. */
export async function LibraryFilters({ library, query }: LibraryFiltersProps) {
  const [t, locale] = await Promise.all([getTranslations('library.filter'), getLocale()]);
  const filtered = query.q !== '' || query.section !== null;
  return (
    <details className="qf" open={filtered || undefined}>
      <summary>{t('fold')}</summary>
      <search aria-label={t('label')}>
        <form className="filters" action={libraryPath(query.assessmentId)}>
          {query.view !== 'all' && <input type="hidden" name="view" value={query.view} />}
          <TextField name="q" type="search" label={t('search')} defaultValue={query.q} maxLength={100} />
          <SelectField name="section" label={t('section')} defaultValue={query.section ?? ''}>
            <option value="">{t('anySection')}</option>
            {library.sections.map(({ key, title }) => (
              <option key={key} value={key}>
                {key} {title[locale]}
              </option>
            ))}
          </SelectField>
          <SelectField name="order" label={t('order')} defaultValue={query.order}>
            {libraryOrders.map((order) => (
              <option key={order} value={order}>
                {t(`orders.${order}`)}
              </option>
            ))}
          </SelectField>
          <p>
            <Button type="submit" kind="plain">
              {t('apply')}
            </Button>
          </p>
        </form>
      </search>
      {filtered && <a href={libraryPath(query.assessmentId)}>{t('clear')}</a>}
    </details>
  );
}
