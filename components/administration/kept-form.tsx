'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { ErrorSummary, type FieldProblem } from '#components/ui/error-summary.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { FormAction, FormResult } from '#services/form-result.ts';

/** Sentences for codes: `field:code` before `code`; `other` for what none of them says. */
export type Sentences = Readonly<Record<string, string>> & { title: string; other: string };

export type FormParts<Data> = {
  state: FormResult<Data>;
  pending: boolean;
  /** What was typed in a field, or what it starts from. */
  value: (name: string, initial?: string) => string;
  /** Whether a choice of a list, or a box, was ticked, or starts so. */
  chosen: (name: string, value: string, initial: boolean) => boolean;
  error: (field: string) => string | undefined;
};

type KeptFormProps<Data> = {
  action: FormAction<Data>;
  sentences: Sentences;
  /** Another address of the control of a field than its name, for the links of the summary. */
  controls?: Readonly<Record<string, string>>;
  children: (parts: FormParts<Data>) => ReactNode;
};

/**
 * A form that loses nothing: with script its fields stay as they are, without script they are drawn with what was typed.
 * What is wrong stands above it, each line leading to its field.
 */
export function KeptForm<Data>(props: KeptFormProps<Data>) {
  const { action, sentences, controls = {}, children } = props;
  const { result: state, dispatch, onSubmit, pending } = usePost(action);
  const router = useRouter();
  useEffect(() => {
    // What the page shows beside the form has changed with it.
    if (state.status === 'done') router.refresh();
  }, [state, router]);

  const kept = (state.status !== 'idle' && state.typed) || {};
  const sentence = (field: string, code: string) => sentences[`${field}:${code}`] ?? sentences[code] ?? sentences.other;
  const fields = state.status === 'refused' ? state.fields : {};
  const named = Object.entries(fields).filter(([, code]) => typeof code === 'string');
  const parts: FormParts<Data> = {
    state,
    pending,
    value: (name, initial = '') => kept[name]?.[0] ?? initial,
    chosen: (name, value, initial) => (name in kept ? (kept[name]?.includes(value) ?? false) : initial),
    error: (field) => (fields[field] ? sentence(field, fields[field]) : undefined),
  };
  return (
    <form action={dispatch} noValidate onSubmit={onSubmit}>
      <ErrorSummary title={sentences.title} problems={problemsOf()} />
      {children(parts)}
    </form>
  );

  function problemsOf(): FieldProblem[] {
    if (state.status !== 'refused') return [];
    if (named.length > 0) {
      return named.map(([field, code]) => ({ fieldId: controls[field] ?? field, text: sentence(field, code) }));
    }
    const codes = state.because.length > 0 ? state.because : [state.code];
    return [...new Set(codes.map((code) => sentences[code] ?? sentences[state.code] ?? sentences.other))].map(
      (text) => ({ text }),
    );
  }
}
