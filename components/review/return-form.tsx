'use client';

import { useRef } from 'react';
import type { FormAction } from '#services/form-result.ts';
import { Button } from '../ui/button.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { usePost } from '../ui/use-post.ts';
import { problemsOf, type RefusalWords } from './refusal-problems.ts';
import { TermFields } from './term-fields.tsx';
import { useKeptForm } from './use-kept-form.ts';
import { spareLines, useLines } from './use-lines.ts';

export type ReturnTexts = {
  reason: string;
  reasonHint: string;
  items: string;
  itemsHint: string;
  itemKey: string;
  itemText: string;
  /** The name of a line, with its number at `{number}`. */
  item: string;
  more: string;
  term: string;
  termHint: string;
  days: string;
  daysLabel: string;
  date: string;
  dateLabel: string;
  submit: string;
  failed: string;
};

type ReturnFormProps = {
  action: FormAction;
  assessmentId: string;
  noticeId: string;
  /** What can be pointed at: sections, and their criteria. */
  groups: readonly { label: string; options: readonly { value: string; label: string }[] }[];
  /** The steps that the case took: what was typed before the last of them is over. */
  since: number;
  texts: ReturnTexts;
  refusals: RefusalWords;
};

const fields = {
  reason_given: 'return-reason',
  term_set: 'return-days',
  term: 'return-term',
  item_unknown: 'return-item-0',
};

/** Reason, what is asked per criterion or section, and the insurer's own term. */
export function ReturnForm({ action, assessmentId, noticeId, groups, since, texts, refusals }: ReturnFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const typed = result.status === 'refused' ? result.typed : undefined;
  const form = useRef<HTMLFormElement>(null);
  const { count, add } = useLines({ begin: 4, typed: typed?.['itemKey[]']?.length, most: 100 });
  useKeptForm(form, `return:${assessmentId}`, since);
  return (
    <form action={dispatch} onSubmit={onSubmit} ref={form} noValidate>
      {result.status === 'refused' && (
        <ErrorSummary title={texts.failed} problems={problemsOf(result, refusals, fields)} />
      )}
      <input type="hidden" name="assessmentId" value={assessmentId} />
      <input type="hidden" name="id" value={noticeId} />
      <TextArea
        id="return-reason"
        name="reason"
        label={texts.reason}
        hint={texts.reasonHint}
        defaultValue={typed?.reason?.[0]}
      />
      <fieldset className="field">
        <legend className="h3">{texts.items}</legend>
        <span className="hint">{texts.itemsHint}</span>
        {Array.from({ length: count }, (_, place) => line(place))}
        <noscript>{Array.from({ length: spareLines }, (_, place) => line(count + place))}</noscript>
        {add && (
          <Button type="button" kind="plain" onClick={add}>
            {texts.more}
          </Button>
        )}
      </fieldset>
      <TermFields id="return" texts={texts} typed={typed} />
      <Button type="submit" kind="danger" aria-disabled={pending}>
        {texts.submit}
      </Button>
    </form>
  );

  /** A line is its place: lines are only added, at the end. */
  function line(place: number) {
    return (
      <fieldset key={place} className="asked">
        <legend className="vh">{texts.item.replace('{number}', String(place + 1))}</legend>
        <SelectField
          id={`return-item-${place}`}
          name="itemKey[]"
          label={texts.itemKey}
          defaultValue={typed?.['itemKey[]']?.[place]}
        >
          {groups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              {group.options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </optgroup>
          ))}
        </SelectField>
        <TextField
          id={`return-text-${place}`}
          name="itemText[]"
          label={texts.itemText}
          defaultValue={typed?.['itemText[]']?.[place]}
        />
      </fieldset>
    );
  }
}
