'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, startTransition, useActionState, useEffect, useRef, useState } from 'react';
import type { FormAction, FormResult } from '#services/form-result.ts';
import { Button } from '../ui/button.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { TextArea } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { RadioGroup } from '../ui/radio-group.tsx';
import { SideBySide } from '../ui/side-by-side.tsx';
import { dropWords, keepWords, readWords } from './words-draft.ts';

export type WordsTexts = {
  text: string;
  textHint: string;
  save: string;
  saved: string;
  kept: string;
  restored: string;
  offline: string;
  failed: string;
  conflictTitle: string;
  conflictText: string;
  theirs: string;
  mine: string;
};

type Saved = { version: number };
/** What a colleague saved meanwhile. */
type Theirs = Saved & { text: string; agrees?: boolean | null };
type Result = FormResult<unknown>;

type WordsFormProps = {
  action: FormAction;
  /** Tells the forms of one page apart. */
  id: string;
  /** Fields that go along: what the words are about. */
  target: Readonly<Record<string, string>>;
  version: number;
  /** Agreeing or not; null where only words are asked. */
  choice: { legend: string; value: string; options: readonly { value: string; label: string }[] } | null;
  text: string;
  texts: WordsTexts;
  /** A sentence for each code; `other` for what has none. */
  refusals: Readonly<Record<string, string>>;
  /** The button does the main thing of its page. */
  primary?: boolean;
};

/**
 * What somebody says in the hearing about one section. Saved by its button; until then it lives on this device. What a
 * colleague saved meanwhile is shown beside it before anything is replaced.
 */
export function WordsForm(props: WordsFormProps) {
  const { action, id, target, choice, text, texts } = props;
  const place = Object.values(target).join(':');
  const [result, dispatch, pending] = useActionState(action, { status: 'idle' } as Result);
  const [note, setNote] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const typed = result.status === 'refused' ? result.typed : undefined;
  const theirs = result.status === 'refused' && result.code === 'conflict' ? (result.detail as Theirs) : null;
  const saved = result.status === 'done' ? (result.data as Saved).version : 0;
  const version = theirs?.version ?? Math.max(props.version, saved);
  const stored = choice?.value ?? '';

  useEffect(() => {
    const draft = readWords(place);
    if (!draft || !form.current) return;
    if (draft.choice === stored && draft.text.trim() === text.trim()) return dropWords(place);
    fill(form.current, { agrees: draft.choice, text: draft.text });
    setNote(texts.restored.replace('{time}', timeOf(draft.at)));
  }, [place, stored, text, texts.restored]);

  useEffect(() => {
    if (result.status !== 'done') return;
    dropWords(place);
    setNote(texts.saved.replace('{time}', timeOf(result.at)));
    // What still stands in the way is listed elsewhere on the page.
    router.refresh();
  }, [result, place, texts.saved, router]);

  const keep = () => {
    const at = new Date().toISOString();
    if (keepWords(place, { ...wordsIn(form.current), at })) setNote(texts.kept.replace('{time}', timeOf(at)));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    if (!navigator.onLine) return setNote(texts.offline);
    const data = new FormData(event.currentTarget);
    startTransition(() => dispatch(data));
  };

  return (
    <form action={dispatch} onSubmit={submit} onChange={keep} ref={form} noValidate>
      {result.status === 'refused' && !theirs && (
        <ErrorSummary
          title={texts.failed}
          problems={codesOf(result).map((code) => ({
            fieldId: `${id}-text`,
            text: props.refusals[code] ?? props.refusals.other ?? code,
          }))}
        />
      )}
      {theirs && (
        <Notice kind="attention" title={texts.conflictTitle} level={3} role="alert">
          <p>{texts.conflictText.replace('{choice}', choiceOf(theirs))}</p>
          <SideBySide
            left={{ title: texts.theirs, meta: '', text: theirs.text, action: null }}
            right={{ title: texts.mine, meta: '', text: typed?.text?.[0] ?? '', action: null }}
          />
        </Notice>
      )}
      {Object.entries(target).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="version" value={version} />
      {choice && (
        <RadioGroup
          id={`${id}-agrees`}
          name="agrees"
          legend={<span className="h3">{choice.legend}</span>}
          variant="inline"
          defaultValue={typed?.agrees?.[0] || stored}
          options={choice.options}
        />
      )}
      <TextArea
        id={`${id}-text`}
        name="text"
        label={texts.text}
        hint={texts.textHint}
        defaultValue={typed?.text?.[0] ?? text}
      />
      <div className="btnrow">
        <Button type="submit" kind={props.primary ? 'primary' : 'plain'} aria-disabled={pending}>
          {texts.save}
        </Button>
        <span className="voice" role="status">
          {note}
        </span>
      </div>
    </form>
  );

  function choiceOf({ agrees }: Theirs): string {
    const value = agrees == null ? '' : agrees ? 'yes' : 'no';
    return choice?.options.find((option) => option.value === value)?.label ?? '–';
  }
}

function codesOf({ code, because, fields }: Extract<Result, { status: 'refused' }>): readonly string[] {
  const named = Object.values(fields);
  if (named.length > 0) return named;
  return because.length > 0 ? because : [code];
}

function wordsIn(form: HTMLFormElement | null): { choice: string; text: string } {
  const data = form ? new FormData(form) : new FormData();
  return { choice: String(data.get('agrees') ?? ''), text: String(data.get('text') ?? '') };
}

function fill(form: HTMLFormElement, values: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList || field instanceof HTMLTextAreaElement) field.value = value;
  }
}

function timeOf(at: string): string {
  const parts = { timeZone: 'Europe/Amsterdam', hour: '2-digit', minute: '2-digit' } as const;
  return new Date(at).toLocaleTimeString('nl-NL', parts);
}
