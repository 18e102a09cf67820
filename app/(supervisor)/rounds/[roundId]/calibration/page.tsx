import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '#components/frame/page-head.tsx';
import { CriteriaRows } from '#components/review/calibration/criteria-rows.tsx';
import { OutlierList } from '#components/review/calibration/outlier-list.tsx';
import { ReviewerRows } from '#components/review/calibration/reviewer-rows.tsx';
import { SectionSpreads } from '#components/review/calibration/section-spreads.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { getCalibration } from '#services/reviews/get-calibration.ts';
import { Frame } from '../../../../frame.tsx';

type CalibrationPageProps = { params: Promise<{ roundId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('calibration'))('title') };
}

export default async function CalibrationRoute({ params }: CalibrationPageProps) {
  const [page, t] = await Promise.all([
    params.then((input) => readPage('calibration.read', getCalibration, input)),
    getTranslations('calibration'),
  ]);
  const { round, cases, sections, outliers, criteria, reviewers } = page;
  return (
    <Frame current="rounds" dense>
      <div className="page">
        <PageHead
          side={
            <>
              {t('round')}
              <br />
              {round.name}
            </>
          }
          title={t('title')}
          meta={t('meta', cases)}
        />
        {criteria.length === 0 ? (
          <Empty title={t('emptyTitle')} level={2}>
            <p>{t('empty')}</p>
          </Empty>
        ) : (
          <>
            <SectionSpreads sections={sections} />
            <OutlierList outliers={outliers} />
            <CriteriaRows criteria={criteria} />
            <ReviewerRows reviewers={reviewers} />
          </>
        )}
      </div>
    </Frame>
  );
}
