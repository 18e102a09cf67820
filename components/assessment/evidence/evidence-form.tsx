'use client';

import { useRouter } from 'next/navigation';
import { type ComponentProps, createContext, type MouseEvent, type ReactNode, use, useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { TextField } from '#components/ui/field.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction, FormResult, Typed } from '#services/form-result.ts';

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
  /** Where the focus goes when the form has left the page with its piece; without it, back to what opened the form. */
  focusId?: string;
  /** What opens the form; after a refused post without script it stands open, with what is wrong. */
  opener?: { look: 'opener' | 'more'; summaryLook?: string; words: ReactNode };
  children?: ReactNode;
};

const TypedHere = createContext<Typed>({});

/** A form about evidence. When it is done the page is read again, with all that was typed elsewhere on it left alone. */
export function EvidenceForm({
  action,
  hidden,
  submit,
  danger,
  texts,
  problem,
  ids = {},
  focusId,
  opener,
  children,
}: EvidenceFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (result.status !== 'done') return;
    form.current?.reset();
    const question = form.current?.closest('details');
    // What is focused in a closed question is lost, and the reader starts at the top again. Who went on typing elsewhere
    // stays there.
    if (form.current?.contains(document.activeElement)) {
      (focusId ? document.getElementById(focusId) : question?.querySelector('summary'))?.focus();
    }
    question?.removeAttribute('open');
    router.refresh();
  }, [result, router, focusId]);

  const refused = result.status === 'refused' ? result : null;
  const asked = (
    <form ref={form} action={dispatch} onSubmit={onSubmit}>
      {refused && <ErrorSummary title={problem} problems={problemsOf(refused, texts, ids)} />}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <TypedHere value={refused?.typed ?? {}}>{children}</TypedHere>
      <Button type="submit" kind={danger ? 'danger' : 'plain'} dense aria-disabled={pending}>
        {submit}
      </Button>
    </form>
  );
  if (!opener) return asked;
  return (
    <details className={opener.look} open={refused ? true : undefined}>
      <summary className={opener.summaryLook}>{opener.words}</summary>
      <div>{asked}</div>
    </details>
  );
}

/** A field of such a form: after a refused post without script it holds what was typed. */
export function EvidenceField({ defaultValue, ...field }: ComponentProps<typeof TextField>) {
  return <TextField {...field} defaultValue={use(TypedHere)[field.name]?.[0] ?? defaultValue} />;
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
