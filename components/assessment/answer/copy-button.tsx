'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';

/** Puts a text on the clipboard, and says that it did. */
export function CopyButton({ text, label, done }: { text: string; label: string; done: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <>
      <Button kind="link" onClick={copy}>
        {label}
      </Button>{' '}
      <span role="status">{copied && done}</span>
    </>
  );
}
