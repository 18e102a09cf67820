'use client';

import { Button, ButtonLink } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { IntakeConflict } from '#services/assessments/save-intake.ts';
import type { FormResult } from '#services/form-result.ts';

export type IntakeQuestionField = {
  key: string;
  question: string;
  help: string;
  /** What a No leaves out, and what waits behind it. */
  consequence: string;
  value: boolean | null;
  version: number;
};

type Result = FormResult<unknown>;

type IntakeFormProps = {
  action: (previous: Result, form: FormData) => Promise<Result>;
  assessmentId: string;
  questions: readonly IntakeQuestionField[];
  backHref: string;
  texts: {
    yes: string;
    no: string;
    save: string;
    back: string;
    conflictTitle: string;
    /** Per question and value: what a colleague saved meanwhile. */
    conflict: Readonly<Record<string, { yes: string; no: string }>>;
    refused: Readonly<Record<string, string>>;
    refusedElse: string;
  };
};

/** The facts about the insurer, each with yes and no, none of them required. Works without script as a plain post. */
export function IntakeForm({ action, assessmentId, questions, backHref, texts }: IntakeFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const typed = result.status === 'refused' ? result.typed : {};
  const theirs = conflictOf(result);
  return (
    <form className="intake" action={dispatch} onSubmit={onSubmit}>
      {Object.keys(theirs).length > 0 && (
        <Notice kind="attention" role="alert" title={texts.conflictTitle}>
          {Object.entries(theirs).map(([key, { value }]) => (
            <p key={key}>{texts.conflict[key]?.[value ? 'yes' : 'no']}</p>
          ))}
        </Notice>
      )}
      {result.status === 'refused' && result.code !== 'conflict' && (
        <Notice kind="bad" role="alert" title={texts.refused[result.code] ?? texts.refusedElse} />
      )}
      <input type="hidden" name="assessmentId" value={assessmentId} />
      {questions.map(({ key, question, help, consequence, value, version }) => (
        <div className="field" key={key}>
          <input type="hidden" name={`version.${key}`} value={theirs[key]?.version ?? version} />
          <RadioGroup
            name={`fact.${key}`}
            legend={question}
            hint={help}
            describedBy={`fact.${key}-consequence`}
            defaultValue={typed[`fact.${key}`]?.[0] ?? (value === null ? undefined : String(value))}
            options={[
              { value: 'true', label: texts.yes },
              { value: 'false', label: texts.no },
            ]}
          />
          <p className="meta" id={`fact.${key}-consequence`}>
            {consequence}
          </p>
        </div>
      ))}
      <div className="btnrow">
        <Button type="submit" aria-disabled={pending}>
          {texts.save}
        </Button>
        <ButtonLink kind="link" href={backHref}>
          {texts.back}
        </ButtonLink>
      </div>
    </form>
  );
}

function conflictOf(result: Result): IntakeConflict['facts'] {
  return result.status === 'refused' && result.code === 'conflict' ? (result.detail as IntakeConflict).facts : {};
}
