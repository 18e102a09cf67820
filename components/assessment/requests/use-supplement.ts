'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import type { SaveState } from '#components/ui/save-status.tsx';
import type { FormAction, FormResult } from '#services/form-result.ts';
import { clearPlace, draftKey, dropDraft, readDraft, thisDevice, writeDraft } from '../answer/draft-store.ts';

/** What a colleague saved meanwhile. */
export type OtherText = { text: string; version: number };

type Place = { userId: string; assessmentId: string; requestId: string };

/** How long after the last key the text goes to the server. */
const restMs = 1_000;

/**
 * Saves a supplement while it is being written. What the server has not acknowledged stays on the device, and a text of a
 * colleague is never written over unseen.
 */
export function useSupplement(
  save: FormAction,
  field: RefObject<HTMLTextAreaElement | null>,
  place: Place,
  kept: OtherText,
) {
  const [state, setState] = useState<SaveState>('idle');
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [restored, setRestored] = useState(false);
  const [refused, setRefused] = useState<FormResult<unknown> | null>(null);
  const [theirs, setTheirs] = useState<OtherText | null>(null);
  const acknowledged = useRef(kept);
  const clash = useRef(false);
  const running = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const key = draftKey(place.userId, 'request', place.requestId);
  const typed = () => field.current?.value ?? acknowledged.current.text;

  // biome-ignore lint/correctness/useExhaustiveDependencies: once a page: what this device still holds
  useEffect(() => {
    const draft = readDraft(thisDevice(), key);
    if (draft) clearPlace(thisDevice(), draft.place);
    if (draft && field.current && draft.explanation !== kept.text) {
      field.current.value = draft.explanation;
      acknowledged.current = { text: kept.text, version: draft.version };
      setRestored(true);
      keep();
      void saveAll();
    }
    const again = () => void saveAll();
    window.addEventListener('online', again);
    return () => {
      window.removeEventListener('online', again);
      clearTimeout(timer.current);
    };
  }, [key]);

  function keep() {
    const { version } = acknowledged.current;
    writeDraft(thisDevice(), key, { version, response: null, explanation: typed() });
  }

  function onInput() {
    keep();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void saveAll(), restMs);
  }

  /** Saves until the server has what stands in the field. @returns whether it has */
  async function saveAll(): Promise<boolean> {
    clearTimeout(timer.current);
    if (clash.current) return false;
    while (running.current) await running.current;
    if (typed() === acknowledged.current.text) return true;
    running.current = saveOnce(typed());
    const went = await running.current;
    running.current = null;
    return went ? saveAll() : false;
  }

  async function saveOnce(text: string): Promise<boolean> {
    setState('saving');
    const form = new FormData();
    form.set('assessmentId', place.assessmentId);
    form.set('requestId', place.requestId);
    form.set('version', String(acknowledged.current.version));
    form.set('text', text);
    const result = await save({ status: 'idle' }, form).catch(() => null);
    if (result?.status === 'done') {
      acknowledged.current = { text, version: (result.data as { version: number }).version };
      if (typed() === text) dropDraft(thisDevice(), key);
      setRefused(null);
      setRestored(false);
      setSavedAt(result.at);
      setState('saved');
      return true;
    }
    if (result?.status === 'refused' && result.code === 'conflict') meet(result.detail as OtherText);
    else setRefused(result);
    setState(result ? 'failed' : 'offline');
    return false;
  }

  function meet(other: OtherText) {
    clash.current = true;
    setTheirs(other);
  }

  function choose(choice: 'mine' | 'theirs' | 'both') {
    if (!theirs || !field.current) return;
    if (choice === 'theirs') field.current.value = theirs.text;
    if (choice === 'both') field.current.value = `${field.current.value}\n\n${theirs.text}`;
    acknowledged.current = theirs;
    clash.current = false;
    setTheirs(null);
    setState('idle');
    if (choice === 'theirs') dropDraft(thisDevice(), key);
    else keep();
    void saveAll();
    field.current.focus();
  }

  return { state, savedAt, restored, refused, theirs, onInput, saveAll, meet, choose, versionNow, typed };

  function versionNow() {
    return acknowledged.current.version;
  }
}
