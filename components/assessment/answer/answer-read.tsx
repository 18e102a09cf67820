import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Block } from '#components/score/block.tsx';
import { CarriedNote } from '#components/score/carried-note.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import { formatDay } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { CriterionPage, ReadOnly } from '#services/assessments/get-criterion.ts';
import { assessmentPath, draftOutcomePath } from '../paths.ts';
import { Row } from '../row.tsx';
import { EarlierTexts } from './earlier-texts.tsx';
import { EffectLine } from './effect-line.tsx';
import { fixedWords } from './fixed-words.ts';

/** The answer to who may not change it: why, who acts, and what stands there. */
export async function AnswerRead({ page, readOnly }: { page: CriterionPage; readOnly: NonNullable<ReadOnly> }) {
  const [t, history, locale] = await Promise.all([
    getTranslations('assessment.criterion'),
    getTranslations('history'),
    getLocale().then(localeOf),
  ]);
  const { answer, assessment, criterion, outside } = page;
  const facts = criterion.appliesWhen.map((fact) => fact[locale].toLowerCase()).join(', ');
  const fixed = readOnly.because === 'state' ? fixedWords(assessment) : null;
  const why = readOnly.because === 'state' ? 'submitted' : readOnly.because;
  const { title, text } = page.carried ? carried : (fixed ?? { title: why, text: why });
  return (
    <>
      <Row>
        <Notice title={t(`readOnly.${title}.title`)}>
          {page.carried ? (
            <CarriedNote carried={page.carried} />
          ) : (
            <p>{t.rich(`readOnly.${text}.text`, { facts, ...linksOf(assessment.id) })}</p>
          )}
        </Notice>
      </Row>
      {readOnly.because !== 'not_applicable' && !page.carried && (
        <div className="row">
          <div className="side">
            {t('answer')}
            <EarlierTexts version={answer.version} label={history('link')} />
          </div>
          <div className="col">
            {outside ? (
              <OutsideResult outside={outside} />
            ) : (
              <>
                <h2 className="h2">{t('live.question')}</h2>
                <p>
                  <Block kind={answer.response ?? 'open'}>
                    {answer.response ? t(`live.options.${answer.response}`) : t('live.words.open')}
                  </Block>
                </p>
              </>
            )}
          </div>
          <div className="side sub voice">{t('effect')}</div>
          <div className="col sub">
            <EffectLine response={outside?.response ?? answer.response} />
          </div>
        </div>
      )}
      {answer.explanation && (
        <Row side={outside ? t('remark') : t('explanation')}>
          <p className="prewrap">{answer.explanation}</p>
        </Row>
      )}
    </>
  );
}

const carried = { title: 'carried', text: 'carried' } as const;

/** Where the next step can be taken, or read about. */
function linksOf(assessmentId: string) {
  return {
    overview: (text: ReactNode) => <PageLink href={assessmentPath(assessmentId)}>{text}</PageLink>,
    outcome: (text: ReactNode) => <PageLink href={draftOutcomePath(assessmentId)}>{text}</PageLink>,
  };
}

/** What an outside assessor measured: in place of an answer, with its source and date. */
export async function OutsideResult({ outside }: { outside: NonNullable<CriterionPage['outside']> }) {
  const [t, format, locale] = await Promise.all([
    getTranslations('assessment.criterion'),
    readFormatter(),
    getLocale().then(localeOf),
  ]);
  const date = format.dateTime(new Date(`${outside.measuredOn}T12:00:00Z`), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return (
    <>
      <h2 className="h2">{t('outside.title')}</h2>
      <p>
        <Block kind={outside.response}>
          {t('outside.result', { response: t(`live.words.${outside.response}`), date, source: outside.source })}
        </Block>
      </p>
      <p className="meta">{t('outside.since', { at: formatDay(outside.importedAt, locale) })}</p>
      <p className="meta after">{t('outside.why')}</p>
    </>
  );
}
