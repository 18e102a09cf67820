'use client';

import { type Dispatch, useEffect, useReducer, useRef, useState } from 'react';
import {
  type AnswerText,
  type AutosaveEvent,
  type AutosaveState,
  autosave,
  delayOf,
  isGoingOn,
  isUnsaved,
  type StopReason,
  same,
  startAutosave,
  type Theirs,
  unsavedText,
} from './autosave.ts';
import {
  clearPlace,
  closeDrafts,
  draftKey,
  dropDraft,
  readDraft,
  rememberedOf,
  rememberSaved,
  signOutMark,
  startFrom,
  thisDevice,
  writeDraft,
} from './draft-store.ts';

/** What a save comes back with, as far as saving itself looks at it. */
export type SaveOutcome =
  | { status: 'done'; data: { version: number; savedAt: string } }
  | { status: 'refused'; code: string; because: readonly string[]; detail: unknown }
  /** The server would not take it now, and may have said for how many milliseconds. */
  | { status: 'later'; after: number }
  /** The server has no such door any more. */
  | { status: 'unknown' };

type AutosaveOptions<Outcome extends SaveOutcome> = {
  userId: string;
  assessmentId: string;
  criterionKey: string;
  /** What the server drew. */
  page: { version: number; text: AnswerText };
  editable: boolean;
  /** Posts a text on a version. */
  send: (text: AnswerText, version: number) => Promise<Outcome>;
  /** Called with what every save came back with. */
  onOutcome: (outcome: Outcome) => void;
  /** Called when text of this device takes the place of what the server drew. */
  onStart: (text: AnswerText, restored: boolean) => void;
  /** Called when the newest text is safe after somebody asked to go on. */
  onLeave: () => void;
};

/**
 * Keeps what is typed: on this device at once, with the server after a pause. What goes out and when is decided by the
 * reducer in `autosave.ts`; here are the clock, the wire and the device.
 */
export function useAutosave<Outcome extends SaveOutcome>(
  options: AutosaveOptions<Outcome>,
): { state: AutosaveState; dispatch: Dispatch<AutosaveEvent>; onDevice: boolean } {
  const { userId, assessmentId, criterionKey, page, editable } = options;
  const key = draftKey(userId, assessmentId, criterionKey);
  const [state, dispatch] = useReducer(autosave, startAutosave(page.version, page.text));
  const latest = useRef(options);
  latest.current = options;
  const started = useRef(false);
  const [onDevice, setOnDevice] = useState(true);

  // Text of this device is only known in the browser: it comes in after the page of the server was taken over.
  useEffect(() => {
    if (!editable || started.current) return;
    started.current = true;
    const draft = readDraft(thisDevice(), key);
    const start = startFrom(latest.current.page, draft, rememberedOf(key));
    // It moves to the place of this page before it leaves the one of a page that is gone.
    const moved = !start.restored || writeDraft(thisDevice(), key, { ...start.typed, version: start.version });
    if (draft && moved) clearPlace(thisDevice(), draft.place);
    if (start.version === latest.current.page.version && !start.restored) return;
    dispatch({ kind: 'start', version: start.version, kept: start.kept, typed: start.typed });
    latest.current.onStart(start.typed, start.restored);
  }, [editable, key]);

  useEffect(() => {
    if (!editable || !started.current) return;
    if (!isUnsaved(state)) return dropDraft(thisDevice(), key);
    setOnDevice(writeDraft(thisDevice(), key, { ...unsavedText(state), version: state.version }));
  }, [editable, key, state]);

  // Where the device keeps nothing, the page is all that holds the text.
  const alone = !onDevice && isUnsaved(state);
  useEffect(() => {
    if (!alone) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [alone]);

  useEffect(() => {
    const out = ({ key: changed, newValue }: StorageEvent) => {
      if (changed !== signOutMark || newValue === null) return;
      closeDrafts(thisDevice());
      window.location.replace('/sign-in');
    };
    window.addEventListener('storage', out);
    return () => window.removeEventListener('storage', out);
  }, []);

  const delay = delayOf(state);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every key that is typed starts the pause again
  useEffect(() => {
    if (delay === null || !editable) return;
    const timer = setTimeout(() => dispatch({ kind: 'due' }), delay);
    return () => clearTimeout(timer);
  }, [delay, state.phase, state.typed, editable]);

  const going = state.phase === 'sending' ? state.sent : null;
  const { version } = state;
  const now = useRef(state);
  now.current = state;
  const mounted = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a save goes out once, on the version that it was made on
  useEffect(() => {
    if (going === null) return;
    latest.current.send(going, version).then(
      (outcome) => {
        if (outcome.status === 'done') {
          rememberSaved(key, { version: outcome.data.version, text: going });
          if (!mounted.current) return saveBehind(now.current.typed, going, outcome.data.version);
        }
        latest.current.onOutcome(outcome);
        dispatch(eventOf(outcome));
      },
      (error: unknown) => {
        dispatch({ kind: 'lost', offline: error instanceof TypeError || !navigator.onLine });
      },
    );
  }, [going]);

  const goingOn = isGoingOn(state);
  useEffect(() => {
    if (!goingOn) return;
    dispatch({ kind: 'left' });
    latest.current.onLeave();
  }, [goingOn]);

  /** Sends what was typed last when the page is gone already. What cannot be sent stays on the device. */
  const saveBehind = (typed: AnswerText, kept: AnswerText, base: number) => {
    if (same(typed, kept)) return dropDraft(thisDevice(), key);
    writeDraft(thisDevice(), key, { ...typed, version: base });
    latest.current.send(typed, base).then(
      (outcome) => {
        if (outcome.status !== 'done') return;
        rememberSaved(key, { version: outcome.data.version, text: typed });
        dropDraft(thisDevice(), key);
      },
      () => {},
    );
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page goes
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
      const { phase, kept, version: base } = now.current;
      if (phase !== 'waiting' && phase !== 'retrying') return;
      saveBehind(unsavedText(now.current), kept, base);
    };
  }, []);

  useEffect(() => {
    const retry = () => dispatch({ kind: 'retry' });
    const hidden = () => {
      if (document.visibilityState === 'hidden') retry();
    };
    window.addEventListener('online', retry);
    window.addEventListener('pageshow', retry);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('online', retry);
      window.removeEventListener('pageshow', retry);
      document.removeEventListener('visibilitychange', hidden);
    };
  }, []);

  return { state, dispatch, onDevice };
}

function eventOf(outcome: SaveOutcome): AutosaveEvent {
  if (outcome.status === 'done') return { kind: 'saved', ...outcome.data };
  if (outcome.status === 'later') return { kind: 'lost', offline: false, after: outcome.after };
  if (outcome.status === 'unknown') return { kind: 'stopped', reason: 'new_version' };
  if (outcome.code === 'conflict') return { kind: 'stopped', reason: 'conflict', theirs: outcome.detail as Theirs };
  if (outcome.code === 'busy') return { kind: 'lost', offline: false };
  const reasons: Record<string, StopReason> = {
    signed_out: outcome.because.includes('membership_ended') ? 'ended' : 'signed_out',
    precondition: 'wrong_state',
    invalid: 'too_long',
  };
  return { kind: 'stopped', reason: reasons[outcome.code] ?? 'refused' };
}
