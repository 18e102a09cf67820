import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ButtonLink } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { formatMoment } from '#lib/i18n/dates.ts';
import type { AssessmentStatus } from '#services/assessments/assessment-status.ts';
import { mailbox } from '../mailbox.tsx';
import { draftOutcomePath } from '../paths.ts';

type HearingNoticeProps = {
  status: AssessmentStatus;
  /** On the page of the draft outcome itself: without a way to it. */
  reading?: boolean;
};

/** The hearing as its insurer may know it: until when, who acts, and the way to the draft outcome. Nothing before one is sent. */
export async function HearingNotice({ status, reading = false }: HearingNoticeProps) {
  const [t, locale] = await Promise.all([getTranslations('hearing.notice'), getLocale()]);
  const { hearing } = status;
  if (!hearing) return null;
  const open = status.state === 'hearing' && !hearing.respondedAt && !hearing.termOver;
  const rich = { b: (text: ReactNode) => <b>{text}</b>, ...mailbox(status) };
  return (
    <Notice
      kind={open ? 'attention' : 'ok'}
      title={open ? t('title') : t(hearing.respondedAt ? 'sentTitle' : 'overTitle')}
    >
      <p>{await termWords(status)}</p>
      {status.state === 'hearing' && <p>{open ? t.rich('who', rich) : t.rich('supervisor', rich)}</p>}
      {!reading && (
        <div className="btnrow">
          <ButtonLink kind={open ? 'primary' : 'plain'} dense={!open} href={draftOutcomePath(status.id)}>
            {t(open ? 'go' : 'read')}
          </ButtonLink>
        </div>
      )}
    </Notice>
  );

  async function termWords({ hearing }: AssessmentStatus): Promise<ReactNode> {
    const term = await getTranslations('hearing.term');
    if (!hearing) return null;
    if (hearing.respondedAt) return term('responded', { moment: formatMoment(hearing.respondedAt, locale) });
    const moment = formatMoment(hearing.termAt, locale);
    return hearing.termOver ? term('over', { moment }) : term('open', { moment, days: hearing.daysLeft });
  }
}
