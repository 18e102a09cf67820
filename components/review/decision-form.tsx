'use client';

import { type FormEvent, startTransition, useActionState } from 'react';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { ErrorSummary, type FieldProblem } from '../ui/error-summary.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { problemsOf, type RefusalWords, type Refused } from './refusal-problems.ts';

type Result = { status: 'idle' } | { status: 'done'; data: unknown; at: string } | Refused;

/** An action that decides something about a case. */
export type DecisionAction = (previous: Result, form: FormData) => Promise<Result>;

export type DecisionField =
  | { kind: 'reason' | 'date'; name: string; label: string; hint?: string; defaultValue?: string }
  | { kind: 'choice'; name: string; label: string; hint?: string; options: readonly { value: string; label: string }[] }
  | { kind: 'tick'; name: string; value: string; label: string; hint?: string };

type DecisionFormProps = {
  action: DecisionAction;
  /** Makes the ids of its fields different from those of the other forms on the page. */
  id: string;
  /** Values that go along. */
  hidden: Readonly<Record<string, string>>;
  fields?: readonly DecisionField[];
  submit: string;
  kind?: 'primary' | 'plain' | 'danger';
  refusals: RefusalWords;
  problemTitle: string;
};

/** One decision as a form of its own: what it asks for, its button, and every reason why it was refused. */
export function DecisionForm(props: DecisionFormProps) {
  const { action, id, hidden, fields = [], submit, kind, refusals, problemTitle } = props;
  const [result, dispatch, pending] = useActionState(action, { status: 'idle' } as Result);
  const refused = result.status === 'refused' ? result : null;
  const problems = refused ? problemsOf(refused, refusals, controls(id, fields)) : [];
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(() => dispatch(form));
  };
  return (
    <form action={dispatch} onSubmit={send} noValidate>
      <ErrorSummary title={problemTitle} problems={problems} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map((field) => (
        <DecisionControl
          key={field.kind === 'tick' ? field.value : field.name}
          field={field}
          id={controlId(id, field)}
          typed={refused?.typed?.[field.name]}
          problems={problems}
        />
      ))}
      <div className="btnrow">
        <Button type="submit" kind={kind} aria-disabled={pending}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

type ControlProps = {
  field: DecisionField;
  id: string;
  typed: string | undefined;
  problems: readonly FieldProblem[];
};

function DecisionControl({ field, id, typed, problems }: ControlProps) {
  const { name, label, hint } = field;
  const error = problems.find(({ fieldId }) => fieldId === id)?.text;
  const frame = { id, name, label, hint, error };
  if (field.kind === 'reason') return <TextArea {...frame} defaultValue={typed ?? ''} rows={3} />;
  if (field.kind === 'date') return <TextField {...frame} type="date" defaultValue={typed ?? field.defaultValue} />;
  if (field.kind === 'tick') return <Checkbox {...frame} value={field.value} />;
  return (
    <SelectField {...frame} defaultValue={typed ?? ''}>
      <option value="">–</option>
      {field.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </SelectField>
  );
}

const controlId = (id: string, field: DecisionField) =>
  [id, field.name.replace('[]', ''), ...(field.kind === 'tick' ? [field.value] : [])].join('-');

/** Which control a field's name, or the code of a guard, is about; of several ticks it is the first. */
function controls(id: string, fields: readonly DecisionField[]): Record<string, string> {
  const about: Record<string, string> = {
    reason: 'reason_given',
    lastDay: 'term_set',
    approved: 'differences_approved',
    userId: 'round_reviewer',
  };
  const found: Record<string, string> = {};
  for (const field of fields) {
    const name = field.name.replace('[]', '');
    found[name] ??= controlId(id, field);
    const guard = about[name];
    if (guard) found[guard] ??= controlId(id, field);
  }
  return found;
}
