'use client';

import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { FormAction } from '#services/form-result.ts';

type RespondFormProps = {
  action: FormAction;
  assessmentId: string;
  /** The version that was read. */
  draftOutcomeId: string;
  submit: string;
  failed: string;
  /** A sentence for each code; `other` for what has none. */
  refusals: Readonly<Record<string, string>>;
};

/** Sends the response to one version of the draft outcome, for good. */
export function RespondForm({ action, assessmentId, draftOutcomeId, submit, failed, refusals }: RespondFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const codes = result.status !== 'refused' ? [] : result.because.length > 0 ? result.because : [result.code];
  const problems = codes.map((code) => ({ text: refusals[code] ?? refusals.other ?? code }));
  return (
    <form action={dispatch} onSubmit={onSubmit}>
      <ErrorSummary title={failed} problems={problems} />
      <input type="hidden" name="assessmentId" value={assessmentId} />
      <input type="hidden" name="draftOutcomeId" value={draftOutcomeId} />
      <Button type="submit" aria-disabled={pending}>
        {submit}
      </Button>
    </form>
  );
}
