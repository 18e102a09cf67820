import { getLocale, getTranslations } from 'next-intl/server';
import { Table } from '#components/ui/table.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import { sectorSentences } from '#lib/i18n/sector-sentences.ts';
import type { SectorReport } from '#services/sector/read-sector-report.ts';
import { figureName, writeMean } from './sector-view.ts';

/** What insurers claimed against what was determined, per section. */
export async function ClaimsTable({ report }: { report: SectorReport }) {
  const [t, words, locale] = await Promise.all([
    getTranslations('sector.claims'),
    getTranslations('sector'),
    getLocale().then(localeOf),
  ]);
  const sentence = sectorSentences(report, locale).claims;
  return (
    <>
      {sentence !== '' && <p className="plain-text">{sentence}</p>}
      <div className="stacks">
        <Table label={t('title')} tight>
          <thead>
            <tr>
              <th scope="col">{words('figures.section')}</th>
              {(['own', 'determined', 'lower', 'equal', 'higher'] as const).map((name) => (
                <th scope="col" className="r" key={name}>
                  {t(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.figures.map(({ key, mean, computedIn, claims }) => (
              <tr key={key}>
                <th scope="row">{figureName(report, key, locale, words('figures.total'))}</th>
                {claims ? (
                  <>
                    <td className="r" data-label={t('own')}>
                      {writeMean(claims.own, locale)}
                    </td>
                    <td className="r" data-label={t('determined')}>
                      {mean ? writeMean(mean, locale) : words('tooFew')}
                      {mean && computedIn !== null && (
                        <span className="under-word">{words('figures.takenOver', { number: computedIn })}</span>
                      )}
                    </td>
                    <td className="r" data-label={t('lower')}>
                      {claims.lower}
                    </td>
                    <td className="r" data-label={t('equal')}>
                      {claims.equal}
                    </td>
                    <td className="r" data-label={t('higher')}>
                      {claims.higher}
                    </td>
                  </>
                ) : (
                  <td colSpan={5}>{words('tooFew')}</td>
                )}
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </>
  );
}
