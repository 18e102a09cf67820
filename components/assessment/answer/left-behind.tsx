'use client';

import { useEffect, useState } from 'react';
import { Button, ButtonRow } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useCriterion } from '../criterion/criterion-context.tsx';
import { clearPlace, draftKey, type FoundDraft, readDraft, thisDevice } from './draft-store.ts';
import { UnsavedText } from './stop-notice.tsx';

type LeftBehindProps = { kept: { response: string | null; explanation: string } };

/** On a page that can no longer be written in: what this device still holds and the server never took. */
export function LeftBehind({ kept }: LeftBehindProps) {
  const { texts, userId, assessmentId, criterionKey } = useCriterion();
  const key = draftKey(userId, assessmentId, criterionKey);
  const [draft, setDraft] = useState<FoundDraft | null>(null);
  useEffect(() => setDraft(readDraft(thisDevice(), key)), [key]);
  if (!draft || (draft.response === kept.response && draft.explanation === kept.explanation)) return null;
  const words = texts.leftBehind;
  return (
    <Notice kind="attention" role="status" title={words.title}>
      <p>{words.text}</p>
      <UnsavedText typed={draft} />
      <ButtonRow>
        <Button
          kind="plain"
          dense
          onClick={() => {
            clearPlace(thisDevice(), draft.place);
            setDraft(readDraft(thisDevice(), key));
          }}
        >
          {words.button}
        </Button>
      </ButtonRow>
    </Notice>
  );
}
