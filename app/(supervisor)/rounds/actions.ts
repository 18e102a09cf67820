'use server';

import { type KeptResult, submitKeptForm } from '#lib/action.ts';
import { addParticipant, addParticipantInput } from '#services/rounds/add-participant.ts';
import type { OpenedAssessment } from '#services/rounds/admit-insurers.ts';
import { openRound, openRoundInput } from '#services/rounds/open-round.ts';
import { saveRound, saveRoundInput } from '#services/rounds/save-round.ts';

export async function saveRoundAction(_previous: KeptResult<{ roundId: string }>, form: FormData) {
  return submitKeptForm(
    {
      name: 'round.save',
      input: saveRoundInput,
      verb: saveRound,
      next: ({ roundId }) => `/rounds/${roundId}?done=saved`,
    },
    form,
  );
}

export async function openRoundAction(_previous: KeptResult<unknown>, form: FormData): Promise<KeptResult<unknown>> {
  return submitKeptForm(
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
  _previous: KeptResult<unknown>,
  form: FormData,
): Promise<KeptResult<OpenedAssessment>> {
  return submitKeptForm(
    {
      name: 'assessment.open',
      input: addParticipantInput,
      verb: addParticipant,
      next: () => `/rounds/${form.get('roundId')}?done=added`,
    },
    form,
  );
}
