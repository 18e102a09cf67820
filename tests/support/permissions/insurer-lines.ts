import { randomUUID } from 'node:crypto';
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
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { saveIntake } from '#services/assessments/save-intake.ts';
import { submitAssessment } from '#services/assessments/submit-assessment.ts';
import { withdrawAssessment } from '#services/assessments/withdraw-assessment.ts';
import { assignSection } from '#services/delegations/assign-section.ts';
import { listDelegations } from '#services/delegations/list-delegations.ts';
import { unassignSection } from '#services/delegations/unassign-section.ts';
import { addWebAddress } from '#services/evidence/add-web-address.ts';
import { changeLocator } from '#services/evidence/change-locator.ts';
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
import { getAnswerHistory } from '#services/history/get-answer-history.ts';
import { listActivity } from '#services/history/list-activity.ts';
import { getSectionTakeOver } from '#services/last-round/get-section-take-over.ts';
import { takeOverAnswer } from '#services/last-round/take-over-answer.ts';
import { takeOverSection } from '#services/last-round/take-over-section.ts';
import { openPresence } from '#services/live/open-presence.ts';
import { savePresence } from '#services/live/save-presence.ts';
import { resolveNote } from '#services/notes/resolve-note.ts';
import { saveNote } from '#services/notes/save-note.ts';
import { seeMentions } from '#services/notes/see-mentions.ts';
import { getTrial } from '#services/trial/get-trial.ts';
import {
  type Ask,
  type AssessmentLine,
  afterSubmission,
  editable,
  everyState,
  given,
  inTheRound,
  notes,
  of,
  own,
  ownNames,
  writers,
  writes,
} from './line.ts';

/** What the insurer does with its own work. */
export const insurerLines: readonly AssessmentLine[] = [
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
];

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
