'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import type { FormAction, FormResult } from '#services/form-result.ts';
import { usePost } from '../ui/use-post.ts';

/**
 * A form about a piece of evidence: what was typed stays in it whatever comes back, and the page is read again once it is
 * done. `typed` gives a field's text after a post without script.
 */
export function usePosted<Data>(action: FormAction<Data>) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const router = useRouter();
  useEffect(() => {
    if (result.status === 'done') router.refresh();
  }, [result, router]);
  const typed = (name: string, otherwise: string): string =>
    result.status === 'refused' ? (result.typed[name]?.[0] ?? '') : otherwise;
  return { result, dispatch, onSubmit, pending, typed };
}

/** The problems of a refused form, one a field, in the words of the page. */
export function problemsIn(result: FormResult<unknown>, texts: Readonly<Record<string, string>>) {
  if (result.status !== 'refused' || result.code === 'conflict') return [];
  const text = (code: string) => texts[code] ?? texts.other ?? '';
  const fields = Object.entries(result.fields);
  if (fields.length > 0) return fields.map(([fieldId, code]) => ({ fieldId, text: text(code) }));
  const code = result.code === 'signed_out' || result.code === 'not_found' ? result.code : result.because[0];
  return [{ text: text(code ?? 'other') }];
}
