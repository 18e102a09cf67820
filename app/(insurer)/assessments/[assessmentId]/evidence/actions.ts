'use server';

import { libraryPath } from '#components/assessment/evidence/library-path.ts';
import { submitForm } from '#lib/action.ts';
import { addWebAddress, addWebAddressInput } from '#services/evidence/add-web-address.ts';
import { changeLocator, changeLocatorInput } from '#services/evidence/change-locator.ts';
import { encloseEvidence, encloseEvidenceInput } from '#services/evidence/enclose-evidence.ts';
import { evidenceContext } from '#services/evidence/evidence-context.ts';
import { linkEvidence, linkEvidenceInput } from '#services/evidence/link-evidence.ts';
import { moveEvidenceLinks, moveEvidenceLinksInput } from '#services/evidence/move-evidence-links.ts';
import { removeEnclosure, removeEnclosureInput } from '#services/evidence/remove-enclosure.ts';
import { removeEvidence, removeEvidenceInput } from '#services/evidence/remove-evidence.ts';
import { removeEvidenceLink, removeEvidenceLinkInput } from '#services/evidence/remove-evidence-link.ts';
import { type SaidOfEvidence, saveEvidence, saveEvidenceInput } from '#services/evidence/save-evidence.ts';
import { type SavedLinks, saveEvidenceLinks, saveEvidenceLinksInput } from '#services/evidence/save-evidence-links.ts';
import type { FormResult } from '#services/form-result.ts';

export async function addWebAddressAction(
  _previous: FormResult<unknown>,
  form: FormData,
): Promise<FormResult<unknown>> {
  return submitForm(
    {
      name: 'evidence.store',
      input: addWebAddressInput,
      verb: (ctx, input) => addWebAddress(evidenceContext(ctx), input),
    },
    form,
  );
}

export async function changeLocatorAction(
  _previous: FormResult<unknown>,
  form: FormData,
): Promise<FormResult<unknown>> {
  return submitForm({ name: 'evidence.change_locator', input: changeLocatorInput, verb: changeLocator }, form);
}

export async function linkEvidenceAction(_previous: FormResult<unknown>, form: FormData): Promise<FormResult<unknown>> {
  return submitForm({ name: 'evidence.link', input: linkEvidenceInput, verb: linkEvidence }, form);
}

export async function removeEvidenceAction(
  _previous: FormResult<unknown>,
  form: FormData,
): Promise<FormResult<unknown>> {
  return submitForm(
    {
      name: 'evidence.remove',
      input: removeEvidenceInput,
      verb: (ctx, input) => removeEvidence(evidenceContext(ctx), input),
    },
    form,
  );
}

export async function removeEvidenceLinkAction(
  _previous: FormResult<unknown>,
  form: FormData,
): Promise<FormResult<unknown>> {
  return submitForm({ name: 'evidence.remove_link', input: removeEvidenceLinkInput, verb: removeEvidenceLink }, form);
}

export async function saveEvidenceAction(
  _previous: FormResult<SaidOfEvidence>,
  form: FormData,
): Promise<FormResult<SaidOfEvidence>> {
  return submitForm({ name: 'evidence.save', input: saveEvidenceInput, verb: saveEvidence }, form);
}

export async function saveEvidenceLinksAction(
  _previous: FormResult<SavedLinks>,
  form: FormData,
): Promise<FormResult<SavedLinks>> {
  return submitForm(
    { name: 'evidence.link', input: saveEvidenceLinksInput, verb: saveEvidenceLinks, keepWhenDone: true },
    form,
  );
}

export async function moveEvidenceLinksAction(
  _previous: FormResult<{ moved: number }>,
  form: FormData,
): Promise<FormResult<{ moved: number }>> {
  return submitForm({ name: 'evidence.move_link', input: moveEvidenceLinksInput, verb: moveEvidenceLinks }, form);
}

/** As `removeEvidenceAction`, from the page of the piece itself, which is gone then. */
export async function removePieceAction(_previous: FormResult<unknown>, form: FormData): Promise<FormResult<unknown>> {
  return submitForm(
    {
      name: 'evidence.remove',
      input: removeEvidenceInput,
      verb: (ctx, input) => removeEvidence(evidenceContext(ctx), input),
      next: (_, field) => libraryPath(field('assessmentId')),
    },
    form,
  );
}

/** Lets a piece of the library go with a supplement or an objection. */
export async function encloseEvidenceAction(
  _previous: FormResult<unknown>,
  form: FormData,
): Promise<FormResult<unknown>> {
  return submitForm({ name: 'evidence.enclose', input: encloseEvidenceInput, verb: encloseEvidence }, form);
}

export async function removeEnclosureAction(
  _previous: FormResult<unknown>,
  form: FormData,
): Promise<FormResult<unknown>> {
  return submitForm(
    {
      name: 'evidence.remove_enclosure',
      input: removeEnclosureInput,
      verb: (ctx, input) => removeEnclosure(evidenceContext(ctx), input),
    },
    form,
  );
}
