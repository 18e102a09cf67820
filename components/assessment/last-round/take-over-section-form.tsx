'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction, FormResult } from '#services/form-result.ts';
import type { TakenOverSection } from '#services/last-round/take-over-section.ts';
import { criterionPath } from '../criterion/criterion-path.ts';
import { listed, phrase, sentence } from '../phrase.tsx';

type SectionResult = FormResult<TakenOverSection>;

type TakeOverSectionFormProps = {
  action: FormAction<TakenOverSection>;
  assessmentId: string;
  sectionKey: string;
  /** What the page says will be taken over. */
  criterionKeys: readonly string[];
  submit: string;
  texts: Messages['previous']['form'];
  words: Messages['previous']['outcome'];
};

/** The button under the plan of a section, and afterwards what became of it. */
export function TakeOverSectionForm({ action, submit, texts, words, ...page }: TakeOverSectionFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const router = useRouter();
  useEffect(() => {
    if (result.status === 'done') router.refresh();
  }, [result, router]);
  return (
    <form action={dispatch} onSubmit={onSubmit}>
      {result.status === 'done' && <Outcome data={result.data} assessmentId={page.assessmentId} words={words} />}
      {result.status === 'refused' && (
        <ErrorSummary title={texts.problem} problems={[{ text: problemOf(result, texts) }]} />
      )}
      <input type="hidden" name="assessmentId" value={page.assessmentId} />
      <input type="hidden" name="sectionKey" value={page.sectionKey} />
      {page.criterionKeys.map((key) => (
        <input key={key} type="hidden" name="criterionKeys[]" value={key} />
      ))}
      {page.criterionKeys.length > 0 && (
        <Button type="submit" aria-disabled={pending}>
          {submit}
        </Button>
      )}
    </form>
  );
}

type OutcomeProps = { data: TakenOverSection; assessmentId: string; words: TakeOverSectionFormProps['words'] };

function Outcome({ data: { taken, left }, assessmentId, words }: OutcomeProps) {
  const count = taken.length;
  const title = count === 0 ? words.takenNone : count === 1 ? words.takenOne : sentence(words.takenMany, { count });
  const keys = left.map((key) => (
    <a key={key} href={criterionPath(assessmentId, key)}>
      {key}
    </a>
  ));
  return (
    <Notice kind={count > 0 ? 'ok' : 'plain'} role="status" title={title}>
      {count > 0 && <p>{words.text}</p>}
      {left.length > 0 && <p>{phrase(words.left, { keys: listed(keys, ',') })}</p>}
    </Notice>
  );
}

function problemOf(
  result: Extract<SectionResult, { status: 'refused' }>,
  texts: TakeOverSectionFormProps['texts'],
): string {
  const code = result.code === 'signed_out' ? 'signed_out' : (result.because[0] ?? 'other');
  return code in texts ? texts[code as keyof typeof texts] : texts.other;
}
