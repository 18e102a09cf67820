'use client';

import { Button, ButtonLink } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SideBySide } from '#components/ui/side-by-side.tsx';
import { usePost } from '#components/ui/use-post.ts';
import { isResponse } from '#domain/answers.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { AnswerConflict } from '#services/assessments/save-answer.ts';
import type { FormAction } from '#services/form-result.ts';
import { sentence } from '../phrase.tsx';

type RestoreFormProps = {
  action: FormAction;
  /** What is put back, as the fields of an answer; a response that was not chosen is empty. */
  answer: { assessmentId: string; criterionKey: string; response: string; explanation: string };
  /** The version that the page showed as the answer: another one meanwhile is a conflict. */
  version: number;
  backHref: string;
  locale: 'nl' | 'en';
  submit: string;
  /** Which of the many buttons this is. */
  about: string;
  texts: Messages['history']['versions']['form'];
};

/** Puts an earlier text back as a new version. Where somebody saved meanwhile, both texts stand side by side. */
export function RestoreForm({ action, answer, version, backHref, locale, submit, about, texts }: RestoreFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const refused = result.status === 'refused' ? result : null;
  const theirs = refused?.code === 'conflict' ? (refused.detail as AnswerConflict) : null;
  const time = theirs ? timeOf(theirs.savedAt, locale) : '';
  const wordOf = (response: string | null) => texts.words[isResponse(response) ? response : 'open'];
  const button = (
    <Button type="submit" kind="plain" dense aria-disabled={pending}>
      {theirs ? texts.again : submit}
      <span className="vh"> {about}</span>
    </Button>
  );
  return (
    <form className="restore" action={dispatch} onSubmit={onSubmit}>
      {Object.entries({ ...answer, version: theirs?.version ?? version }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {theirs ? (
        <>
          <Notice
            kind="attention"
            role="alert"
            level={3}
            title={sentence(theirs.byYou ? texts.conflictOwn : texts.conflict, { time })}
          >
            <p>{texts.conflictText}</p>
          </Notice>
          <SideBySide
            left={{ title: texts.mine, meta: wordOf(answer.response), text: answer.explanation, action: button }}
            right={{
              title: texts.theirs,
              meta: sentence(texts.meta, { response: wordOf(theirs.response), time }),
              text: theirs.explanation,
              action: (
                <ButtonLink kind="link" href={backHref}>
                  {texts.keep}
                </ButtonLink>
              ),
            }}
          />
        </>
      ) : (
        button
      )}
      {refused && !theirs && (
        <p className="errword" role="alert">
          {refusedWords(refused.code === 'signed_out' ? 'signed_out' : (refused.because[0] ?? 'other'), texts.refused)}
        </p>
      )}
    </form>
  );
}

function refusedWords(code: string, words: Messages['history']['versions']['form']['refused']): string {
  return code in words ? words[code as keyof typeof words] : words.other;
}

function timeOf(instant: string, locale: 'nl' | 'en'): string {
  const written = { timeZone: 'Europe/Amsterdam', hourCycle: 'h23', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(locale, written).format(new Date(instant));
}
