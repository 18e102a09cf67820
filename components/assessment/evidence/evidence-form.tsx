'use client';

import { useRouter } from 'next/navigation';
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction, FormResult } from '#services/form-result.ts';

type EvidenceResult = FormResult<unknown>;
export type EvidenceAction = FormAction;

type EvidenceFormProps = {
  action: EvidenceAction;
  hidden: Readonly<Record<string, string>>;
  submit: string;
  danger?: boolean;
  texts: Messages['evidence']['form'];
  /** The head of the error summary. */
  problem: string;
  /** Ids of the fields by their names, where they differ. */
  ids?: Readonly<Record<string, string>>;
  children?: ReactNode;
};

/** A form about evidence. When it is done the page is read again, with all that was typed elsewhere on it left alone. */
export function EvidenceForm({
  action,
  hidden,
  submit,
  danger,
  texts,
  problem,
  ids = {},
  children,
}: EvidenceFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (result.status !== 'done') return;
    form.current?.reset();
    form.current?.closest('details')?.removeAttribute('open');
    router.refresh();
  }, [result, router]);

  return (
    <form ref={form} action={dispatch} onSubmit={onSubmit}>
      {result.status === 'refused' && <ErrorSummary title={problem} problems={problemsOf(result, texts, ids)} />}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <Button type="submit" kind={danger ? 'danger' : 'plain'} dense aria-disabled={pending}>
        {submit}
      </Button>
    </form>
  );
}

/** Closes the question that it stands in, and leaves all as it is. */
export function KeepButton({ children }: { children: ReactNode }) {
  const close = (event: MouseEvent<HTMLButtonElement>) => {
    const question = event.currentTarget.closest('details');
    question?.removeAttribute('open');
    question?.querySelector('summary')?.focus();
  };
  return (
    <Button kind="link" onClick={close}>
      {children}
    </Button>
  );
}

function problemsOf(
  result: Extract<EvidenceResult, { status: 'refused' }>,
  texts: Messages['evidence']['form'],
  ids: Readonly<Record<string, string>>,
) {
  const text = (code: string) => (code in texts ? texts[code as keyof typeof texts] : texts.other);
  const fields = Object.entries(result.fields);
  if (fields.length === 0) {
    const code = result.code === 'signed_out' ? 'signed_out' : (result.because[0] ?? 'other');
    return [{ text: text(code) }];
  }
  return fields.map(([name, code]) => ({ fieldId: ids[name] ?? name, text: text(code) }));
}
