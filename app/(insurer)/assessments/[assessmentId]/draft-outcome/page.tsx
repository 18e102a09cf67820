import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { HearingNotice } from '#components/assessment/hearing/hearing-notice.tsx';
import { RespondBand } from '#components/assessment/hearing/respond-band.tsx';
import { StatementPart } from '#components/assessment/hearing/statement-part.tsx';
import { assessmentPath, draftOutcomePath } from '#components/assessment/paths.ts';
import { DraftOutcomeView } from '#components/dashboard/draft-outcome-view.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { PrintButton } from '#components/ui/print-button.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { formatDay, formatMoment } from '#lib/i18n/dates.ts';
import { platformLimits } from '#services/evidence/evidence-context.ts';
import { getDraftOutcome, getDraftOutcomeInput } from '#services/hearing/get-draft-outcome.ts';
import { Frame } from '../../../../frame.tsx';
import { encloseEvidenceAction, removeEnclosureAction } from '../evidence/actions.ts';
import { respondOutcomeAction, saveStatementAction } from './actions.ts';

type DraftOutcomePageProps = {
  params: Promise<{ assessmentId: string }>;
  searchParams: Promise<Partial<Record<'version' | 'upload' | 'section', string | string[]>>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('hearing.page'))('title') };
}

export default async function DraftOutcomePage({ params, searchParams }: DraftOutcomePageProps) {
  const [{ assessmentId }, { version, upload, section }] = await Promise.all([params, searchParams]);
  const input = getDraftOutcomeInput.safeParse({ assessmentId, version });
  if (!input.success) notFound();
  const [page, t, work, locale] = await Promise.all([
    readPage('assessment.read', getDraftOutcome, input.data),
    getTranslations('hearing.page'),
    getTranslations('insurer.page'),
    getLocale(),
  ]);
  const { status, content, versions, texts } = page;
  const newest = content.version === versions[0]?.version;
  const path = draftOutcomePath(status.id);
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead
          side={<a href={assessmentPath(status.id)}>{work('title', { round: status.round.name })}</a>}
          title={t('title')}
          meta={t('meta', {
            version: content.version,
            day: formatDay(new Date(content.sentAt), locale),
            organisation: content.organisation.name,
            reference: content.reference,
          })}
          action={<PrintButton>{work('print')}</PrintButton>}
        />
        <div className="gap-below">
          {newest ? (
            <HearingNotice status={status} reading />
          ) : (
            <p className="intro">{t.rich('older', { a: (text) => <a href={path}>{text}</a> })}</p>
          )}
        </div>
        <DraftOutcomeView
          content={content}
          texts={texts}
          under={(key) => (
            <StatementPart
              page={page}
              sectionKey={key}
              action={saveStatementAction}
              files={{ enclose: encloseEvidenceAction, remove: removeEnclosureAction }}
              uploads={section === key ? [upload ?? []].flat() : []}
              limits={platformLimits()}
            />
          )}
        />
        <RespondBand page={page} action={respondOutcomeAction} />
        {versions.length > 1 && (
          <Band id="versions" title={t('versions')}>
            <ul className="ways">
              {versions.map((sent) => {
                const name = t('version', { version: sent.version, moment: formatMoment(sent.sentAt, locale) });
                return (
                  <li key={sent.version}>
                    {sent.version === content.version ? (
                      <>
                        {name} <span className="meta">{t('shown')}</span>
                      </>
                    ) : (
                      <a href={`${path}?version=${sent.version}`}>{name}</a>
                    )}
                  </li>
                );
              })}
            </ul>
          </Band>
        )}
      </div>
    </Frame>
  );
}
