import { getLocale, getTranslations } from 'next-intl/server';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Table } from '#components/ui/table.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import type { SectorReport } from '#services/sector/read-sector-report.ts';

const columns = ['insurers', 'claimedMet', 'met', 'partly', 'notMet', 'changed', 'missing'] as const;

/** How the sector stands on every criterion, a section at a time. */
export async function SectorCriteria({ report }: { report: SectorReport }) {
  const [t, words, locale] = await Promise.all([
    getTranslations('sector.criteria'),
    getTranslations('sector'),
    getLocale().then(localeOf),
  ]);
  const { texts, criteria } = report;
  return texts.sections.map(({ key, title }) => (
    <Disclosure key={key} summary={t('summary', { key, title: title[locale] })}>
      <div className="stacks">
        <Table label={t('summary', { key, title: title[locale] })} tight>
          <thead>
            <tr>
              <th scope="col">{t('criterion')}</th>
              {columns.map((name) => (
                <th scope="col" className="r" key={name}>
                  {t(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {texts.criteria
              .filter(({ sectionKey }) => sectionKey === key)
              .map((criterion) => {
                const counts = criteria.find((one) => one.key === criterion.key)?.counts;
                return (
                  <tr key={criterion.key}>
                    <th scope="row">
                      {criterion.key} <span className="under-word">{criterion.short[locale]}</span>
                    </th>
                    {counts ? (
                      columns.map((name) => (
                        <td className="r" key={name} data-label={t(name)}>
                          {counts[name]}
                        </td>
                      ))
                    ) : (
                      <td colSpan={columns.length}>{words('tooFew')}</td>
                    )}
                  </tr>
                );
              })}
          </tbody>
        </Table>
      </div>
    </Disclosure>
  ));
}
