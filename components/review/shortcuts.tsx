'use client';

import { useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { KeyCap } from '../ui/key-cap.tsx';

export type Shortcut = { keys: readonly string[]; short: string; long: string };

type ShortcutsProps = {
  shown: readonly Shortcut[];
  texts: { all: string; title: string; intro: string; on: string; offNote: string; close: string; help: string };
  /** Where J and K lead. */
  previous: string | null;
  next: string | null;
};

const setting = 'trede:shortcuts';

/**
 * The line of shortcuts at the foot, and the list behind `?`, where they can be switched off. Digits choose in the form
 * with the id `shortcut-form`: its radios in order. Nothing needs them.
 */
export function Shortcuts({ shown, texts, previous, next }: ShortcutsProps) {
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState(true);
  useEffect(() => setOn(read() !== 'off'), []);
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if (event.altKey || event.metaKey) return;
      if (event.ctrlKey) {
        if (event.key === 'Enter') formOf()?.requestSubmit();
        return;
      }
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
      if (event.key === '?') setOpen(true);
      else if (event.key === 'j' || event.key === 'J') follow(next);
      else if (event.key === 'k' || event.key === 'K') follow(previous);
      else if (/^[1-9]$/.test(event.key)) choose(Number(event.key));
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [on, next, previous]);

  return (
    <>
      {shown.map(({ keys, short }) => (
        <span key={short}>
          <KeyCap keys={keys} /> {short}
        </span>
      ))}
      <button type="button" className="link all-keys" onClick={() => setOpen(true)}>
        <KeyCap keys={['?']} decorative /> {texts.all}
      </button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={texts.title}
        actions={
          <Button kind="plain" onClick={() => setOpen(false)}>
            {texts.close}
          </Button>
        }
      >
        <p>{texts.intro}</p>
        <dl className="record">
          {[...shown, { keys: ['?'], short: texts.help, long: texts.help }].map(({ keys, long }) => (
            <div key={long}>
              <dt>
                <KeyCap keys={keys} />
              </dt>
              <dd>{long}</dd>
            </div>
          ))}
        </dl>
        <label className="checkline">
          <input
            type="checkbox"
            checked={on}
            onChange={(event) => {
              setOn(event.target.checked);
              keep(event.target.checked);
            }}
          />
          <span>
            {texts.on}
            <span className="hint">{texts.offNote}</span>
          </span>
        </label>
      </Dialog>
    </>
  );
}

const formOf = () => document.querySelector<HTMLFormElement>('#shortcut-form');

function choose(place: number) {
  const radio = formOf()?.querySelectorAll<HTMLInputElement>('input[type="radio"]')[place - 1];
  radio?.click();
  radio?.focus();
}

/** A click on the page's own link: the router takes it, as for a pointer. */
function follow(href: string | null) {
  if (href) document.querySelector<HTMLAnchorElement>(`a[href="${CSS.escape(href)}"], a[href="${href}"]`)?.click();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches('textarea, select, input:not([type="radio"]):not([type="checkbox"])')
  );
}

function read(): string | null {
  try {
    return localStorage.getItem(setting);
  } catch {
    return null;
  }
}

function keep(on: boolean) {
  try {
    localStorage.setItem(setting, on ? 'on' : 'off');
  } catch {
    // Without storage the choice holds until the page is left.
  }
}
