import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getMessages, getTranslations } from 'next-intl/server';
import { ConfirmForm } from '#components/administration/confirm-form.tsx';
import { DelegationForm } from '#components/administration/delegation-form.tsx';
import { CourtesyTitle, NormTitle } from '#components/assessment/criterion/norm-title.tsx';
import { assessmentPath } from '#components/assessment/paths.ts';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { formatDay, formatMoment } from '#lib/i18n/dates.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { type Delegations, listDelegations, type SectionToAsk } from '#services/delegations/list-delegations.ts';
import { Frame } from '../../../../frame.tsx';
import { assignSectionAction, unassignSectionAction } from './actions.ts';

type DelegationsPageProps = { params: Promise<{ assessmentId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('team.delegations'))('title') };
}

export default async function DelegationsPage({ params }: DelegationsPageProps) {
  const { assessmentId } = await params;
  const [data, t, locale] = await Promise.all([
    readPage('section.assign', listDelegations, { assessmentId }),
    getTranslations('team.delegations'),
    readLocale(),
  ]);
  const { status, sections } = data;
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead
          side={<a href={assessmentPath(assessmentId)}>{t('back')}</a>}
          title={t('title')}
          meta={
            <>
              {t('meta', { round: status.round.name })}{' '}
              {status.editable &&
                !status.deadlineOver &&
                t('until', { moment: formatMoment(status.deadlineAt, locale) })}
            </>
          }
        />
        {status.editable ? (
          sections.map((section) => (
            <Band
              key={section.key}
              id={`section-${section.key}`}
              title={
                <>
                  {section.key} <NormTitle text={section.title} />
                </>
              }
              meta={
                <>
                  <CourtesyTitle text={section.title} after=". " />
                  {t('progress', { responded: section.responded, applicable: section.applicable })}
                </>
              }
            >
              <SectionRequest section={section} data={data} />
            </Band>
          ))
        ) : (
          <Empty level={2} title={t('closedTitle')}>
            <p>{t('closed')}</p>
          </Empty>
        )}
      </div>
    </Frame>
  );
}

async function SectionRequest({ section, data }: { section: SectionToAsk; data: Delegations }) {
  const [t, asking, { team: texts }, locale] = await Promise.all([
    getTranslations('team.delegations'),
    getTranslations('team.asked'),
    getMessages(),
    readLocale(),
  ]);
  const { asked, candidates, lacking } = section;
  const { status, today, latest } = data;
  const form = candidates.length > 0 && (
    <DelegationForm
      action={assignSectionAction}
      texts={{
        colleague: t('colleague'),
        choose: t('choose'),
        day: t('day'),
        dayHint: latest && t('dayHint', { day: formatDay(latest, locale) }),
        submit: t(asked ? 'change' : 'ask'),
        asking: t('asking'),
        now: texts.delegations.now,
        gone: t('gone'),
      }}
      locale={locale}
      sentences={texts.delegations.errors}
      assessmentId={status.id}
      sectionKey={section.key}
      delegationId={randomUUID()}
      seenId={asked?.id ?? ''}
      colleagues={candidates.map(({ membershipId, name, you, asked: count }) => ({
        membershipId,
        name: t('option', { name: you ? t('you', { name }) : name, count }),
      }))}
      asked={asked && { membershipId: asked.membershipId, dueOn: asked.dueOn }}
      today={today}
      latest={latest}
    />
  );
  const standing = asked && {
    who: t(asked.you ? 'standingYou' : 'standing', { name: asked.name, day: formatDay(asked.dueOn, locale) }),
    by: asked.askedByYou ? '' : `, ${t('by', { name: asked.askedByName })}`,
  };
  return (
    <>
      <p className="standing" aria-live="polite">
        {standing ? `${standing.who}${standing.by}` : t('nobody')}{' '}
        <Tag kind={lacking === 0 ? 'done' : 'todo'}>{t('lacking', { count: lacking })}</Tag>
        {asked?.late && <Tag kind="attention">{asking('late')}</Tag>}
      </p>
      {asked && !asked.able && <p className="attword">{t('unable', { name: asked.name })}</p>}
      {candidates.length === 0 && (
        <p>
          {t('nobodyMay')} <a href="/team">{t('toTeam')}</a>
        </p>
      )}
      {asked ? (
        <>
          {form && <Disclosure summary={t('changeTrigger')}>{form}</Disclosure>}
          <ConfirmForm
            action={unassignSectionAction}
            name="delegationId"
            value={asked.id}
            along={{ name: 'assessmentId', value: status.id }}
            trigger={t('withdraw')}
            question={t('withdrawQuestion', { name: asked.name })}
            consequence={t('withdrawConsequence', { name: asked.name })}
            submit={t('withdrawSubmit')}
            sentences={texts.delegations.withdrawErrors}
          />
        </>
      ) : (
        form
      )}
    </>
  );
}
