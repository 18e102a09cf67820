import type { Role } from '#domain/policy.ts';

/**
 * Who may come through a door. `everyone`: also who is not signed in; `the_link`: whoever holds it. Roles of an insurer
 * reach what is of their own organisation only; `of` says whether there is such a thing behind the door.
 */
type Who = 'everyone' | 'the_link' | readonly Role[];

export type Door = {
  /** The file under `app/`, for an action and a route with the name of what it exports. */
  at: string;
  /** The read verb or verb behind it; null where there is none. */
  verb: string | null;
  may: Who;
  /** One insurer's, and of no concern to another; else the platform's. */
  of: 'insurer' | 'platform';
};

const insurer = ['reader', 'contributor', 'coordinator', 'signatory'] as const;
const staff = ['reviewer', 'lead', 'auditor'] as const;
const supervisor = [...staff, 'administrator'] as const;
const writers = ['contributor', 'coordinator'] as const;
const noters = [...writers, 'signatory'] as const;

/** Every way in: pages, route handlers and server actions. A door without a line, and a line without a door, fails. */
export const doors: readonly Door[] = [
  // Before anybody is known
  open('page.tsx', null, 'everyone'),
  open('accessibility/page.tsx', null, 'everyone'),
  open('(auth)/sign-in/page.tsx', null, 'everyone'),
  open('(auth)/invitations/[token]/page.tsx', 'getInvitation', 'the_link'),
  open('(auth)/sign-in/actions.ts#signInAction', 'signIn', 'everyone'),
  open('(auth)/invitations/actions.ts#acceptInvitationAction', 'acceptInvitation', 'the_link'),
  open('actions.ts#signOutAction', 'signOut', 'everyone'),
  open('actions.ts#chooseLocaleAction', null, 'everyone'),
  open('api/health/route.ts#GET', 'checkHealth', 'everyone'),
  open('api/session/route.ts#GET', 'getSessionEnd', 'everyone'),
  open('api/session/route.ts#POST', null, 'everyone'),

  // One's own account
  open('(auth)/account/page.tsx', 'getAccount', [...insurer, ...supervisor]),
  open('(auth)/account/actions.ts#changePasswordAction', 'changePassword', [...insurer, ...supervisor]),
  open('(auth)/account/actions.ts#endOtherSessionsAction', 'endOtherSessions', [...insurer, ...supervisor]),

  // The insurer's own work
  open('(insurer)/assessments/page.tsx', 'listAssessments', insurer),
  own('(insurer)/assessments/[assessmentId]/page.tsx', 'getTaskList', insurer),
  own('(insurer)/assessments/[assessmentId]/intake/page.tsx', 'getIntake', insurer),
  own('(insurer)/assessments/[assessmentId]/outline/page.tsx', 'getOutline', insurer),
  own('(insurer)/assessments/[assessmentId]/check/page.tsx', 'getCheck', insurer),
  own('(insurer)/assessments/[assessmentId]/evidence/page.tsx', 'listEvidence', insurer),
  own('(insurer)/assessments/[assessmentId]/evidence/[evidenceId]/page.tsx', 'getEvidence', insurer),
  own('(insurer)/assessments/[assessmentId]/receipt/page.tsx', 'getReceipt', insurer),
  own('(insurer)/assessments/[assessmentId]/submitted/page.tsx', 'getSubmissionPage', insurer),
  own('(insurer)/assessments/[assessmentId]/draft-outcome/page.tsx', 'getDraftOutcome', insurer),
  own('(insurer)/assessments/[assessmentId]/draft-outcome/actions.ts#saveStatementAction', 'saveStatement', [
    'coordinator',
    'signatory',
  ]),
  own('(insurer)/assessments/[assessmentId]/draft-outcome/actions.ts#respondOutcomeAction', 'respondOutcome', [
    'signatory',
  ]),
  own('(insurer)/assessments/[assessmentId]/criteria/[criterionKey]/page.tsx', 'getCriterion', insurer),
  own('(insurer)/assessments/[assessmentId]/criteria/[criterionKey]/history/page.tsx', 'getAnswerHistory', insurer),
  own('(insurer)/assessments/[assessmentId]/activity/page.tsx', 'listActivity', insurer),
  own('(insurer)/assessments/[assessmentId]/last-round/[sectionKey]/page.tsx', 'getSectionTakeOver', insurer),
  own('(insurer)/assessments/[assessmentId]/trial/page.tsx', 'getTrial', insurer),
  own('(insurer)/assessments/[assessmentId]/last-round/actions.ts#takeOverAnswerAction', 'takeOverAnswer', writers),
  own('(insurer)/assessments/[assessmentId]/last-round/actions.ts#takeOverSectionAction', 'takeOverSection', writers),
  own('(insurer)/assessments/actions.ts#saveIntakeAction', 'saveIntake', writers),
  own('(insurer)/assessments/actions.ts#submitAssessmentAction', 'submitAssessment', ['signatory']),
  own('(insurer)/assessments/actions.ts#withdrawAssessmentAction', 'withdrawAssessment', ['signatory']),
  own('(insurer)/assessments/actions.ts#askExtensionAction', 'askExtension', ['coordinator', 'signatory']),
  own('(insurer)/assessments/[assessmentId]/criteria/actions.ts#saveAnswerAction', 'saveAnswer', writers),
  own('(insurer)/assessments/[assessmentId]/criteria/actions.ts#restoreAnswerAction', 'saveAnswer', writers),
  own('(insurer)/assessments/[assessmentId]/requests/[requestId]/page.tsx', 'getRequest', insurer),
  own('(insurer)/assessments/[assessmentId]/requests/actions.ts#saveSupplementAction', 'saveSupplement', writers),
  own('(insurer)/assessments/[assessmentId]/requests/actions.ts#answerRequestAction', 'answerRequest', [
    'coordinator',
    'signatory',
  ]),
  own('(insurer)/assessments/[assessmentId]/claims/page.tsx', 'getClaims', insurer),
  own('(insurer)/assessments/[assessmentId]/claims/actions.ts#giveClaimsAction', 'giveClaims', [
    'coordinator',
    'signatory',
  ]),
  own('(insurer)/assessments/[assessmentId]/notes/actions.ts#saveNoteAction', 'saveNote', noters),
  own('(insurer)/assessments/[assessmentId]/notes/actions.ts#resolveNoteAction', 'resolveNote', noters),
  own('(insurer)/assessments/[assessmentId]/notes/actions.ts#seeMentionsAction', 'seeMentions', insurer),
  own('(insurer)/assessments/[assessmentId]/evidence/actions.ts#addWebAddressAction', 'addWebAddress', writers),
  own('(insurer)/assessments/[assessmentId]/evidence/actions.ts#changeLocatorAction', 'changeLocator', writers),
  own('(insurer)/assessments/[assessmentId]/evidence/actions.ts#linkEvidenceAction', 'linkEvidence', writers),
  own('(insurer)/assessments/[assessmentId]/evidence/actions.ts#removeEvidenceAction', 'removeEvidence', writers),
  own('(insurer)/assessments/[assessmentId]/evidence/actions.ts#saveEvidenceAction', 'saveEvidence', writers),
  own('(insurer)/assessments/[assessmentId]/evidence/actions.ts#saveEvidenceLinksAction', 'saveEvidenceLinks', writers),
  own('(insurer)/assessments/[assessmentId]/evidence/actions.ts#moveEvidenceLinksAction', 'moveEvidenceLinks', writers),
  own('(insurer)/assessments/[assessmentId]/evidence/actions.ts#removePieceAction', 'removeEvidence', writers),
  own('(insurer)/assessments/[assessmentId]/evidence/actions.ts#encloseEvidenceAction', 'encloseEvidence', writers),
  own('(insurer)/assessments/[assessmentId]/evidence/actions.ts#removeEnclosureAction', 'removeEnclosure', writers),
  own(
    '(insurer)/assessments/[assessmentId]/evidence/actions.ts#removeEvidenceLinkAction',
    'removeEvidenceLink',
    writers,
  ),
  own('api/assessments/[assessmentId]/events/route.ts#GET', 'openPresence', insurer),
  own('api/assessments/[assessmentId]/events/route.ts#PUT', 'savePresence', insurer),
  own('(insurer)/assessments/[assessmentId]/delegations/page.tsx', 'listDelegations', ['coordinator']),
  own('(insurer)/assessments/[assessmentId]/delegations/actions.ts#assignSectionAction', 'assignSection', [
    'coordinator',
  ]),
  own('(insurer)/assessments/[assessmentId]/delegations/actions.ts#unassignSectionAction', 'unassignSection', [
    'coordinator',
  ]),
  open('(insurer)/team/page.tsx', 'getTeam', insurer),
  own('(insurer)/team/[membershipId]/page.tsx', 'getColleague', ['coordinator']),
  own('(insurer)/team/actions.ts#saveMembershipAction', 'saveMembership', ['coordinator']),
  own('(insurer)/team/actions.ts#endColleagueMembershipAction', 'endMembership', ['coordinator', 'administrator']),
  open('(insurer)/team/actions.ts#inviteColleagueAction', 'inviteColleague', ['coordinator']),
  own('(insurer)/team/actions.ts#revokeColleagueInvitationAction', 'revokeInvitation', [
    'coordinator',
    'administrator',
  ]),
  own('api/assessments/[assessmentId]/answers/route.ts#POST', 'saveAnswer', writers),
  own('api/assessments/[assessmentId]/evidence/route.ts#POST', 'storeEvidence', writers),
  own('api/assessments/[assessmentId]/uploads/route.ts#POST', 'startUpload', writers),
  own('api/assessments/[assessmentId]/uploads/[uploadId]/route.ts#HEAD', 'openUpload', writers),
  own('api/assessments/[assessmentId]/uploads/[uploadId]/route.ts#PATCH', 'openUpload', writers),
  own('api/assessments/[assessmentId]/uploads/[uploadId]/route.ts#DELETE', 'removeUpload', writers),
  own('api/assessments/[assessmentId]/uploads/[uploadId]/route.ts#POST', 'storeUpload', writers),

  // Both sides
  own('api/evidence/[evidenceId]/route.ts#GET', 'openEvidence', [...insurer, ...staff]),
  own('api/submissions/[submissionId]/route.ts#GET', 'getSubmissionFile', [...insurer, ...staff]),
  own('api/submissions/[submissionId]/receipt/route.ts#GET', 'getReceiptFile', [...insurer, ...staff]),
  open('(dashboard)/dashboards/page.tsx', 'listDashboards', [...insurer, ...staff]),
  own('(dashboard)/dashboards/[publicationId]/page.tsx', 'getDashboard', [...insurer, ...staff]),
  own('api/publications/[publicationId]/[file]/route.ts#GET', 'downloadOutcome', [...insurer, ...staff]),
  own('api/publications/[publicationId]/dossier/route.ts#GET', 'downloadDossier', [...insurer, 'lead', 'auditor']),
  open('(supervisor)/frameworks/page.tsx', 'listFrameworks', [...insurer, ...supervisor]),
  open('(supervisor)/frameworks/[ref]/page.tsx', 'getFramework', [...insurer, ...supervisor]),

  // The review
  open('(supervisor)/reviews/page.tsx', 'listQueue', staff),
  own('(supervisor)/reviews/[assessmentId]/page.tsx', 'getReviewOverview', staff),
  own('(supervisor)/reviews/[assessmentId]/intake/page.tsx', 'getReview', staff),
  own('(supervisor)/reviews/[assessmentId]/undisputed/page.tsx', 'getReview', staff),
  open('(supervisor)/reviews/reasons/[ref]/page.tsx', 'listStandardReasons', ['reviewer', 'lead']),
  open('(supervisor)/reviews/desk-actions.ts#saveStandardReasonAction', 'saveStandardReason', ['reviewer', 'lead']),
  open('(supervisor)/reviews/desk-actions.ts#removeStandardReasonAction', 'removeStandardReason', ['reviewer', 'lead']),
  own('(supervisor)/reviews/desk-actions.ts#saveWorkingNoteAction', 'saveWorkingNote', ['reviewer', 'lead']),
  own('(supervisor)/reviews/desk-actions.ts#removeWorkingNoteAction', 'removeWorkingNote', ['reviewer', 'lead']),
  own('(supervisor)/reviews/desk-actions.ts#undoUndisputedAction', 'undoUndisputed', ['reviewer']),
  own('(supervisor)/reviews/[assessmentId]/sections/[sectionKey]/page.tsx', 'getReview', staff),
  own('(supervisor)/reviews/[assessmentId]/sections/[sectionKey]/determination/page.tsx', 'getReview', staff),
  own('(supervisor)/reviews/[assessmentId]/claims/page.tsx', 'getClaimFiles', staff),
  own('(supervisor)/reviews/claim-actions.ts#drawFromClaimsAction', 'drawFromClaims', ['reviewer']),
  own('(supervisor)/reviews/claim-actions.ts#recordFindingAction', 'recordFinding', ['reviewer']),
  own('(supervisor)/reviews/[assessmentId]/draft-outcome/page.tsx', 'getDraftOutcomePreview', staff),
  own('(supervisor)/reviews/[assessmentId]/outcome/page.tsx', 'getOutcomePreview', staff),
  own('(supervisor)/reviews/hearing-actions.ts#sendDraftOutcomeAction', 'sendDraftOutcome', ['reviewer']),
  own('(supervisor)/reviews/hearing-actions.ts#reopenReviewAction', 'reopenReview', ['reviewer']),
  own('(supervisor)/reviews/hearing-actions.ts#answerObjectionAction', 'answerObjection', ['reviewer']),
  own('(supervisor)/reviews/actions.ts#startReviewAction', 'startReview', ['reviewer']),
  own('(supervisor)/reviews/actions.ts#decideCriterionAction', 'decideCriterion', ['reviewer']),
  own('(supervisor)/reviews/actions.ts#decideIntakeAction', 'decideIntake', ['reviewer']),
  own('(supervisor)/reviews/actions.ts#confirmUndisputedAction', 'confirmUndisputed', ['reviewer']),
  own('(supervisor)/reviews/actions.ts#determineSectionAction', 'determineSection', ['reviewer']),
  own('(supervisor)/reviews/actions.ts#proposeOutcomeAction', 'proposeOutcome', ['reviewer']),
  open('(supervisor)/reviews/actions.ts#declareConflictAction', 'declareConflict', staff),
  own('(supervisor)/reviews/actions.ts#returnAssessmentAction', 'returnAssessment', ['reviewer', 'lead']),

  own('(supervisor)/reviews/request-actions.ts#sendRequestsAction', 'sendRequests', ['reviewer']),
  own('(supervisor)/reviews/request-actions.ts#withdrawRequestAction', 'withdrawRequest', ['reviewer']),

  // The lead
  own('(supervisor)/reviews/decision-actions.ts#approveOutcomeAction', 'approveOutcome', ['lead']),
  own('(supervisor)/reviews/decision-actions.ts#assignReviewerAction', 'assignReviewer', ['lead']),
  own('(supervisor)/reviews/decision-actions.ts#closeAssessmentAction', 'closeAssessment', ['lead']),
  own('(supervisor)/reviews/decision-actions.ts#correctPublicationAction', 'correctPublication', ['lead']),
  own('(supervisor)/reviews/decision-actions.ts#extendTermAction', 'extendTerm', ['lead']),
  own('(supervisor)/reviews/decision-actions.ts#refuseExtensionAction', 'refuseExtension', ['lead']),
  own('(supervisor)/reviews/decision-actions.ts#publishAssessmentAction', 'publishAssessment', ['lead']),
  own('(supervisor)/reviews/decision-actions.ts#reopenAssessmentAction', 'reopenAssessment', ['lead']),
  own('(supervisor)/reviews/decision-actions.ts#revokeApprovalAction', 'revokeApproval', ['lead']),
  own('(supervisor)/reviews/decision-actions.ts#sendBackOutcomeAction', 'sendBackOutcome', ['lead']),
  own('(supervisor)/reviews/decision-actions.ts#unassignReviewerAction', 'unassignReviewer', ['lead']),
  open('(supervisor)/rounds/[roundId]/calibration/page.tsx', 'getCalibration', ['reviewer', 'lead', 'auditor']),
  open('(supervisor)/rounds/[roundId]/outcomes/page.tsx', 'getRoundOutcomes', ['lead']),
  open('(supervisor)/rounds/[roundId]/outside-results/page.tsx', 'getOutsideResults', ['lead']),
  open('(supervisor)/rounds/[roundId]/outside-results/actions.ts#outsideResultsAction', 'importOutsideResults', [
    'lead',
  ]),
  open('api/rounds/[roundId]/outside-results/route.ts#GET', 'getOutsideTemplate', ['lead']),
  own('(supervisor)/rounds/[roundId]/outcomes/actions.ts#publishFromRoundAction', 'publishAssessment', ['lead']),
  own('(supervisor)/rounds/[roundId]/outcomes/actions.ts#planPublicationsAction', 'planPublications', ['lead']),
  own('(supervisor)/rounds/[roundId]/outcomes/actions.ts#unplanPublicationAction', 'unplanPublication', ['lead']),
  open('(supervisor)/rounds/[roundId]/outcomes/actions.ts#makeReleaseAction', 'makeRelease', ['lead']),

  // The sector
  open('(supervisor)/rounds/[roundId]/sector/page.tsx', 'getSectorReport', staff),
  open('api/rounds/[roundId]/sector/[release]/[file]/route.ts#GET', 'getSectorFile', staff),
  open('(supervisor)/rounds/[roundId]/sector/actions.ts#openReleaseAction', 'openRelease', ['lead']),
  open('(supervisor)/rounds/[roundId]/sector/actions.ts#withdrawReleaseAction', 'withdrawRelease', ['lead']),
  open('open-data/[releaseId]/page.tsx', 'getOpenData', 'the_link'),
  open('api/open-data/[releaseId]/[file]/route.ts#GET', 'getOpenData', 'the_link'),

  // The supervisor
  open('(supervisor)/rounds/page.tsx', 'listRounds', supervisor),
  open('(supervisor)/rounds/[roundId]/page.tsx', 'getRound', supervisor),
  open('(supervisor)/rounds/new/page.tsx', 'getNewRound', ['administrator']),
  open('(supervisor)/frameworks/import/page.tsx', 'checkMayImport', ['administrator']),
  open('(supervisor)/organisations/page.tsx', 'listOrganisations', ['administrator']),
  open('(supervisor)/organisations/[organisationId]/page.tsx', 'getOrganisation', ['administrator']),
  administers('frameworks/actions.ts#frameworkAction', 'importFramework'),
  administers('organisations/actions.ts#saveOrganisationAction', 'saveOrganisation'),
  administers('organisations/actions.ts#addOrganisationAction', 'saveOrganisation'),
  administers('organisations/actions.ts#invitePersonAction', 'invitePerson'),
  own('(supervisor)/organisations/actions.ts#revokeInvitationAction', 'revokeInvitation', [
    'coordinator',
    'administrator',
  ]),
  own('(supervisor)/organisations/actions.ts#endMembershipAction', 'endMembership', ['coordinator', 'administrator']),
  administers('rounds/actions.ts#saveRoundAction', 'saveRound'),
  administers('rounds/actions.ts#openRoundAction', 'openRound'),
  administers('rounds/actions.ts#addParticipantAction', 'addParticipant'),
];

function open(at: string, verb: string | null, may: Who): Door {
  return { at: `app/${at}`, verb, may, of: 'platform' };
}

function own(at: string, verb: string, may: readonly Role[]): Door {
  return { ...open(at, verb, may), of: 'insurer' };
}

function administers(at: string, verb: string): Door {
  return open(`(supervisor)/${at}`, verb, ['administrator']);
}
