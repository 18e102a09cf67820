'use client';

import { type FormEvent, startTransition, useActionState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import type { FormAction, FormResult } from '#services/form-result.ts';
import { problemsOf, type RefusalWords } from '../refusal-problems.ts';

type Result = FormResult<unknown>;

type ReasonRemoveProps = {
  action: FormAction;
  frameworkRef: string;
  reasonId: string;
  submit: string;
  failed: string;
  refusals: RefusalWords;
};

/** Takes one reason off the list. */
export function ReasonRemove({ action, frameworkRef, reasonId, submit, failed, refusals }: ReasonRemoveProps) {
  const [result, dispatch, pending] = useActionState(action, { status: 'idle' } as Result);
  const post = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    startTransition(() => dispatch(data));
  };
  return (
    <form action={dispatch} onSubmit={post}>
      {result.status === 'refused' && <ErrorSummary title={failed} problems={problemsOf(result, refusals)} />}
      <input type="hidden" name="frameworkRef" value={frameworkRef} />
      <input type="hidden" name="reasonId" value={reasonId} />
      <Button type="submit" kind="danger" aria-disabled={pending}>
        {submit}
      </Button>
    </form>
  );
}
