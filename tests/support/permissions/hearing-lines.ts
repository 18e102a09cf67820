import { randomUUID } from 'node:crypto';
import type { State } from '#domain/workflow.ts';
import { encloseEvidence } from '#services/evidence/enclose-evidence.ts';
import { removeEnclosure } from '#services/evidence/remove-enclosure.ts';
import { startUpload } from '#services/evidence/start-upload.ts';
import { storeEvidence } from '#services/evidence/store-evidence.ts';
import { getDraftOutcome } from '#services/hearing/get-draft-outcome.ts';
import { getDraftOutcomePreview } from '#services/hearing/get-draft-outcome-preview.ts';
import { respondOutcome } from '#services/hearing/respond-outcome.ts';
import { saveStatement } from '#services/hearing/save-statement.ts';
import { getOutcomePreview } from '#services/publications/get-outcome-preview.ts';
import { answerRequest } from '#services/requests/answer-request.ts';
import { getRequest } from '#services/requests/get-request.ts';
import { saveSupplement } from '#services/requests/save-supplement.ts';
import {
  type Ask,
  type AssessmentLine,
  everyState,
  inTheRound,
  neverAsked,
  neverSent,
  of,
  own,
  type Who,
  writers,
  writes,
} from './line.ts';

/** What the insurer is asked while others decide: information requests and the hearing. */
export const hearingLines: readonly AssessmentLine[] = [
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
  // Files go with what is asked, where evidence rests otherwise.
  ...enclosing('with a supplement', ({ case: { requestId } }) => ({ requestId }), writers, 'in_review'),
  ...enclosing(
    'in a hearing',
    ({ case: { draftOutcomeId } }) => ({ draftOutcomeId, sectionKey: 'I' }),
    ['coordinator', 'signatory'],
    'hearing',
  ),

  {
    ...own(getRequest, (ctx, ask) => getRequest(ctx, { ...of(ask), requestId: ask.case.requestId })),
    in: ['in_review'],
    absentIn: neverAsked,
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

  // The outcome before it is out, for whoever reads the case at the supervisor.
  {
    verb: getOutcomePreview,
    kind: 'read',
    may: inTheRound,
    in: ['in_review', 'hearing', 'proposed', 'decided'],
    call: (ctx, ask) => getOutcomePreview(ctx, of(ask)),
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
];

type Place = (ask: Ask) => { requestId: string } | { draftOutcomeId: string; sectionKey: string };

/** The verbs by which a file goes with a text that is being written. */
function enclosing(about: string, place: Place, may: readonly Who[], state: State): AssessmentLine[] {
  const file = (ask: Ask) => ({
    ...of(ask),
    ...place(ask),
    evidenceId: randomUUID(),
    fileName: 'notitie.txt',
    criterionKey: '',
    locator: '',
    replacesId: null,
  });
  const chosen = (ask: Ask) => ({ ...of(ask), ...place(ask), evidenceId: ask.case.fileId });
  const lines = [
    writes(storeEvidence, (ctx, ask) => storeEvidence(ctx, { ...file(ask), aboutPeriod: '', body: bytes() })),
    writes(startUpload, (ctx, ask) => startUpload(ctx, { ...file(ask), sizeBytes: 12 })),
    writes(encloseEvidence, (ctx, ask) => encloseEvidence(ctx, { ...chosen(ask), locator: '' })),
    writes(removeEnclosure, (ctx, ask) => removeEnclosure(ctx, chosen(ask))),
  ];
  const absentIn = everyState.filter((other) => other !== state);
  return lines.map((line) => ({ ...line, about, may, in: [state], absentIn }));
}

async function* bytes() {
  yield new TextEncoder().encode('Een notitie.');
}
