import { getTranslations } from 'next-intl/server';
import { grounds } from '#domain/answers.ts';
import type { LocalizedText } from '#domain/framework.ts';
import type { IntakeView } from '#services/reviews/criterion-view.ts';
import type { ReviewHead } from '#services/reviews/review-view.ts';
import { WhoseScore } from '../score/whose-score.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Tag } from '../ui/tag.tsx';
import { LeftVerdict } from './left-verdict.tsx';
import { choiceLabels, leftTexts } from './read-only-verdict.tsx';
import { VerdictForm } from './verdict-form.tsx';
import { effectWords, refusalWords, verdictTexts } from './verdict-words.ts';

type IntakeFactsProps = {
  head: ReviewHead;
  facts: readonly IntakeView[];
  may: boolean;
  action: Parameters<typeof VerdictForm>[0]['action'];
  /** One key a fact, for its next verdict. */
  verdictIds: Readonly<Record<string, string>>;
  locale: keyof LocalizedText;
};

/** What the insurer states about itself, each confirmed or overridden. */
export async function IntakeFacts({ head, facts, may, action, verdictIds, locale }: IntakeFactsProps) {
  const [t, effect, refusals, labels, left] = await Promise.all([
    getTranslations('review'),
    effectWords(),
    refusalWords(),
    choiceLabels(),
    leftTexts(),
  ]);
  const word = (value: boolean | null) => (value === null ? t('facts.none') : t(value ? 'facts.yes' : 'facts.no'));
  const texts = await Promise.all(
    facts.map(({ question, value }) =>
      verdictTexts({
        claimed: value === null ? null : word(value),
        outside: false,
        legend: t('intake.legend', { question: question.question[locale] }),
        submit: t('verdict.submitIntake'),
      }),
    ),
  );
  return (
    <ol className="facts">
      {facts.map((fact, place) => {
        const { question, value, verdict, askedAgain } = fact;
        const form = may && texts[place] && (
          <VerdictForm
            key={fact.version}
            idPrefix={question.key}
            action={action}
            target={{ assessmentId: head.assessmentId, intakeKey: question.key }}
            verdictId={verdictIds[question.key] ?? ''}
            version={fact.version}
            choiceName="value"
            options={(['yes', 'no'] as const).map((choice) => {
              const { weakened, ...consequence } = fact.consequences[choice];
              return {
                value: choice,
                label: t(`facts.${choice}`),
                own: value !== null && value === (choice === 'yes'),
                effect: effect(consequence, null),
                weakened:
                  weakened.length === 0
                    ? null
                    : { sentence: t('refusals.weakened_judged'), links: weakened.map(linkTo) },
              };
            })}
            grounds={grounds.map((ground) => ({ value: ground, label: t(`grounds.${ground}`) }))}
            current={
              verdict && {
                choice: verdict.intakeValue ? 'yes' : 'no',
                ground: verdict.ground ?? '',
                reason: verdict.reason,
              }
            }
            texts={texts[place]}
            refusals={refusals}
          />
        );
        return (
          <li key={question.key} id={question.key}>
            <h2 className="h2">{question.question[locale]}</h2>
            <p>
              <WhoseScore whose="own">{t('intake.claimed', { answer: word(value) })}</WhoseScore>
            </p>
            {verdict ? (
              <p>
                <Tag kind="done">
                  {t('intake.verdict', { answer: word(verdict.intakeValue) })},{' '}
                  {verdict.overrides ? t('intake.overridden') : t('intake.confirmed')}
                </Tag>
              </p>
            ) : (
              <p>
                <Tag kind="todo">{askedAgain ? t('intake.again') : t('intake.open')}</Tag>
              </p>
            )}
            {verdict?.reason && <p className="prewrap">{verdict.reason}</p>}
            {verdict && form ? <Disclosure summary={t('intake.change')}>{form}</Disclosure> : form}
            {!may && (
              <LeftVerdict
                place={`${head.assessmentId}:${question.key}`}
                current={verdict && { choice: verdict.intakeValue ? 'yes' : 'no', reason: verdict.reason }}
                labels={labels}
                texts={left}
              />
            )}
          </li>
        );
      })}
    </ol>
  );

  function linkTo(key: string) {
    const section = head.sections.find((one) => key.startsWith(`${one.key}.`));
    return { key, href: `/reviews/${head.assessmentId}/sections/${section?.key}?criterion=${key}` };
  }
}
