'use client';

import { Button, ButtonRow } from '#components/ui/button.tsx';
import { failureTexts } from '#lib/i18n/failure.ts';

/** What stands there when a page failed. It has no server to ask for texts: both languages come with it. */
export default function FailurePage({ reset }: { reset: () => void }) {
  const texts = failureTexts(document.documentElement.lang);
  return (
    <main className="page" role="alert">
      <h1 className="title">{texts.title}</h1>
      <p>{texts.text}</p>
      <ButtonRow>
        <Button onClick={reset}>{texts.retry}</Button>
      </ButtonRow>
    </main>
  );
}
