import { randomUUID } from 'node:crypto';
import { drawFromClaims } from '#services/claims/draw-from-claims.ts';
import { getClaimFiles } from '#services/claims/get-claim-files.ts';
import { getClaims } from '#services/claims/get-claims.ts';
import { giveClaims } from '#services/claims/give-claims.ts';
import { previewClaims } from '#services/claims/preview-claims.ts';
import { recordFinding } from '#services/claims/record-finding.ts';
import { type AssessmentLine, afterSubmission, inTheRound, of, own, reviews, writes } from './line.ts';

/** Claim files: the list, the draw and the findings. */
export const claimLines: readonly AssessmentLine[] = [
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
  {
    ...writes(previewClaims, (ctx, ask) =>
      previewClaims(ctx, {
        ...of(ask),
        fileName: 'claims.csv',
        content: 'nummer;datum;product;uitkomst\n1;1-3-2018;auto;betaald',
      }),
    ),
    may: ['coordinator', 'signatory'],
    in: ['submitted', 'in_review'],
  },
  own(getClaims, (ctx, ask) => getClaims(ctx, of(ask))),
  {
    verb: getClaimFiles,
    kind: 'read',
    may: inTheRound,
    in: afterSubmission,
    call: (ctx, ask) => getClaimFiles(ctx, of(ask)),
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
];
