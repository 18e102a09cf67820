'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useActionState, useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { TextArea } from '#components/ui/field.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction, FormResult } from '#services/form-result.ts';
import { clearPlace, thisDevice } from '../answer/draft-store.ts';
import { useCriterion } from '../criterion/criterion-context.tsx';
import { namedIn, noteDraftKey, readNoteDraft, writeNoteDraft } from './note-draft.ts';

type NoteFormProps = {
  action: FormAction;
  /** The key that this drawing of the form posts under, so that posting it twice adds one note. */
  noteId: string;
  colleagues: readonly { userId: string; name: string; role: string }[];
  /** The notes on the page: a draft of one that is there was acknowledged after all. */
  known: readonly string[];
  texts: Messages['notes']['form'];
};

type Refused = { code: string; fields: Readonly<Record<string, string>> };

/** Writes a note for colleagues. What is typed stays on the device until the server has it; without script a plain form. */
export function NoteForm({ action, noteId, colleagues, known, texts }: NoteFormProps) {
  const { userId, assessmentId, criterionKey } = useCriterion();
  const router = useRouter();
  // Only a page without script posts through this: a lost connection would take the whole page with it.
  const [posted, post] = useActionState(action, { status: 'idle' } as FormResult<unknown>);
  const typed = posted.status === 'refused' ? posted.typed : {};
  const [id, setId] = useState(noteId);
  const [phase, setPhase] = useState<'rest' | 'sending' | 'done'>('rest');
  const [refused, setRefused] = useState(() => refusedOf(posted));
  const [attempt, setAttempt] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const named = useRef(new Set<string>());
  const key = noteDraftKey(userId, assessmentId, criterionKey);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once a criterion: what this device still holds
  useEffect(() => {
    const draft = readNoteDraft(thisDevice(), key);
    if (draft && known.includes(draft.id)) clearPlace(thisDevice(), key);
    else if (draft) {
      setId(draft.id);
      fill(form.current, draft.text, draft.mentions);
      form.current?.closest('details')?.setAttribute('open', '');
    }
  }, [key]);

  const onInput = () => {
    if (!form.current) return;
    const fields = new FormData(form.current);
    for (const person of namedIn(String(fields.get('text')), colleagues)) {
      if (named.current.has(person)) continue;
      named.current.add(person);
      fill(form.current, null, [person]);
    }
    keep(id);
    setPhase((now) => (now === 'done' ? 'rest' : now));
  };

  function keep(under: string) {
    if (!form.current) return;
    const fields = new FormData(form.current);
    const mentions = fields.getAll('mentions[]').map(String);
    writeNoteDraft(thisDevice(), key, { id: under, text: String(fields.get('text')), mentions });
  }

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (phase === 'sending') return;
    const fields = new FormData(event.currentTarget);
    setPhase('sending');
    const result = await action({ status: 'idle' }, fields).catch(() => null);
    setAttempt((count) => count + 1);
    if (result?.status !== 'done') {
      setPhase('rest');
      setRefused(result ? refusedOf(result) : { code: 'connection', fields: {} });
      // The key was used for another text: this one goes out under its own.
      if (result?.status === 'refused' && result.code === 'conflict') changeKey();
      return;
    }
    setRefused(null);
    setPhase('done');
    const now = form.current && String(new FormData(form.current).get('text'));
    if (now === fields.get('text')) {
      form.current?.reset();
      fill(form.current, '', []);
      named.current.clear();
    }
    changeKey();
    router.refresh();
  }

  function changeKey() {
    const next = crypto.randomUUID();
    setId(next);
    keep(next);
  }

  return (
    <details className="opener" open={posted.status === 'refused' || undefined}>
      <summary className="btn plain small">{texts.write}</summary>
      <form ref={form} action={post} onSubmit={onSubmit} onInput={onInput} autoComplete="off">
        {refused && <ErrorSummary title={texts.problem} problems={problemsOf(refused, texts)} attempt={attempt} />}
        <input type="hidden" name="assessmentId" value={assessmentId} />
        <input type="hidden" name="criterionKey" value={criterionKey} />
        <input type="hidden" name="noteId" value={id} />
        <TextArea
          id="note"
          name="text"
          label={texts.text}
          hint={colleagues.length > 0 ? texts.hint : texts.hintPlain}
          maxLength={4_000}
          defaultValue={typed.text?.[0] ?? ''}
        />
        {colleagues.length > 0 && (
          <Disclosure summary={texts.name} open={typed['mentions[]'] !== undefined || undefined}>
            <p className="meta">{texts.nameHint}</p>
            <div className="mentions">
              {colleagues.map(({ userId: person, name, role }) => (
                <Checkbox
                  key={person}
                  id={`mention-${person}`}
                  name="mentions[]"
                  value={person}
                  label={name}
                  hint={role}
                  defaultChecked={typed['mentions[]']?.includes(person)}
                />
              ))}
            </div>
          </Disclosure>
        )}
        <Button type="submit" kind="plain" dense aria-disabled={phase === 'sending'}>
          {texts.submit}
        </Button>{' '}
        <span className="meta" role="status">
          {phase === 'rest' ? '' : texts[phase]}
        </span>
      </form>
    </details>
  );
}

/** Puts a text and ticks into the fields as if they were typed; `text` null leaves the text alone. */
function fill(form: HTMLFormElement | null, text: string | null, mentions: readonly string[]) {
  const field = form?.elements.namedItem('text');
  if (text !== null && field instanceof HTMLTextAreaElement) field.value = text;
  for (const box of form?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? []) {
    if (mentions.includes(box.value)) {
      box.checked = true;
      // Whom it names has to be seen, not only kept.
      box.closest('details')?.setAttribute('open', '');
    } else if (text !== null) box.checked = false;
  }
}

function refusedOf(result: FormResult<unknown>): Refused | null {
  if (result.status !== 'refused') return null;
  return { code: result.code === 'signed_out' ? 'signed_out' : (result.because[0] ?? 'other'), fields: result.fields };
}

function problemsOf({ code, fields }: Refused, { codes }: Messages['notes']['form']) {
  const text = (name: string) => (name in codes ? codes[name as keyof typeof codes] : codes.other);
  const wrong = Object.entries(fields);
  if (wrong.length === 0) return [{ text: text(code), fieldId: code === 'signed_out' ? undefined : 'note' }];
  return wrong.map(([field, name]) => ({ text: text(name), fieldId: field === 'text' ? 'note' : undefined }));
}
