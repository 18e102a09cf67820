import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ComponentProps, ReactNode } from 'react';
import { formatMoment } from '#lib/i18n/dates.ts';
import type { CheckPage } from '#services/assessments/get-check.ts';
import { mailbox } from '../mailbox.tsx';
import { assessmentPath } from '../paths.ts';
import { SignFormWhereAsked } from './sign-form-where-asked.tsx';

type SigningBandProps = {
  check: CheckPage;
  /** The form is there: this person may sign, and nothing stands in its way. */
  signs: boolean;
  userName: string;
  action: ComponentProps<typeof SignFormWhereAsked>['action'];
};

/** The last block of the page of checks: the declaration, and the form or why there is none. */
export async function SigningBand({ check, signs, userName, action }: SigningBandProps) {
  const [t, locale] = await Promise.all([getTranslations('insurer.sign'), getLocale()]);
  const { status, declaration } = check;
  const courtesy = locale !== 'nl' && t('courtesy', { organisation: status.organisationName });
  return (
    <section className="band" id="sign" aria-labelledby="sign-title">
      <div className="side">
        <h2 id="sign-title">{t('title')}</h2>
        <p className="meta">{t('by')}</p>
      </div>
      <div className="signing">
        {!signs && <p className="attword">{await waitingWords(check)}</p>}
        <blockquote className="decl" lang={locale === 'nl' ? undefined : 'nl'}>
          {declaration}
        </blockquote>
        {courtesy && <p className="meta">{courtesy}</p>}
        {signs && (
          <SignFormWhereAsked
            action={action}
            assessmentId={status.id}
            submissionId={randomUUID()}
            signatoryName={userName}
            backHref={assessmentPath(status.id)}
            texts={{
              name: t('name'),
              function: t('function'),
              password: t('password'),
              passwordHint: t('passwordHint'),
              declared: t('declared'),
              what: t('what', { answers: check.answers, evidence: check.evidence }),
              submit: t('submit'),
              notYet: t('notYet'),
              errors: {
                title: t('errors.title'),
                name: t('errors.name'),
                function: t('errors.function'),
                declared: t('errors.declared'),
                password: t('errors.password'),
                busy: t('errors.busy'),
                wrong_state: t('errors.wrong_state'),
                own_deadline_open: t('errors.own_deadline_open'),
                changed: t('errors.changed'),
                signed_out: t('errors.signed_out'),
                forbidden: t('errors.forbidden'),
              },
            }}
          />
        )}
      </div>
    </section>
  );
}

async function waitingWords({ status, blocks, hindrances }: CheckPage): Promise<ReactNode> {
  const [t, locale] = await Promise.all([getTranslations('insurer.sign'), getLocale()]);
  if (status.deadlineOver) {
    const overview = `${assessmentPath(status.id)}#extension`;
    const moment = formatMoment(status.deadlineAt, locale);
    return t.rich('over', { moment, a: (text) => <a href={overview}>{text}</a> });
  }
  if (blocks.length > 0) {
    return t.rich('waits', { count: blocks.length + hindrances.length, a: (text) => <a href="#points">{text}</a> });
  }
  const organisation = status.organisationName;
  return hindrances.includes('no_signatory')
    ? t.rich('nobody', { organisation, ...mailbox(status) })
    : t('other', { organisation });
}
