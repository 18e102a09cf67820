import type { ComponentPropsWithRef, ReactNode } from 'react';
import { Sign } from './sign.tsx';

type Frame = {
  /** Also the id of the control, so that an error summary can link to it; defaults to `name`. */
  id?: string;
  name: string;
  /** Null when its label stands elsewhere on the page: two of them would be read as one name. */
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and how to mend it. */
  error?: ReactNode;
  /** Ids of other texts that belong to the control, such as its save status. */
  describedBy?: string;
};

type Without<Props> = Omit<
  Props,
  'id' | 'name' | 'className' | 'style' | 'children' | 'aria-describedby' | 'aria-invalid'
>;

/**
 * Label, hint, error and a one-line control. Everything else of the input (defaultValue, autoComplete,
 * handlers) is passed to it: give `defaultValue` what was there, or a post without script empties the field.
 */
export function TextField({
  id,
  name,
  label,
  hint,
  error,
  describedBy,
  ...input
}: Frame & Without<ComponentPropsWithRef<'input'>>) {
  const frame = frameOf({ id, name, hint, error, describedBy });
  return (
    <FieldFrame {...frame} label={label} hint={hint} error={error}>
      <input type="text" {...input} {...frame.control} name={name} className="input" />
    </FieldFrame>
  );
}

/** As `TextField`, for text of several lines; it grows with what is typed. */
export function TextArea({
  id,
  name,
  label,
  hint,
  error,
  describedBy,
  ...input
}: Frame & Without<ComponentPropsWithRef<'textarea'>>) {
  const frame = frameOf({ id, name, hint, error, describedBy });
  return (
    <FieldFrame {...frame} label={label} hint={hint} error={error}>
      <textarea rows={4} {...input} {...frame.control} name={name} className="input" />
    </FieldFrame>
  );
}

/** As `TextField`, for a choice from a list; `children` are the options. */
export function SelectField({
  id,
  name,
  label,
  hint,
  error,
  describedBy,
  children,
  ...input
}: Frame & { children: ReactNode } & Without<ComponentPropsWithRef<'select'>>) {
  const frame = frameOf({ id, name, hint, error, describedBy });
  return (
    <FieldFrame {...frame} label={label} hint={hint} error={error}>
      <select {...input} {...frame.control} name={name} className="input">
        {children}
      </select>
    </FieldFrame>
  );
}

type FieldFrameProps = Pick<Frame, 'label' | 'hint' | 'error'> & {
  controlId: string;
  hintId: string;
  errorId: string;
  children: ReactNode;
};

function FieldFrame({ controlId, hintId, errorId, label, hint, error, children }: FieldFrameProps) {
  return (
    <div className={error ? 'field err' : 'field'}>
      {label !== null && <label htmlFor={controlId}>{label}</label>}
      {hint && (
        <span className="hint" id={hintId}>
          {hint}
        </span>
      )}
      {error && <FieldError id={errorId}>{error}</FieldError>}
      {children}
    </div>
  );
}

/** The error text above a control; the control names its id in aria-describedby. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <span className="errmsg" id={id}>
      <Sign kind="cross" />
      {children}
    </span>
  );
}

function frameOf({ id, name, hint, error, describedBy }: Omit<Frame, 'label'>) {
  const controlId = id ?? name;
  const hintId = `${controlId}-hint`;
  const errorId = `${controlId}-error`;
  const described = [hint && hintId, error && errorId, describedBy].filter(Boolean).join(' ');
  return {
    controlId,
    hintId,
    errorId,
    control: {
      id: controlId,
      'aria-describedby': described || undefined,
      'aria-invalid': error ? (true as const) : undefined,
    },
  };
}
