import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ButtonLink, ButtonRow } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { formatDay, formatMoment } from '#lib/i18n/dates.ts';
import type { AssessmentStatus } from '#services/assessments/assessment-status.ts';
import { HearingNotice } from '../hearing/hearing-notice.tsx';
import { mailbox } from '../mailbox.tsx';
import { criterionPath, dashboardPath, receiptFilePath, receiptPath, submittedPath } from '../paths.ts';
import { SubmissionRecord } from './submission-record.tsx';

type StatusNoticeProps = {
  status: AssessmentStatus;
  /** The criterion at which a spot that the supervisor names can be opened, by its key. */
  spots: Readonly<Record<string, string>>;
  /** The supervisor asks something that is not answered yet. */
  asked?: boolean;
  /** What can still be done: the form that withdraws. */
  children?: ReactNode;
};

/** Where the assessment stands, who acts next and until when; nothing while it is simply being filled in. */
export async function StatusNotice(props: StatusNoticeProps) {
  switch (props.status.state) {
    case 'draft':
      return <DraftNotice {...props} />;
    case 'returned':
      return <ReturnedNotice {...props} />;
    case 'closed':
      return <ClosedNotice {...props} />;
    case 'published':
      return <PublishedNotice {...props} />;
    default:
      return <SubmittedNotice {...props} />;
  }
}

async function DraftNotice({ status }: StatusNoticeProps) {
  const [t, locale] = await Promise.all([getTranslations('insurer.status'), getLocale()]);
  const { extended } = status.notices;
  return (
    <>
      <ReopenedNotice status={status} />
      <WithdrawnNotice status={status} />
      {status.deadlineOver && <OverNotice status={status} />}
      {!status.deadlineOver && extended && (
        <Notice title={t('extendedTitle', { moment: formatMoment(status.deadlineAt, locale) })}>
          {extended.reason && <p>{t('reason', { reason: extended.reason })}</p>}
        </Notice>
      )}
    </>
  );
}

/** A case that was closed and goes on: why. */
async function ReopenedNotice({ status }: { status: AssessmentStatus }) {
  const [t, locale] = await Promise.all([getTranslations('insurer.status'), getLocale()]);
  const { reopened } = status.notices;
  if (!reopened) return null;
  return (
    <Notice title={t('reopenedTitle', { day: formatDay(reopened.sentAt, locale) })}>
      <p>{t('reopenedText')}</p>
      {reopened.reason && <p className="prewrap">{t('reason', { reason: reopened.reason })}</p>}
    </Notice>
  );
}

/** What was signed and taken back stays with the insurer. */
async function WithdrawnNotice({ status: { withdrawn } }: { status: AssessmentStatus }) {
  const [t, locale] = await Promise.all([getTranslations('insurer.status'), getLocale()]);
  if (!withdrawn) return null;
  const { id, number, withdrawnAt } = withdrawn;
  return (
    <Notice title={t('withdrawnTitle', { number, moment: formatMoment(withdrawnAt, locale) })}>
      <p>
        {t.rich('withdrawnText', {
          a: (text) => (
            <a href={receiptFilePath(id)} download>
              {text}
            </a>
          ),
        })}
      </p>
    </Notice>
  );
}

async function OverNotice({ status }: { status: AssessmentStatus }) {
  const [t, locale] = await Promise.all([getTranslations('insurer.status'), getLocale()]);
  return (
    <Notice title={t('overTitle')}>
      <p>
        {t.rich('overText', {
          moment: formatMoment(status.deadlineAt, locale),
          ...mailbox(status),
        })}
      </p>
    </Notice>
  );
}

async function ReturnedNotice({ status, spots }: StatusNoticeProps) {
  const [t, home, locale] = await Promise.all([
    getTranslations('insurer.status'),
    getTranslations('insurer.home'),
    getLocale(),
  ]);
  const notice = status.notices.returned;
  if (!notice) return status.deadlineOver ? <OverNotice status={status} /> : null;
  const first = notice.items.find(({ key }) => spots[key]);
  const firstSpot = first && spots[first.key];
  return (
    <>
      <Notice kind="attention" title={t('returnedTitle', { day: formatDay(notice.sentAt, locale) })}>
        {!status.deadlineOver && (
          <p>
            {t.rich('returnedText', {
              moment: formatMoment(status.deadlineAt, locale),
              days: status.daysLeft,
              b: (text) => <b>{text}</b>,
            })}
          </p>
        )}
        {notice.reason && <p className="prewrap">{notice.reason}</p>}
        {notice.items.length > 0 && (
          <ol className="reasons">
            {notice.items.map(({ key, text }) => {
              const spot = spots[key];
              const label = spot === key ? key : t('section', { key });
              return (
                <li key={`${key}:${text}`}>
                  {spot ? (
                    <Link href={criterionPath(status.id, spot)} prefetch={false}>
                      {label}
                    </Link>
                  ) : (
                    <b>{key}</b>
                  )}
                  <span className="prewrap">{text}</span>
                </li>
              );
            })}
          </ol>
        )}
        <p>{t('returnedKeeps')}</p>
        <ButtonRow>
          {firstSpot && (
            <ButtonLink kind="plain" dense href={criterionPath(status.id, firstSpot)}>
              {home('resume', { key: firstSpot })}
            </ButtonLink>
          )}
          {status.submission && (
            <Link href={submittedPath(status.id)} prefetch={false}>
              {t('readEarlier')}
            </Link>
          )}
        </ButtonRow>
      </Notice>
      <WithdrawnNotice status={status} />
      {status.deadlineOver && <OverNotice status={status} />}
    </>
  );
}

async function SubmittedNotice({ status, asked = false, children }: StatusNoticeProps) {
  const [t, requests, locale] = await Promise.all([
    getTranslations('insurer.status'),
    getTranslations('requests.insurer'),
    getLocale(),
  ]);
  const { submission, state } = status;
  if (!submission) return null;
  const title =
    state === 'submitted'
      ? t('submittedTitle', { moment: formatMoment(submission.signedAt, locale) })
      : t(state === 'hearing' ? 'hearingTitle' : state === 'in_review' ? 'reviewTitle' : 'decisionTitle');
  const rich = { due: formatDay(status.decisionsDueAt, locale), b: (text: ReactNode) => <b>{text}</b> };
  return (
    <>
      <HearingNotice status={status} />
      <Notice kind="ok" title={title}>
        <SubmissionRecord status={status} submission={submission} />
        {state !== 'hearing' && (
          <p>
            {asked && (state === 'in_review' || state === 'submitted')
              ? requests.rich('nextYou', rich)
              : t.rich(state === 'submitted' ? 'submittedNext' : 'reviewNext', rich)}
          </p>
        )}
        {state === 'submitted' && !status.deadlineOver && (
          <p>{t('withdrawable', { deadline: formatMoment(status.deadlineAt, locale) })}</p>
        )}
        {status.outcome && (
          <>
            <p>{t('revised')}</p>
            {status.notices.under_revision?.reason && (
              <p className="prewrap">{t('revisedReason', { reason: status.notices.under_revision.reason })}</p>
            )}
          </>
        )}
        <div className="btnrow">
          <ButtonLink kind="plain" dense href={submittedPath(status.id)}>
            {t('read')}
          </ButtonLink>
          <Link href={receiptPath(status.id)} prefetch={false}>
            {t('receipt')}
          </Link>
          {status.outcome && (
            <Link href={dashboardPath(status.outcome.publicationId)} prefetch={false}>
              {t('dashboard')}
            </Link>
          )}
        </div>
        {children}
      </Notice>
    </>
  );
}

async function PublishedNotice({ status }: StatusNoticeProps) {
  const t = await getTranslations('insurer.status');
  return (
    <Notice kind="ok" title={t('publishedTitle')}>
      <p>{t('publishedText')}</p>
      {status.submission && <SubmissionRecord status={status} submission={status.submission} />}
      <div className="btnrow">
        {status.outcome && <ButtonLink href={dashboardPath(status.outcome.publicationId)}>{t('dashboard')}</ButtonLink>}
        <Link href={submittedPath(status.id)} prefetch={false}>
          {t('read')}
        </Link>
        <Link href={receiptPath(status.id)} prefetch={false}>
          {t('receipt')}
        </Link>
      </div>
    </Notice>
  );
}

async function ClosedNotice({ status }: StatusNoticeProps) {
  const [t, locale] = await Promise.all([getTranslations('insurer.status'), getLocale()]);
  const notice = status.notices.closed;
  return (
    <Notice title={t('closedTitle')}>
      <p>
        {t.rich('closedText', {
          moment: notice ? formatMoment(notice.sentAt, locale) : '',
          ...mailbox(status),
        })}
      </p>
      {notice?.reason && <p>{t('reason', { reason: notice.reason })}</p>}
      {status.submission && (
        <div className="btnrow">
          <ButtonLink kind="plain" dense href={submittedPath(status.id)}>
            {t('read')}
          </ButtonLink>
        </div>
      )}
    </Notice>
  );
}
