import { getDraftOutcome } from '#services/hearing/get-draft-outcome.ts';
import { getDraftOutcomePreview } from '#services/hearing/get-draft-outcome-preview.ts';
import { respondOutcome } from '#services/hearing/respond-outcome.ts';
import { saveStatement } from '#services/hearing/save-statement.ts';
import { answerRequest } from '#services/requests/answer-request.ts';
import { getRequest } from '#services/requests/get-request.ts';
import { saveSupplement } from '#services/requests/save-supplement.ts';
import { type AssessmentLine, inTheRound, neverAsked, neverSent, of, own, writes } from './line.ts';

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
