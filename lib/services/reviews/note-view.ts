import 'server-only';
import type { Context } from '#services/context.ts';
import type { WorkingNote } from './colleagues.ts';

/** A working note as its readers see it: who wrote it by name, for these are colleagues. */
export type NoteView = Pick<WorkingNote, 'id' | 'criterionKey' | 'text' | 'writtenAt' | 'name'> & {
  /** The reader wrote it, and may take it away. */
  mine: boolean;
};

export function noteViews({ actor }: Context, notes: readonly WorkingNote[]): NoteView[] {
  return notes.map(({ writtenBy, ...note }) => ({ ...note, mine: writtenBy === actor.userId }));
}
