'use client';

import { Button, ButtonRow } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import type { FormAction } from '#services/form-result.ts';
import { KeptForm, type Sentences } from './kept-form.tsx';

type PasswordFormProps = {
  action: FormAction<unknown>;
  texts: { current: string; new: string; newHint: string; consequence: string; save: string; saving: string };
  sentences: Sentences;
  /** Whose password it is. */
  email: string;
};

/** Changes one's own password; asks for the one that stands. */
export function PasswordForm({ action, texts, sentences, email }: PasswordFormProps) {
  return (
    <KeptForm action={action} sentences={sentences}>
      {(form) => (
        <>
          {/* Tells a password manager whose password it keeps. */}
          <input type="hidden" autoComplete="username" value={email} />
          <TextField
            name="currentPassword"
            type="password"
            label={texts.current}
            autoComplete="current-password"
            error={form.error('currentPassword')}
            required
          />
          <TextField
            name="newPassword"
            type="password"
            label={texts.new}
            hint={texts.newHint}
            autoComplete="new-password"
            error={form.error('newPassword')}
            required
          />
          <p className="consequence">{texts.consequence}</p>
          <ButtonRow>
            <Button type="submit" aria-disabled={form.pending}>
              {form.pending ? texts.saving : texts.save}
            </Button>
          </ButtonRow>
        </>
      )}
    </KeptForm>
  );
}
