import { getLocale, getTranslations } from 'next-intl/server';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { PageLink } from '#components/ui/page-link.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import type { CriterionPage } from '#services/assessments/get-criterion.ts';
import { Row } from '../row.tsx';
import { criterionPath } from './criterion-path.ts';

/** The norm word for word, in Dutch on every page, with our help, its source, and why this insurer is asked. */
export async function CriterionNorm({ page }: { page: CriterionPage }) {
  const [t, locale] = await Promise.all([getTranslations('assessment.criterion'), getLocale().then(localeOf)]);
  const { criterion, framework, section, assessment } = page;
  const facts = criterion.appliesWhen.map((fact) => fact[locale].toLowerCase()).join(', ');
  const better = new Intl.ListFormat(locale, { type: 'disjunction' }).format(criterion.fulfilledBy);
  return (
    <Row
      place="first"
      id="norm"
      side={
        <>
          <p className="bigkey" aria-hidden="true">
            {criterion.key}
          </p>
          <p className="meta">{t('forLevel', { level: criterion.level })}</p>
        </>
      }
    >
      <h1 className="h3">
        <span className="vh">{t('kind', { key: criterion.key })}: </span>
        <span className="narrow-key" aria-hidden="true">
          {criterion.key}{' '}
        </span>
        {capital(criterion.short[locale])}
      </h1>
      <blockquote className="norm" lang={framework.authority}>
        <p>{criterion.text[framework.authority]}</p>
      </blockquote>
      {locale !== framework.authority && (
        <>
          <p className="courtesy">{criterion.text[locale]}</p>
          <p className="meta">{t('courtesy')}</p>
        </>
      )}
      {criterion.fulfilledBy.length > 0 && (
        <p className="after">
          {t.rich('surpass', {
            keys: () => better,
          })}
        </p>
      )}
      <div className="after">
        <Disclosure summary={t('help')}>
          <p>{criterion.help.asked[locale]}</p>
          <p className="after">
            <b>{t('helpEvidence')}</b> {criterion.help.evidence[locale]}
          </p>
          <p className="meta after">{t('helpOurs')}</p>
        </Disclosure>
      </div>
      <p className="meta after">
        {t('source', {
          publisher: framework.publisher,
          title: framework.title,
          section: section.key,
          level: criterion.level,
          levelName: framework.levelName[locale],
        })}{' '}
        {criterion.derived && `${t('derived')} `}
        {criterion.evidenceAsked && `${t('evidenceAsked')} `}
        {criterion.claimFiles && `${t('claimFiles')} `}
        {page.selfDeclared && !page.carried && `${t('outside.self')} `}
        {section.sourceNote && `${section.sourceNote[locale]} `}
        {facts &&
          t.rich('why', {
            facts,
            link: (words) => <PageLink href={`/assessments/${assessment.id}/intake`}>{words}</PageLink>,
          })}
      </p>
    </Row>
  );
}

/** The way to the criterion before this one, in the margin of the last row. */
export async function PreviousCriterion({ page }: { page: CriterionPage }) {
  const t = await getTranslations('assessment.criterion');
  if (!page.previous) return null;
  return (
    <PageLink
      className="prev"
      href={criterionPath(page.assessment.id, page.previous)}
      aria-label={t('previous', { key: page.previous })}
    >
      <span aria-hidden="true">←</span> {page.previous}
    </PageLink>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
