'use server';

import { submitForm } from '#lib/action.ts';
import type { FormResult } from '#services/form-result.ts';
import { correctPublication, correctPublicationInput } from '#services/publications/correct-publication.ts';
import { publishAssessment, publishAssessmentInput } from '#services/publications/publish-assessment.ts';
import { approveOutcome, approveOutcomeInput } from '#services/reviews/approve-outcome.ts';
import { assignReviewer, assignReviewerInput } from '#services/reviews/assign-reviewer.ts';
import { closeAssessment, closeAssessmentInput } from '#services/reviews/close-assessment.ts';
import { extendTerm, extendTermInput } from '#services/reviews/extend-term.ts';
import { refuseExtension, refuseExtensionInput } from '#services/reviews/refuse-extension.ts';
import { reopenAssessment, reopenAssessmentInput } from '#services/reviews/reopen-assessment.ts';
import { revokeApproval, revokeApprovalInput } from '#services/reviews/revoke-approval.ts';
import { sendBackOutcome, sendBackOutcomeInput } from '#services/reviews/send-back-outcome.ts';
import { unassignReviewer, unassignReviewerInput } from '#services/reviews/unassign-reviewer.ts';

export async function approveOutcomeAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'outcome.approve', input: approveOutcomeInput, verb: approveOutcome, next: () => caseOf(form) },
    form,
  );
}

export async function sendBackOutcomeAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'outcome.send_back',
      input: sendBackOutcomeInput,
      verb: sendBackOutcome,
      next: () => caseOf(form),
    },
    form,
  );
}

export async function revokeApprovalAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'approval.revoke',
      input: revokeApprovalInput,
      verb: revokeApproval,
      next: () => caseOf(form),
    },
    form,
  );
}

export async function publishAssessmentAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'outcome.publish', input: publishAssessmentInput, verb: publishAssessment, next: () => caseOf(form) },
    form,
  );
}

export async function correctPublicationAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'publication.correct',
      input: correctPublicationInput,
      verb: correctPublication,
      next: () => caseOf(form),
    },
    form,
  );
}

export async function extendTermAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'term.extend',
      input: extendTermInput,
      verb: extendTerm,
      next: () => caseOf(form),
    },
    form,
  );
}

export async function refuseExtensionAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'extension.refuse', input: refuseExtensionInput, verb: refuseExtension, next: () => caseOf(form) },
    form,
  );
}

export async function closeAssessmentAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'assessment.close',
      input: closeAssessmentInput,
      verb: closeAssessment,
      next: () => caseOf(form),
    },
    form,
  );
}

export async function reopenAssessmentAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'assessment.reopen_closed',
      input: reopenAssessmentInput,
      verb: reopenAssessment,
      next: () => caseOf(form),
    },
    form,
  );
}

/** For one case on its own page, and for many on the queue, where the form names the address to come back to. */
export async function assignReviewerAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    {
      name: 'assignment.assign',
      input: assignReviewerInput,
      verb: assignReviewer,
      next: () => queueOf(form) ?? caseOf(form),
    },
    form,
  );
}

export async function unassignReviewerAction(_previous: FormResult<unknown>, form: FormData) {
  return submitForm(
    { name: 'assignment.unassign', input: unassignReviewerInput, verb: unassignReviewer, next: () => caseOf(form) },
    form,
  );
}

const caseOf = (form: FormData) =>
  `/reviews/${encodeURIComponent(String(form.get('assessmentId') ?? form.get('assessmentIds[]')))}`;

/** The queue as it was filtered; an address of any other page is not followed. */
function queueOf(form: FormData): string | null {
  const to = form.get('returnTo');
  return typeof to === 'string' && /^\/reviews(\?|$)/.test(to) ? to : null;
}
