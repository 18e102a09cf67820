import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { type Fraction, round1HalfUp } from '#domain/fraction.ts';
import type { Level } from '#domain/framework.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { ReviewHead, SectionView } from '#services/reviews/review-view.ts';
import { WhoseScore } from '../score/whose-score.tsx';
import { Signed } from '../ui/sign.tsx';
import { DeterminationForm } from './determination-form.tsx';
import { ReviewRow } from './review-row.tsx';
import { SectionTrace } from './section-trace.tsx';
import { refusalWords } from './verdict-words.ts';

type SectionDeterminationProps = {
  head: ReviewHead;
  section: SectionView;
  may: boolean;
  action: Parameters<typeof DeterminationForm>[0]['action'];
  determinationId: string;
};

const levels = [1, 2, 3, 4, 5] as const;

/** The form for the section's level, or how the computed one comes about when there is nothing to determine. */
export async function SectionDetermination(props: SectionDeterminationProps) {
  const { head, section, may, action, determinationId } = props;
  const [t, locale, refusals] = await Promise.all([
    getTranslations('review'),
    getLocale().then(localeOf),
    refusalWords(),
  ]);
  const { low: computed, high } = section.computed;
  if (!section.applies || computed === null) return null;
  if (section.carried) return null;
  const trace = <SectionTrace head={head} section={section} />;
  const traceName = t('determination.trace', { level: computed });
  const made = section.determinationNow;
  if (!may || computed !== high || section.judged < section.toBeJudged) {
    return (
      <>
        {made?.reason && (
          <ReviewRow name={t('determination.reason')}>
            {made.level !== made.computedLevel && (
              <p>
                <b>
                  <Signed kind="differs">{t('strip.otherThanComputed')}</Signed>
                </b>
              </p>
            )}
            <p className="prewrap">{made.reason}</p>
          </ReviewRow>
        )}
        <ReviewRow name={traceName}>{trace}</ReviewRow>
        {!may && (
          <p className="meta closed">
            {head.state === 'in_review'
              ? t('determination.readOnlyRole')
              : t('determination.readOnly', { state: t(`states.${head.state}`) })}
          </p>
        )}
      </>
    );
  }
  const write = (total: Fraction) => round1HalfUp(total, locale);
  const effect = (level: Level) => {
    const to = write(section.totalsByLevel[level]);
    if (level === computed) return t('determination.same', { level, total: to });
    const from = write(section.totalsByLevel[computed]);
    return `${t('determination.differs', { level: computed, chosen: level })} ${t('determination.differsTotal', { from, to })}`;
  };
  return (
    <DeterminationForm
      key={`${section.key}:${made?.version ?? 0}:${computed}`}
      action={action}
      assessmentId={head.assessmentId}
      sectionKey={section.key}
      determinationId={determinationId}
      version={made?.version ?? 0}
      computedLevel={computed}
      level={section.determination === 'current' ? (made?.level ?? computed) : computed}
      reason={made?.reason ?? ''}
      notes={Object.fromEntries(levels.map((level) => [level, notesOf(level)]))}
      effects={Object.fromEntries(levels.map((level) => [level, effect(level)]))}
      texts={{
        legend: t('determination.legend', { key: section.key }),
        effect: t('determination.effect'),
        reason: t('determination.reason'),
        reasonHint: t('determination.reasonHint'),
        submit: t('determination.submit'),
        failed: t('determination.failed'),
        conflictTitle: t('determination.conflictTitle'),
        conflictComputed: t.raw('determination.conflictComputed'),
        conflictLevel: t.raw('determination.conflictLevel'),
        trace: traceName,
      }}
      refusals={refusals}
    >
      {trace}
    </DeterminationForm>
  );

  function notesOf(level: Level): ReactNode {
    return (
      <>
        {section.computed.low === level && <WhoseScore whose="computed">{t('determination.computed')}</WhoseScore>}
        {section.own.low === level && <WhoseScore whose="own">{t('determination.own')}</WhoseScore>}
      </>
    );
  }
}
