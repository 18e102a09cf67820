'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { addParticipant, addParticipantInput } from '#services/rounds/add-participant.ts';
import type { OpenedAssessment } from '#services/rounds/admit-insurers.ts';
import { openRound, openRoundInput } from '#services/rounds/open-round.ts';
import { saveRound, saveRoundInput } from '#services/rounds/save-round.ts';

export async function saveRoundAction(_previous: FormResult<{ roundId: string }>, form: FormData) {
  return submitForm(
    {
      name: 'round.save',
      input: saveRoundInput,
      verb: saveRound,
      next: ({ roundId }) => `/rounds/${roundId}?done=saved`,
    },
    form,
  );
}

export async function openRoundAction(_previous: FormResult<unknown>, form: FormData): Promise<FormResult<unknown>> {
  return submitForm(
    {
      name: 'round.open',
      input: openRoundInput,
      verb: openRound,
      next: () => `/rounds/${form.get('roundId')}?done=opened`,
    },
    form,
  );
}

export async function addParticipantAction(
  _previous: FormResult<unknown>,
  form: FormData,
): Promise<FormResult<OpenedAssessment>> {
  return submitForm(
    {
      name: 'assessment.open',
      input: addParticipantInput,
      verb: addParticipant,
      next: () => `/rounds/${form.get('roundId')}?done=added`,
    },
    form,
  );
}
