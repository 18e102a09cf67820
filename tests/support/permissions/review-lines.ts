import { randomUUID } from 'node:crypto';
import { answerObjection } from '#services/hearing/answer-objection.ts';
import { reopenReview } from '#services/hearing/reopen-review.ts';
import { sendDraftOutcome } from '#services/hearing/send-draft-outcome.ts';
import { correctPublication } from '#services/publications/correct-publication.ts';
import { downloadDossier } from '#services/publications/download-dossier.ts';
import { downloadOutcome } from '#services/publications/download-outcome.ts';
import { getDashboard } from '#services/publications/get-dashboard.ts';
import { planPublications } from '#services/publications/plan-publications.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { unplanPublication } from '#services/publications/unplan-publication.ts';
import { sendRequests } from '#services/requests/send-requests.ts';
import { withdrawRequest } from '#services/requests/withdraw-request.ts';
import { approveOutcome } from '#services/reviews/approve-outcome.ts';
import { assignReviewer } from '#services/reviews/assign-reviewer.ts';
import { closeAssessment } from '#services/reviews/close-assessment.ts';
import { confirmUndisputed } from '#services/reviews/confirm-undisputed.ts';
import { decideCriterion } from '#services/reviews/decide-criterion.ts';
import { decideIntake } from '#services/reviews/decide-intake.ts';
import { determineSection } from '#services/reviews/determine-section.ts';
import { extendTerm } from '#services/reviews/extend-term.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { getReviewOverview } from '#services/reviews/get-review-overview.ts';
import { proposeOutcome } from '#services/reviews/propose-outcome.ts';
import { refuseExtension } from '#services/reviews/refuse-extension.ts';
import { reopenAssessment } from '#services/reviews/reopen-assessment.ts';
import { returnAssessment } from '#services/reviews/return-assessment.ts';
import { revokeApproval } from '#services/reviews/revoke-approval.ts';
import { sendBackOutcome } from '#services/reviews/send-back-outcome.ts';
import { startReview } from '#services/reviews/start-review.ts';
import { unassignReviewer } from '#services/reviews/unassign-reviewer.ts';
import { undoUndisputed } from '#services/reviews/undo-undisputed.ts';
import { removeWorkingNote } from '#services/working-notes/remove-working-note.ts';
import { saveWorkingNote } from '#services/working-notes/save-working-note.ts';
import {
  type AssessmentLine,
  afterSubmission,
  assigned,
  beforePublication,
  closable,
  everyState,
  given,
  inTheRound,
  leads,
  leadsIt,
  neverAsked,
  of,
  ownNames,
  reason,
  reviews,
  word,
} from './line.ts';

/** What the supervisor does with what was signed. */
export const reviewLines: readonly AssessmentLine[] = [
  // The supervisor reads the status of what is in its rounds, and what was signed.
  {
    verb: getReviewOverview,
    kind: 'read',
    may: inTheRound,
    in: everyState,
    call: (ctx, ask) => getReviewOverview(ctx, of(ask)),
  },
  {
    verb: getReview,
    kind: 'read',
    may: inTheRound,
    in: afterSubmission,
    call: (ctx, ask) => getReview(ctx, of(ask)),
  },

  // The reviewer to whom it is assigned.
  {
    ...reviews(startReview, (ctx, ask) => startReview(ctx, of(ask))),
    in: ['submitted'],
    repeatedBy: { in_review: assigned },
  },
  reviews(decideCriterion, (ctx, ask) =>
    decideCriterion(ctx, { ...of(ask), ...word(), criterionKey: 'I.2.a', version: ask.case.judged, response: 'met' }),
  ),
  reviews(decideIntake, (ctx, ask) =>
    decideIntake(ctx, {
      ...of(ask),
      ...word(),
      intakeKey: 'authorisedAgents',
      version: ask.case.judged,
      value: true,
    }),
  ),
  reviews(confirmUndisputed, (ctx, ask) =>
    confirmUndisputed(ctx, { ...of(ask), lines: [{ criterionKey: 'I.2.a', id: randomUUID() }] }),
  ),
  reviews(undoUndisputed, (ctx, ask) =>
    // Nothing was confirmed together at this instant: who may, is told so.
    undoUndisputed(ctx, { ...of(ask), confirmedAt: '2026-01-01T00:00:00.000Z' }),
  ),
  {
    verb: saveWorkingNote,
    kind: 'act',
    may: [...assigned, 'lead'],
    in: afterSubmission,
    needsSubmission: true,
    call: (ctx, ask) =>
      saveWorkingNote(ctx, { ...of(ask), id: randomUUID(), criterionKey: 'I.2.a', text: 'Nabellen.' }),
  },
  {
    // No note of that key: who may, does not find it.
    verb: removeWorkingNote,
    kind: 'act',
    may: [...assigned, 'lead'],
    in: afterSubmission,
    needsSubmission: true,
    absentIn: everyState,
    call: (ctx, ask) => removeWorkingNote(ctx, { ...of(ask), noteId: randomUUID() }),
  },
  reviews(determineSection, (ctx, ask) =>
    determineSection(ctx, {
      ...of(ask),
      ...word(),
      sectionKey: 'I',
      version: ask.case.judged,
      computedLevel: 5,
      level: 5,
    }),
  ),
  {
    ...reviews(proposeOutcome, (ctx, ask) => proposeOutcome(ctx, of(ask))),
    in: ['in_review', 'hearing'],
    repeatedBy: { proposed: ['judge'] },
  },
  reviews(sendRequests, (ctx, ask) =>
    sendRequests(ctx, {
      ...of(ask),
      id: [randomUUID()],
      criterionKey: ['I.2.a'],
      question: ['Waar staat dit?'],
      term: 'days',
      days: 14,
    }),
  ),
  {
    ...reviews(withdrawRequest, (ctx, ask) => withdrawRequest(ctx, { ...of(ask), requestId: ask.case.requestId })),
    absentIn: neverAsked,
  },
  reviews(sendDraftOutcome, (ctx, ask) => sendDraftOutcome(ctx, { ...of(ask), id: randomUUID() })),
  { ...reviews(reopenReview, (ctx, ask) => reopenReview(ctx, of(ask))), in: ['hearing'] },
  {
    // Nobody objected in these cases: there is nothing to answer.
    ...reviews(answerObjection, (ctx, ask) =>
      answerObjection(ctx, {
        ...of(ask),
        draftOutcomeId: ask.case.draftOutcomeId,
        sectionKey: 'I',
        version: 0,
        text: reason,
      }),
    ),
    in: [],
    absentIn: ['in_review', 'hearing'],
  },
  {
    ...reviews(returnAssessment, (ctx, ask) =>
      returnAssessment(ctx, { ...given(ask), id: randomUUID(), itemKey: [], itemText: [], term: 'days', days: 14 }),
    ),
    may: [...assigned, 'lead'],
    in: ['submitted', 'in_review'],
  },

  // The lead.
  {
    ...leadsIt(assignReviewer, (ctx, ask) =>
      assignReviewer(ctx, { assessmentIds: [ask.case.assessmentId], userId: ask.staff.reviewerInRound.userId }),
    ),
    in: beforePublication,
  },
  {
    ...leadsIt(unassignReviewer, (ctx, ask) =>
      unassignReviewer(ctx, { ...of(ask), userId: ask.staff.reviewer.userId }),
    ),
    in: beforePublication,
  },
  {
    ...leadsIt(approveOutcome, (ctx, ask) => approveOutcome(ctx, { ...of(ask), approved: [] })),
    in: ['proposed'],
    notWhoJudged: true,
  },
  { ...leadsIt(sendBackOutcome, (ctx, ask) => sendBackOutcome(ctx, given(ask))), in: ['proposed'] },
  { ...leadsIt(revokeApproval, (ctx, ask) => revokeApproval(ctx, given(ask))), in: ['decided'] },
  {
    ...leadsIt(publishAssessment, (ctx, ask) => publishAssessment(ctx, of(ask))),
    in: ['decided'],
    repeatedBy: { published: leads },
  },
  {
    ...leadsIt(planPublications, (ctx, ask) =>
      planPublications(ctx, {
        roundId: ask.case.roundId,
        which: 'chosen',
        assessmentIds: [ask.case.assessmentId],
        when: 'moment',
        day: '2027-02-01',
        time: '09:00',
      }),
    ),
    in: ['decided'],
  },
  { ...leadsIt(unplanPublication, (ctx, ask) => unplanPublication(ctx, of(ask))), in: ['decided'] },
  { ...leadsIt(correctPublication, (ctx, ask) => correctPublication(ctx, given(ask))), in: ['published'] },
  {
    ...leadsIt(closeAssessment, (ctx, ask) => closeAssessment(ctx, { ...given(ask), reasonKind: 'other' })),
    in: closable,
  },
  { ...leadsIt(reopenAssessment, (ctx, ask) => reopenAssessment(ctx, given(ask))), in: ['closed'] },
  {
    ...leadsIt(extendTerm, (ctx, ask) => extendTerm(ctx, { ...given(ask), lastDay: '2027-02-01' })),
    in: [...closable, 'hearing'],
  },
  {
    ...leadsIt(refuseExtension, (ctx, ask) => refuseExtension(ctx, { ...given(ask), requestId: randomUUID() })),
    in: [...closable, 'hearing'],
  },

  // The outcome, once it is published, for its insurer and the supervisor.
  {
    verb: getDashboard,
    kind: 'read',
    may: [...ownNames, ...inTheRound],
    in: ['published'],
    call: (ctx, ask) => getDashboard(ctx, { publicationId: ask.case.publicationId }),
  },
  {
    verb: downloadOutcome,
    kind: 'read',
    may: [...ownNames, ...inTheRound],
    in: ['published'],
    call: (ctx, ask) => downloadOutcome(ctx, { publicationId: ask.case.publicationId, file: 'publication.json' }),
  },
  {
    verb: downloadOutcome,
    about: 'to publish itself',
    kind: 'read',
    may: ownNames,
    in: ['published'],
    call: (ctx, ask) => downloadOutcome(ctx, { publicationId: ask.case.publicationId, file: 'own.pdf' }),
  },
  {
    verb: downloadDossier,
    kind: 'read',
    may: [...ownNames, 'judge', 'lead', 'auditor'],
    in: ['published'],
    call: (ctx, ask) => downloadDossier(ctx, { publicationId: ask.case.publicationId }),
  },
];
