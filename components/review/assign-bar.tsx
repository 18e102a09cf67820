import { getTranslations } from 'next-intl/server';
import type { FormAction } from '#services/form-result.ts';
import type { ReviewerChoice } from '#services/reviews/round-reviewers.ts';
import { DecisionForm } from './decision-form.tsx';
import { leadRefusals } from './lead-refusals.ts';

/** The form to which the boxes in the queue belong. */
export const assignForm = 'assign-chosen';

/** The box by which a case is chosen. */
export const boxOf = (assessmentId: string) => `choose-${assessmentId}`;

type AssignBarProps = {
  action: FormAction;
  /** The reviewers of the round with their workload. */
  reviewers: readonly Pick<ReviewerChoice, 'userId' | 'name' | 'cases' | 'criteria'>[];
  lines: readonly { assessmentId: string; name: string }[];
  /** The address of the queue as it is filtered now, to come back to. */
  returnTo: string;
};

/** Gives the cases that are ticked in the queue to one reviewer at once: all of them, or none with the reason. */
export async function AssignBar({ action, reviewers, lines, returnTo }: AssignBarProps) {
  const [t, refusals] = await Promise.all([getTranslations('decisions'), leadRefusals()]);
  if (reviewers.length === 0) return null;
  return (
    <div className="assign-bar">
      <DecisionForm
        action={action}
        id={assignForm}
        hidden={{ returnTo, listed: lines.map(({ assessmentId }) => assessmentId).join(',') }}
        fields={[
          {
            kind: 'choice',
            name: 'userId',
            label: t('assign.several'),
            hint: t('assign.allOrNone'),
            options: reviewers.map(({ userId, name, cases, criteria }) => ({
              value: userId,
              label: t('fields.workload', { name, cases, criteria }),
            })),
          },
          { kind: 'tick', name: 'every', value: 'yes', label: t('assign.every', { count: lines.length }) },
        ]}
        submit={t('assign.many')}
        refusals={refusals}
        cases={Object.fromEntries(
          lines.map(({ assessmentId, name }) => [assessmentId, { name, boxId: boxOf(assessmentId) }]),
        )}
        problemTitle={t('problems')}
      />
    </div>
  );
}
