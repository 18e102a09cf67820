'use client';

import { useEffect, useRef } from 'react';

export type FieldProblem = {
  /** The id of the control: the line jumps there. Without it the line is text. */
  fieldId?: string;
  text: string;
};

type ErrorSummaryProps = {
  title: string;
  problems: readonly FieldProblem[];
  /** Counts the tries, so that the same problems take the focus again after another try. */
  attempt?: number;
};

/** Every problem of a form, above it. Takes the focus when it appears, when the problems change and at each new try. */
export function ErrorSummary({ title, problems, attempt = 0 }: ErrorSummaryProps) {
  const summary = useRef<HTMLDivElement>(null);
  // By content: a list made anew while someone types must not take the focus away.
  const shown = `${attempt} ${problems.map((problem) => `${problem.fieldId} ${problem.text}`).join('\n')}`;
  const focused = useRef('');
  useEffect(() => {
    if (problems.length > 0 && focused.current !== shown) summary.current?.focus();
    focused.current = problems.length > 0 ? shown : '';
  }, [problems.length, shown]);

  if (problems.length === 0) return null;
  return (
    <div className="notice bad" role="alert" tabIndex={-1} ref={summary}>
      <h2>{title}</h2>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.fieldId ?? ''}:${problem.text}`}>
            {problem.fieldId ? <a href={`#${problem.fieldId}`}>{problem.text}</a> : problem.text}
          </li>
        ))}
      </ul>
    </div>
  );
}
