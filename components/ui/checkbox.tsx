import type { ComponentPropsWithRef, ReactNode } from 'react';
import { FieldError } from './field.tsx';

type CheckboxProps = Omit<ComponentPropsWithRef<'input'>, 'className' | 'style' | 'type' | 'children'> & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
};

/** One thing to agree to or to switch on. Give `defaultChecked` beside `register`. */
export function Checkbox({ name, id = name, label, hint, error, ...input }: CheckboxProps) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={error ? 'field err' : undefined}>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      <div className="checkline">
        <input
          {...input}
          type="checkbox"
          id={id}
          name={name}
          aria-describedby={described || undefined}
          aria-invalid={error ? true : undefined}
        />
        <div>
          <label htmlFor={id}>{label}</label>
          {hint && (
            <span className="hint" id={`${id}-hint`}>
              {hint}
            </span>
          )}
        </div>
      </div>
    </div>
  );
}
