'use client';

import { type RefObject, useEffect, useRef } from 'react';

type Kept = { since: string; fields: Readonly<Record<string, string>> };

const keyOf = (place: string) => `trede:kept:${place}`;

/**
 * Keeps what is typed in a form on this device until it was sent, and brings it back after a closed tab or a lost session.
 * Hidden fields are left alone.
 * @param place what the form is about
 * @param since changes once what was typed arrived: a draft from before that is dropped
 */
export function useKeptForm(form: RefObject<HTMLFormElement | null>, place: string, since: string | number) {
  const mark = String(since);
  const shown = useRef(false);
  useEffect(() => {
    const present = form.current;
    if (!present) return;
    const kept = read(place);
    if (kept && kept.since !== mark) drop(place);
    else if (kept && !shown.current) bringBack(present, kept.fields);
    shown.current = true;
    const keep = () => write(place, { since: mark, fields: fieldsOf(present) });
    present.addEventListener('input', keep);
    return () => present.removeEventListener('input', keep);
  }, [form, place, mark]);
  return { drop: () => drop(place) };
}

function fieldsOf(form: HTMLFormElement): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const field of writable(form)) {
    if (field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type) && !field.checked) continue;
    kept[nameOf(field, form)] = field.value;
  }
  return kept;
}

function bringBack(form: HTMLFormElement, fields: Kept['fields']) {
  for (const field of writable(form)) {
    const value = fields[nameOf(field, form)];
    if (field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type))
      field.checked = value === field.value;
    else if (value !== undefined) field.value = value;
  }
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function writable(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (field): field is Field =>
      (field instanceof HTMLTextAreaElement ||
        field instanceof HTMLSelectElement ||
        field instanceof HTMLInputElement) &&
      field.name !== '' &&
      field.type !== 'hidden' &&
      field.type !== 'file',
  );
}

/** Fields of one name are told apart by their place, but radios: of these one is chosen. */
function nameOf(field: Field, form: HTMLFormElement): string {
  if (field instanceof HTMLInputElement && field.type === 'radio') return field.name;
  const same = [...form.elements].filter((other) => (other as Field).name === field.name);
  return `${field.name} ${same.indexOf(field)}`;
}

function read(place: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(place)) ?? 'null') as Kept | null;
    return typeof kept?.since === 'string' && typeof kept.fields === 'object' ? kept : null;
  } catch {
    return null;
  }
}

function write(place: string, kept: Kept): void {
  try {
    localStorage.setItem(keyOf(place), JSON.stringify(kept));
  } catch {
    // A device that keeps nothing (a private window, a full disk) loses nothing that was sent.
  }
}

function drop(place: string): void {
  try {
    localStorage.removeItem(keyOf(place));
  } catch {
    // There was nothing to drop.
  }
}
