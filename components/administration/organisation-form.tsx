'use client';

import { Button, ButtonRow } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import { KeptForm } from './kept-form.tsx';

type OrganisationFormProps = {
  action: FormAction<unknown>;
  texts: Messages['administration']['organisationForm'];
  organisationId: string;
  name: string;
  number: string;
  submit: string;
  kind?: 'primary' | 'plain';
};

/** Name and number of an organisation. */
export function OrganisationForm(props: OrganisationFormProps) {
  const { action, texts, organisationId, submit, kind = 'plain' } = props;
  return (
    <KeptForm action={action} sentences={texts.errors}>
      {(form) => (
        <>
          <input type="hidden" name="organisationId" value={organisationId} />
          <div className="pair">
            <TextField
              name="name"
              label={texts.name}
              hint={texts.nameHint}
              autoComplete="off"
              defaultValue={form.value('name', props.name)}
              error={form.error('name')}
            />
            <TextField
              name="number"
              label={texts.number}
              hint={texts.numberHint}
              autoComplete="off"
              defaultValue={form.value('number', props.number)}
              error={form.error('number')}
            />
          </div>
          <ButtonRow>
            <Button type="submit" kind={kind} aria-disabled={form.pending}>
              {form.pending ? texts.saving : submit}
            </Button>
          </ButtonRow>
        </>
      )}
    </KeptForm>
  );
}
