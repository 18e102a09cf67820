import { describe, expect, it } from 'vitest';
import {
  type AnswerText,
  type AutosaveEvent,
  type AutosaveState,
  autosave,
  delayOf,
  isGoingOn,
  isUnsaved,
  saveStateOf,
  startAutosave,
  unsavedText,
} from '../../components/assessment/answer/autosave.ts';

const text = (explanation: string, response: AnswerText['response'] = 'met'): AnswerText => ({ response, explanation });
const run = (state: AutosaveState, ...events: AutosaveEvent[]) => events.reduce(autosave, state);
const at = '2026-11-22T13:02:00.000Z';
const page = () => startAutosave(3, text('as saved'));
const due: AutosaveEvent = { kind: 'due' };
const typed = (explanation: string, urgent = false): AutosaveEvent => ({
  kind: 'typed',
  text: text(explanation),
  urgent,
});
const saved = (version: number): AutosaveEvent => ({ kind: 'saved', version, savedAt: at });

describe('saving while somebody types', () => {
  it('sends nothing as long as nothing was typed', () => {
    expect(delayOf(page())).toBeNull();
    expect(isUnsaved(page())).toBe(false);
  });

  it('waits for a pause in typing, and not at all when a response was chosen', () => {
    expect(delayOf(run(page(), typed('more')))).toBe(800);
    expect(delayOf(run(page(), typed('more', true)))).toBe(0);
  });

  it('forgets the save when the text is as the server has it again', () => {
    expect(run(page(), typed('more'), typed('as saved')).phase).toBe('rest');
  });

  it('keeps one save on its way, and sends the newest text on the version that came back', () => {
    const sending = run(page(), typed('one'), due, typed('one two'), typed('one two three'));
    expect(sending).toMatchObject({ phase: 'sending', sent: text('one'), version: 3 });
    expect(delayOf(sending)).toBeNull();
    const next = run(sending, saved(4), due);
    expect(next).toMatchObject({ phase: 'sending', sent: text('one two three'), version: 4 });
    const rest = run(next, saved(5));
    expect(rest).toMatchObject({ phase: 'rest', version: 5, savedAt: at });
    expect(isUnsaved(rest)).toBe(false);
  });
});

describe('what is said of saving', () => {
  it('never says of text that waits for a pause in typing that it was saved', () => {
    expect(saveStateOf(page())).toBe('idle');
    const before = run(page(), typed('one'), due, saved(4));
    expect(saveStateOf(before)).toBe('saved');
    expect(saveStateOf(run(before, typed('one two')))).toBe('saving');
    expect(saveStateOf(run(page(), typed('one')))).toBe('saving');
  });

  it('tells a failure from a save on its way', () => {
    const sending = run(page(), typed('one'), due);
    expect(saveStateOf(sending)).toBe('saving');
    expect(saveStateOf(run(sending, { kind: 'lost', offline: true }))).toBe('offline');
    expect(saveStateOf(run(sending, { kind: 'lost', offline: false }))).toBe('failed');
    expect(saveStateOf(run(sending, { kind: 'stopped', reason: 'ended' }))).toBe('failed');
  });
});

describe('a connection that is lost', () => {
  it('tries again, each time later, up to half a minute', () => {
    let state = run(page(), typed('one'), due);
    const waits = Array.from({ length: 7 }, () => {
      state = run(state, { kind: 'lost', offline: true });
      const wait = delayOf(state);
      state = run(state, due);
      return wait;
    });
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(isUnsaved(state)).toBe(true);
  });

  it('asks no sooner than the server said, and no later than it would have', () => {
    const busy = run(page(), typed('one'), due, { kind: 'lost', offline: false, after: 5_000 });
    expect(delayOf(busy)).toBe(5_000);
    expect(delayOf(run(busy, due, { kind: 'lost', offline: true }))).toBe(2_000);
  });

  it('tries at once when the connection is back, with what was typed meanwhile', () => {
    const state = run(page(), typed('one'), due, { kind: 'lost', offline: true }, typed('two'), { kind: 'retry' });
    expect(delayOf(state)).toBe(0);
    expect(run(state, due).sent).toEqual(text('two'));
  });

  it('starts counting anew after a save that went well', () => {
    const state = run(page(), typed('one'), due, { kind: 'lost', offline: true }, due, saved(4));
    expect(state).toMatchObject({ attempt: 0, offline: false });
  });
});

describe('going on to the next page', () => {
  it('waits for the save on its way, sends the newest text at once, and goes on when that is safe', () => {
    const leaving = run(page(), typed('one'), due, { kind: 'leave', text: text('two') });
    expect(leaving.phase).toBe('sending');
    const next = run(leaving, saved(4));
    expect(next).toMatchObject({ phase: 'waiting', leaving: true });
    expect(delayOf(next)).toBe(0);
    expect(run(next, due)).toMatchObject({ sent: text('two'), version: 4 });
    expect(isGoingOn(run(next, due))).toBe(false);
    const safe = run(next, due, saved(5));
    expect(isGoingOn(safe)).toBe(true);
    expect(isGoingOn(run(safe, { kind: 'left' }))).toBe(false);
  });

  it('asks the server also when nothing was typed', () => {
    expect(delayOf(run(page(), { kind: 'leave', text: text('as saved') }))).toBe(0);
  });

  it('stays when the server refuses', () => {
    const state = run(page(), { kind: 'leave', text: text('two') }, due, { kind: 'stopped', reason: 'wrong_state' });
    expect(state).toMatchObject({ phase: 'stopped', leaving: false, typed: text('two') });
  });
});

describe('two people at once', () => {
  const theirs = { ...text('theirs', 'partly'), version: 7, savedAt: at, byYou: false };
  const conflict = () => run(page(), typed('mine'), due, { kind: 'stopped', reason: 'conflict', theirs });

  it('stops, keeps what was typed, and lets nobody go on past it', () => {
    expect(conflict()).toMatchObject({ phase: 'stopped', typed: text('mine'), theirs });
    expect(run(conflict(), { kind: 'leave', text: text('mine') })).toMatchObject({ phase: 'stopped', leaving: false });
    expect(delayOf(run(conflict(), typed('mine, and more')))).toBeNull();
  });

  it('saves mine over theirs when mine is chosen', () => {
    expect(run(conflict(), { kind: 'resolved', choice: 'mine' }, due)).toMatchObject({
      sent: text('mine'),
      version: 7,
    });
  });

  it('saves mine first and theirs over it when theirs is chosen, so that both are among the versions', () => {
    const first = run(conflict(), { kind: 'resolved', choice: 'theirs' });
    expect(first).toMatchObject({ phase: 'sending', sent: text('mine'), version: 7 });
    const second = run(first, saved(8), due);
    expect(second).toMatchObject({ sent: text('theirs', 'partly'), version: 8 });
    expect(run(second, saved(9))).toMatchObject({ phase: 'rest', typed: text('theirs', 'partly') });
  });

  it('saves mine first also when the connection is lost on the way', () => {
    const lost = run(conflict(), { kind: 'resolved', choice: 'theirs' }, { kind: 'lost', offline: true });
    expect(unsavedText(lost)).toEqual(text('mine'));
    expect(run(lost, due).sent).toEqual(text('mine'));
    expect(run(lost, due, saved(8), due).sent).toEqual(text('theirs', 'partly'));
  });

  it('gives mine back when a third text came in before mine was kept', () => {
    const third = { ...text('third'), version: 8, savedAt: at, byYou: false };
    const again = run(
      conflict(),
      { kind: 'resolved', choice: 'theirs' },
      { kind: 'stopped', reason: 'conflict', theirs: third },
    );
    expect(again).toMatchObject({ phase: 'stopped', typed: text('mine'), theirs: third });
  });

  it('puts both below each other', () => {
    const state = run(conflict(), { kind: 'resolved', choice: 'both' }, due);
    expect(state.sent).toEqual(text('mine\n\ntheirs'));
  });
});

describe('a text that is too long', () => {
  it('is sent again once it is another', () => {
    const stopped = run(page(), typed('far too long'), due, { kind: 'stopped', reason: 'too_long' });
    expect(delayOf(stopped)).toBeNull();
    expect(run(stopped, typed('shorter'), due)).toMatchObject({ sent: text('shorter'), stop: null });
  });
});

describe('the page that is drawn again', () => {
  it('takes over what the server has', () => {
    const state = run(page(), { kind: 'page', version: 4, text: text('newer') });
    expect(state).toMatchObject({ version: 4, typed: text('newer'), phase: 'rest' });
  });

  it('never takes the place of what was typed, nor of something newer', () => {
    const typing = run(page(), typed('mine'));
    expect(run(typing, { kind: 'page', version: 4, text: text('newer') })).toBe(typing);
    expect(run(page(), { kind: 'page', version: 2, text: text('older') }).typed).toEqual(text('as saved'));
  });
});
