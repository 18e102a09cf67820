'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { formatMoment } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { dropDraft, readDraft, type VerdictDraft } from './draft-store.ts';

export type LeftTexts = { title: string; why: string; reason: string; copy: string; copied: string; drop: string };

type LeftVerdictProps = {
  /** What the verdict would have been about, as its form named it. */
  place: string;
  /** The verdict that counts: what says the same was not left behind. */
  current: { choice: string; reason: string } | null;
  /** Words for each choice and ground. */
  labels: Readonly<Record<string, string>>;
  texts: LeftTexts;
};

/**
 * What was chosen and typed where no verdict can be given any more (the state moved on, another reviewer has the case):
 * readable, to be copied, and why it is no verdict. Drawn from this device only.
 */
export function LeftVerdict({ place, current, labels, texts }: LeftVerdictProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState<VerdictDraft | null>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const kept = readDraft(place);
    const said = kept?.choice === current?.choice && kept?.reason.trim() === current?.reason;
    setDraft(said || !kept || (kept.choice === '' && kept.reason.trim() === '') ? null : kept);
  }, [place, current]);
  if (!draft) return null;
  const copy = async () => {
    field.current?.select();
    await navigator.clipboard?.writeText(draft.reason).then(
      () => setCopied(true),
      // The text is selected: a browser that refuses still copies it by keyboard.
      () => undefined,
    );
  };
  const drop = () => {
    dropDraft(place);
    setDraft(null);
  };
  const words = [draft.choice, draft.ground].map((value) => labels[value]).filter(Boolean);
  return (
    <Notice kind="attention" title={texts.title} level={3}>
      <p>{texts.why.replace('{time}', formatMoment(new Date(draft.at), localeOf(document.documentElement.lang)))}</p>
      <p>
        <b>{words.join(', ')}</b>
      </p>
      {draft.reason.trim() !== '' && (
        <div className="field">
          <label htmlFor={id}>{texts.reason}</label>
          <textarea ref={field} id={id} className="input" rows={3} readOnly value={draft.reason} />
        </div>
      )}
      <div className="btnrow">
        {draft.reason.trim() !== '' && <Button onClick={copy}>{texts.copy}</Button>}
        <Button kind="link" onClick={drop}>
          {texts.drop}
        </Button>
        <span role="status">{copied ? texts.copied : ''}</span>
      </div>
    </Notice>
  );
}
