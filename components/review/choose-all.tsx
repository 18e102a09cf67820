'use client';

import { useEffect, useRef, useState } from 'react';

type ChooseAllProps = {
  /** The form that the boxes belong to, wherever on the page they stand. */
  form: string;
  name: string;
  label: string;
};

/**
 * Ticks every box of one name at once, or none. Tells by its own state whether all, some or none are ticked. There once its
 * script runs: before that it could do nothing.
 */
export function ChooseAll({ form, name, label }: ChooseAllProps) {
  const own = useRef<HTMLInputElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  useEffect(() => {
    if (!ready) return;
    const tell = () => {
      if (!own.current) return;
      const boxes = boxesOf(form, name);
      const ticked = boxes.filter(({ checked }) => checked).length;
      own.current.checked = ticked > 0 && ticked === boxes.length;
      own.current.indeterminate = ticked > 0 && ticked < boxes.length;
    };
    tell();
    document.addEventListener('change', tell);
    return () => document.removeEventListener('change', tell);
  }, [ready, form, name]);
  return (
    ready && (
      <input
        ref={own}
        type="checkbox"
        aria-label={label}
        onChange={({ currentTarget: { checked } }) => {
          for (const box of boxesOf(form, name)) box.checked = checked;
        }}
      />
    )
  );
}

function boxesOf(form: string, name: string): HTMLInputElement[] {
  const owner = document.getElementById(form);
  if (!(owner instanceof HTMLFormElement)) return [];
  return [...owner.elements].filter(
    (field): field is HTMLInputElement =>
      field instanceof HTMLInputElement && field.type === 'checkbox' && field.name === name,
  );
}
