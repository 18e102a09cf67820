'use client';

import { startTransition, useActionState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary, type FieldProblem } from '#components/ui/error-summary.tsx';
import { TextField } from '#components/ui/field.tsx';
import type { Messages } from '#lib/i18n/messages.ts';

type Result = {
  status: 'idle' | 'refused';
  code: string | null;
  because: readonly string[];
  fields: Readonly<Record<string, string>>;
  name: string;
};

type InvitationFormProps<State extends Result> = {
  action: (previous: State, form: FormData) => Promise<State>;
  start: State;
  texts: Messages['administration']['invitation'];
  token: string;
  email: string;
  /** Null: somebody with an account, who only accepts. */
  name: string | null;
};

/** Accepts an invitation: with a name and a password, or with the account that is signed in. */
export function InvitationForm<State extends Result>(props: InvitationFormProps<State>) {
  const { action, start, texts, token, email, name } = props;
  const [result, dispatch, pending] = useActionState<Result, FormData>(action as never, start);
  const errors: Readonly<Record<string, string>> = texts.errors;
  const error = (field: string) =>
    result.fields[field] && (errors[`${field}:${result.fields[field]}`] ?? texts.errors.other);
  return (
    <form
      className="narrow"
      action={dispatch}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        if (!pending) startTransition(() => dispatch(form));
      }}
    >
      <ErrorSummary title={texts.errors.title} problems={problemsOf()} />
      <input type="hidden" name="token" value={token} />
      {name !== null && (
        <>
          {/* Tells a password manager whose password it keeps. */}
          <input type="hidden" autoComplete="username" value={email} />
          <TextField
            name="name"
            label={texts.name}
            autoComplete="name"
            defaultValue={result.status === 'refused' ? result.name : name}
            error={error('name')}
          />
          <TextField
            name="password"
            type="password"
            label={texts.password}
            hint={texts.passwordHint}
            autoComplete="new-password"
            error={error('password')}
          />
        </>
      )}
      <Button type="submit" aria-disabled={pending}>
        {name === null ? texts.accept : texts.submit}
      </Button>
    </form>
  );

  function problemsOf(): FieldProblem[] {
    if (result.status === 'idle') return [];
    const fields = Object.keys(result.fields);
    if (fields.length > 0) return fields.map((field) => ({ fieldId: field, text: error(field) ?? '' }));
    const code = [...result.because, result.code ?? 'other'].find((known) => known in errors);
    return [{ text: errors[code ?? 'other'] ?? texts.errors.other }];
  }
}
