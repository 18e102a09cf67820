'use client';

import { type ReactNode, useRef, useState } from 'react';
import type { FormAction } from '#services/form-result.ts';
import { StepChoice } from '../score/step-choice.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { Notice } from '../ui/notice.tsx';
import { usePost } from '../ui/use-post.ts';
import { problemsOf, type RefusalWords } from './refusal-problems.ts';
import { ReviewRow } from './review-row.tsx';
import { useKeptForm } from './use-kept-form.ts';

export type DeterminationTexts = {
  legend: string;
  effect: string;
  reason: string;
  reasonHint: string;
  submit: string;
  failed: string;
  conflictTitle: string;
  conflictComputed: string;
  conflictLevel: string;
  trace: string;
};

type Theirs = { version: number; level: number | null; computedLevel: number };
type DeterminationFormProps = {
  action: FormAction;
  assessmentId: string;
  sectionKey: string;
  determinationId: string;
  version: number;
  computedLevel: number;
  /** What stands now, else the computed level. */
  level: number;
  reason: string;
  /** Under each level: whose score stands there. */
  notes: Readonly<Record<number, ReactNode>>;
  /** The line "Gevolg", per level. */
  effects: Readonly<Record<number, string>>;
  texts: DeterminationTexts;
  refusals: RefusalWords;
  /** How the computed level comes about. */
  children: ReactNode;
};

/** The five steps as the control: the computed one needs no reason, another one does. */
export function DeterminationForm(props: DeterminationFormProps) {
  const { action, level, texts } = props;
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const typed = result.status === 'refused' ? result.typed : undefined;
  const [chosen, setChosen] = useState(Number(typed?.level?.[0] ?? level));
  const theirs = result.status === 'refused' && result.code === 'conflict' ? (result.detail as Theirs) : null;
  const form = useRef<HTMLFormElement>(null);
  useKeptForm(
    form,
    `determination:${props.assessmentId}:${props.sectionKey}`,
    `${props.version}:${props.computedLevel}`,
  );
  return (
    <form id="shortcut-form" action={dispatch} onSubmit={onSubmit} ref={form} noValidate>
      {result.status === 'refused' && !theirs && (
        <ErrorSummary
          title={texts.failed}
          problems={problemsOf(result, props.refusals, { difference_reasoned: 'determination-reason' })}
        />
      )}
      {theirs && (
        <Notice kind="attention" title={texts.conflictTitle} role="alert">
          {theirs.computedLevel !== props.computedLevel && (
            <p>{texts.conflictComputed.replace('{computed}', String(theirs.computedLevel))}</p>
          )}
          {theirs.version !== props.version && theirs.level !== null && (
            <p>{texts.conflictLevel.replace('{level}', String(theirs.level))}</p>
          )}
        </Notice>
      )}
      <input type="hidden" name="assessmentId" value={props.assessmentId} />
      <input type="hidden" name="sectionKey" value={props.sectionKey} />
      <input type="hidden" name="id" value={props.determinationId} />
      <input type="hidden" name="version" value={theirs?.version ?? props.version} />
      <input type="hidden" name="computedLevel" value={theirs?.computedLevel ?? props.computedLevel} />
      <StepChoice
        name="level"
        legend={texts.legend}
        defaultValue={Number(typed?.level?.[0] ?? level)}
        notes={props.notes}
        register={{ onChange: (event) => setChosen(Number(event.target.value)) }}
      />
      <ReviewRow name={<span className="voice">{texts.effect}</span>}>
        <p className="voice" role="status">
          {props.effects[chosen]}
        </p>
      </ReviewRow>
      <ReviewRow
        name={
          <label htmlFor="determination-reason">
            {texts.reason} <span className="meta">{texts.reasonHint}</span>
          </label>
        }
      >
        <textarea
          className="input"
          id="determination-reason"
          name="reason"
          aria-keyshortcuts="R"
          rows={4}
          defaultValue={typed?.reason?.[0] ?? props.reason}
        />
      </ReviewRow>
      <ReviewRow name={texts.trace}>{props.children}</ReviewRow>
      <ReviewRow name={null}>
        <Button type="submit" aria-disabled={pending}>
          {texts.submit}
        </Button>
      </ReviewRow>
    </form>
  );
}
