import { getLocale, getTranslations } from 'next-intl/server';
import { localeOf } from '#lib/i18n/locale.ts';
import { Band } from '../frame/band.tsx';
import { CriteriaTable } from './criteria-table.tsx';
import { type DashboardView, narrowed, type Show } from './dashboard-view.ts';

type NarrowedSectionsProps = { view: DashboardView; show: Show; nextRound: string | undefined };

/** The criteria that the reader narrowed the page down to, a section at a time. */
export async function NarrowedSections({ view, show, nextRound }: NarrowedSectionsProps) {
  const [t, words, locale] = await Promise.all([
    getTranslations('dashboard.show'),
    getTranslations('dashboard.section'),
    getLocale().then(localeOf),
  ]);
  const sections = narrowed(view, show);
  const title = t(show === 'changed' ? 'titleChanged' : 'titleBlocking');
  if (sections.length === 0) {
    return (
      <Band id="narrowed" title={title}>
        <p>{t(show === 'changed' ? 'noneChanged' : 'noneBlocking')}</p>
      </Band>
    );
  }
  return (
    <>
      <h2 className="why">{title}</h2>
      {sections.map(({ key, title: name, level, criteria }) => (
        <Band key={key} id={`narrowed-${key}`} title={t('section', { key, name: name[locale], level: level ?? '–' })}>
          <CriteriaTable
            criteria={criteria}
            label={words('sideBySideOf', { name: name[locale] })}
            nextRound={nextRound}
          />
        </Band>
      ))}
    </>
  );
}
