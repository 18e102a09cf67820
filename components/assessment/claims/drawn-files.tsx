import { getLocale, getTranslations } from 'next-intl/server';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Table } from '#components/ui/table.tsx';
import { formatDay, formatMoment } from '#lib/i18n/dates.ts';
import type { Draw } from '#services/claims/claim-facts.ts';

/** The files that the supervisor wants to see, in the order of the list. */
export async function DrawnFiles({ draw }: { draw: Draw | null }) {
  const [t, locale] = await Promise.all([getTranslations('claims'), getLocale()]);
  if (!draw) return <p>{t('insurer.drawnNone')}</p>;
  return (
    <>
      <p>{t('insurer.drawnText', { count: draw.claims.length, moment: formatMoment(draw.drawnAt, locale) })}</p>
      <div className="stacks">
        <Table label={t('insurer.drawnTable')} tight>
          <thead>
            <tr>
              <th scope="col">{t('review.number')}</th>
              <th scope="col">{t('review.date')}</th>
              <th scope="col">{t('review.product')}</th>
              <th scope="col">{t('review.outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {draw.claims.map(({ line, number, date, product, outcome }) => (
              <tr key={line}>
                <th scope="row" className="whitespace-nowrap">
                  {number}
                </th>
                <td className="whitespace-nowrap" data-label={t('review.date')}>
                  {formatDay(date, locale)}
                </td>
                <td data-label={t('review.product')}>{product}</td>
                <td data-label={t('review.outcome')}>{outcome}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      <Disclosure summary={t('review.again')}>
        <p className="meta">{t('review.againText', { count: draw.perStratum })}</p>
        <p className="meta hash">
          {t('review.drawFacts.seed')}: {draw.seed}
        </p>
      </Disclosure>
    </>
  );
}
