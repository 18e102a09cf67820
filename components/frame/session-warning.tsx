'use client';

import { useEffect, useState } from 'react';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';

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
    const wait = rest > warnBefore ? rest - warnBefore : Math.min(30_000, Math.max(1_000, rest));
    const timer = setTimeout(look, shown === 'gone' ? 2 ** 30 : wait);
    return () => clearTimeout(timer);
  }, [end, shown]);

  const stay = async () => {
    const found = await readEnd('POST');
    if (found) setEnd(found);
    if (found !== undefined) setShown(found ? 'nothing' : 'gone');
  };

  if (shown === 'gone') {
    return (
      <Dialog
        open
        onClose={() => setShown('nothing')}
        title={texts.goneTitle}
        actions={
          <ButtonLink href={`/sign-in?to=${encodeURIComponent(window.location.pathname)}`}>{texts.signIn}</ButtonLink>
        }
      >
        <p>{texts.gone}</p>
      </Dialog>
    );
  }
  const minutes = Math.max(0, Math.min(2, Math.round((end.endsAt - now) / 60_000)));
  const absolute = end.expiresAt - end.endsAt < 1_000;
  return (
    <Dialog
      open={shown === 'warning'}
      onClose={stay}
      title={texts.title}
      actions={
        <>
          {!absolute && <Button onClick={stay}>{texts.stay}</Button>}
          <form action={signOutAction}>
            <Button type="submit" kind="link">
              {texts.signOut}
            </Button>
          </form>
        </>
      }
    >
      <p role="status">{(absolute ? texts.absolute : texts.soon)[minutes]}</p>
    </Dialog>
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
