import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { AnswerVersions } from '#components/assessment/answer/answer-versions.tsx';
import { historyPath } from '#components/assessment/answer/history-path.ts';
import { criterionPath } from '#components/assessment/criterion/criterion-path.ts';
import { PageHead } from '#components/frame/page-head.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { getAnswerHistory, getAnswerHistoryInput } from '#services/history/get-answer-history.ts';
import { Frame } from '../../../../../../frame.tsx';
import { restoreAnswerAction } from '../../actions.ts';

type HistoryPageProps = {
  params: Promise<{ assessmentId: string; criterionKey: string }>;
  searchParams: Promise<{ before?: string | string[] }>;
};

export async function generateMetadata({ params }: HistoryPageProps): Promise<Metadata> {
  const t = await getTranslations('history.versions');
  return { title: t('title', { key: (await params).criterionKey }) };
}

export default async function HistoryPage({ params, searchParams }: HistoryPageProps) {
  const [asked, { before }] = await Promise.all([params, searchParams]);
  const [history, t, locale] = await Promise.all([
    readPage('assessment.read', getAnswerHistory, getAnswerHistoryInput.parse({ ...asked, before })),
    getTranslations('history.versions'),
    getLocale().then(localeOf),
  ]);
  const { criterion, assessmentId, roundName, versions, older, isLaterPage, readOnly } = history;
  const path = historyPath(assessmentId, criterion.key);
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead
          side={t('round', { round: roundName })}
          title={t('title', { key: criterion.key })}
          meta={
            <>
              {capital(criterion.short[locale])}. {t('meta')}
            </>
          }
          action={<a href={criterionPath(assessmentId, criterion.key)}>{t('back', { key: criterion.key })}</a>}
        />
        {readOnly && <p className="told">{t(`readOnly.${readOnly}`)}</p>}
        {versions.length === 0 ? (
          <Empty title={t('none')} level={2}>
            <p>{t('noneText', { key: criterion.key })}</p>
          </Empty>
        ) : (
          <AnswerVersions history={history} restore={restoreAnswerAction} />
        )}
        {(older !== null || isLaterPage) && (
          <Pager
            label={t('pages')}
            steps={[
              ...(isLaterPage ? [{ href: path, label: t('newest'), rel: 'prev' as const }] : []),
              ...(older === null ? [] : [{ href: `${path}?before=${older}`, label: t('older'), rel: 'next' as const }]),
            ]}
          />
        )}
      </div>
    </Frame>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
