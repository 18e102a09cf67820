'use client';

import type { FormAction } from '#services/form-result.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { ErrorSummary, type FieldProblem } from '../ui/error-summary.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { usePost } from '../ui/use-post.ts';
import { type ChosenCases, problemsOf, type RefusalWords } from './refusal-problems.ts';

export type DecisionField =
  | { kind: 'reason'; name: string; label: string; hint?: string }
  | { kind: 'date'; name: string; label: string; hint?: string; defaultValue: string }
  | { kind: 'choice'; name: string; label: string; hint?: string; options: readonly { value: string; label: string }[] }
  | { kind: 'tick'; name: string; value: string; label: string; hint?: string };

type DecisionFormProps = {
  action: FormAction;
  /** The form's id, and what the ids of its fields start with; boxes elsewhere on the page can belong to it. */
  id: string;
  /** Values that go along. */
  hidden: Readonly<Record<string, string>>;
  fields?: readonly DecisionField[];
  submit: string;
  kind?: 'primary' | 'plain' | 'danger';
  refusals: RefusalWords;
  problemTitle: string;
  /** Of a decision on many cases: their names, to name each that was refused, with the id of its box. */
  cases?: ChosenCases;
};

/** One decision as a form of its own: what it asks for, its button, and every reason why it was refused. */
export function DecisionForm(props: DecisionFormProps) {
  const { action, id, hidden, fields = [], submit, kind, refusals, problemTitle, cases } = props;
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const refused = result.status === 'refused' ? result : null;
  const problems = refused ? problemsOf(refused, refusals, controls(id, fields), cases) : [];
  return (
    <form id={id} action={dispatch} onSubmit={onSubmit} noValidate>
      <ErrorSummary title={problemTitle} problems={problems} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map((field) => (
        <DecisionControl
          key={field.kind === 'tick' ? field.value : field.name}
          field={field}
          id={controlId(id, field)}
          typed={refused?.typed[field.name]}
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
  typed: readonly string[] | undefined;
  problems: readonly FieldProblem[];
};

function DecisionControl({ field, id, typed, problems }: ControlProps) {
  const { name, label, hint } = field;
  const error = problems.find(({ fieldId }) => fieldId === id)?.text;
  const frame = { id, name, label, hint, error };
  const [text = ''] = typed ?? [];
  if (field.kind === 'tick')
    return <Checkbox {...frame} value={field.value} defaultChecked={typed?.includes(field.value)} />;
  if (field.kind !== 'choice') {
    return field.kind === 'reason' ? (
      <TextArea {...frame} defaultValue={text} rows={3} />
    ) : (
      <TextField {...frame} type="date" defaultValue={text || field.defaultValue} />
    );
  }
  return (
    <SelectField {...frame} defaultValue={text}>
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
