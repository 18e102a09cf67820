'use client';

import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import type { FormAction } from '#services/form-result.ts';
import { WhoseMark } from '../score/whose-score.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { RadioGroup } from '../ui/radio-group.tsx';
import { usePost } from '../ui/use-post.ts';
import { dropDraft, keepDraft, readDraft } from './draft-store.ts';
import { problemsOf, type RefusalWords } from './refusal-problems.ts';
import { ReviewRow } from './review-row.tsx';
import { VerdictConflict } from './verdict-conflict.tsx';
import {
  chosenBefore,
  type Fields,
  fieldsOf,
  labelOf,
  type Theirs,
  type VerdictOption,
  wordOf,
  wordOfPage,
} from './verdict-fields.ts';

export type VerdictTexts = {
  title: string;
  hint: string;
  legend: string;
  own: string;
  differs: string;
  ground: string;
  groundHint: string;
  reason: string;
  reasonHint: string;
  effect: string;
  effectNone: string;
  submit: string;
  restored: string;
  kept: string;
  offline: string;
  failed: string;
  conflictTitle: string;
  conflictText: string;
  conflictUndone: string;
  noReason: string;
  conflictMine: string;
  conflictTheirs: string;
};

type VerdictFormProps = {
  action: FormAction;
  /** Fields that go along: the assessment and what the verdict is about. */
  target: Readonly<Record<string, string>>;
  /** The key of the next verdict; a new page brings a new one. */
  verdictId: string;
  version: number;
  /** `response`, or `value` for an intake fact. */
  choiceName: string;
  options: readonly VerdictOption[];
  grounds: readonly { value: string; label: string }[];
  /** The verdict that counts now. */
  current: { choice: string; ground: string; reason: string } | null;
  texts: VerdictTexts;
  refusals: RefusalWords;
  /** Tells two forms on one page apart. */
  idPrefix?: string;
  /** The form that the shortcuts work on. */
  shortcuts?: boolean;
  /** Under the reason: what helps to write it. */
  aids?: ReactNode;
};

/**
 * The reviewer's word: the same three responses with the insurer's own marked. Only the button gives a verdict; until
 * then ground and reason live on this device. All of it posts without script.
 */
export function VerdictForm(props: VerdictFormProps) {
  const {
    action,
    target,
    version,
    choiceName,
    options,
    current,
    texts,
    idPrefix = 'verdict',
    shortcuts = false,
  } = props;
  const place = Object.values(target).join(':');
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const [note, setNote] = useState('');
  const [since, setSince] = useState<Theirs | null>(null);
  const typed = result.status === 'refused' ? result.typed : undefined;
  const first = {
    [choiceName]: typed?.[choiceName]?.[0] || current?.choice || '',
    ground: typed?.ground?.[0] || current?.ground || '',
    reason: typed?.reason?.[0] ?? current?.reason ?? '',
  };
  const [early] = useState(() => chosenBefore(props.verdictId));
  const { register, control, getValues, setValue } = useForm<Fields>({
    defaultValues: { ...first, ...early },
  });
  const choice = useWatch({ control, name: choiceName });
  const chosen = options.find((option) => option.value === choice);
  const theirs = result.status === 'refused' && result.code === 'conflict' ? (result.detail as Theirs) : since;
  const noChoice = options.every(({ own }) => !own);

  useEffect(() => {
    const draft = readDraft(place);
    if (!draft) return;
    if (draft.choice === current?.choice && draft.ground === current.ground && draft.reason.trim() === current.reason) {
      dropDraft(place);
      return;
    }
    // One by one: a reset of the whole would put the radios back to what they were drawn with.
    const kept: Fields = { [choiceName]: draft.choice, ground: draft.ground, reason: draft.reason };
    for (const [name, value] of Object.entries(kept)) setValue(name, value);
    // Somebody decided after this was typed: their word is read before it is overwritten.
    if (current && draft.version < version) setSince(wordOfPage(choiceName, version, current));
    setNote(texts.restored.replace('{time}', timeOf(draft.at)));
  }, [place, choiceName, version, current, setValue, texts.restored]);

  const keep = () => {
    const at = new Date().toISOString();
    const kept = keepDraft(place, { version, ...wordOf(getValues(), choiceName), at });
    if (kept) setNote(texts.kept.replace('{time}', timeOf(at)));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    if (navigator.onLine) return onSubmit(event);
    event.preventDefault();
    setNote(texts.offline);
  };

  return (
    <form id={shortcuts ? 'shortcut-form' : undefined} action={dispatch} onSubmit={submit} onChange={keep} noValidate>
      {result.status === 'refused' && result.code !== 'conflict' && (
        <ErrorSummary
          title={texts.failed}
          problems={problemsOf(result, props.refusals, fieldsOf(idPrefix, choiceName))}
        />
      )}
      {theirs && (
        <VerdictConflict
          theirs={{ label: labelOf(theirs, options), ground: theirs.ground, reason: theirs.reason }}
          mine={{ label: chosen?.label ?? null, ground: getValues('ground'), reason: getValues('reason') }}
          grounds={props.grounds}
          texts={texts}
        />
      )}
      {Object.entries(target).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="id" value={props.verdictId} />
      <input type="hidden" name="version" value={theirs?.version ?? version} />
      <ReviewRow name={<Named text={texts.title} hint={texts.hint} />}>
        <RadioGroup
          id={`${idPrefix}-choice`}
          name={choiceName}
          legend={texts.legend}
          legendHidden
          variant="segmented"
          defaultValue={first[choiceName]}
          register={register(choiceName)}
          options={options.map((option, index) => ({
            value: option.value,
            label: option.label,
            note: noteOf(option),
            ...(shortcuts ? { keyCap: String(index + 1), ...(option.own ? { keyShortcut: 'B' } : {}) } : {}),
          }))}
        />
      </ReviewRow>
      <ReviewRow name={<Named text={texts.ground} hint={texts.groundHint} />}>
        <RadioGroup
          id={`${idPrefix}-ground`}
          name="ground"
          legend={texts.ground}
          legendHidden
          variant="inline"
          defaultValue={first.ground}
          register={register('ground')}
          options={props.grounds.map((ground, index) => ({
            ...ground,
            ...(shortcuts ? { keyCap: String(index + 4) } : {}),
          }))}
        />
      </ReviewRow>
      <ReviewRow
        name={
          <label htmlFor={`${idPrefix}-reason`}>
            <Named text={texts.reason} hint={texts.reasonHint} />
          </label>
        }
      >
        <textarea
          className="input"
          id={`${idPrefix}-reason`}
          rows={3}
          {...register('reason')}
          defaultValue={first.reason}
          aria-keyshortcuts={shortcuts ? 'R' : undefined}
        />
        {props.aids}
      </ReviewRow>
      <ReviewRow name={<span className="voice">{texts.effect}</span>}>
        <p className="voice" role="status">
          {chosen?.effect ?? texts.effectNone}
        </p>
        {chosen?.weakened && <Weakened {...chosen.weakened} />}
      </ReviewRow>
      <ReviewRow
        name={
          <span className="voice" role="status">
            {note}
          </span>
        }
      >
        <Button type="submit" aria-disabled={pending}>
          {texts.submit}
        </Button>
      </ReviewRow>
    </form>
  );

  function noteOf({ own }: VerdictOption): ReactNode {
    if (noChoice) return undefined;
    if (!own) return texts.differs;
    return (
      <>
        <WhoseMark whose="own" />
        {texts.own}
      </>
    );
  }
}

function Named({ text, hint }: { text: string; hint: string }) {
  return (
    <>
      {text} <span className="meta">{hint}</span>
    </>
  );
}

function Weakened({ sentence, links }: NonNullable<VerdictOption['weakened']>) {
  return (
    <p className="attword">
      {sentence}{' '}
      {links.map(({ key, href }) => (
        <a key={key} href={href}>
          {key}
        </a>
      ))}
    </p>
  );
}

function timeOf(at: string): string {
  const parts = { timeZone: 'Europe/Amsterdam', hour: '2-digit', minute: '2-digit' } as const;
  return new Date(at).toLocaleTimeString('nl-NL', parts);
}
