'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';

type NoteStepProps = {
  action: FormAction;
  hidden: Readonly<Record<string, string>>;
  /** Where the focus goes when the button has left the page with its note. */
  focusId: string;
  texts: Messages['notes']['form']['codes'];
  children: ReactNode;
};

/** A link that does one thing to a note, and reads the page again when it is done. */
export function NoteStep({ action, hidden, focusId, texts, children }: NoteStepProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (result.status !== 'done') return;
    // Who went on elsewhere stays there.
    if (form.current?.contains(document.activeElement)) document.getElementById(focusId)?.focus();
    router.refresh();
  }, [result, router, focusId]);
  const code = result.status === 'refused' ? (result.because[0] ?? result.code) : null;
  return (
    <form ref={form} action={dispatch} onSubmit={onSubmit}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" kind="link" aria-disabled={pending}>
        {children}
      </Button>
      {code && (
        <span className="errword" role="alert">
          {code in texts ? texts[code as keyof typeof texts] : texts.other}
        </span>
      )}
    </form>
  );
}
