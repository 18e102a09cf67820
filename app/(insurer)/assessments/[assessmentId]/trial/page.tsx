import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { assessmentPath } from '#components/assessment/paths.ts';
import { TrialForm } from '#components/assessment/trial/trial-form.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { messages } from '#lib/i18n/messages.ts';
import { getTrial } from '#services/trial/get-trial.ts';
import { Frame } from '../../../../frame.tsx';

type TrialPageProps = {
  params: Promise<{ assessmentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('trial'))('title') };
}

export default async function TrialPage({ params, searchParams }: TrialPageProps) {
  const [{ assessmentId }, tried] = await Promise.all([params, searchParams]);
  const [{ roundName, reference, ...data }, t, locale] = await Promise.all([
    readPage('assessment.read', getTrial, { assessmentId, tried }),
    getTranslations('trial'),
    getLocale(),
  ]);
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead
          side={
            <>
              <a href={assessmentPath(data.assessmentId)}>{t('round', { round: roundName })}</a>
              <br />
              {reference}
            </>
          }
          title={t('title')}
          meta={t('intro')}
        />
        <TrialForm {...data} locale={locale} texts={messages[locale].trial.words} />
      </div>
    </Frame>
  );
}
