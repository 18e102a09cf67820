'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useActionState, useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextArea } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { SaveStatus } from '#components/ui/save-status.tsx';
import { isResponse, responses } from '#domain/answers.ts';
import type { FormAction, FormResult } from '#services/form-result.ts';
import { useCriterion } from '../criterion/criterion-context.tsx';
import { pathAfter } from '../criterion/criterion-path.ts';
import { sentence } from '../phrase.tsx';
import { AnswerConflict } from './answer-conflict.tsx';
import { type AnswerText, type AutosaveState, same, saveStateOf, type Theirs } from './autosave.ts';
import { isPageStale } from './draft-store.ts';
import { EarlierTexts } from './earlier-texts.tsx';
import { EffectLine } from './effect-line.tsx';
import { type AnswerOutcome, postAnswer } from './post-answer.ts';
import { StopNotice } from './stop-notice.tsx';
import { useAutosave } from './use-autosave.ts';

type AnswerFormProps = {
  /** For a page without script. */
  action: FormAction;
  /** What the server has. */
  answer: AnswerText & { version: number };
  /** "Opgeslagen op 20 november 2018, 16:41"; empty when nothing was saved yet. */
  savedWords: string;
  /** Somebody else measured it: then only a remark is asked. */
  outside?: ReactNode;
  words: { answer: string; effect: string; explanation: string; hint: string; earlier: string };
};

/** The answer to one criterion: response and explanation, kept as they are typed. Without script it is a plain form. */
export function AnswerForm({ action, answer, savedWords, outside, words }: AnswerFormProps) {
  const { texts, locale, userId, assessmentId, criterionKey, readAt, redraw } = useCriterion();
  const router = useRouter();
  // Only a page without script posts through this; with script the answer goes out by itself.
  const [posted, post] = useActionState(action, { status: 'idle' });
  // As the server drew the fields first: what is read again later must not move what stands in them.
  const [first] = useState(() => firstText(answer, posted));
  const [early] = useState(() => typedBefore(criterionKey));
  const form = useRef<HTMLFormElement>(null);
  const [restored, setRestored] = useState(false);
  const next = useRef<string | null>(null);
  const fromDevice = useRef<AnswerText | null>(null);
  const [, lookAgain] = useState(0);

  const { state, dispatch, onDevice } = useAutosave<AnswerOutcome>({
    userId,
    assessmentId,
    criterionKey,
    page: { version: answer.version, text: answer },
    editable: true,
    send: (text, version) => postAnswer(assessmentId, { criterionKey, version, ...text }),
    onOutcome: (outcome) => {
      if (outcome.status !== 'done') return;
      redraw(outcome.data);
      next.current = outcome.data.next;
    },
    onLeave: () => router.push(pathAfter(assessmentId, next.current)),
    onStart: (text, wasRestored) => {
      writeFields(form.current, text);
      setRestored(wasRestored);
      if (wasRestored) fromDevice.current = text;
    },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for what was typed before this script ran
  useEffect(() => {
    if (!early || same(early, first)) return;
    const text = fromDevice.current ? joined(fromDevice.current, early, first) : early;
    writeFields(form.current, text);
    dispatch({ kind: 'typed', text });
  }, []);

  // A page that Back brings up may be older than what was saved since; so may one that slept in the browser's memory.
  useEffect(() => {
    if (isPageStale(readAt)) router.refresh();
    const woken = (event: PageTransitionEvent) => event.persisted && router.refresh();
    window.addEventListener('pageshow', woken);
    return () => window.removeEventListener('pageshow', woken);
  }, [readAt, router]);

  // What a colleague saved meanwhile takes its place in the fields, but never under somebody's hands.
  useEffect(() => {
    if (state.phase !== 'rest' || answer.version <= state.version) return;
    const field = document.activeElement;
    if (field instanceof HTMLTextAreaElement && field.form?.id === 'answer') {
      const left = () => lookAgain((times) => times + 1);
      field.addEventListener('blur', left, { once: true });
      return () => field.removeEventListener('blur', left);
    }
    dispatch({ kind: 'page', version: answer.version, text: answer });
    writeFields(form.current, answer);
  });

  const typedNow = () => (form.current ? readFields(form.current, state.typed.response) : state.typed);
  const typed = (urgent: boolean) => {
    setRestored(false);
    dispatch({ kind: 'typed', text: typedNow(), urgent });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    dispatch({ kind: 'leave', text: typedNow() });
  };
  const choose = (choice: 'mine' | 'theirs' | 'both') => {
    dispatch({ kind: 'resolved', choice });
    const theirs = state.theirs;
    if (!theirs || choice === 'mine') return;
    const mine = state.typed;
    const both = [mine.explanation, theirs.explanation].filter((text) => text.trim()).join('\n\n');
    writeFields(form.current, choice === 'theirs' ? theirs : { ...mine, explanation: both });
  };
  const settle = (choice: 'mine' | 'theirs' | 'both') => {
    choose(choice);
    // The button that had the focus goes with the choice.
    document.getElementById('explanation')?.focus();
  };

  const time = (instant: string) =>
    new Intl.DateTimeFormat(locale, {
      timeZone: 'Europe/Amsterdam',
      hourCycle: 'h23',
      hour: '2-digit',
      minute: '2-digit',
    }).format(new Date(instant));
  const stop = state.stop ?? stopOf(posted);
  // What was refused without script is not what the server has, either.
  const saving = stop && state.phase === 'rest' && !state.savedAt ? 'failed' : saveStateOf(state);
  const theirs =
    state.theirs ?? (posted.status === 'refused' && stop === 'conflict' ? (posted.detail as Theirs) : null);
  return (
    <form ref={form} id="answer" action={post} onSubmit={submit} autoComplete="off">
      <input type="hidden" name="assessmentId" value={assessmentId} />
      <input type="hidden" name="criterionKey" value={criterionKey} />
      <input type="hidden" name="version" value={theirs ? theirs.version : state.version} />
      {restored && (
        <Notice kind="ok" role="status" title={texts.restored.title}>
          <p>{texts.restored.text}</p>
        </Notice>
      )}
      {stop && stop !== 'conflict' && (
        <StopNotice reason={stop} typed={state.stop ? state.typed : first} onDevice={onDevice} />
      )}
      {theirs && stop === 'conflict' && (
        <AnswerConflict
          mine={state.theirs ? state.typed : first}
          theirs={theirs}
          time={time(theirs.savedAt)}
          onChoose={state.theirs ? settle : undefined}
        />
      )}
      <div className="row">
        <div className="side">{words.answer}</div>
        <div className="col">
          {outside ?? (
            <RadioGroup
              name="response"
              legend={texts.question}
              options={responses.map((value) => ({ value, label: texts.options[value] }))}
              defaultValue={first.response ?? undefined}
              describedBy="effect"
              register={{ onChange: () => typed(true) }}
            />
          )}
        </div>
        <div className="side sub voice">{words.effect}</div>
        <div className="col sub">
          <EffectLine response={state.typed.response} />
        </div>
      </div>
      <div className="row">
        <div className="side">
          <label htmlFor="explanation">{words.explanation}</label>
          <SaveStatus
            id="saved"
            state={saving}
            retry={
              state.phase === 'retrying' ? (
                <Button kind="link" onClick={() => dispatch({ kind: 'retry' })}>
                  {texts.retry}
                </Button>
              ) : (
                state.theirs && <a href="#conflict">{texts.conflict.choose}</a>
              )
            }
          >
            {saveWords(state)}
          </SaveStatus>
          <EarlierTexts version={state.version} label={words.earlier} />
        </div>
        <div className="col">
          <TextArea
            name="explanation"
            label={null}
            hint={words.hint}
            rows={7}
            maxLength={20_000}
            describedBy="saved"
            defaultValue={first.explanation}
            onChange={() => typed(false)}
          />
          <noscript>
            <p className="meta">{texts.needsScript}</p>
          </noscript>
        </div>
      </div>
    </form>
  );

  function saveWords({ savedAt, offline }: AutosaveState): string {
    switch (saving) {
      case 'saving':
        return texts.saving;
      case 'saved':
        return savedAt ? sentence(texts.saved, { time: time(savedAt) }) : savedWords;
      case 'failed':
        return texts.failed;
      case 'offline':
        if (!onDevice) return texts.offlineOnly;
        return offline ? texts.offline : texts.failed;
      default:
        return savedWords;
    }
  }
}

/** What a refused post without script carried is drawn again as it was typed. */
function firstText(answer: AnswerText, posted: FormResult<unknown>): AnswerText {
  if (posted.status !== 'refused') {
    return { response: answer.response, explanation: answer.explanation };
  }
  const response = posted.typed.response?.[0];
  return { response: isResponse(response) ? response : null, explanation: posted.typed.explanation?.[0] ?? '' };
}

/** Text of this device and what was typed over the page before the script knew of it: both stay. */
function joined(device: AnswerText, early: AnswerText, first: AnswerText): AnswerText {
  const texts = [device.explanation, early.explanation === first.explanation ? '' : early.explanation];
  return {
    response: early.response === first.response ? device.response : early.response,
    explanation: [...new Set(texts)].filter((text) => text.trim()).join('\n\n'),
  };
}

/** What somebody typed into the form of the server before this script took it over; null when there is no such form. */
function typedBefore(criterionKey: string): AnswerText | null {
  if (typeof document === 'undefined') return null;
  const form = document.getElementById('answer');
  if (!(form instanceof HTMLFormElement)) return null;
  return new FormData(form).get('criterionKey') === criterionKey ? readFields(form, null) : null;
}

/** @param held the response where the form asks for none */
function readFields(form: HTMLFormElement, held: AnswerText['response']): AnswerText {
  const fields = new FormData(form);
  const response = form.elements.namedItem('response') ? fields.get('response') : held;
  const explanation = String(fields.get('explanation') ?? '').replace(/\r\n/g, '\n');
  return { response: isResponse(response) ? response : null, explanation };
}

function writeFields(form: HTMLFormElement | null, { response, explanation }: AnswerText) {
  for (const field of form?.elements ?? []) {
    if (field instanceof HTMLTextAreaElement) field.value = explanation;
    if (field instanceof HTMLInputElement && field.type === 'radio') field.checked = field.value === response;
  }
}

function stopOf(posted: FormResult<unknown>): AutosaveState['stop'] {
  if (posted.status !== 'refused') return null;
  if (posted.code === 'conflict') return posted.code;
  if (posted.code === 'invalid') return 'too_long';
  return posted.code === 'precondition' ? 'wrong_state' : 'refused';
}
