'use client';

import { useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { SelectField, TextArea } from '#components/ui/field.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { FormAction } from '#services/form-result.ts';
import { problemsOf, type RefusalWords } from '../refusal-problems.ts';
import { useKeptForm } from '../use-kept-form.ts';

type Choice = { value: string; label: string };

type ReasonFormProps = {
  action: FormAction;
  frameworkRef: string;
  reasonId: string;
  /** How many reasons stand: a draft from before the last of them has arrived. */
  count: number;
  groups: readonly { label: string; options: readonly Choice[] }[];
  grounds: readonly Choice[];
  texts: Record<'criterion' | 'every' | 'ground' | 'anyGround' | 'text' | 'textHint' | 'add' | 'failed', string>;
  refusals: RefusalWords;
};

const fields = { text: 'standard-reason', criterionKey: 'standard-criterion' };

/** One more reason for the list. */
export function ReasonForm(props: ReasonFormProps) {
  const { action, frameworkRef, texts } = props;
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const form = useRef<HTMLFormElement>(null);
  useKeptForm(form, `reason:${frameworkRef}`, props.count);
  const typed = result.status === 'refused' ? result.typed : undefined;
  return (
    <form id="shortcut-form" action={dispatch} onSubmit={onSubmit} ref={form} noValidate className="ask-form">
      {result.status === 'refused' && (
        <ErrorSummary title={texts.failed} problems={problemsOf(result, props.refusals, fields)} />
      )}
      <input type="hidden" name="frameworkRef" value={frameworkRef} />
      <input type="hidden" name="id" value={props.reasonId} />
      <SelectField
        id="standard-criterion"
        name="criterionKey"
        label={texts.criterion}
        defaultValue={typed?.criterionKey?.[0]}
      >
        <option value="">{texts.every}</option>
        {props.groups.map(({ label, options }) => (
          <optgroup key={label} label={label}>
            <Options of={options} />
          </optgroup>
        ))}
      </SelectField>
      <SelectField id="standard-ground" name="ground" label={texts.ground} defaultValue={typed?.ground?.[0]}>
        <option value="">{texts.anyGround}</option>
        <Options of={props.grounds} />
      </SelectField>
      <TextArea
        id="standard-reason"
        name="text"
        label={texts.text}
        hint={texts.textHint}
        maxLength={10_000}
        defaultValue={typed?.text?.[0]}
      />
      <Button type="submit" aria-disabled={pending}>
        {texts.add}
      </Button>
    </form>
  );
}

function Options({ of }: { of: readonly Choice[] }) {
  return of.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}
