'use client';

import { useEffect, useRef } from 'react';

export type FieldProblem = {
  /** The id of the control: the line jumps there. Without it the line is text. */
  fieldId?: string;
  text: string;
};

/** Every problem of a form, above it. Takes the focus when it appears and at each new set of problems. */
export function ErrorSummary({ title, problems }: { title: string; problems: readonly FieldProblem[] }) {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problems.length > 0) summary.current?.focus();
  }, [problems]);

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
