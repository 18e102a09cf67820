import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DrawnFiles } from '#components/assessment/claims/drawn-files.tsx';
import { GiveForm } from '#components/assessment/claims/give-form.tsx';
import { GivenLists } from '#components/assessment/claims/given-lists.tsx';
import { assessmentPath, criterionPath } from '#components/assessment/paths.ts';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { getClaims } from '#services/claims/get-claims.ts';
import { Frame } from '../../../../frame.tsx';
import { giveClaimsAction } from './actions.ts';

type ClaimsPageProps = { params: Promise<{ assessmentId: string }> };

/** A list to fill in, with the columns that are asked. */
const templates = { nl: '/dossierlijst.csv', en: '/claim-list.csv' };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('claims'))('title') };
}

export default async function ClaimsRoute({ params }: ClaimsPageProps) {
  const [page, t, insurer, locale] = await Promise.all([
    params.then((input) => readPage('assessment.read', getClaims, input)),
    getTranslations('claims'),
    getTranslations('insurer.page'),
    getLocale().then(localeOf),
  ]);
  const { assessment, criteria, lists, draw, mayGive } = page;
  const open = page.open && page.left > 0;
  // What stands comes before the way to replace it.
  const given = (
    <Band id="given" title={t('insurer.given')}>
      <GivenLists lists={lists} left={page.open ? page.left : null} />
    </Band>
  );
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead
          side={<a href={assessmentPath(assessment.id)}>{insurer('title', { round: assessment.roundName })}</a>}
          title={t('title')}
        />
        {draw && (
          <Band id="drawn" title={t('insurer.drawn')}>
            <DrawnFiles draw={draw} />
          </Band>
        )}
        {lists.length > 0 && given}
        {!draw && (
          <Band id="give" title={t(lists.length > 0 ? 'insurer.giveAgain' : 'insurer.give')}>
            <p className="intro">{open ? t('insurer.giveText') : whyNot()}</p>
            {open && (
              <p>
                <a href={templates[locale]} download>
                  {t('insurer.template')}
                </a>
              </p>
            )}
            {open &&
              (mayGive ? (
                <GiveForm
                  key={lists.length}
                  action={giveClaimsAction}
                  assessmentId={assessment.id}
                  listId={randomUUID()}
                  texts={messages[locale].claims.insurer}
                />
              ) : (
                <p className="meta">{t('insurer.mayNot')}</p>
              ))}
          </Band>
        )}
        {lists.length === 0 && given}
        {page.open && lists.length > 0 && (
          <Band id="drawn" title={t('insurer.drawn')}>
            <DrawnFiles draw={null} />
          </Band>
        )}
        <Band id="criteria" title={t('insurer.criteria')}>
          <p className="intro">{t('insurer.why')}</p>
          <ul className="plain">
            {criteria.map(({ key, short }) => (
              <li key={key}>
                <a href={criterionPath(assessment.id, key)}>{key}</a> {short[locale]}
              </li>
            ))}
          </ul>
        </Band>
      </div>
    </Frame>
  );

  function whyNot(): string {
    if (page.open) return t('insurer.faults.lists_full');
    return t(assessment.state === 'draft' || assessment.state === 'returned' ? 'insurer.waits' : 'insurer.over');
  }
}
