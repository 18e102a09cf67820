import { getTranslations } from 'next-intl/server';
import { grounds, responses } from '#domain/answers.ts';
import type { CriterionView } from '#services/reviews/criterion-view.ts';
import type { StandardReason } from '#services/reviews/desk-facts.ts';
import type { ReviewHead } from '#services/reviews/review-view.ts';
import { ReasonPicker } from './reasons/reason-picker.tsx';
import { VerdictForm } from './verdict-form.tsx';
import { effectWords, refusalWords, verdictTexts } from './verdict-words.ts';

type CriterionVerdictProps = {
  head: ReviewHead;
  view: CriterionView;
  action: Parameters<typeof VerdictForm>[0]['action'];
  verdictId: string;
  reasons: readonly StandardReason[];
  frameworkRef: string;
};

/** The form for a verdict on one criterion, with what each response would do. */
export async function CriterionVerdict({
  head,
  view,
  action,
  verdictId,
  reasons,
  frameworkRef,
}: CriterionVerdictProps) {
  const [t, desk, effect, refusals] = await Promise.all([
    getTranslations('review'),
    getTranslations('desk.reasons'),
    effectWords(),
    refusalWords(),
  ]);
  const { key, criterion, claimed, verdict, outsideResult } = view;
  const texts = await verdictTexts({
    claimed: claimed && t(`responses.${claimed}`),
    outside: outsideResult !== null,
    legend: t('verdict.legend', { key }),
    submit: verdict ? t('verdict.again') : t('verdict.submit'),
  });
  return (
    <VerdictForm
      key={`${key}:${view.version}`}
      shortcuts
      aids={
        <ReasonPicker
          reasons={reasons.map((reason) => ({ id: reason.id, label: labelOf(reason), text: reason.text }))}
          texts={{
            label: desk('label'),
            choose: desk('choose'),
            insert: desk('insert'),
            manage: desk('manage'),
          }}
          href={`/reviews/reasons/${encodeURIComponent(frameworkRef)}`}
          fieldId="verdict-reason"
          shortcuts
        />
      }
      action={action}
      target={{ assessmentId: head.assessmentId, criterionKey: key }}
      verdictId={verdictId}
      version={view.version}
      choiceName="response"
      options={responses.map((response) => {
        const { weakened, ...consequence } = view.consequences[response];
        return {
          value: response,
          label: t(`responses.${response}`),
          own: response === claimed,
          effect: effect(consequence, criterion.sectionKey),
          weakened: weakenedBy(weakened, key),
        };
      })}
      grounds={grounds.map((value) => ({ value, label: t(`grounds.${value}`) }))}
      current={verdict && { choice: verdict.response ?? '', ground: verdict.ground ?? '', reason: verdict.reason }}
      texts={texts}
      refusals={refusals}
    />
  );

  function labelOf({ criterionKey, ground, text }: StandardReason): string {
    const about = [criterionKey, ground && t(`grounds.${ground}`)].filter(Boolean).join(', ');
    const short = text.length > 72 ? `${text.slice(0, 70).trimEnd()}…` : text;
    return about ? `${about}: ${short}` : short;
  }

  function weakenedBy(keys: readonly string[], by: string) {
    if (keys.length === 0) return null;
    const links = keys.map((one) => ({
      key: one,
      href: `/reviews/${head.assessmentId}/sections/${criterion.sectionKey}?criterion=${one}`,
    }));
    return { sentence: t('verdict.weakened', { keys: keys.join(', '), count: keys.length, key: by }), links };
  }
}
