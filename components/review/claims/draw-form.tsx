'use client';

import { Button } from '#components/ui/button.tsx';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { TextField } from '#components/ui/field.tsx';
import { RadioGroup, type RadioOption } from '#components/ui/radio-group.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { FormAction } from '#services/form-result.ts';
import { problemsOf, type RefusalWords, type Refused } from '../refusal-problems.ts';

type DrawFormProps = {
  action: FormAction;
  assessmentId: string;
  drawId: string;
  listId: string;
  strata: readonly RadioOption[];
  texts: Record<
    'stratum' | 'perStratum' | 'perStratumHint' | 'trigger' | 'title' | 'text' | 'submit' | 'failed',
    string
  >;
  refusals: RefusalWords;
};

/** How many claims of each group; the draw itself stands behind a question, for there is one. */
export function DrawForm({ action, assessmentId, drawId, listId, strata, texts, refusals }: DrawFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const typed = result.status === 'refused' ? result.typed : undefined;
  return (
    <form action={dispatch} onSubmit={onSubmit} noValidate>
      {result.status === 'refused' && (
        <ErrorSummary title={texts.failed} problems={problemsOf(named(result), refusals, fields)} />
      )}
      <input type="hidden" name="assessmentId" value={assessmentId} />
      <input type="hidden" name="id" value={drawId} />
      <input type="hidden" name="listId" value={listId} />
      <RadioGroup
        id="draw-stratum"
        name="stratum"
        legend={texts.stratum}
        variant="segmented"
        defaultValue={typed?.stratum?.[0] ?? ''}
        options={strata}
      />
      <TextField
        id="draw-per-stratum"
        name="perStratum"
        inputMode="numeric"
        label={texts.perStratum}
        hint={texts.perStratumHint}
        defaultValue={typed?.perStratum?.[0] ?? '10'}
      />
      <ConfirmStep
        trigger={texts.trigger}
        title={texts.title}
        actions={
          <Button type="submit" aria-disabled={pending}>
            {texts.submit}
          </Button>
        }
      >
        <p>{texts.text}</p>
      </ConfirmStep>
    </form>
  );
}

const fields = { perStratum: 'draw-per-stratum', stratum: 'draw-stratum' };

/** Whatever is wrong with a field, its sentence says how it should be. */
function named(result: Refused): Refused {
  const codes = { perStratum: 'per_stratum', stratum: 'stratum' } as Readonly<Record<string, string>>;
  return {
    ...result,
    fields: Object.fromEntries(Object.entries(result.fields).map(([field, code]) => [field, codes[field] ?? code])),
  };
}
