import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Table } from '#components/ui/table.tsx';
import { Tag, type TagKind } from '#components/ui/tag.tsx';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { ClaimFilesPage } from '#services/claims/get-claim-files.ts';
import { cellPath } from './cell-path.ts';

const looks = {
  conform: 'done',
  not_conform: 'attention',
  undeterminable: 'waiting',
  open: 'todo',
} as const satisfies Record<string, TagKind>;

/** Every drawn file with what was found on each criterion, and the counts; a cell opens its finding. */
export async function FindingsTable({ page: { head, draw, criteria, found, open } }: { page: ClaimFilesPage }) {
  if (!draw) return null;
  const [t, format] = await Promise.all([getTranslations('claims.review'), readFormatter()]);
  const day = (date: string) => format.dateTime(new Date(`${date}T12:00:00Z`), { dateStyle: 'medium' });
  const findingOf = (line: number, key: string) =>
    found.find((one) => one.line === line && one.criterionKey === key)?.finding ?? 'open';
  return (
    <div className="stacks findings">
      <Table label={t('table')} tight>
        <thead>
          <tr>
            <th scope="col">{t('number')}</th>
            <th scope="col">{t('date')}</th>
            <th scope="col">{t('product')}</th>
            <th scope="col">{t('outcome')}</th>
            {criteria.map(({ key }) => (
              <th scope="col" key={key}>
                {key}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {draw.claims.map(({ line, number, date, product, outcome }) => (
            <tr key={line}>
              <th scope="row" className="whitespace-nowrap">
                {number}
              </th>
              <td className="whitespace-nowrap" data-label={t('date')}>
                {day(date)}
              </td>
              <td data-label={t('product')}>{product}</td>
              <td data-label={t('outcome')}>{outcome}</td>
              {criteria.map(({ key }) => {
                const finding = findingOf(line, key);
                const current = open?.line === line && open.criterionKey === key;
                return (
                  <td key={key} data-label={key}>
                    <Link
                      href={cellPath(head.assessmentId, { line, criterionKey: key })}
                      prefetch={false}
                      aria-current={current ? 'true' : undefined}
                    >
                      <Tag kind={looks[finding]}>{t(`finding.${finding}`)}</Tag>
                      <span className="vh">
                        {' '}
                        {number} {key}
                      </span>
                    </Link>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              {t('total')}
            </th>
            {criteria.map(({ key, sectionKey, counts, outdated }) => (
              <td key={key} data-label={key}>
                {counts &&
                  t('count', {
                    conform: counts.conform,
                    notConform: counts.not_conform,
                    undeterminable: counts.undeterminable,
                    open: counts.open,
                  })}
                {outdated && (
                  <p>
                    <Link
                      href={`/reviews/${head.assessmentId}/sections/${sectionKey}?criterion=${key}`}
                      prefetch={false}
                    >
                      <Tag kind="attention">{t('countsOutdated')}</Tag>
                    </Link>
                  </p>
                )}
              </td>
            ))}
          </tr>
        </tfoot>
      </Table>
    </div>
  );
}
