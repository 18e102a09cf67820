import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Empty } from '#components/ui/empty.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { formatDay, formatMoment } from '#lib/i18n/dates.ts';
import type { Waiting } from '#services/assessments/waiting-on-me.ts';
import { NormTitle } from '../criterion/norm-title.tsx';
import { checkPath, claimsPath, criterionPath, draftOutcomePath, intakePath, requestPath } from '../paths.ts';

/** What waits on who looks: each thing with why, until when, and one link to the spot. */
export async function WaitingList({ waiting }: { waiting: readonly Waiting[] }) {
  const t = await getTranslations('team.waiting');
  if (waiting.length === 0) {
    return (
      <Empty title={t('noneTitle')}>
        <p>{t('none')}</p>
      </Empty>
    );
  }
  return (
    <ol className="waits">
      {waiting.map((item) => (
        <WaitingItem key={keyOf(item)} item={item} />
      ))}
    </ol>
  );
}

async function WaitingItem({ item }: { item: Waiting }) {
  const [t, hearing, asked, claims, locale] = await Promise.all([
    getTranslations('team.waiting'),
    getTranslations('hearing.home'),
    getTranslations('requests'),
    getTranslations('claims.insurer.notice'),
    getLocale(),
  ]);
  switch (item.kind) {
    case 'asked': {
      const { section, dueOn, late, askedBy, lacking, startKey, assessmentId } = item;
      const day = formatDay(dueOn, locale);
      return (
        <Line
          round={item.round}
          title={
            <>
              {t('asked', { key: section.key })} <NormTitle text={section.title} />
            </>
          }
          tag={late && <Tag kind="attention">{t('askedLate')}</Tag>}
          text={askedBy ? t('askedBy', { name: askedBy, day, lacking }) : t('askedSelf', { day, lacking })}
          href={criterionPath(assessmentId, startKey)}
          go={t('go', { key: startKey })}
        />
      );
    }
    case 'returned': {
      const [first, ...rest] = item.items;
      return (
        <Line
          round={item.round}
          title={t('returned')}
          text={
            <>
              {item.reason} {item.deadlineAt && t('returnedTerm', { moment: formatMoment(item.deadlineAt, locale) })}
            </>
          }
          href={criterionPath(item.assessmentId, first?.at ?? '')}
          go={t('go', { key: first?.key ?? '' })}
        >
          {rest.map(({ key, at }) => (
            <Link key={key} href={criterionPath(item.assessmentId, at)} prefetch={false}>
              {t('go', { key })}
            </Link>
          ))}
        </Line>
      );
    }
    case 'hearing':
      return (
        <Line
          round={item.round}
          title={hearing('title')}
          text={hearing('text', { moment: formatMoment(item.termAt, locale) })}
          href={draftOutcomePath(item.assessmentId)}
          go={hearing('go')}
        />
      );
    case 'sign':
      return (
        <Line
          round={item.round}
          title={t('sign')}
          text={t('signText', { moment: formatMoment(item.deadlineAt, locale) })}
          href={`${checkPath(item.assessmentId)}#sign`}
          go={t('signGo')}
        />
      );
    case 'intake':
      return (
        <Line
          round={item.round}
          title={t('intake')}
          text={t('intakeText')}
          href={intakePath(item.assessmentId)}
          go={t('intakeGo')}
        />
      );
    case 'mentioned': {
      const { count, criterionKey: key } = item;
      return (
        <Line
          round={item.round}
          title={t('mentioned', { count })}
          text={t(count === 1 ? 'mentionedText' : 'mentionedMore', { key })}
          href={`${criterionPath(item.assessmentId, key)}#notes`}
          go={t('go', { key })}
        />
      );
    }
    case 'request':
      return (
        <Line
          round={item.round}
          title={asked('insurer.waits', { key: item.criterionKey })}
          text={asked('term', { moment: formatMoment(item.termAt, locale) })}
          href={requestPath(item.assessmentId, item.requestId)}
          go={asked('insurer.go', { key: item.criterionKey })}
        />
      );
    case 'claims':
      return (
        <Line
          round={item.round}
          title={claims('askedTitle')}
          text={claims('asked')}
          href={claimsPath(item.assessmentId)}
          go={claims('askedLink')}
        />
      );
    case 'invitations':
      return (
        <Line
          title={t('invitations')}
          text={[t('invitationsOver', { count: item.over }), t('invitationsSoon', { count: item.soon })]
            .filter(Boolean)
            .join(' ')}
          href="/team#invitations"
          go={t('invitationsGo')}
        />
      );
  }
}

type LineProps = {
  round?: string;
  title: ReactNode;
  tag?: ReactNode;
  text: ReactNode;
  href: string;
  go: string;
  /** More ways, where there is more than one spot. */
  children?: ReactNode;
};

function Line({ round, title, tag, text, href, go, children }: LineProps) {
  return (
    <li>
      <div>
        <h3>
          {title} {tag}
        </h3>
        <p>{text}</p>
      </div>
      <p className="wait-ways">
        <Link href={href} prefetch={false}>
          {go}
        </Link>
        {children}
        {round && <span className="meta">{round}</span>}
      </p>
    </li>
  );
}

function keyOf(item: Waiting): string {
  if (item.kind === 'invitations') return item.kind;
  return [item.kind, item.assessmentId, spotOf(item)].join(' ');
}

function spotOf(item: Waiting): string {
  if (item.kind === 'request') return item.requestId;
  return item.kind === 'asked' ? item.section.key : '';
}
