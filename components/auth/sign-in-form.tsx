'use client';

import { useActionState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary, type FieldProblem } from '#components/ui/error-summary.tsx';
import { TextField } from '#components/ui/field.tsx';

export type SignInTexts = {
  email: string;
  password: string;
  submit: string;
  title: string;
  emailMissing: string;
  passwordMissing: string;
  credentials: string;
  tooManyAttempts: string;
};

type Result = { problem: 'none' | 'missing' | 'credentials' | 'too_many_attempts'; email: string };

type SignInFormProps = {
  action: (previous: Result, form: FormData) => Promise<Result>;
  texts: SignInTexts;
  /** The page to go to afterwards. */
  to: string;
  /** An address that was chosen from the demo accounts. */
  email: string;
  password: string;
};

/** E-mail and password; works without script as a plain post. */
export function SignInForm({ action, texts, to, email, password }: SignInFormProps) {
  const [result, dispatch, pending] = useActionState(action, { problem: 'none', email } satisfies Result as Result);
  const problems = problemsOf(result, texts);
  return (
    <form action={dispatch} key={email} noValidate>
      <ErrorSummary title={texts.title} problems={problems} />
      <input type="hidden" name="to" value={to} />
      <TextField
        name="email"
        type="email"
        label={texts.email}
        autoComplete="username"
        defaultValue={result.email || email}
        error={result.problem === 'missing' && !result.email ? texts.emailMissing : undefined}
        required
      />
      <TextField
        name="password"
        type="password"
        label={texts.password}
        autoComplete="current-password"
        defaultValue={password}
        error={result.problem === 'missing' && result.email ? texts.passwordMissing : undefined}
        required
      />
      <Button type="submit" aria-disabled={pending}>
        {texts.submit}
      </Button>
    </form>
  );
}

function problemsOf(result: Result, texts: SignInTexts): FieldProblem[] {
  if (result.problem === 'none') return [];
  if (result.problem === 'too_many_attempts') return [{ text: texts.tooManyAttempts }];
  if (result.problem === 'credentials') return [{ fieldId: 'email', text: texts.credentials }];
  return [
    result.email
      ? { fieldId: 'password', text: texts.passwordMissing }
      : { fieldId: 'email', text: texts.emailMissing },
  ];
}
