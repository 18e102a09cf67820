'use client';

import type { ReactNode } from 'react';
import type { FormAction } from '#services/form-result.ts';
import { Button } from '../ui/button.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { usePost } from '../ui/use-post.ts';
import { problemsOf, type RefusalWords, type Refused } from './refusal-problems.ts';

type UndisputedFormProps = {
  action: FormAction;
  assessmentId: string;
  sectionKey: string | null;
  submit: string;
  failed: string;
  refusals: RefusalWords;
  /** The list: a checkbox `lines[]` a criterion. */
  children: ReactNode;
};

/** Confirms what is ticked in the list that was seen. */
export function UndisputedForm(props: UndisputedFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(props.action);
  return (
    <form id="shortcut-form" action={dispatch} onSubmit={onSubmit}>
      {result.status === 'refused' && (
        <ErrorSummary
          title={props.failed}
          problems={problemsOf(result, withKeys(props.refusals, result)).map((problem) =>
            result.fields.lines ? { ...problem, text: props.refusals.nothing_chosen ?? problem.text } : problem,
          )}
        />
      )}
      <input type="hidden" name="assessmentId" value={props.assessmentId} />
      {props.sectionKey && <input type="hidden" name="sectionKey" value={props.sectionKey} />}
      {props.children}
      <Button type="submit" aria-disabled={pending}>
        {props.submit}
      </Button>
    </form>
  );
}

/** Names the criteria that a refusal is about. */
function withKeys(words: RefusalWords, { detail }: Refused): RefusalWords {
  const { criteria = [] } = (detail ?? {}) as { criteria?: string[] };
  const named = Object.entries(words).map(([code, text]) => [code, text.replace('{keys}', criteria.join(', '))]);
  return Object.fromEntries(named);
}
