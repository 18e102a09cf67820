import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { ClaimedLevels } from '#components/review/calibration/claimed-levels.tsx';
import { CriteriaTable } from '#components/review/calibration/criteria-table.tsx';
import { CriterionReviewers } from '#components/review/calibration/criterion-reviewers.tsx';
import { LevelColumns } from '#components/review/calibration/level-columns.tsx';
import { OutstandingList } from '#components/review/calibration/outstanding-list.tsx';
import { ReviewersTable } from '#components/review/calibration/reviewers-table.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { formatMoment } from '#lib/i18n/dates.ts';
import { getCalibration, getCalibrationInput } from '#services/reviews/get-calibration.ts';
import { Frame } from '../../../../frame.tsx';

type CalibrationPageProps = { params: Promise<{ roundId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('calibration'))('title') };
}

export default async function CalibrationPage({ params }: CalibrationPageProps) {
  const input = getCalibrationInput.safeParse(await params);
  if (!input.success) notFound();
  const [calibration, t, locale] = await Promise.all([
    readPage('calibration.read', getCalibration, input.data),
    getTranslations('calibration'),
    getLocale(),
  ]);
  const { insurers, judged, sections, criteria, reviewers, roundId, name, readAt } = calibration;
  return (
    <Frame current="rounds" dense>
      <div className="page">
        <PageHead
          side={
            <>
              {t('side')}
              <br />
              <Link href={`/rounds/${roundId}`} prefetch={false}>
                {name}
              </Link>
            </>
          }
          title={t('title')}
          meta={t('meta', {
            judged,
            insurers,
            reviewers: reviewers.length,
            moment: formatMoment(new Date(readAt), locale),
          })}
        />
        {criteria.length === 0 ? (
          <Empty title={t('emptyTitle')}>
            <p>{t('empty')}</p>
          </Empty>
        ) : (
          <>
            <section className="levels-band" aria-labelledby="levels">
              <h2 id="levels">{t('sections')}</h2>
              <LevelColumns sections={sections} />
            </section>
            <Band id="outstanding" title={t('lone')} meta={t('loneMeta')}>
              <OutstandingList calibration={calibration} />
            </Band>
            <Band id="claimed" title={t('claimedTitle')} meta={t('claimedMeta')}>
              <ClaimedLevels sections={sections} />
            </Band>
            <Band id="criteria" title={t('criteria')} meta={t('criteriaMeta', { count: criteria.length })}>
              <CriteriaTable criteria={criteria} />
              <CriterionReviewers criteria={criteria} />
            </Band>
            <Band id="reviewers" title={t('reviewers')} meta={t('reviewersMeta')}>
              <ReviewersTable calibration={calibration} />
            </Band>
          </>
        )}
      </div>
    </Frame>
  );
}
