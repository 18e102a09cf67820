'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, startTransition, useActionState, useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { TextArea } from '#components/ui/field.tsx';
import type { FormAction, FormResult } from '#services/form-result.ts';
import { problemsOf, type RefusalWords } from '../refusal-problems.ts';
import { useKeptForm } from '../use-kept-form.ts';

type Result = FormResult<unknown>;

type NoteFormProps = {
  action: FormAction;
  assessmentId: string;
  /** Null for a note on the whole assessment. */
  criterionKey: string | null;
  noteId: string;
  /** How many notes stand: a draft from before the last of them has arrived. */
  count: number;
  texts: { label: string; hint: string; submit: string; failed: string };
  refusals: RefusalWords;
};

/** A note for colleagues at the supervisor. Until it is saved its text is kept on this device. */
export function NoteForm({ action, assessmentId, criterionKey, noteId, count, texts, refusals }: NoteFormProps) {
  const [result, dispatch, pending] = useActionState(action, { status: 'idle' } as Result);
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const place = `note:${assessmentId}:${criterionKey ?? ''}`;
  const { drop } = useKeptForm(form, place, count);
  const typed = result.status === 'refused' ? result.typed : undefined;
  useEffect(() => {
    if (result.status !== 'done') return;
    drop();
    // The note itself, and the key of the next one, come with the page.
    router.refresh();
  }, [result, drop, router]);
  const post = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget);
    startTransition(() => dispatch(data));
  };
  return (
    <form action={dispatch} onSubmit={post} ref={form} noValidate>
      {result.status === 'refused' && (
        <ErrorSummary title={texts.failed} problems={problemsOf(result, refusals, { text: 'working-note' })} />
      )}
      <input type="hidden" name="assessmentId" value={assessmentId} />
      <input type="hidden" name="criterionKey" value={criterionKey ?? ''} />
      <input type="hidden" name="id" value={noteId} />
      <TextArea
        id="working-note"
        name="text"
        label={texts.label}
        hint={texts.hint}
        maxLength={10_000}
        defaultValue={typed?.text?.[0]}
      />
      <Button type="submit" kind="plain" aria-disabled={pending}>
        {texts.submit}
      </Button>
    </form>
  );
}
