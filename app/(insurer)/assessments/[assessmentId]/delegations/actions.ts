'use server';

import { submitForm } from '#lib/action.ts';
import { assignSection, assignSectionInput } from '#services/delegations/assign-section.ts';
import { unassignSection, unassignSectionInput } from '#services/delegations/unassign-section.ts';
import type { FormResult } from '#services/form-result.ts';

export async function assignSectionAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm<typeof assignSectionInput, unknown>(
    { name: 'section.assign', input: assignSectionInput, verb: assignSection },
    form,
  );
}

export async function unassignSectionAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm<typeof unassignSectionInput, unknown>(
    { name: 'section.unassign', input: unassignSectionInput, verb: unassignSection },
    form,
  );
}
