import type { SaveState } from '#components/ui/save-status.tsx';
import type { Response } from '#domain/answers.ts';

/** What a person gives in answer to one criterion. */
export type AnswerText = { response: Response | null; explanation: string };

/** Why saving cannot go on by itself. */
export type StopReason = 'conflict' | 'signed_out' | 'ended' | 'new_version' | 'wrong_state' | 'too_long' | 'refused';

/** What a colleague saved meanwhile. */
export type Theirs = AnswerText & { version: number; savedAt: string; byYou: boolean };

export type AutosaveState = {
  /** The version that the server has, on which the next save is made. */
  version: number;
  typed: AnswerText;
  /** As the server has it under `version`. */
  kept: AnswerText;
  /** Goes out before `typed`: whoever takes over another's text has their own kept among the versions first. */
  before: AnswerText | null;
  /** What is on its way; at most one save is. */
  sent: AnswerText | null;
  phase: 'rest' | 'waiting' | 'sending' | 'retrying' | 'stopped';
  /** Sends at once instead of after a pause in typing. */
  urgent: boolean;
  /** Goes on to the next page once the newest text is safe. */
  leaving: boolean;
  /** Failed attempts in a row. */
  attempt: number;
  /** Milliseconds for which the server asked not to be asked again; 0 when it did not. */
  asked: number;
  /** The last attempt did not reach the server. */
  offline: boolean;
  stop: StopReason | null;
  theirs: Theirs | null;
  /** The instant of the last save in this page; null before the first. */
  savedAt: string | null;
};

export type AutosaveEvent =
  | { kind: 'typed'; text: AnswerText; urgent?: boolean }
  | { kind: 'leave'; text: AnswerText }
  | { kind: 'due' }
  | { kind: 'saved'; version: number; savedAt: string }
  | { kind: 'left' }
  | { kind: 'lost'; offline: boolean; after?: number }
  | { kind: 'retry' }
  | { kind: 'stopped'; reason: StopReason; theirs?: Theirs }
  | { kind: 'resolved'; choice: 'mine' | 'theirs' | 'both' }
  | { kind: 'start'; version: number; kept: AnswerText; typed: AnswerText }
  | { kind: 'page'; version: number; text: AnswerText };

const pause = 800;
const longestWait = 30_000;

/** The state of a page that shows `kept` under `version`, with what was typed on it. */
export function startAutosave(version: number, kept: AnswerText, typed: AnswerText = kept): AutosaveState {
  const rest: AutosaveState = {
    version,
    typed,
    kept,
    before: null,
    sent: null,
    phase: 'rest',
    urgent: true,
    leaving: false,
    attempt: 0,
    asked: 0,
    offline: false,
    stop: null,
    theirs: null,
    savedAt: null,
  };
  return same(typed, kept) ? rest : { ...rest, phase: 'waiting' };
}

/** Milliseconds until the next save is due; null when none is. */
export function delayOf(state: AutosaveState): number | null {
  if (state.phase === 'waiting') return state.urgent ? 0 : pause;
  if (state.phase !== 'retrying') return null;
  return Math.max(state.asked, Math.min(longestWait, 1_000 * 2 ** (state.attempt - 1)));
}

/** Whether the newest text is safe and the page is to be left. */
export function isGoingOn(state: AutosaveState): boolean {
  return state.leaving && state.phase === 'rest';
}

/** What is said of saving. What waits for a pause in typing is unsaved: nothing that was said before it still stands. */
export function saveStateOf({ phase, offline, savedAt }: AutosaveState): SaveState {
  if (phase === 'rest') return savedAt ? 'saved' : 'idle';
  if (phase === 'retrying') return offline ? 'offline' : 'failed';
  return phase === 'stopped' ? 'failed' : 'saving';
}

/** Whether something that was typed is not known to be safe. */
export function isUnsaved(state: AutosaveState): boolean {
  return !same(state.typed, state.kept) || state.sent !== null || state.before !== null;
}

/** What would be lost with this page: what somebody typed, also while they wait for the text that they chose instead. */
export function unsavedText(state: AutosaveState): AnswerText {
  return state.before ?? state.typed;
}

/**
 * One save on its way at most, and the newest text wins: what is typed while a save is on its way waits for its end and
 * goes out on the version that came back. Pure; the hook beside it keeps the clock and the wire.
 */
export function autosave(state: AutosaveState, event: AutosaveEvent): AutosaveState {
  switch (event.kind) {
    case 'typed':
      return onTyped({ ...state, typed: event.text }, event.urgent === true);
    case 'leave':
      return onLeave({ ...state, typed: event.text, leaving: true });
    case 'due':
      if (state.phase !== 'waiting' && state.phase !== 'retrying') return state;
      return { ...state, phase: 'sending', sent: state.before ?? state.typed };
    case 'saved':
      return onSaved(state, event);
    case 'left':
      return { ...state, leaving: false };
    case 'lost':
      if (state.phase !== 'sending') return state;
      return {
        ...state,
        phase: 'retrying',
        sent: null,
        attempt: state.attempt + 1,
        asked: event.after ?? 0,
        offline: event.offline,
      };
    case 'retry':
      if (state.phase !== 'retrying' && state.phase !== 'waiting') return state;
      return { ...state, phase: 'waiting', urgent: true };
    case 'stopped':
      return {
        ...state,
        // The text that was to give way is still one's own: the choice is made again.
        typed: state.before ?? state.typed,
        before: null,
        phase: 'stopped',
        sent: null,
        leaving: false,
        attempt: 0,
        stop: event.reason,
        theirs: event.theirs ?? null,
      };
    case 'resolved':
      return onResolved(state, event.choice);
    case 'start':
      return startAutosave(event.version, event.kept, event.typed);
    case 'page':
      return onPage(state, event);
  }
}

function onTyped(state: AutosaveState, urgent: boolean): AutosaveState {
  // A text that was too long is tried again as soon as it is another.
  if (state.stop === 'too_long') return { ...state, phase: 'waiting', urgent, stop: null };
  if (state.phase === 'sending' || state.phase === 'retrying' || state.phase === 'stopped') {
    return { ...state, urgent: state.urgent || urgent };
  }
  if (same(state.typed, state.kept)) return { ...state, phase: 'rest', urgent: false };
  return { ...state, phase: 'waiting', urgent };
}

function onLeave(state: AutosaveState): AutosaveState {
  if (state.phase === 'sending') return state;
  // After an expired session or a new version the button is a way to try again; a conflict has to be settled first.
  if (state.stop === 'conflict') return { ...state, leaving: false };
  return { ...state, phase: 'waiting', urgent: true, stop: null };
}

function onSaved(state: AutosaveState, { version, savedAt }: { version: number; savedAt: string }): AutosaveState {
  const kept = state.sent ?? state.kept;
  const saved = {
    ...state,
    version,
    savedAt,
    kept,
    before: null,
    sent: null,
    attempt: 0,
    offline: false,
    stop: null,
    theirs: null,
  };
  if (same(state.typed, kept)) return { ...saved, phase: 'rest', urgent: false };
  return { ...saved, phase: 'waiting', urgent: state.urgent || state.leaving };
}

/**
 * Both texts stay with the server, whichever is chosen: the other is an earlier version of the answer. So the choice of
 * theirs first saves mine, and theirs over it.
 */
function onResolved(state: AutosaveState, choice: 'mine' | 'theirs' | 'both'): AutosaveState {
  const { theirs, typed: mine } = state;
  if (state.phase !== 'stopped' || !theirs) return state;
  const { version } = theirs;
  const kept = { response: theirs.response, explanation: theirs.explanation };
  const settled = { ...state, version, kept, stop: null, theirs: null, urgent: true };
  if (choice === 'mine') return { ...settled, phase: 'waiting' };
  if (choice === 'theirs') return { ...settled, phase: 'sending', before: mine, sent: mine, typed: kept };
  const texts = [mine.explanation, theirs.explanation].filter((text) => text.trim() !== '');
  return { ...settled, phase: 'waiting', typed: { ...mine, explanation: texts.join('\n\n') } };
}

/** The server drew the page again: what it has counts, unless something newer was typed here. */
function onPage(state: AutosaveState, { version, text }: { version: number; text: AnswerText }): AutosaveState {
  if (version <= state.version || state.phase !== 'rest') return state;
  return { ...startAutosave(version, text), savedAt: null };
}

/** Whether two answers say the same. */
export function same(a: AnswerText, b: AnswerText): boolean {
  return a.response === b.response && a.explanation === b.explanation;
}
