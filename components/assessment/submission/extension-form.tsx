'use client';

import { useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { TextArea } from '#components/ui/field.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { FormAction, FormResult } from '#services/form-result.ts';

type ExtensionFormProps = {
  action: FormAction;
  assessmentId: string;
  /** Key of the request, so that a repeated post asks once. */
  requestId: string;
  /** The information request on whose page it is asked, to come back to. */
  backTo?: string | undefined;
  texts: { reason: string; reasonHint: string; submit: string; problems: string };
  /** A sentence for each code of a refusal; `other` for what has none. */
  refusals: Readonly<Record<string, string>>;
};

/** Asks for more time, in one field. */
export function ExtensionForm({ action, assessmentId, requestId, backTo, texts, refusals }: ExtensionFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const waiting = useRef(false);
  useEffect(() => {
    waiting.current = pending;
  }, [pending]);
  // A notice takes the place of the form: who sent it goes on there, instead of at the top of the page again.
  useEffect(
    () => () => {
      if (waiting.current) setTimeout(focusNotice);
    },
    [],
  );
  const refused = result.status === 'refused' ? result : null;
  const codes = refused ? codesOf(refused) : [];
  const sentence = (code: string) => refusals[code] ?? refusals.other ?? code;
  const aboutField = codes.find((code) => code === 'reason_given' || code === 'too_big');
  return (
    <form action={dispatch} noValidate onSubmit={onSubmit}>
      <ErrorSummary
        title={texts.problems}
        problems={codes.map((code) => ({
          text: sentence(code),
          ...(code === aboutField ? { fieldId: 'extension-reason' } : {}),
        }))}
      />
      <input type="hidden" name="assessmentId" value={assessmentId} />
      <input type="hidden" name="id" value={requestId} />
      {backTo && <input type="hidden" name="informationRequestId" value={backTo} />}
      <TextArea
        id="extension-reason"
        name="reason"
        label={texts.reason}
        hint={texts.reasonHint}
        rows={4}
        defaultValue={refused?.typed.reason?.[0]}
        error={aboutField && sentence(aboutField)}
      />
      <div className="btnrow">
        <Button type="submit" aria-disabled={pending}>
          {texts.submit}
        </Button>
      </div>
    </form>
  );
}

function focusNotice() {
  const notice = document.getElementById('extension');
  notice?.setAttribute('tabindex', '-1');
  notice?.focus();
}

function codesOf({ code, because, fields }: Extract<FormResult, { status: 'refused' }>): readonly string[] {
  if (code === 'invalid') return Object.values(fields);
  return code === 'precondition' ? because : [code];
}
