'use client';

import { Button } from '#components/ui/button.tsx';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { FormResult } from '#services/form-result.ts';

type Result = FormResult<unknown>;

type WithdrawFormProps = {
  action: (previous: Result, form: FormData) => Promise<Result>;
  assessmentId: string;
  submissionId: string;
  texts: { trigger: string; question: string; consequence: string; confirm: string; keep: string; refused: string };
};

/** Takes the submission back, after a question that says what follows. */
export function WithdrawForm({ action, assessmentId, submissionId, texts }: WithdrawFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  return (
    <>
      {result.status === 'refused' && <Notice kind="bad" level={3} role="alert" title={texts.refused} />}
      <ConfirmStep
        trigger={texts.trigger}
        title={texts.question}
        actions={
          <form action={dispatch} onSubmit={onSubmit}>
            <input type="hidden" name="assessmentId" value={assessmentId} />
            <input type="hidden" name="submissionId" value={submissionId} />
            <Button kind="danger" type="submit" aria-disabled={pending}>
              {texts.confirm}
            </Button>
          </form>
        }
      >
        <p>{texts.consequence}</p>
        <p className="meta">{texts.keep}</p>
      </ConfirmStep>
    </>
  );
}
