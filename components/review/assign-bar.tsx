import { getTranslations } from 'next-intl/server';
import type { ReviewerChoice } from '#services/reviews/read-decision-facts.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { type DecisionAction, DecisionForm } from './decision-form.tsx';
import { refusalWords } from './refusal-words.ts';

type AssignBarProps = {
  action: DecisionAction;
  /** The reviewers of the round with their workload. */
  reviewers: readonly Pick<ReviewerChoice, 'userId' | 'name' | 'cases'>[];
  /** The cases on this page of the queue that can be assigned. */
  cases: readonly { assessmentId: string; name: string }[];
};

/** Gives several cases of the queue to one reviewer at once; all of them, or none with the reason. */
export async function AssignBar({ action, reviewers, cases }: AssignBarProps) {
  const [t, refusals] = await Promise.all([getTranslations('decisions'), refusalWords()]);
  if (reviewers.length === 0 || cases.length === 0) return null;
  return (
    <Disclosure summary={t('assign.several')}>
      <DecisionForm
        action={action}
        id="assign-several"
        hidden={{}}
        fields={[
          ...cases.map(({ assessmentId, name }) => ({
            kind: 'tick' as const,
            name: 'assessmentIds[]',
            value: assessmentId,
            label: name,
          })),
          {
            kind: 'choice',
            name: 'userId',
            label: t('fields.reviewer'),
            options: reviewers.map((reviewer) => ({
              value: reviewer.userId,
              label: t('fields.workload', { name: reviewer.name, cases: reviewer.cases }),
            })),
          },
        ]}
        submit={t('assign.many')}
        refusals={refusals}
        problemTitle={t('problems')}
      />
    </Disclosure>
  );
}
