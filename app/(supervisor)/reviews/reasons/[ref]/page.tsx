import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { ReasonForm } from '#components/review/reasons/reason-form.tsx';
import { ReasonRemove } from '#components/review/reasons/reason-remove.tsx';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { grounds } from '#domain/answers.ts';
import { readPage } from '#lib/auth/read-page.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { listStandardReasons, listStandardReasonsInput } from '#services/standard-reasons/list-standard-reasons.ts';
import { Frame } from '../../../../frame.tsx';
import { removeStandardReasonAction, saveStandardReasonAction } from '../../desk-actions.ts';

type ReasonsPageProps = { params: Promise<{ ref: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('desk.reasons'))('title') };
}

export default async function StandardReasonsPage({ params }: ReasonsPageProps) {
  const input = listStandardReasonsInput.safeParse({ frameworkRef: decodeURIComponent((await params).ref) });
  if (!input.success) notFound();
  const [{ frameworkRef, title, sections, reasons }, t, words, format, locale] = await Promise.all([
    readPage('standard_reason.save', listStandardReasons, input.data),
    getTranslations('desk.reasons'),
    getTranslations('review.grounds'),
    readFormatter(),
    getLocale().then(localeOf),
  ]);
  const { refusals, reasons: texts } = messages[locale].desk;
  return (
    <Frame current="reviews" dense>
      <div className="page">
        <PageHead side={t('side')} title={t('title')} meta={title[locale]} />
        <Band id="list" title={t('list')}>
          <p className="intro">{reasons.length > 0 ? t('intro') : t('none')}</p>
          <ol className="working-notes">
            {reasons.map(({ id, criterionKey, ground, text, writtenAt, by }) => (
              <li key={id}>
                <h3 className="h3">
                  {criterionKey ?? t('every')}
                  {ground && <span className="meta">, {words(ground)}</span>}
                </h3>
                <p className="prewrap">{text}</p>
                <div className="note-foot meta">
                  <span>
                    {by
                      ? t('by', { by, date: format.dateTime(writtenAt, { dateStyle: 'long' }) })
                      : format.dateTime(writtenAt, { dateStyle: 'long' })}
                  </span>
                  <ConfirmStep
                    trigger={t('remove')}
                    title={t('removeTitle')}
                    actions={
                      <ReasonRemove
                        action={removeStandardReasonAction}
                        frameworkRef={frameworkRef}
                        reasonId={id}
                        submit={t('remove')}
                        failed={t('removeFailed')}
                        refusals={refusals}
                      />
                    }
                  >
                    <p>{t('removeText')}</p>
                  </ConfirmStep>
                </div>
              </li>
            ))}
          </ol>
        </Band>
        <Band id="add" title={t('addTitle')}>
          <ReasonForm
            key={reasons.length}
            action={saveStandardReasonAction}
            frameworkRef={frameworkRef}
            reasonId={randomUUID()}
            count={reasons.length}
            groups={sections.map((section) => ({
              label: `${section.key} ${section.title[locale]}`,
              options: section.criteria.map(({ key, short }) => ({ value: key, label: `${key} ${short[locale]}` })),
            }))}
            grounds={grounds.map((value) => ({ value, label: words(value) }))}
            texts={texts}
            refusals={refusals}
          />
        </Band>
      </div>
    </Frame>
  );
}
