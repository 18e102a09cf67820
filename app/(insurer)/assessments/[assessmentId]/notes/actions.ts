'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { resolveNote, resolveNoteInput } from '#services/notes/resolve-note.ts';
import { saveNote, saveNoteInput } from '#services/notes/save-note.ts';
import { seeMentions, seeMentionsInput } from '#services/notes/see-mentions.ts';

export async function saveNoteAction(_previous: FormResult<unknown>, form: FormData): Promise<FormResult<unknown>> {
  return submitForm({ name: 'note.save', input: saveNoteInput, verb: saveNote }, form);
}

export async function resolveNoteAction(_previous: FormResult<unknown>, form: FormData): Promise<FormResult<unknown>> {
  return submitForm({ name: 'note.resolve', input: resolveNoteInput, verb: resolveNote }, form);
}

export async function seeMentionsAction(_previous: FormResult<unknown>, form: FormData): Promise<FormResult<unknown>> {
  return submitForm({ name: 'note.see', input: seeMentionsInput, verb: seeMentions }, form);
}
