'use client';

import { type FormEvent, startTransition, useActionState } from 'react';
import type { FormAction, FormResult } from '#services/form-result.ts';
import { Button } from '../ui/button.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { problemsOf, type RefusalWords } from './refusal-problems.ts';

type Result = FormResult<unknown>;

type WithdrawRequestFormProps = {
  action: FormAction;
  /** Which request, and the page to come back to. */
  hidden: Readonly<Record<string, string>>;
  texts: { submit: string; failed: string };
  refusals: RefusalWords;
};

/** Takes one request back. */
export function WithdrawRequestForm({ action, hidden, texts, refusals }: WithdrawRequestFormProps) {
  const [result, dispatch, pending] = useActionState(action, { status: 'idle' } as Result);
  const post = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    startTransition(() => dispatch(data));
  };
  return (
    <form action={dispatch} onSubmit={post}>
      {result.status === 'refused' && <ErrorSummary title={texts.failed} problems={problemsOf(result, refusals)} />}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" kind="danger" aria-disabled={pending}>
        {texts.submit}
      </Button>
    </form>
  );
}
