import type { ComponentPropsWithRef, ReactNode } from 'react';
import { FieldError } from './field.tsx';
import { KeyCap } from './key-cap.tsx';

export type RadioOption = {
  value: string;
  label: ReactNode;
  /** One or two words under the label, with a mark if it has one ("wijkt af"). */
  note?: ReactNode;
  /** The key that chooses it, as it stands on the keyboard. */
  keyCap?: string;
  /** The letter that chooses it where shortcuts are on. */
  keyShortcut?: string;
  disabled?: boolean;
};

type RadioGroupProps = {
  id?: string;
  name: string;
  legend: ReactNode;
  /** The question is already on the page in another form: keep the legend for assistive technology only. */
  legendHidden?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
  options: readonly RadioOption[];
  defaultValue?: string | undefined;
  /** rows: 48 px each, between hairlines. segmented: one bar with a note per choice. inline: dense, side by side. */
  variant?: 'rows' | 'segmented' | 'inline';
  describedBy?: string;
  required?: boolean;
  disabled?: boolean;
  /** Handlers of the form; spread over each radio. */
  register?: Omit<ComponentPropsWithRef<'input'>, 'className' | 'style'>;
};

const frames = { rows: undefined, segmented: 'seg', inline: 'opt-in' } as const;

/** One choice out of a few. Without script it posts `name=value` like any radio group. */
export function RadioGroup(props: RadioGroupProps) {
  const { name, id = name, legend, legendHidden, hint, error, options, variant = 'rows', describedBy } = props;
  const described = [hint && `${id}-hint`, error && `${id}-error`, describedBy].filter(Boolean).join(' ');
  return (
    <fieldset
      className={error ? 'field err' : undefined}
      aria-describedby={described || undefined}
      disabled={props.disabled}
    >
      <legend className={legendHidden ? 'vh' : 'h2'}>{legend}</legend>
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      <div className={frames[variant]}>
        {options.map((option, index) => (
          <label key={option.value} className={variant === 'rows' ? 'opt' : undefined}>
            <input
              type="radio"
              {...props.register}
              // The error summary links to the group's id: that is the first choice.
              id={index === 0 ? id : `${id}-${option.value}`}
              name={name}
              value={option.value}
              defaultChecked={option.value === props.defaultValue}
              required={props.required}
              disabled={option.disabled}
              aria-keyshortcuts={option.keyShortcut}
            />
            <span>
              {option.label}
              {option.note && <span className="under-word">{option.note}</span>}
            </span>
            {option.keyCap && <KeyCap keys={[option.keyCap]} decorative />}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
