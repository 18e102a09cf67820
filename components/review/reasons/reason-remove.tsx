'use client';

import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { FormAction } from '#services/form-result.ts';
import { problemsOf, type RefusalWords } from '../refusal-problems.ts';

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
  const { result, dispatch, onSubmit, pending } = usePost(action);
  return (
    <form action={dispatch} onSubmit={onSubmit}>
      {result.status === 'refused' && <ErrorSummary title={failed} problems={problemsOf(result, refusals)} />}
      <input type="hidden" name="frameworkRef" value={frameworkRef} />
      <input type="hidden" name="reasonId" value={reasonId} />
      <Button type="submit" kind="danger" aria-disabled={pending}>
        {submit}
      </Button>
    </form>
  );
}
