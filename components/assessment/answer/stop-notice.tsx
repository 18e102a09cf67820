'use client';

import { Button, ButtonRow } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useCriterion } from '../criterion/criterion-context.tsx';
import { criterionPath } from '../criterion/criterion-path.ts';
import { sentence } from '../phrase.tsx';
import type { AnswerText, StopReason } from './autosave.ts';

type StopNoticeProps = { reason: Exclude<StopReason, 'conflict'>; typed: AnswerText; onDevice: boolean };

/** Says why saving cannot go on, where the text is, and the one thing to do. Nothing typed is taken away. */
export function StopNotice({ reason, typed, onDevice }: StopNoticeProps) {
  const { texts, locale, assessmentId, criterionKey } = useCriterion();
  if (reason === 'signed_out') {
    const back = encodeURIComponent(criterionPath(assessmentId, criterionKey));
    return (
      <Notice kind="attention" role="alert" title={texts.signedOut.title}>
        <p>{onDevice ? texts.signedOut.text : texts.signedOut.textHere}</p>
        {/* A whole new page: the session of this one is gone. Where the device keeps nothing, this one has to stay. */}
        <p>
          <a href={`/sign-in?to=${back}`} target={onDevice ? undefined : '_blank'} rel="noreferrer">
            {texts.signedOut.link}
          </a>
        </p>
      </Notice>
    );
  }
  if (reason === 'new_version') {
    return (
      <Notice role="alert" title={texts.newVersion.title}>
        <p>{texts.newVersion.text}</p>
        <ButtonRow>
          <Button dense onClick={() => window.location.reload()}>
            {texts.newVersion.button}
          </Button>
        </ButtonRow>
      </Notice>
    );
  }
  if (reason === 'too_long') {
    const length = new Intl.NumberFormat(locale).format(typed.explanation.length);
    return (
      <Notice kind="bad" role="alert" title={texts.tooLong.title}>
        <p>{sentence(texts.tooLong.text, { length })}</p>
      </Notice>
    );
  }
  const words = { ended: texts.ended, wrong_state: texts.wrongState, refused: texts.refused }[reason];
  return (
    <Notice kind="bad" role="alert" title={words.title}>
      <p>{words.text}</p>
      <UnsavedText typed={typed} />
    </Notice>
  );
}

/** Text that could not be saved, to read and to copy. */
export function UnsavedText({ typed }: { typed: AnswerText }) {
  const { texts } = useCriterion();
  return (
    <>
      {typed.response && <p>{texts.options[typed.response]}</p>}
      {typed.explanation && <p className="prewrap quoted">{typed.explanation}</p>}
    </>
  );
}
