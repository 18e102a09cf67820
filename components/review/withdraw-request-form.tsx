'use client';

import type { FormAction } from '#services/form-result.ts';
import { Button } from '../ui/button.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { usePost } from '../ui/use-post.ts';
import { problemsOf, type RefusalWords } from './refusal-problems.ts';

type WithdrawRequestFormProps = {
  action: FormAction;
  /** Which request, and the page to come back to. */
  hidden: Readonly<Record<string, string>>;
  texts: { submit: string; failed: string };
  refusals: RefusalWords;
};

/** Takes one request back. */
export function WithdrawRequestForm({ action, hidden, texts, refusals }: WithdrawRequestFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  return (
    <form action={dispatch} onSubmit={onSubmit}>
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
