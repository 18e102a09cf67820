'use client';

import type { FormAction } from '#services/form-result.ts';
import { Button } from '../ui/button.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { usePost } from '../ui/use-post.ts';
import { problemsOf, type RefusalWords } from './refusal-problems.ts';

type StepFormProps = {
  action: FormAction;
  assessmentId: string;
  /** Fields that go along. */
  hidden?: Readonly<Record<string, string>>;
  submit: string;
  failed: string;
  refusals: RefusalWords;
  kind?: 'primary' | 'plain';
  /** The letter that does it where shortcuts are on. */
  keyShortcut?: string;
};

/** One step of an assessment's life, as one button; what stands in its way is listed above it. */
export function StepForm({
  action,
  assessmentId,
  hidden = {},
  submit,
  failed,
  refusals,
  kind,
  keyShortcut,
}: StepFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  return (
    <form action={dispatch} onSubmit={onSubmit}>
      {result.status === 'refused' && <ErrorSummary title={failed} problems={problemsOf(result, refusals)} />}
      <input type="hidden" name="assessmentId" value={assessmentId} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" kind={kind} aria-keyshortcuts={keyShortcut} aria-disabled={pending}>
        {submit}
      </Button>
    </form>
  );
}
