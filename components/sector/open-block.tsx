import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import type { SectorReport } from '#services/sector/read-sector-report.ts';
import { MeansTable } from './means-table.tsx';

type OpenBlockProps = {
  report: SectorReport;
  /** The button that opens, and the form that withdraws with its reason; null for who may not. */
  openForm: ReactNode;
  withdrawForm: ReactNode;
};

/** What of a release is public, or would be, shown before it is done; and taking it back. */
export async function OpenBlock({ report, openForm, withdrawForm }: OpenBlockProps) {
  const t = await getTranslations('sector.publish');
  const { shown, open, mayOpen } = report;
  if (!shown) return null;
  const { number } = shown;
  const path = `/open-data/${shown.id}`;
  if (shown.open) {
    return (
      <>
        <p>
          {t('isOpen')} {t('address')}: <a href={path}>{path}</a>
        </p>
        {mayOpen && (
          <ConfirmStep trigger={t('withdraw')} title={t('withdrawQuestion', { number })} actions={withdrawForm}>
            <p>{t('withdrawConsequence')}</p>
          </ConfirmStep>
        )}
      </>
    );
  }
  if (open.every(({ mean }) => mean === null)) return <p>{t('noFigures')}</p>;
  return (
    <>
      <p>{t('closed')}</p>
      {mayOpen && (
        <ConfirmStep trigger={t('open')} title={t('openQuestion', { number })} actions={openForm}>
          <p>{t('what')}</p>
          <MeansTable figures={open} number={number} label={t('would')} />
          <p>{t('openConsequence')}</p>
        </ConfirmStep>
      )}
    </>
  );
}
