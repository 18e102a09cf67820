import { getTranslations } from 'next-intl/server';
import type { FormAction } from '#services/form-result.ts';
import type { ReviewerChoice } from '#services/reviews/round-reviewers.ts';
import { ConfirmStep } from '../ui/confirm-step.tsx';
import { DecisionForm } from './decision-form.tsx';
import { leadRefusals } from './lead-refusals.ts';
import { stepKeys } from './step-keys.ts';

type AssignedReviewersProps = {
  assessmentId: string;
  reviewers: readonly ReviewerChoice[];
  /** Takes one of them off the case. */
  action: FormAction;
};

/** Who has the case now, each to be taken off it. */
export async function AssignedReviewers({ assessmentId, reviewers, action }: AssignedReviewersProps) {
  const [t, refusals] = await Promise.all([getTranslations('decisions'), leadRefusals()]);
  const assigned = reviewers.filter((reviewer) => reviewer.assigned);
  if (assigned.length === 0) return <p className="meta">{t('assign.nobody')}</p>;
  return (
    <ul>
      {assigned.map(({ userId, name, cases, criteria }) => (
        <li key={userId}>
          {t('fields.workload', { name, cases, criteria })}
          <ConfirmStep
            keyShortcut={stepKeys.assign}
            trigger={t('unassign.submit')}
            title={t('unassign.question', { name })}
            actions={
              <DecisionForm
                action={action}
                id={`unassign-${userId}`}
                hidden={{ assessmentId, userId }}
                submit={t('unassign.submit')}
                kind="danger"
                refusals={refusals}
                problemTitle={t('problems')}
              />
            }
          >
            <p>{t('unassign.consequence')}</p>
          </ConfirmStep>
        </li>
      ))}
    </ul>
  );
}
