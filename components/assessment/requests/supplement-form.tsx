'use client';

import { type FormEvent, type ReactNode, startTransition, useActionState, useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { TextArea } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SaveStatus } from '#components/ui/save-status.tsx';
import { SideBySide } from '#components/ui/side-by-side.tsx';
import { usePost } from '#components/ui/use-post.ts';
import { formatTime } from '#lib/i18n/dates.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction, FormResult } from '#services/form-result.ts';
import { sentence } from '../phrase.tsx';
import { type OtherText, useSupplement } from './use-supplement.ts';

type Texts = Messages['requests']['insurer']['form'];

type SupplementFormProps = {
  /** `send` is null for who may only write. */
  actions: { save: FormAction; send: FormAction | null };
  userId: string;
  request: { assessmentId: string; id: string; version: number; text: string };
  locale: Locale;
  texts: Texts;
  /** What goes with the text: between writing and sending. */
  files: ReactNode;
};

/** The text of a supplement: saved as it is written, sent with a question. Without script one form with two buttons. */
export function SupplementForm({ actions, userId, request, locale, texts, files }: SupplementFormProps) {
  const [posted, dispatch, pending] = useActionState(actions.send ?? actions.save, {
    status: 'idle',
  } as FormResult<unknown>);
  const field = useRef<HTMLTextAreaElement>(null);
  const place = { userId, assessmentId: request.assessmentId, requestId: request.id };
  const work = useSupplement(actions.save, field, place, { text: request.text, version: request.version });
  const refusedPost = posted.status === 'refused' ? posted : null;
  const met = refusedPost?.code === 'conflict' ? (refusedPost.detail as OtherText) : null;
  const { theirs, state } = work;

  // biome-ignore lint/correctness/useExhaustiveDependencies: once a result of sending
  useEffect(() => {
    if (met) work.meet(met);
  }, [met]);

  const post = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const data = new FormData(event.currentTarget);
    const there = await work.saveAll();
    if (button?.value !== 'send' || !there) return;
    data.set('intent', 'send');
    data.set('text', work.typed());
    data.set('version', String(work.versionNow()));
    startTransition(() => dispatch(data));
  };
  const shown = refusedPost && !met ? refusedPost : work.refused;
  return (
    <>
      <form id="supplement-form" action={dispatch} onSubmit={post} noValidate autoComplete="off">
        {shown?.status === 'refused' && <ErrorSummary title={texts.failed} problems={problemsOf(shown, texts)} />}
        <input type="hidden" name="assessmentId" value={request.assessmentId} />
        <input type="hidden" name="requestId" value={request.id} />
        <input type="hidden" name="version" value={met?.version ?? request.version} />
        {met && (
          <noscript>
            <Notice kind="attention" title={texts.conflictTitle}>
              <p>{texts.conflictPlain}</p>
              <blockquote className="prewrap">{met.text}</blockquote>
            </Notice>
          </noscript>
        )}
        {theirs && (
          <section tabIndex={-1} aria-label={texts.conflictTitle}>
            <Notice kind="attention" role="alert" title={texts.conflictTitle}>
              <p>{texts.conflictText}</p>
            </Notice>
            <SideBySide
              left={{
                title: texts.conflictMine,
                meta: '',
                text: work.typed(),
                action: <Button onClick={() => work.choose('mine')}>{texts.keepMine}</Button>,
              }}
              right={{
                title: texts.conflictTheirs,
                meta: '',
                text: theirs.text,
                action: (
                  <Button kind="plain" onClick={() => work.choose('theirs')}>
                    {texts.keepTheirs}
                  </Button>
                ),
              }}
              both={
                <Button kind="link" onClick={() => work.choose('both')}>
                  {texts.both}
                </Button>
              }
            />
          </section>
        )}
        <TextArea
          ref={field}
          id="supplement"
          name="text"
          label={texts.label}
          hint={texts.hint}
          maxLength={20_000}
          describedBy="supplement-saved"
          onInput={work.onInput}
          defaultValue={refusedPost?.typed.text?.[0] ?? request.text}
        />
        <SaveStatus id="supplement-saved" state={state}>
          {statusWords()}
        </SaveStatus>
        <Button type="submit" kind="plain" name="intent" value="save">
          {texts.save}
        </Button>
      </form>
      {files}
      {actions.send && (
        <ConfirmStep
          trigger={texts.sendTrigger}
          title={texts.sendQuestion}
          actions={
            <Button type="submit" form="supplement-form" name="intent" value="send" aria-disabled={pending}>
              {texts.send}
            </Button>
          }
        >
          <p>{texts.sendConsequence}</p>
        </ConfirmStep>
      )}
    </>
  );

  function statusWords(): string {
    if (state === 'saved' && work.savedAt)
      return sentence(texts.saved, { time: formatTime(new Date(work.savedAt), locale) });
    if (work.restored) return texts.restored;
    if (state === 'saving') return texts.saving;
    if (state === 'offline') return texts.offline;
    return state === 'failed' ? texts.failed : '';
  }
}

/** Sends what a colleague wrote, for who signs and does not write. */
export function SendSupplementForm({
  action,
  request,
  texts,
}: Pick<SupplementFormProps, 'request' | 'texts'> & { action: FormAction }) {
  const { result: posted, dispatch, onSubmit, pending } = usePost(action);
  return (
    <form action={dispatch} onSubmit={onSubmit}>
      {posted.status === 'refused' && <ErrorSummary title={texts.failed} problems={problemsOf(posted, texts)} />}
      <input type="hidden" name="assessmentId" value={request.assessmentId} />
      <input type="hidden" name="requestId" value={request.id} />
      <input type="hidden" name="version" value={request.version} />
      <ConfirmStep
        trigger={texts.sendTrigger}
        title={texts.sendQuestion}
        actions={
          <Button type="submit" aria-disabled={pending}>
            {texts.send}
          </Button>
        }
      >
        <p>{texts.sendConsequence}</p>
      </ConfirmStep>
    </form>
  );
}

function problemsOf(refused: Extract<FormResult<unknown>, { status: 'refused' }>, { codes }: Texts) {
  const found = refused.code === 'precondition' ? refused.because : [...Object.values(refused.fields), refused.code];
  const known = found.filter((code) => code in codes);
  return (known.length > 0 ? known : ['other']).map((code) => ({
    text: codes[code as keyof Texts['codes']],
    fieldId: 'supplement',
  }));
}
