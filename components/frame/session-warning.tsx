'use client';

import { useEffect, useState } from 'react';
import type { SessionDialog } from './session-dialog.tsx';

const warnBefore = 120_000;

export type SessionTexts = {
  title: string;
  /** What is said with 2, 1 and 0 whole minutes left. */
  soon: readonly string[];
  absolute: readonly string[];
  stay: string;
  signOut: string;
  goneTitle: string;
  gone: string;
  signIn: string;
};

type End = { endsAt: number; expiresAt: number };
type Shown = 'nothing' | 'warning' | 'gone';

type SessionWarningProps = {
  /** Milliseconds left when the page was drawn, so that the clock of this device does not matter. */
  left: number;
  signOutAction: () => Promise<void>;
  texts: SessionTexts;
};

/** Two minutes before the session ends: says so, and lets one work on. Autosaves meanwhile put it off without a word. */
export function SessionWarning({ left, signOutAction, texts }: SessionWarningProps) {
  const [shown, setShown] = useState<Shown>('nothing');
  const [end, setEnd] = useState<End>(() => ({ endsAt: Date.now() + left, expiresAt: Number.POSITIVE_INFINITY }));
  const [now, setNow] = useState(0);
  const [Words, setWords] = useState<typeof SessionDialog | null>(null);

  // Hardly anybody gets to see it: it is loaded when it is needed, and when that fails, at the next look.
  useEffect(() => {
    if (shown === 'nothing' || Words) return;
    import('./session-dialog.tsx').then(
      ({ SessionDialog: words }) => setWords(() => words),
      () => setShown('nothing'),
    );
  }, [shown, Words]);

  useEffect(() => {
    const look = async () => {
      const found = await readEnd('GET');
      setNow(Date.now());
      if (found === undefined) return;
      if (found === null) return setShown('gone');
      setEnd(found);
      setShown(found.endsAt - Date.now() <= warnBefore ? 'warning' : 'nothing');
    };
    const rest = end.endsAt - Date.now();
    // The first look comes as soon as it is time, also on a page that is drawn in the last two minutes.
    const wait =
      now === 0 || rest > warnBefore ? Math.max(0, rest - warnBefore) : Math.min(30_000, Math.max(1_000, rest));
    const timer = setTimeout(look, shown === 'gone' ? 2 ** 30 : wait);
    return () => clearTimeout(timer);
    // After a look that got no answer comes another one, too.
  }, [end, shown, now]);

  const stay = async () => {
    const found = await readEnd('POST');
    if (found) setEnd(found);
    if (found !== undefined) setShown(found ? 'nothing' : 'gone');
  };

  if (!Words || shown === 'nothing') return null;
  return (
    <Words
      gone={shown === 'gone'}
      minutes={Math.max(0, Math.min(2, Math.round((end.endsAt - now) / 60_000)))}
      absolute={end.expiresAt - end.endsAt < 1_000}
      onStay={stay}
      onClose={() => setShown('nothing')}
      signOutAction={signOutAction}
      texts={texts}
    />
  );
}

/** The end by the server's word; null when the session is gone, undefined when the server could not be asked. */
async function readEnd(method: 'GET' | 'POST'): Promise<End | null | undefined> {
  const answer = await fetch('/api/session', { method, cache: 'no-store' }).catch(() => undefined);
  if (answer?.status === 401) return null;
  if (!answer?.ok) return undefined;
  const { endsAt, expiresAt } = (await answer.json()) as { endsAt: string; expiresAt: string };
  return { endsAt: Date.parse(endsAt), expiresAt: Date.parse(expiresAt) };
}
