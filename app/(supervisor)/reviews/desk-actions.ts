'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { undoUndisputed, undoUndisputedInput } from '#services/reviews/undo-undisputed.ts';
import { removeStandardReason, removeStandardReasonInput } from '#services/standard-reasons/remove-standard-reason.ts';
import { saveStandardReason, saveStandardReasonInput } from '#services/standard-reasons/save-standard-reason.ts';
import { removeWorkingNote, removeWorkingNoteInput } from '#services/working-notes/remove-working-note.ts';
import { saveWorkingNote, saveWorkingNoteInput } from '#services/working-notes/save-working-note.ts';

export async function saveWorkingNoteAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm({ name: 'working_note.save', input: saveWorkingNoteInput, verb: saveWorkingNote }, form);
}

export async function removeWorkingNoteAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'working_note.remove',
      input: removeWorkingNoteInput,
      verb: removeWorkingNote,
      next: (_, field) => {
        const key = field('criterionKey');
        const review = `/reviews/${encodeURIComponent(field('assessmentId'))}`;
        return key
          ? `${review}/sections/${encodeURIComponent(key.split('.')[0] ?? '')}?criterion=${encodeURIComponent(key)}`
          : review;
      },
    },
    form,
  );
}

export async function undoUndisputedAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'verdict.undo_undisputed',
      input: undoUndisputedInput,
      verb: undoUndisputed,
      next: (_, field) => {
        const section = field('sectionKey');
        const list = `/reviews/${encodeURIComponent(field('assessmentId'))}/undisputed`;
        return section ? `${list}?section=${encodeURIComponent(section)}` : list;
      },
    },
    form,
  );
}

export async function saveStandardReasonAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'standard_reason.save',
      input: saveStandardReasonInput,
      verb: saveStandardReason,
      next: (_, field) => listOf(field('frameworkRef')),
    },
    form,
  );
}

export async function removeStandardReasonAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'standard_reason.remove',
      input: removeStandardReasonInput,
      verb: removeStandardReason,
      next: (_, field) => listOf(field('frameworkRef')),
    },
    form,
  );
}

const listOf = (ref: string) => `/reviews/reasons/${encodeURIComponent(ref)}`;
