import { randomUUID } from 'node:crypto';
import type { State } from '#domain/workflow.ts';
import { askExtension } from '#services/assessments/ask-extension.ts';
import { getCheck } from '#services/assessments/get-check.ts';
import { getCriterion } from '#services/assessments/get-criterion.ts';
import { getIntake } from '#services/assessments/get-intake.ts';
import { getOutline } from '#services/assessments/get-outline.ts';
import { getReceipt } from '#services/assessments/get-receipt.ts';
import { getReceiptFile } from '#services/assessments/get-receipt-file.ts';
import { getSubmissionFile } from '#services/assessments/get-submission-file.ts';
import { getSubmissionPage } from '#services/assessments/get-submission-page.ts';
import { getTaskList } from '#services/assessments/get-task-list.ts';
import { listAssessments } from '#services/assessments/list-assessments.ts';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { saveIntake } from '#services/assessments/save-intake.ts';
import { submitAssessment } from '#services/assessments/submit-assessment.ts';
import { withdrawAssessment } from '#services/assessments/withdraw-assessment.ts';
import { drawFromClaims } from '#services/claims/draw-from-claims.ts';
import { giveClaims } from '#services/claims/give-claims.ts';
import { recordFinding } from '#services/claims/record-finding.ts';
import { assignSection } from '#services/delegations/assign-section.ts';
import { listDelegations } from '#services/delegations/list-delegations.ts';
import { unassignSection } from '#services/delegations/unassign-section.ts';
import { addWebAddress } from '#services/evidence/add-web-address.ts';
import { changeLocator } from '#services/evidence/change-locator.ts';
import type { IncomingContext } from '#services/evidence/evidence-context.ts';
import { getEvidence } from '#services/evidence/get-evidence.ts';
import { linkEvidence } from '#services/evidence/link-evidence.ts';
import { listEvidence, listEvidenceInput } from '#services/evidence/list-evidence.ts';
import { moveEvidenceLinks } from '#services/evidence/move-evidence-links.ts';
import { openEvidence } from '#services/evidence/open-evidence.ts';
import { removeEvidence } from '#services/evidence/remove-evidence.ts';
import { removeEvidenceLink } from '#services/evidence/remove-evidence-link.ts';
import { saveEvidence, saveEvidenceInput } from '#services/evidence/save-evidence.ts';
import { saveEvidenceLinks } from '#services/evidence/save-evidence-links.ts';
import { startUpload } from '#services/evidence/start-upload.ts';
import { storeEvidence } from '#services/evidence/store-evidence.ts';
import { checkMayImport } from '#services/frameworks/check-may-import.ts';
import { getFramework } from '#services/frameworks/get-framework.ts';
import { importFramework } from '#services/frameworks/import-framework.ts';
import { listFrameworks } from '#services/frameworks/list-frameworks.ts';
import { previewFramework } from '#services/frameworks/preview-framework.ts';
import { answerObjection } from '#services/hearing/answer-objection.ts';
import { getDraftOutcome } from '#services/hearing/get-draft-outcome.ts';
import { getDraftOutcomePreview } from '#services/hearing/get-draft-outcome-preview.ts';
import { reopenReview } from '#services/hearing/reopen-review.ts';
import { respondOutcome } from '#services/hearing/respond-outcome.ts';
import { saveStatement } from '#services/hearing/save-statement.ts';
import { sendDraftOutcome } from '#services/hearing/send-draft-outcome.ts';
import { getAnswerHistory } from '#services/history/get-answer-history.ts';
import { listActivity } from '#services/history/list-activity.ts';
import { inviteColleague } from '#services/invitations/invite-colleague.ts';
import { invitePerson } from '#services/invitations/invite-person.ts';
import { revokeInvitation } from '#services/invitations/revoke-invitation.ts';
import { getSectionTakeOver } from '#services/last-round/get-section-take-over.ts';
import { takeOverAnswer } from '#services/last-round/take-over-answer.ts';
import { takeOverSection } from '#services/last-round/take-over-section.ts';
import { openPresence } from '#services/live/open-presence.ts';
import { savePresence } from '#services/live/save-presence.ts';
import { endMembership } from '#services/members/end-membership.ts';
import { getColleague } from '#services/members/get-colleague.ts';
import { getTeam } from '#services/members/get-team.ts';
import { grantsOf, saveMembership } from '#services/members/save-membership.ts';
import { resolveNote } from '#services/notes/resolve-note.ts';
import { saveNote } from '#services/notes/save-note.ts';
import { seeMentions } from '#services/notes/see-mentions.ts';
import { getOrganisation } from '#services/organisations/get-organisation.ts';
import { listOrganisations } from '#services/organisations/list-organisations.ts';
import { saveOrganisation } from '#services/organisations/save-organisation.ts';
import { correctPublication } from '#services/publications/correct-publication.ts';
import { getDashboard } from '#services/publications/get-dashboard.ts';
import { listDashboards } from '#services/publications/list-dashboards.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { getRoundOutcomes } from '#services/releases/get-round-outcomes.ts';
import { makeRelease } from '#services/releases/make-release.ts';
import { answerRequest } from '#services/requests/answer-request.ts';
import { getRequest } from '#services/requests/get-request.ts';
import { saveSupplement } from '#services/requests/save-supplement.ts';
import { sendRequests } from '#services/requests/send-requests.ts';
import { withdrawRequest } from '#services/requests/withdraw-request.ts';
import { approveOutcome } from '#services/reviews/approve-outcome.ts';
import { assignReviewer } from '#services/reviews/assign-reviewer.ts';
import { closeAssessment } from '#services/reviews/close-assessment.ts';
import { confirmUndisputed } from '#services/reviews/confirm-undisputed.ts';
import { decideCriterion } from '#services/reviews/decide-criterion.ts';
import { decideIntake } from '#services/reviews/decide-intake.ts';
import { declareConflict } from '#services/reviews/declare-conflict.ts';
import { determineSection } from '#services/reviews/determine-section.ts';
import { extendTerm } from '#services/reviews/extend-term.ts';
import { getReview } from '#services/reviews/get-review.ts';
import { getReviewOverview } from '#services/reviews/get-review-overview.ts';
import { importOutsideResults } from '#services/reviews/import-outside-results.ts';
import { listQueue, listQueueInput } from '#services/reviews/list-queue.ts';
import { proposeOutcome } from '#services/reviews/propose-outcome.ts';
import { refuseExtension } from '#services/reviews/refuse-extension.ts';
import { reopenAssessment } from '#services/reviews/reopen-assessment.ts';
import { returnAssessment } from '#services/reviews/return-assessment.ts';
import { revokeApproval } from '#services/reviews/revoke-approval.ts';
import { sendBackOutcome } from '#services/reviews/send-back-outcome.ts';
import { startReview } from '#services/reviews/start-review.ts';
import { unassignReviewer } from '#services/reviews/unassign-reviewer.ts';
import { addParticipant } from '#services/rounds/add-participant.ts';
import { getNewRound } from '#services/rounds/get-new-round.ts';
import { getRound } from '#services/rounds/get-round.ts';
import { listRounds } from '#services/rounds/list-rounds.ts';
import { openRound } from '#services/rounds/open-round.ts';
import { saveRound, saveRoundInput } from '#services/rounds/save-round.ts';
import { getTrial } from '#services/trial/get-trial.ts';
import type { Case, Staff, StaffName } from './cases.ts';
import { normSource } from './frameworks.ts';
import { framework } from './insurer-work.ts';

/** People of the insurer whose case it is. `limited` is a contributor for section II only. */
export const ownNames = ['reader', 'contributor', 'limited', 'coordinator', 'signatory'] as const;
export type OwnName = (typeof ownNames)[number];
export type Who = OwnName | StaffName;

type Ask = { case: Case; staff: Staff };

/**
 * One verb on an assessment: who may, in which states. Written from "Who may do what" and "The life of an assessment",
 * never from `policy.ts`: the two are compared.
 */
export type AssessmentLine = {
  verb: (...args: never[]) => unknown;
  /** Tells lines of one verb apart. */
  about?: string;
  kind: 'read' | 'act';
  may: readonly Who[];
  in: readonly State[];
  /** The supervisor sees the status only before something was signed: then this is not open to it yet. */
  needsSubmission?: true;
  /** A repeat of what was done already succeeds and does nothing. */
  repeatedBy?: Partial<Record<State, readonly Who[]>>;
  /** What it points at is not there in these states. */
  absentIn?: readonly State[];
  /** Who had a hand in the outcome may not, though the role would. */
  notWhoJudged?: true;
  call: (ctx: IncomingContext, ask: Ask) => Promise<unknown>;
};

const everyState = [
  'draft',
  'submitted',
  'in_review',
  'hearing',
  'proposed',
  'decided',
  'published',
  'returned',
  'closed',
] as const satisfies readonly State[];
const editable: readonly State[] = ['draft', 'returned'];
const afterSubmission = everyState.filter((state) => state !== 'draft');
const beforePublication = everyState.filter((state) => state !== 'published');
const neverAsked = everyState.filter((state) => state !== 'in_review');
const neverSent = everyState.filter((state) => state !== 'hearing');
const isNotClosed = (state: State) => state !== 'closed';
const closable: readonly State[] = ['draft', 'returned', 'submitted', 'in_review'];

const writers: readonly Who[] = ['contributor', 'coordinator'];
const assigned: readonly Who[] = ['reviewer', 'judge'];
const leads: readonly Who[] = ['lead', 'judge'];
const inTheRound: readonly Who[] = ['reviewer', 'judge', 'reviewerInRound', 'lead', 'auditor'];

const reason = 'Dit is de reden.';
const word = () => ({ id: randomUUID(), ground: null, reason: '' });
const of = ({ case: { assessmentId } }: Ask) => ({ assessmentId });
const given = (ask: Ask) => ({ ...of(ask), reason });

export const assessmentLines: readonly AssessmentLine[] = [
  // The insurer reads its own work, whatever the state; what was signed, once something was.
  own(getTaskList, (ctx, ask) => getTaskList(ctx, of(ask))),
  own(getIntake, (ctx, ask) => getIntake(ctx, of(ask))),
  own(getCheck, (ctx, ask) => getCheck(ctx, of(ask))),
  own(getSectionTakeOver, (ctx, ask) => getSectionTakeOver(ctx, { ...of(ask), sectionKey: 'I' })),
  own(getTrial, (ctx, ask) => getTrial(ctx, { ...of(ask), tried: { 'I.2.a': 'partly' } })),
  own(getCriterion, (ctx, ask) => getCriterion(ctx, { ...of(ask), criterionKey: 'I.2.a' })),
  own(getOutline, (ctx, ask) => getOutline(ctx, of(ask))),
  own(openPresence, (ctx, ask) =>
    openPresence(ctx, { ...of(ask), presenceId: randomUUID(), criterionKey: 'I.2.a', readAt: ctx.now }),
  ),
  own(savePresence, (ctx, ask) => savePresence(ctx, { ...of(ask), presenceId: randomUUID(), editing: true })),
  own(getAnswerHistory, (ctx, ask) => getAnswerHistory(ctx, { ...of(ask), criterionKey: 'I.2.a' })),
  own(listActivity, (ctx, ask) => listActivity(ctx, of(ask))),
  own(listEvidence, (ctx, ask) => listEvidence(ctx, listEvidenceInput.parse(of(ask)))),
  own(getEvidence, (ctx, ask) => getEvidence(ctx, { ...of(ask), evidenceId: ask.case.fileId })),
  { ...own(getReceipt, (ctx, ask) => getReceipt(ctx, of(ask))), in: afterSubmission },
  { ...own(getSubmissionPage, (ctx, ask) => getSubmissionPage(ctx, of(ask))), in: afterSubmission },
  {
    verb: getSubmissionFile,
    kind: 'read',
    may: [...ownNames, ...inTheRound],
    in: afterSubmission,
    call: (ctx, ask) => getSubmissionFile(ctx, { submissionId: ask.case.submissionId }),
  },
  {
    verb: getReceiptFile,
    kind: 'read',
    may: [...ownNames, ...inTheRound],
    in: afterSubmission,
    call: (ctx, ask) => getReceiptFile(ctx, { submissionId: ask.case.submissionId, locale: 'nl' }),
  },
  {
    verb: openEvidence,
    kind: 'read',
    may: [...ownNames, ...inTheRound],
    in: everyState,
    needsSubmission: true,
    call: (ctx, ask) => openEvidence(ctx, { evidenceId: ask.case.fileId }),
  },

  // The insurer writes in draft and returned; who is limited to a section, in that section.
  writes(saveAnswer, (ctx, ask) => saveAnswer(ctx, answerTo(ask, 'I.2.a'))),
  {
    ...writes(saveAnswer, (ctx, ask) => saveAnswer(ctx, answerTo(ask, 'II.2.a'))),
    about: 'in section II',
    may: [...writers, 'limited'],
  },
  writes(takeOverAnswer, (ctx, ask) =>
    takeOverAnswer(ctx, { ...of(ask), criterionKey: 'I.2.a', version: 1, append: false }),
  ),
  {
    ...writes(takeOverAnswer, (ctx, ask) =>
      takeOverAnswer(ctx, { ...of(ask), criterionKey: 'II.2.a', version: 1, append: false }),
    ),
    about: 'in section II',
    may: [...writers, 'limited'],
  },
  writes(takeOverSection, (ctx, ask) =>
    takeOverSection(ctx, { ...of(ask), sectionKey: 'I', criterionKeys: ['I.2.a'] }),
  ),
  {
    ...writes(takeOverSection, (ctx, ask) => takeOverSection(ctx, { ...of(ask), sectionKey: 'II', criterionKeys: [] })),
    about: 'of section II',
    may: [...writers, 'limited'],
  },
  writes(saveIntake, (ctx, ask) =>
    saveIntake(ctx, { ...of(ask), facts: { authorisedAgents: { value: false, version: 1 } } }),
  ),
  writes(addWebAddress, (ctx, ask) => addWebAddress(ctx, { ...newEvidence(ask, 'I.2.a'), ...page })),
  {
    ...writes(addWebAddress, (ctx, ask) => addWebAddress(ctx, { ...newEvidence(ask, 'II.2.a'), ...page })),
    about: 'in section II',
    may: [...writers, 'limited'],
  },
  writes(storeEvidence, (ctx, ask) =>
    storeEvidence(ctx, { ...newEvidence(ask, 'I.2.a'), fileName: 'notitie.txt', replacesId: null, body: bytes() }),
  ),
  writes(startUpload, (ctx, ask) =>
    startUpload(ctx, { ...newEvidence(ask, 'I.2.a'), fileName: 'notitie.txt', replacesId: null, sizeBytes: 12 }),
  ),
  writes(linkEvidence, (ctx, ask) =>
    linkEvidence(ctx, {
      ...of(ask),
      criterionKey: 'I.2.a',
      evidenceId: ask.case.fileId,
      linkId: randomUUID(),
      locator: '',
    }),
  ),
  writes(changeLocator, (ctx, ask) => changeLocator(ctx, { ...of(ask), linkId: ask.case.linkId, locator: 'p. 2' })),
  writes(removeEvidenceLink, (ctx, ask) => removeEvidenceLink(ctx, { ...of(ask), linkId: ask.case.linkId })),
  writes(saveEvidence, (ctx, ask) =>
    saveEvidence(ctx, saveEvidenceInput.parse({ ...of(ask), evidenceId: ask.case.fileId, title: 'Anders' })),
  ),
  writes(saveEvidenceLinks, (ctx, ask) => saveEvidenceLinks(ctx, linksTo(ask, 'I.2.a'))),
  {
    ...writes(saveEvidenceLinks, (ctx, ask) => saveEvidenceLinks(ctx, linksTo(ask, 'II.2.a'))),
    about: 'in section II',
    may: [...writers, 'limited'],
  },
  writes(moveEvidenceLinks, (ctx, ask) =>
    moveEvidenceLinks(ctx, {
      ...of(ask),
      evidenceId: ask.case.newerId,
      links: [{ linkId: ask.case.olderLinkId, locator: '' }],
    }),
  ),
  writes(removeEvidence, (ctx, ask) => removeEvidence(ctx, { ...of(ask), evidenceId: ask.case.fileId })),
  {
    ...writes(submitAssessment, (ctx, ask) =>
      submitAssessment(ctx, {
        ...of(ask),
        submissionId: randomUUID(),
        signatoryName: 'A',
        signatoryFunction: 'B',
        declared: true,
        password: '',
      }),
    ),
    may: ['signatory'],
  },
  {
    ...writes(withdrawAssessment, (ctx, ask) =>
      withdrawAssessment(ctx, { ...of(ask), submissionId: ask.case.submissionId }),
    ),
    may: ['signatory'],
    in: ['submitted'],
    absentIn: ['draft'],
  },

  {
    ...writes(askExtension, (ctx, ask) => askExtension(ctx, { ...given(ask), id: randomUUID() })),
    may: ['coordinator', 'signatory'],
    in: [...editable, 'in_review', 'hearing'],
  },

  // The insurer answers what it was asked; who is limited to other sections does not.
  {
    ...writes(saveSupplement, (ctx, ask) =>
      saveSupplement(ctx, { ...of(ask), requestId: ask.case.requestId, version: 0, text: 'Aanvulling.' }),
    ),
    in: ['in_review'],
    absentIn: neverAsked,
  },
  {
    ...writes(answerRequest, (ctx, ask) =>
      answerRequest(ctx, { ...of(ask), requestId: ask.case.requestId, version: 0 }),
    ),
    may: ['coordinator', 'signatory'],
    in: ['in_review'],
    absentIn: neverAsked,
  },

  {
    ...own(getRequest, (ctx, ask) => getRequest(ctx, { ...of(ask), requestId: ask.case.requestId })),
    in: ['in_review'],
    absentIn: neverAsked,
  },

  // Claim files: the list by the insurer, the draw and the findings by the reviewer.
  {
    ...writes(giveClaims, (ctx, ask) =>
      giveClaims(ctx, {
        ...of(ask),
        id: randomUUID(),
        fileName: 'claims.csv',
        content: 'nummer;datum;product;uitkomst\n1;1-3-2018;auto;betaald',
      }),
    ),
    may: ['coordinator', 'signatory'],
    in: ['submitted', 'in_review'],
  },
  reviews(drawFromClaims, (ctx, ask) =>
    drawFromClaims(ctx, { ...of(ask), id: randomUUID(), listId: randomUUID(), stratum: '', perStratum: 10 }),
  ),
  {
    // Nothing was drawn in these cases.
    ...reviews(recordFinding, (ctx, ask) =>
      recordFinding(ctx, {
        ...of(ask),
        drawId: randomUUID(),
        line: 2,
        criterionKey: 'I.3.c',
        version: 0,
        finding: 'conform',
        remark: '',
      }),
    ),
    absentIn: ['in_review'],
  },

  // Both sides read what was sent for the hearing; the rounds of the other cases hold none.
  { ...own(getDraftOutcome, (ctx, ask) => getDraftOutcome(ctx, of(ask))), in: ['hearing'] },
  {
    verb: getDraftOutcomePreview,
    kind: 'read',
    may: inTheRound,
    in: ['hearing'],
    call: (ctx, ask) => getDraftOutcomePreview(ctx, of(ask)),
  },

  // The insurer answers the draft outcome that was sent to it; the signatory sends what was written.
  {
    ...writes(saveStatement, (ctx, ask) =>
      saveStatement(ctx, { ...of(ask), sectionKey: 'I', version: 0, agrees: true, text: '' }),
    ),
    may: ['coordinator', 'signatory'],
    in: ['hearing'],
    absentIn: neverSent,
  },
  {
    ...writes(respondOutcome, (ctx, ask) =>
      respondOutcome(ctx, { ...of(ask), draftOutcomeId: ask.case.draftOutcomeId }),
    ),
    may: ['signatory'],
    in: ['hearing'],
    absentIn: neverSent,
  },

  // The coordinator shares out the work.
  { ...own(listDelegations, (ctx, ask) => listDelegations(ctx, of(ask))), may: ['coordinator'] },
  {
    ...writes(assignSection, (ctx, ask) =>
      assignSection(ctx, {
        ...of(ask),
        delegationId: randomUUID(),
        sectionKey: 'II',
        membershipId: ask.case.limited.membershipId,
        dueOn: '2026-12-01',
        seenId: ask.case.delegationId,
      }),
    ),
    may: ['coordinator'],
  },
  {
    ...writes(unassignSection, (ctx, ask) => unassignSection(ctx, { ...of(ask), delegationId: ask.case.delegationId })),
    may: ['coordinator'],
    in: everyState,
  },

  // Colleagues write to each other in every state but closed, also who is limited to a section; all of them read.
  notes(saveNote, (ctx, ask) =>
    saveNote(ctx, {
      ...of(ask),
      criterionKey: 'I.2.a',
      noteId: randomUUID(),
      text: 'Kijk hier eens naar.',
      mentions: [],
    }),
  ),
  notes(resolveNote, (ctx, ask) => resolveNote(ctx, { ...of(ask), noteId: ask.case.noteId, to: 'resolved' })),
  {
    ...notes(seeMentions, (ctx, ask) => seeMentions(ctx, { ...of(ask), noteIds: [ask.case.noteId] })),
    may: ownNames,
    in: everyState,
  },

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
];

/** One verb that is about no single assessment: which roles may. There is nothing to hide: a refusal is a refusal. */
export type GeneralLine = {
  verb: (...args: never[]) => unknown;
  may: readonly Who[];
  /** Points at something of the insurer whose case it is: another insurer does not find it. */
  ofOneInsurer?: true;
  call: (ctx: IncomingContext, ask: Ask) => Promise<unknown>;
};

const supervisor: readonly Who[] = [
  'reviewer',
  'judge',
  'reviewerInRound',
  'reviewerElsewhere',
  'reviewerInConflict',
  'lead',
  'leadInConflict',
  'auditor',
  'auditorInConflict',
];
const anyLead: readonly Who[] = ['lead', 'judge', 'leadInConflict'];
const withAdministrator: readonly Who[] = [...supervisor, 'administrator'];

export const generalLines: readonly GeneralLine[] = [
  { verb: listAssessments, may: ownNames, call: (ctx) => listAssessments(ctx) },
  { verb: listDashboards, may: [...ownNames, ...supervisor], call: (ctx) => listDashboards(ctx, {}) },
  { verb: listQueue, may: supervisor, call: (ctx) => listQueue(ctx, listQueueInput.parse({})) },
  {
    verb: listFrameworks,
    may: [...ownNames, ...withAdministrator],
    call: (ctx) => listFrameworks(ctx, {}),
  },
  {
    verb: getFramework,
    may: [...ownNames, ...withAdministrator],
    call: (ctx) => getFramework(ctx, { ref: framework }),
  },
  { verb: listRounds, may: withAdministrator, call: (ctx) => listRounds(ctx, {}) },
  {
    verb: getRound,
    may: withAdministrator,
    call: (ctx, ask) => getRound(ctx, { roundId: ask.case.roundId }),
  },
  {
    verb: getRoundOutcomes,
    may: anyLead,
    call: (ctx, ask) => getRoundOutcomes(ctx, { roundId: ask.case.roundId }),
  },
  {
    verb: makeRelease,
    may: anyLead,
    call: (ctx, ask) => makeRelease(ctx, { id: randomUUID(), roundId: ask.case.roundId }),
  },
  {
    verb: importOutsideResults,
    may: anyLead,
    call: (ctx, ask) =>
      importOutsideResults(ctx, {
        roundId: ask.case.roundId,
        rows: [
          {
            organisationNumber: ask.case.insurer.organisation.number,
            criterionKey: 'V.2.a',
            response: 'met',
            measuredOn: '2026-11-01',
            source: 'Bureau',
          },
        ],
      }),
  },
  {
    verb: declareConflict,
    may: supervisor,
    call: (ctx, ask) => declareConflict(ctx, { organisationId: ask.case.insurer.organisation.id }),
  },
  administers(getNewRound, (ctx) => getNewRound(ctx, {})),
  administers(listOrganisations, (ctx) => listOrganisations(ctx, { search: '' })),
  administers(getOrganisation, (ctx, ask) =>
    getOrganisation(ctx, { organisationId: ask.case.insurer.organisation.id }),
  ),
  administers(saveOrganisation, (ctx) =>
    saveOrganisation(ctx, { organisationId: randomUUID(), name: 'Nieuw', number: randomUUID().slice(0, 8) }),
  ),
  administers(invitePerson, (ctx, ask) =>
    invitePerson(ctx, {
      invitationId: randomUUID(),
      organisationId: ask.case.insurer.organisation.id,
      name: 'Nieuw',
      email: `${randomUUID()}@nieuw.example`,
      roles: ['coordinator'],
    }),
  ),
  { verb: getTeam, may: ownNames, call: (ctx) => getTeam(ctx, {}) },
  {
    ...coordinates(getColleague, (ctx, ask) =>
      getColleague(ctx, { membershipId: ask.case.insurer.people.reader.membershipId }),
    ),
    ofOneInsurer: true,
  },
  {
    ...coordinates(saveMembership, (ctx, ask) => {
      const { membershipId, roles, sectionKeys } = ask.case.insurer.people.reader;
      const seen = grantsOf({ roles: [...roles], sectionKeys: sectionKeys && [...sectionKeys] });
      return saveMembership(ctx, { membershipId, seen, roles: ['contributor'], limit: 'all', sectionKeys: [] });
    }),
    ofOneInsurer: true,
  },
  coordinates(inviteColleague, (ctx) =>
    inviteColleague(ctx, {
      invitationId: randomUUID(),
      name: 'Nieuw',
      email: `${randomUUID()}@nieuw.example`,
      roles: ['contributor'],
      limit: 'some',
      sectionKeys: ['II'],
    }),
  ),
  {
    verb: revokeInvitation,
    may: ['coordinator', 'administrator'],
    ofOneInsurer: true,
    call: (ctx, ask) => revokeInvitation(ctx, { invitationId: ask.case.invitationId }),
  },
  {
    verb: endMembership,
    may: ['coordinator', 'administrator'],
    ofOneInsurer: true,
    call: (ctx, ask) => endMembership(ctx, { membershipId: ask.case.insurer.people.reader.membershipId }),
  },
  administers(saveRound, (ctx) => saveRound(ctx, newRound())),
  administers(openRound, (ctx, ask) =>
    openRound(ctx, { roundId: ask.case.roundId, organisationIds: [ask.case.insurer.organisation.id] }),
  ),
  administers(addParticipant, (ctx, ask) =>
    addParticipant(ctx, {
      roundId: ask.case.roundId,
      organisationId: ask.case.insurer.organisation.id,
      deadlineOn: null,
    }),
  ),
  administers(checkMayImport, (ctx) => checkMayImport(ctx, {})),
  administers(importFramework, (ctx) => importFramework(ctx, { document: normSource })),
  administers(previewFramework, (ctx) => previewFramework(ctx, { document: normSource })),
];

type Call = AssessmentLine['call'];
type Verb = AssessmentLine['verb'];

function own(verb: Verb, call: Call): AssessmentLine {
  return { verb, kind: 'read', may: ownNames, in: everyState, call };
}

function writes(verb: Verb, call: Call): AssessmentLine {
  return { verb, kind: 'act', may: writers, in: editable, call };
}

function notes(verb: Verb, call: Call): AssessmentLine {
  return { verb, kind: 'act', may: [...writers, 'limited', 'signatory'], in: everyState.filter(isNotClosed), call };
}

function reviews(verb: Verb, call: Call): AssessmentLine {
  return { verb, kind: 'act', may: assigned, in: ['in_review'], needsSubmission: true, call };
}

function leadsIt(verb: Verb, call: Call): AssessmentLine {
  return { verb, kind: 'act', may: leads, in: [], call };
}

function administers(verb: Verb, call: Call): GeneralLine {
  return { verb, may: ['administrator'], call };
}

function coordinates(verb: Verb, call: Call): GeneralLine {
  return { verb, may: ['coordinator'], call };
}

const page = { title: 'Pagina', webAddress: 'https://voorbeeld.example/', seenOn: '2026-11-20' };

function answerTo(ask: Ask, criterionKey: string) {
  return { ...of(ask), criterionKey, version: 1, response: 'partly' as const, explanation: 'Anders.' };
}

function newEvidence(ask: Ask, criterionKey: string) {
  return { ...of(ask), criterionKey, evidenceId: randomUUID(), aboutPeriod: '', locator: '' };
}

function linksTo(ask: Ask, criterionKey: string) {
  return {
    ...of(ask),
    evidenceId: ask.case.fileId,
    formKey: randomUUID(),
    choices: [{ criterionKey, chosen: true, locator: 'blz. 1', was: null }],
  };
}

async function* bytes() {
  yield new TextEncoder().encode('Een notitie.');
}

function newRound() {
  return saveRoundInput.parse({
    roundId: randomUUID(),
    frameworkRef: framework,
    name: `Ronde ${randomUUID().slice(0, 8)}`,
    productScope: 'Motor',
    periodFrom: '2025-01-01',
    periodTo: '2025-12-31',
    opensOn: '2026-11-22',
    deadlineOn: '2027-01-31',
    decisionsDueOn: '2027-04-30',
    contactMailbox: 'post@toezicht.example',
    retainUntil: '2034-01-01',
  });
}

/** What stands in no line, and why it asks nobody's permission. */
export const exempt: Readonly<Record<string, string>> = {
  signInAgain: 'a step of submitting: checks the password of the actor alone',
  signIn: 'before anybody is known',
  signOut: 'ends the session whose token it is given',
  getSession: 'says who acts',
  getSessionLoss: 'about the session whose token it is given',
  getSessionEnd: 'about the session whose token it is given',
  acceptInvitation: 'whoever holds the link',
  getInvitation: 'whoever holds the link',
  inviteAdministrator: 'the command of who runs the platform, in the platform’s own name',
  issueInvitation: 'a step of two verbs, in their transaction',
  openUpload: 'about an upload of the actor alone: tests/integration/uploads.test.ts asks each role',
  storeUpload: 'about an upload of the actor alone: tests/integration/uploads.test.ts asks each role',
  removeUpload: 'about an upload of the actor alone: tests/integration/uploads.test.ts asks each role',
  scanEvidence: 'a job, in the platform’s own name',
  sweepUploads: 'a job, in the platform’s own name',
  sweepStorage: 'a job, in the platform’s own name',
  keepEvidence: 'a step of two verbs: it asks the policy in its own transaction',
};
