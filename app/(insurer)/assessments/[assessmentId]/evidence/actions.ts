'use server';

import { submitForm } from '#lib/action.ts';
import { addWebAddress, addWebAddressInput } from '#services/evidence/add-web-address.ts';
import { changeLocator, changeLocatorInput } from '#services/evidence/change-locator.ts';
import { evidenceContext } from '#services/evidence/evidence-context.ts';
import { linkEvidence, linkEvidenceInput } from '#services/evidence/link-evidence.ts';
import { removeEvidence, removeEvidenceInput } from '#services/evidence/remove-evidence.ts';
import { removeEvidenceLink, removeEvidenceLinkInput } from '#services/evidence/remove-evidence-link.ts';
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
