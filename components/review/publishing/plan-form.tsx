'use client';

import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import { problemsOf } from '../refusal-problems.ts';

/** The form to which the boxes of the decided cases belong. */
export const planForm = 'plan-publication';

type PlanFormProps = {
  action: FormAction;
  roundId: string;
  texts: Messages['publishing']['form'];
  /** Decided cases of the round, those of other pages included. */
  ready: number;
  /** What the day starts from, `YYYY-MM-DD`. */
  day: string;
};

const fieldOf = { assessmentIds: 'plan-which', day: 'plan-day', time: 'plan-time', moment_ahead: 'plan-day' };

/** The moment at which decided cases are published by themselves: all of the round, or those that are ticked. */
export function PlanForm({ action, roundId, texts, ready, day }: PlanFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const refused = result.status === 'refused' ? result : null;
  const problems = refused ? problemsOf(refused, texts.refusals, fieldOf) : [];
  const errorAt = (id: string) => problems.find(({ fieldId }) => fieldId === id)?.text;
  const typed = (name: string, initial: string) => refused?.typed[name]?.[0] ?? initial;
  return (
    <form id={planForm} action={dispatch} onSubmit={onSubmit} noValidate>
      <ErrorSummary title={texts.problems} problems={problems} />
      {result.status === 'done' && <Notice kind="ok" role="status" level={3} title={texts.done} />}
      <input type="hidden" name="roundId" value={roundId} />
      <input type="hidden" name="when" value="moment" />
      <div className="field">
        <RadioGroup
          id="plan-which"
          name="which"
          legend={<span className="h3">{texts.which}</span>}
          hint={texts.whichHint}
          variant="inline"
          defaultValue={typed('which', 'all')}
          options={[
            { value: 'all', label: texts.all.replace('{count}', String(ready)) },
            { value: 'chosen', label: texts.chosen },
          ]}
        />
      </div>
      <div className="pair">
        <TextField
          id="plan-day"
          name="day"
          type="date"
          label={texts.day}
          defaultValue={typed('day', day)}
          error={errorAt('plan-day')}
        />
        <TextField
          id="plan-time"
          name="time"
          type="time"
          label={texts.time}
          hint={texts.timeHint}
          defaultValue={typed('time', '09:00')}
          error={errorAt('plan-time')}
        />
      </div>
      <div className="btnrow">
        <Button type="submit" aria-disabled={pending}>
          {texts.submit}
        </Button>
      </div>
    </form>
  );
}
