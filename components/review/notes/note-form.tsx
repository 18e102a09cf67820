'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { TextArea } from '#components/ui/field.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { FormAction } from '#services/form-result.ts';
import { problemsOf, type RefusalWords } from '../refusal-problems.ts';
import { useKeptForm } from '../use-kept-form.ts';

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
  const { result, dispatch, onSubmit, pending } = usePost(action);
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
  return (
    <form action={dispatch} onSubmit={onSubmit} ref={form} noValidate>
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
