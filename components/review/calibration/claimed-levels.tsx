import { getLocale, getTranslations } from 'next-intl/server';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Table } from '#components/ui/table.tsx';
import type { BesideClaims, Levels } from '#domain/calibration-levels.ts';
import { round1HalfUp } from '#domain/fraction.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { Calibration } from '#services/reviews/get-calibration.ts';

type Row = {
  sectionKey: string;
  title: string;
  /** A code; absent where the row counts all of them. */
  reviewer?: string;
  claimed: Levels;
  determined: Levels;
  claims: BesideClaims | null;
};

/** What insurers gave themselves beside what was determined, per section, and behind a fold per reviewer. */
export async function ClaimedLevels({ sections }: { sections: Calibration['sections'] }) {
  const [t, locale] = await Promise.all([getTranslations('calibration'), getLocale().then(localeOf)]);
  const named = sections.map((section) => ({ ...section, title: section.title[locale] }));
  const byReviewer = named.flatMap(({ sectionKey, title, reviewers }) =>
    reviewers.map((share) => ({ ...share, sectionKey, title })),
  );
  return (
    <>
      <LevelsTable label={t('claimedTitle')} caption={t('claimedCaption')} rows={named.map(withoutReviewers)} />
      {byReviewer.length > 0 && (
        <Disclosure summary={t('claimedByReviewer')}>
          <LevelsTable label={t('claimedByReviewer')} caption={t('claimedByReviewerCaption')} rows={byReviewer} />
        </Disclosure>
      )}
    </>
  );
}

const withoutReviewers = ({ sectionKey, title, claimed, determined, claims }: Row): Row => ({
  sectionKey,
  title,
  claimed,
  determined,
  claims,
});

/** The first column of a group stands off from the group before it. */
const apartFromLast = 'r pl-6';

async function LevelsTable({ label, caption, rows }: { label: string; caption: string; rows: readonly Row[] }) {
  const [t, locale] = await Promise.all([getTranslations('calibration'), getLocale().then(localeOf)]);
  const apart = rows.some(({ reviewer }) => reviewer !== undefined);
  return (
    <Table label={label} tight>
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" rowSpan={2}>
            {t('section')}
          </th>
          {apart && (
            <th scope="col" rowSpan={2}>
              {t('reviewer')}
            </th>
          )}
          <th scope="colgroup" colSpan={5} className="pl-6">
            {t('claimedHead')}
          </th>
          <th scope="colgroup" colSpan={5} className="pl-6">
            {t('determinedHead')}
          </th>
          <th scope="colgroup" colSpan={3} className="pl-6">
            {t('besideHead')}
          </th>
        </tr>
        <tr>
          {(['claimed', 'determined'] as const).flatMap((kind) =>
            [1, 2, 3, 4, 5].map((level) => (
              <th key={`${kind}-${level}`} scope="col" className={level === 1 ? apartFromLast : 'r'}>
                {level}
              </th>
            )),
          )}
          {(['lower', 'higher', 'mean'] as const).map((head) => (
            <th key={head} scope="col" className="r">
              {t(`beside.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ sectionKey, title, reviewer, claimed, determined, claims }) => (
          <tr key={`${sectionKey}-${reviewer}`}>
            <th scope="row">{apart ? sectionKey : `${sectionKey} ${title}`}</th>
            {apart && <td>{reviewer}</td>}
            {[...claimed, ...determined].map((insurers, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its level
              <td key={place} className={place % 5 === 0 ? apartFromLast : 'r'}>
                {insurers === 0 ? <span className="meta">0</span> : <b>{insurers}</b>}
              </td>
            ))}
            <td className="r">{claims ? claims.lower : '–'}</td>
            <td className="r">{claims ? claims.higher : '–'}</td>
            <td className="r">{claims ? round1HalfUp(claims.mean, locale) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
