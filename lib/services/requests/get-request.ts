import 'server-only';
import { z } from 'zod';
import type { Response } from '#domain/answers.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { can } from '#domain/policy.ts';
import type { SubmissionSnapshot } from '#domain/snapshot.ts';
import { type AssessmentStatus, readStatus } from '#services/assessments/assessment-status.ts';
import { readSnapshot } from '#services/assessments/get-submission-page.ts';
import { mayAskExtension } from '#services/assessments/get-task-list.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { readEvidence } from '#services/evidence/evidence-facts.ts';
import { choosable, type PieceName, pieceNames } from '#services/evidence/piece-names.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type RequestView, readRequest, requestViews } from './request-facts.ts';

export const getRequestInput = z.object({ assessmentId: z.uuid(), requestId: z.uuid() });
export type GetRequestInput = z.infer<typeof getRequestInput>;

export type RequestPage = {
  userId: string;
  assessment: { id: string; reference: string; roundName: string };
  status: AssessmentStatus;
  request: RequestView;
  criterion: { key: string; sectionKey: string; short: LocalizedText; text: LocalizedText; authority: 'nl' | 'en' };
  /** The answer that was signed; it never changes. */
  signed: { response: Response | null; explanation: string; at: Date };
  /** The question can be answered now: the case is in review, and the request is open. */
  open: boolean;
  /** What may be chosen to go with the supplement; empty once nothing may change. */
  choices: readonly PieceName[];
  may: { save: boolean; send: boolean; askExtension: boolean };
};

/** One information request as its insurer reads and answers it, beside what was signed. */
export async function getRequest(ctx: Context, input: GetRequestInput): Promise<RequestPage> {
  onlyInsurer(ctx.actor);
  const of = getRequestInput.safeParse(input);
  if (!of.success) throw notFound();
  const { assessmentId } = of.data;
  return inTransaction(ctx, async (tx) => {
    const [status, asked, [signed], pieces] = await Promise.all([
      readStatus(tx, ctx.now, assessmentId),
      readRequest(tx, of.data),
      readSnapshot(tx, assessmentId),
      readEvidence(tx, assessmentId),
    ]);
    const { organisationId } = status;
    authorize(ctx.actor, 'request.read', { organisationId });
    const [request] = asked ? requestViews([asked], ctx.now) : [];
    if (!request || !signed || !status.submission) throw notFound();
    const framework = await compiledFramework(tx, signed);
    const criterion = framework.criterion(request.criterionKey);
    if (!criterion) throw notFound();
    const { answers } = JSON.parse(signed.snapshot) as SubmissionSnapshot;
    const { key, sectionKey, short, text } = criterion;
    const answer = answers[key];
    const open = request.state === 'open' && status.state === 'in_review';
    const save = can(ctx.actor, 'request.save', { organisationId, sectionKey }).ok;
    return {
      userId: ctx.actor.userId,
      assessment: { id: assessmentId, reference: status.reference, roundName: status.round.name },
      status,
      request,
      criterion: { key, sectionKey, short, text, authority: framework.authority },
      signed: {
        response: answer?.response ?? null,
        explanation: answer?.explanation ?? '',
        at: status.submission.signedAt,
      },
      open,
      choices: open && save ? pieceNames(choosable(pieces)) : [],
      may: {
        save,
        send: can(ctx.actor, 'request.answer', { organisationId }).ok,
        askExtension: mayAskExtension(ctx, status),
      },
    };
  });
}
