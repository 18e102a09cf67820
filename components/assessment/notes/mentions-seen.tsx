'use client';

import { useActionState, useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { FormAction, FormResult } from '#services/form-result.ts';

type MentionsSeenProps = {
  action: FormAction;
  assessmentId: string;
  /** The notes that name the reader, as far as this page shows them. */
  noteIds: readonly string[];
  words: { named: string; seen: string };
};

/** Says that a colleague names the reader. With script the page tells by itself that it was seen; else a button does. */
export function MentionsSeen({ action, assessmentId, noteIds, words }: MentionsSeenProps) {
  const [, post] = useActionState(action, { status: 'idle' } as FormResult<unknown>);
  const [withScript, setWithScript] = useState(false);
  const shown = noteIds.join(' ');
  useEffect(() => {
    setWithScript(true);
    const form = new FormData();
    form.set('assessmentId', assessmentId);
    for (const id of shown.split(' ')) form.append('noteIds[]', id);
    // When it does not get through, the next visit tells it.
    action({ status: 'idle' }, form).catch(() => {});
  }, [action, assessmentId, shown]);
  return (
    <form action={post} className="named">
      <p className="attword">{words.named}</p>
      {!withScript && (
        <>
          <input type="hidden" name="assessmentId" value={assessmentId} />
          {noteIds.map((id) => (
            <input key={id} type="hidden" name="noteIds[]" value={id} />
          ))}
          <Button type="submit" kind="link">
            {words.seen}
          </Button>
        </>
      )}
    </form>
  );
}
