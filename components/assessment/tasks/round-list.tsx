import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { ButtonLink } from '#components/ui/button.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { formatMoment } from '#lib/i18n/dates.ts';
import type { AssessmentListed } from '#services/assessments/list-assessments.ts';
import { lastSavedWords } from '../criterion/now-panel.tsx';
import { assessmentPath, checkPath, criterionPath, dashboardPath, draftOutcomePath, intakePath } from '../paths.ts';

type RoundLineProps = { listed: AssessmentListed; maySubmit: boolean; now: Date };

/** One round in the insurer's home: where it stands, who acts next and until when, and one way on. */
export async function RoundLine({ listed, maySubmit, now }: RoundLineProps) {
  const [t, page, next, figures, hearing, locale] = await Promise.all([
    getTranslations('insurer.home'),
    getTranslations('insurer.page'),
    getTranslations('insurer.next'),
    getTranslations('insurer.now'),
    getTranslations('hearing.home'),
    getLocale(),
  ]);
  const { status, work, awaited } = listed;
  const inTheWay = work ? work.blocks + work.hindrances.length : null;
  const asksTime = status.late && status.extension?.granted === null;
  const party = awaited ? 'insurer' : asksTime && work?.blocks === 0 ? 'supervisor' : status.nextBy;
  const nextBy = party === 'insurer' && inTheWay === 0 ? 'sign' : party;
  const deadline = formatMoment(status.deadlineAt, locale);
  return (
    <div className="roundline">
      <div>
        <h3>{next(nextBy)}</h3>
        {work?.lastSaved && work.resume.at === 'criterion' && <p>{await lastSavedWords(work.lastSaved, now)}</p>}
        {work && !status.deadlineOver && <p>{page('submitUntil', { moment: deadline })}</p>}
        {status.state === 'hearing' && status.hearing && !status.hearing.respondedAt && !status.hearing.termOver && (
          <p>{hearing('text', { moment: formatMoment(status.hearing.termAt, locale) })}</p>
        )}
        {status.late && (
          <p>
            <Tag kind="attention">{t('late')}</Tag> {t('overdue', { moment: deadline })}
          </p>
        )}
        <div className="btnrow">
          <Way listed={listed} maySubmit={maySubmit} />
          <Link href={assessmentPath(status.id)} prefetch={false}>
            {t('open')}
          </Link>
        </div>
      </div>
      {work && (
        <DefinitionList
          variant="scale"
          items={[
            {
              term: figures('days'),
              value: status.deadlineOver ? figures('daysOver') : figures('daysLeft', { days: status.daysLeft }),
            },
            {
              term: figures('answered'),
              value: figures('answeredOf', { responded: work.responded, applicable: work.applicable }),
            },
            {
              term: figures('blocks'),
              value: (
                <Link href={checkPath(status.id)} prefetch={false}>
                  {figures('points', { count: inTheWay ?? 0 })}
                </Link>
              ),
            },
          ]}
        />
      )}
    </div>
  );
}

async function Way({ listed: { status, work }, maySubmit }: Omit<RoundLineProps, 'now'>) {
  const [t, notice] = await Promise.all([getTranslations('insurer.home'), getTranslations('hearing.notice')]);
  if (status.outcome) {
    return (
      <ButtonLink kind="plain" href={dashboardPath(status.outcome.publicationId)}>
        {t('dashboard')}
      </ButtonLink>
    );
  }
  if (status.state === 'hearing') {
    return (
      <ButtonLink kind="plain" href={draftOutcomePath(status.id)}>
        {notice('read')}
      </ButtonLink>
    );
  }
  if (!work) return null;
  const { resume, lastSaved, blocks } = work;
  if (resume.at === 'intake') return <ButtonLink href={intakePath(status.id)}>{t('intake')}</ButtonLink>;
  if (resume.at === 'criterion') {
    const { key } = resume;
    return (
      <ButtonLink href={criterionPath(status.id, key)}>
        {lastSaved ? t('resume', { key }) : t('begin', { key })}
      </ButtonLink>
    );
  }
  return (
    <ButtonLink href={checkPath(status.id)}>
      {t(blocks === 0 && maySubmit && !status.deadlineOver ? 'check' : 'look')}
    </ButtonLink>
  );
}
