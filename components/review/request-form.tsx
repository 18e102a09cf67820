'use client';

import { useRef } from 'react';
import type { FormAction } from '#services/form-result.ts';
import { Button } from '../ui/button.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { SelectField, TextArea } from '../ui/field.tsx';
import { usePost } from '../ui/use-post.ts';
import { problemsOf, type RefusalWords } from './refusal-problems.ts';
import { TermFields } from './term-fields.tsx';
import { useKeptForm } from './use-kept-form.ts';
import { spareLines, useLines } from './use-lines.ts';

export type RequestTexts = {
  criterion: string;
  ask: string;
  askHint: string;
  lines: string;
  linesHint: string;
  /** The name of a line, with its number at `{number}`. */
  line: string;
  more: string;
  term: string;
  days: string;
  daysLabel: string;
  date: string;
  dateLabel: string;
  submit: string;
  failed: string;
};

type Groups = readonly { label: string; options: readonly { value: string; label: string }[] }[];

type RequestFormProps = {
  action: FormAction;
  assessmentId: string;
  /** The key of each line that it begins with, made once a drawing: sending the form twice asks once. */
  ids: readonly string[];
  /** One criterion with its section, or the criteria to choose from. */
  about: { criterionKey: string; sectionKey: string } | Groups;
  /** How many requests stand: what was typed before the last of them has been sent. */
  since: number;
  texts: RequestTexts;
  refusals: RefusalWords;
};

const fields = {
  question_missing: 'request-question-0',
  question: 'request-question-0',
  criterionKey: 'request-criterion-0',
  term_set: 'request-days',
  term: 'request-term',
};

/** Questions on criteria with one term for all; where the criterion is known, one question. */
export function RequestForm({ action, assessmentId, ids, about, since, texts, refusals }: RequestFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const typed = result.status === 'refused' ? result.typed : undefined;
  const form = useRef<HTMLFormElement>(null);
  const { count, add } = useLines({ begin: ids.length, typed: typed?.['id[]']?.length, most: 50 });
  const made = useRef(typed?.['id[]'] ?? ids);
  while (made.current.length < count) made.current = [...made.current, crypto.randomUUID()];
  useKeptForm(form, `request:${assessmentId}:${'criterionKey' in about ? about.criterionKey : ''}`, since);
  return (
    <form action={dispatch} onSubmit={onSubmit} ref={form} noValidate className="ask-form">
      {result.status === 'refused' && (
        <ErrorSummary title={texts.failed} problems={problemsOf(result, refusals, fields)} />
      )}
      <input type="hidden" name="assessmentId" value={assessmentId} />
      {made.current.map((id) => (
        <input key={id} type="hidden" name="id[]" value={id} />
      ))}
      {'criterionKey' in about ? (
        <>
          <input type="hidden" name="sectionKey" value={about.sectionKey} />
          <input type="hidden" name="criterionKey[]" value={about.criterionKey} />
          <TextArea
            id="request-question-0"
            name="question[]"
            label={texts.ask}
            hint={texts.askHint}
            maxLength={4_000}
            defaultValue={typed?.['question[]']?.[0]}
          />
        </>
      ) : (
        <fieldset className="field">
          <legend className="h3">{texts.lines}</legend>
          <span className="hint">{texts.linesHint}</span>
          {made.current.map((id, place) => line(about, id, place))}
          <noscript>
            {Array.from({ length: spareLines }, (_, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other identity than its place
              <div key={place}>
                <input type="hidden" name="id[]" value={crypto.randomUUID()} />
                {line(about, '', count + place)}
              </div>
            ))}
          </noscript>
          {add && (
            <Button type="button" kind="plain" onClick={add}>
              {texts.more}
            </Button>
          )}
        </fieldset>
      )}
      <TermFields id="request" texts={texts} typed={typed} />
      <Button type="submit" aria-disabled={pending}>
        {texts.submit}
      </Button>
    </form>
  );

  function line(groups: Groups, id: string, place: number) {
    return (
      <fieldset key={id} className="asked">
        <legend className="vh">{texts.line.replace('{number}', String(place + 1))}</legend>
        <SelectField
          id={`request-criterion-${place}`}
          name="criterionKey[]"
          label={texts.criterion}
          defaultValue={typed?.['criterionKey[]']?.[place]}
        >
          {groups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              {group.options.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </optgroup>
          ))}
        </SelectField>
        <TextArea
          id={`request-question-${place}`}
          name="question[]"
          label={texts.ask}
          maxLength={4_000}
          defaultValue={typed?.['question[]']?.[place]}
        />
      </fieldset>
    );
  }
}
