'use client';

import { Button } from '#components/ui/button.tsx';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import { ChoiceList } from './choice-list.tsx';
import { KeptForm } from './kept-form.tsx';

type OpenRoundFormProps = {
  action: FormAction<unknown>;
  texts: Messages['administration']['openForm'];
  roundId: string;
  insurers: readonly { id: string; label: string; note: string; ready: boolean }[];
};

/** Whom a round opens for. Opening cannot be undone, so it asks. */
export function OpenRoundForm({ action, texts, roundId, insurers }: OpenRoundFormProps) {
  return (
    <KeptForm action={action} sentences={texts.errors}>
      {(form) => (
        <>
          <input type="hidden" name="roundId" value={roundId} />
          <ChoiceList
            id="organisationIds"
            name="organisationIds[]"
            legend={texts.legend}
            hint={texts.hint}
            error={form.error('organisationIds')}
            choices={insurers.map(({ id, label, note, ready }) => ({
              value: id,
              label,
              note,
              chosen: form.chosen('organisationIds[]', id, ready),
            }))}
          />
          <ConfirmStep
            trigger={texts.trigger}
            title={texts.question}
            actions={
              <Button type="submit" aria-disabled={form.pending}>
                {form.pending ? texts.opening : texts.submit}
              </Button>
            }
          >
            <p>{texts.consequence}</p>
          </ConfirmStep>
        </>
      )}
    </KeptForm>
  );
}
