'use client';

import { Button, ButtonRow } from '#components/ui/button.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import { KeptForm } from './kept-form.tsx';

type AddParticipantFormProps = {
  action: FormAction<unknown>;
  texts: Messages['administration']['addForm'];
  roundId: string;
  insurers: readonly { id: string; label: string }[];
  /** The deadline of the round is over: the insurer needs its own. */
  deadlineOver: boolean;
};

/** One more insurer in a round that is open. */
export function AddParticipantForm({ action, texts, roundId, insurers, deadlineOver }: AddParticipantFormProps) {
  return (
    <KeptForm action={action} sentences={texts.errors}>
      {(form) => (
        <>
          <input type="hidden" name="roundId" value={roundId} />
          <div className="pair">
            <SelectField
              name="organisationId"
              label={texts.organisation}
              defaultValue={form.value('organisationId')}
              error={form.error('organisationId') ?? form.error('organisationIds')}
            >
              <option value="">{texts.choose}</option>
              {insurers.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </SelectField>
            <TextField
              name="deadlineOn"
              type="date"
              label={texts.deadline}
              hint={deadlineOver ? texts.deadlineOverHint : texts.deadlineHint}
              defaultValue={form.value('deadlineOn')}
              error={form.error('deadlineOn')}
            />
          </div>
          <ButtonRow>
            <Button type="submit" kind="plain" aria-disabled={form.pending}>
              {form.pending ? texts.adding : texts.submit}
            </Button>
          </ButtonRow>
        </>
      )}
    </KeptForm>
  );
}
