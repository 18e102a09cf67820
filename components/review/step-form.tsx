'use client';

import { type FormEvent, startTransition, useActionState } from 'react';
import { Button } from '../ui/button.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { problemsOf, type RefusalWords, type Refused } from './refusal-problems.ts';

type Result = { status: 'idle' } | { status: 'done'; data: unknown; at: string } | Refused;

type StepFormProps = {
  action: (previous: Result, form: FormData) => Promise<Result>;
  assessmentId: string;
  submit: string;
  failed: string;
  refusals: RefusalWords;
};

/** One step of an assessment's life, as one button; what stands in its way is listed above it. */
export function StepForm({ action, assessmentId, submit, failed, refusals }: StepFormProps) {
  const [result, dispatch, pending] = useActionState(action, { status: 'idle' } as Result);
  const post = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    startTransition(() => dispatch(data));
  };
  return (
    <form action={dispatch} onSubmit={post}>
      {result.status === 'refused' && <ErrorSummary title={failed} problems={problemsOf(result, refusals)} />}
      <input type="hidden" name="assessmentId" value={assessmentId} />
      <Button type="submit" aria-disabled={pending}>
        {submit}
      </Button>
    </form>
  );
}
