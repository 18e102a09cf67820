import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { ReadingRow } from '#components/frame/reading-page.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { keepHyphens } from '#components/ui/keep-hyphens.tsx';
import type { IntakeQuestion } from '#domain/framework.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import type { CriterionView, SectionView } from '#services/frameworks/get-framework.ts';
import { NormText } from './norm-text.tsx';

type Reading = { authority: Locale; locale: Locale; intake: readonly IntakeQuestion[] };

/** A section as the norm has it: its thinking, then score by score what is asked. */
export function FrameworkSection({ section, ...reading }: { section: SectionView } & Reading) {
  const t = useTranslations('framework.read');
  const { authority, locale } = reading;
  const norm = { authority, locale, courtesy: t('courtesy') };
  return (
    <section aria-labelledby={section.key}>
      <div className="part">
        <ReadingRow side={<span className="bigkey">{section.key}</span>} place="first">
          <h2 className="lead-head" id={section.key} tabIndex={-1} lang={authority}>
            {keepHyphens(section.title[authority])}
          </h2>
          {locale !== authority && <p className="courtesy">{section.title[locale]}</p>}
          {section.appliesWhen && (
            <Ours>{t('sectionApplies', { question: questionOf(section.appliesWhen, reading) })}</Ours>
          )}
          {section.outsideAssessor && <p className="meta">{t('outside')}</p>}
        </ReadingRow>
        <ReadingRow side={t('thinking')}>
          <NormText text={section.thinking} {...norm} />
          {section.sourceNote && <p className="meta">{section.sourceNote[locale]}</p>}
        </ReadingRow>
        {([1, 2, 3, 4, 5] as const).map((level) => {
          const text = section.levelTexts.find((candidate) => candidate.level === level)?.text;
          const criteria = section.criteria.filter((criterion) => criterion.level === level);
          if (!text && criteria.length === 0) return null;
          return (
            <Fragment key={level}>
              <div className="level">
                <ReadingRow side={<h3 className="h3">{t('score', { level })}</h3>}>
                  {text ? (
                    <>
                      <p className="meta">{level === 1 ? t('remains') : t('levelText', { level })}</p>
                      <NormText text={text} {...norm} />
                    </>
                  ) : (
                    <p className="meta">{t('levelCount', { count: criteria.length })}</p>
                  )}
                </ReadingRow>
              </div>
              {criteria.map((criterion) => (
                <CriterionRow key={criterion.key} criterion={criterion} section={section} {...reading} />
              ))}
            </Fragment>
          );
        })}
      </div>
    </section>
  );
}

function CriterionRow({
  criterion,
  section,
  ...reading
}: { criterion: CriterionView; section: SectionView } & Reading) {
  const t = useTranslations('framework.read');
  const { authority, locale } = reading;
  const own = criterion.appliesWhen.filter((fact) => fact !== section.appliesWhen);
  return (
    <article className="criterion" id={criterion.key} tabIndex={-1} aria-label={criterion.key}>
      <ReadingRow side={<span className="key">{criterion.key}</span>}>
        <NormText text={criterion.text} authority={authority} locale={locale} courtesy={t('courtesy')} />
        <ul className="marks">
          {criterion.evidenceAsked && <li>{t('evidenceAsked')}</li>}
          {criterion.claimFiles && <li>{t('claimFiles')}</li>}
          {criterion.derived && (
            <li>
              <Ours>{t('derived')}</Ours>
            </li>
          )}
          {criterion.fulfilledBy.length > 0 && (
            <li>
              <Ours>{t('fulfilledBy', { criteria: criterion.fulfilledBy.join(` ${t('or')} `) })}</Ours>
            </li>
          )}
          {own.map((fact) => (
            <li key={fact}>
              <Ours>{t('appliesWhen', { question: questionOf(fact, reading) })}</Ours>
            </li>
          ))}
        </ul>
        <Disclosure summary={t('help')}>
          <p>
            <b>{t('asked')}.</b> {criterion.help.asked[locale]}
          </p>
          <p>
            <b>{t('evidence')}.</b> {criterion.help.evidence[locale]}
          </p>
        </Disclosure>
      </ReadingRow>
    </article>
  );
}

/** What is not the norm's word but our reading of it; the reason stands under that heading. */
function Ours({ children }: { children: string }) {
  const t = useTranslations('framework.read');
  return (
    <span className="ours">
      {children} (<a href="#reading">{t('ours')}</a>)
    </span>
  );
}

function questionOf(fact: string, { intake, locale }: Reading): string {
  return intake.find(({ key }) => key === fact)?.question[locale] ?? fact;
}
