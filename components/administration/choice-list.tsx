import type { ReactNode } from 'react';
import { FieldError } from '#components/ui/field.tsx';

type ChoiceListProps = {
  /** The error summary links to it. */
  id: string;
  /** Ends in `[]`: the ticked values are a list. An empty one goes along, so that no tick is told from no list. */
  name: string;
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  choices: readonly { value: string; label: ReactNode; note?: ReactNode; chosen: boolean }[];
};

/** Several out of a list, each with a word about it. */
export function ChoiceList({ id, name, legend, hint, error, choices }: ChoiceListProps) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <fieldset
      className={error ? 'group field err' : 'group'}
      id={id}
      tabIndex={-1}
      aria-describedby={described || undefined}
    >
      <legend className="h3">{legend}</legend>
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      <input type="hidden" name={name} value="" />
      <ul className="choices">
        {choices.map(({ value, label, note, chosen }) => (
          <li key={value}>
            <label>
              <input type="checkbox" name={name} value={value} defaultChecked={chosen} />
              <span>
                {label}
                {note && <span className="meta">{note}</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
