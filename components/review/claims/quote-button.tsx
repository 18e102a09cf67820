'use client';

import { Button } from '#components/ui/button.tsx';
import { insertText } from '../reasons/insert-text.ts';

/** Puts a sentence with the counts into the reason, once; it can be edited there. The counts stand on the page anyway. */
export function QuoteButton({ label, text, fieldId }: { label: string; text: string; fieldId: string }) {
  const put = () => {
    const field = document.getElementById(fieldId);
    if (field instanceof HTMLTextAreaElement && !field.value.includes(text)) insertText(field, text);
  };
  return (
    <Button kind="link" onClick={put}>
      {label}
    </Button>
  );
}
