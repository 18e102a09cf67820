'use client';

import { useEffect, useState } from 'react';
import { Sign } from '#components/ui/sign.tsx';

/** Says under the explanation where it came from, until somebody changes a letter of it. */
export function TakenOverMark({ words, explanation }: { words: string; explanation: string }) {
  const [edited, setEdited] = useState<string | null>(null);
  useEffect(() => {
    const field = document.getElementById('explanation');
    if (!(field instanceof HTMLTextAreaElement)) return;
    const look = () => {
      if (field.value.replaceAll('\r\n', '\n') !== explanation) setEdited(explanation);
    };
    field.addEventListener('input', look);
    return () => field.removeEventListener('input', look);
  }, [explanation]);
  // What was edited stays edited; a text that is taken over after that is another one.
  if (edited === explanation) return null;
  return (
    <div className="row tail">
      <div className="side" />
      <p className="col taken-over">
        <Sign kind="attention" /> {words}
      </p>
    </div>
  );
}
