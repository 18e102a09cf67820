import type { ComponentPropsWithRef, ReactNode } from 'react';

type StepChoiceProps = {
  name: string;
  /** The question; it stands above the steps already, so it is for assistive technology. */
  legend: string;
  defaultValue?: number | undefined;
  /** Under a level: whose score stands there, with its mark. */
  notes?: Readonly<Record<number, ReactNode>>;
  disabled?: boolean;
  register?: Omit<ComponentPropsWithRef<'input'>, 'className' | 'style'>;
};

const levels = [1, 2, 3, 4, 5] as const;

/** The staircase as the control that determines a score: five radios, filled up to the chosen step. */
export function StepChoice({ name, legend, defaultValue, notes = {}, disabled, register }: StepChoiceProps) {
  return (
    <fieldset disabled={disabled}>
      <legend className="vh">{legend}</legend>
      <div className="steps5">
        {levels.map((level) => (
          <label key={level}>
            <input type="radio" {...register} name={name} value={level} defaultChecked={level === defaultValue} />
            <b>{level}</b>
            <span className="under-word">{notes[level]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
