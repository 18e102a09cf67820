'use client';

import { useEffect, useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';

export type PickedReason = { id: string; label: string; text: string };

type ReasonPickerProps = {
  reasons: readonly PickedReason[];
  texts: { label: string; choose: string; insert: string; manage: string };
  /** Where the list is kept. */
  href: string;
  /** Where the text goes: a field by its id. */
  fieldId: string;
  shortcuts: boolean;
};

/** Standard reasons to insert at the cursor of a reason. What stands there stays. Only script can insert. */
export function ReasonPicker({ reasons, texts, href, fieldId, shortcuts }: ReasonPickerProps) {
  const [chosen, setChosen] = useState('');
  const [scripted, setScripted] = useState(false);
  const id = useId();
  useEffect(() => setScripted(true), []);
  const manage = (
    <a className="manage" href={href}>
      {texts.manage}
    </a>
  );
  if (!scripted || reasons.length === 0) return <p className="meta">{manage}</p>;
  const insert = () => {
    const reason = reasons.find((one) => one.id === chosen);
    const field = document.getElementById(fieldId);
    if (!reason || !(field instanceof HTMLTextAreaElement)) return;
    insertText(field, reason.text);
  };
  return (
    <div className="reason-picker">
      <label className="vh" htmlFor={id}>
        {texts.label}
      </label>
      <select
        className="input"
        id={id}
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
        aria-keyshortcuts={shortcuts ? 'S' : undefined}
      >
        <option value="">{texts.choose}</option>
        {reasons.map((reason) => (
          <option key={reason.id} value={reason.id}>
            {reason.label}
          </option>
        ))}
      </select>
      <Button kind="plain" dense onClick={insert} aria-disabled={chosen === ''}>
        {texts.insert}
      </Button>
      <span className="meta">{manage}</span>
    </div>
  );
}

/** At the cursor, after what is selected, set apart from the words on both sides. */
function insertText(field: HTMLTextAreaElement, text: string) {
  const [before, after] = [field.value.slice(0, field.selectionEnd), field.value.slice(field.selectionEnd)];
  const start = before === '' || /\s$/.test(before) ? '' : ' ';
  const end = after === '' || /^\s/.test(after) ? '' : ' ';
  field.setRangeText(`${start}${text}${end}`, field.selectionEnd, field.selectionEnd, 'end');
  field.focus();
  // The form keeps its draft, as after a key.
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
