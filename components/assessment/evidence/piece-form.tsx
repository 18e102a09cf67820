'use client';

import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import type { SaidOfEvidence } from '#services/evidence/save-evidence.ts';
import type { FormAction } from '#services/form-result.ts';
import { sentence } from '../phrase.tsx';
import { problemsIn, usePosted } from '../use-posted.ts';

type PieceFormProps = {
  action: FormAction<SaidOfEvidence>;
  assessmentId: string;
  evidenceId: string;
  said: SaidOfEvidence;
  texts: Pick<Messages['library'], 'edit' | 'form'>;
};

/**
 * Title, period and effective date. When a colleague changed the same field meanwhile, their words stand beside what was
 * typed, and saving once more is a choice that was seen.
 */
export function PieceForm({ action, assessmentId, evidenceId, said, texts }: PieceFormProps) {
  const { result, dispatch, onSubmit, pending, typed } = usePosted(action);
  const { edit, form } = texts;
  const conflicted = result.status === 'refused' && result.code === 'conflict';
  const theirs = conflicted ? (result.detail as SaidOfEvidence) : null;
  // As this person saw it when they began, or left it when they saved: never what a colleague does in the meantime.
  const [seen, setSeen] = useState(said);
  useEffect(() => {
    if (result.status === 'done') setSeen(result.data);
    if (result.status === 'refused' && result.code === 'conflict') setSeen(result.detail as SaidOfEvidence);
  }, [result]);
  const was = theirs ?? seen;
  const error = (name: string) =>
    result.status === 'refused' && result.fields[name] ? form[result.fields[name] as keyof typeof form] : undefined;
  const hint = (name: keyof SaidOfEvidence, otherwise?: string) =>
    theirs && theirs[name] !== typed(name, '')
      ? sentence(edit.conflictTheirs, { value: theirs[name] || edit.conflictEmpty })
      : otherwise;
  return (
    <form action={dispatch} onSubmit={onSubmit}>
      <ErrorSummary title={form.problem} problems={problemsIn(result, form)} />
      {conflicted && (
        <Notice kind="attention" level={3} role="alert" title={edit.conflictTitle}>
          <p>{edit.conflictText}</p>
        </Notice>
      )}
      <input type="hidden" name="assessmentId" value={assessmentId} />
      <input type="hidden" name="evidenceId" value={evidenceId} />
      <input type="hidden" name="wasTitle" value={was.title} />
      <input type="hidden" name="wasAboutPeriod" value={was.aboutPeriod} />
      <input type="hidden" name="wasEffectiveOn" value={was.effectiveOn} />
      <TextField
        name="title"
        label={edit.title}
        hint={hint('title')}
        error={error('title')}
        defaultValue={typed('title', said.title)}
        maxLength={200}
      />
      <TextField
        name="aboutPeriod"
        label={edit.period}
        hint={hint('aboutPeriod', edit.periodHint)}
        error={error('aboutPeriod')}
        defaultValue={typed('aboutPeriod', said.aboutPeriod)}
        maxLength={200}
      />
      <TextField
        name="effectiveOn"
        type="date"
        label={edit.effective}
        hint={hint('effectiveOn', edit.effectiveHint)}
        error={error('effectiveOn')}
        defaultValue={typed('effectiveOn', said.effectiveOn)}
      />
      <Button type="submit" kind="plain" dense aria-disabled={pending}>
        {edit.save}
      </Button>{' '}
      <span role="status">{result.status === 'done' && edit.saved}</span>
    </form>
  );
}
