'use server';

import { draftOutcomePath } from '#components/assessment/paths.ts';
import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { respondOutcome, respondOutcomeInput } from '#services/hearing/respond-outcome.ts';
import { saveStatement, saveStatementInput } from '#services/hearing/save-statement.ts';

export async function saveStatementAction(_previous: unknown, form: FormData): Promise<FormResult<unknown>> {
  return submitForm({ name: 'hearing.save', input: saveStatementInput, verb: saveStatement }, form);
}

export async function respondOutcomeAction(_previous: unknown, form: FormData): Promise<FormResult<unknown>> {
  return submitForm(
    {
      name: 'hearing.respond',
      input: respondOutcomeInput,
      verb: respondOutcome,
      next: (responded) => draftOutcomePath(responded.assessmentId),
    },
    form,
  );
}
