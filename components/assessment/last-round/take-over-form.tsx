'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SideBySide } from '#components/ui/side-by-side.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction, FormResult } from '#services/form-result.ts';
import type { TakenOverAnswer, TakeOverConflict } from '#services/last-round/take-over-answer.ts';

type TakeOverResult = FormResult<TakenOverAnswer>;
export type TakeOverAction = FormAction<TakenOverAnswer>;

type TakeOverFormProps = {
  action: TakeOverAction;
  assessmentId: string;
  criterionKey: string;
  /** The version of the answer on the page; with script the answer's own form knows a newer one. */
  version: number;
  append: boolean;
  /** Where the focus goes when the button has left the page. */
  focusId: string;
  submit: string;
  texts: Messages['previous']['form'];
};

/** Takes over what was signed last round; what stands there meanwhile is shown beside it, and never overwritten. */
export function TakeOverForm({ action, submit, focusId, texts, ...page }: TakeOverFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action, (data) => {
    const answer = document.getElementById('answer');
    if (!conflict && answer instanceof HTMLFormElement) {
      data.set('version', String(new FormData(answer).get('version') ?? page.version));
    }
  });
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (result.status !== 'done') return;
    // The button leaves with what it took over. Who went on elsewhere stays there.
    if (form.current?.contains(document.activeElement)) document.getElementById(focusId)?.focus();
    router.refresh();
  }, [result, router, focusId]);

  const conflict = result.status === 'refused' && result.code === 'conflict' && (result.detail as TakeOverConflict);
  return (
    <form ref={form} action={dispatch} onSubmit={onSubmit}>
      <input type="hidden" name="assessmentId" value={page.assessmentId} />
      <input type="hidden" name="criterionKey" value={page.criterionKey} />
      <input type="hidden" name="version" value={conflict ? conflict.version : page.version} />
      {(page.append || conflict) && <input type="hidden" name="append" value="yes" />}
      {result.status === 'refused' && !conflict && (
        <ErrorSummary title={texts.problem} problems={[{ text: problemOf(result, texts) }]} />
      )}
      {conflict && (
        <>
          <Notice kind="attention" level={3} role="alert" title={texts.conflict}>
            <p>{texts.conflictText}</p>
          </Notice>
          <SideBySide
            left={{ title: texts.now, meta: texts.nowMeta, text: conflict.explanation, action: null }}
            right={{ title: texts.then, meta: texts.thenMeta, text: conflict.earlier, action: null }}
          />
        </>
      )}
      <Button type="submit" kind="plain" dense aria-disabled={pending}>
        {conflict ? texts.append : submit}
      </Button>
    </form>
  );
}

function problemOf(result: Extract<TakeOverResult, { status: 'refused' }>, texts: TakeOverFormProps['texts']): string {
  const code = result.code === 'signed_out' ? 'signed_out' : (result.because[0] ?? 'other');
  return code in texts ? texts[code as keyof typeof texts] : texts.other;
}
