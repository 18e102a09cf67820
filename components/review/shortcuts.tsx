'use client';

import { useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { KeyCap } from '../ui/key-cap.tsx';

/** `short` null: it stands in the list only. */
export type Shortcut = { keys: readonly string[]; short: string | null; long: string };

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
 * with the id `shortcut-form`: its radios in order. Letters reach what names them in `aria-keyshortcuts`; one that nothing
 * on the page names is not listed. Nothing needs them.
 */
export function Shortcuts({ shown, texts, previous, next }: ShortcutsProps) {
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState(true);
  const [listening, setListening] = useState(false);
  const listed = open ? shown.filter(isThere) : shown;
  useEffect(() => setOn(read() !== 'off'), []);
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if (event.altKey || event.metaKey) return;
      if (event.ctrlKey) {
        if (event.key === 'Enter') formAt(event.target)?.requestSubmit();
        return;
      }
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
      if (event.key === '?') setOpen(true);
      else if (event.key === 'j' || event.key === 'J') follow(next);
      else if (event.key === 'k' || event.key === 'K') follow(previous);
      else if (/^[1-9]$/.test(event.key)) choose(Number(event.key));
      else if (/^[a-z]$/i.test(event.key) && reach(event.key.toUpperCase())) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    setListening(true);
    return () => {
      document.removeEventListener('keydown', press);
      setListening(false);
    };
  }, [on, next, previous]);

  return (
    <>
      {shown.map(({ keys, short }) =>
        short === null ? null : (
          <span key={short}>
            <KeyCap keys={keys} /> {short}
          </span>
        ),
      )}
      <button
        type="button"
        className="link all-keys"
        aria-keyshortcuts={listening ? '?' : undefined}
        onClick={() => setOpen(true)}
      >
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
          {[...listed, { keys: ['?'], short: texts.help, long: texts.help }].map(({ keys, long }) => (
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

/** The form that is being written in, else the one that the page is about. */
function formAt(target: EventTarget | null): HTMLFormElement | null {
  return (isTyping(target) && (target as HTMLElement).closest('form')) || formOf();
}

const named = (key: string) => [...document.querySelectorAll<HTMLElement>(`[aria-keyshortcuts="${key}"]`)];

/** A letter works where something names it. J, K, digits and chords the page itself declares. */
const isThere = ({ keys: [key = '', ...more] }: Shortcut) =>
  more.length > 0 || !/^[A-IL-Z]$/.test(key) || named(key).length > 0;

/**
 * Goes to what names this key in `aria-keyshortcuts`, the next one when it is there already: a fold opens, a field or what
 * submits a form takes the focus, all else is clicked.
 */
function reach(key: string): boolean {
  const all = named(key);
  const at = all.findIndex((one) =>
    (one.tagName === 'SUMMARY' ? one.parentElement : one)?.contains(document.activeElement),
  );
  const found = all[(at + 1) % all.length];
  if (!found) return false;
  const fold = found.parentElement;
  if (found.tagName === 'SUMMARY' && fold instanceof HTMLDetailsElement) {
    fold.open = true;
    (fold.querySelector<HTMLElement>('textarea, input:not([type="hidden"]), button') ?? found).focus();
  } else if (found.matches('a, button:not([type="submit"]), input[type="radio"]')) {
    found.click();
    if (!found.matches('a')) found.focus();
  } else (found.querySelector<HTMLElement>('textarea') ?? found).focus();
  return true;
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
