import 'server-only';
import type { Transaction } from '#db/client.ts';
import type { Capability } from '#domain/policy.ts';
import { lockAssessment, readInsurerFacts } from '#services/assessments/assessment-facts.ts';
import { authorize } from '#services/authorize.ts';
import type { Context } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { readRequest } from './request-facts.ts';

/**
 * Locks the case of a request and lets its insurer go on with it. Only what was asked opens: who is limited to sections
 * works on the requests in those.
 */
export async function lockRequest(
  tx: Transaction,
  ctx: Context,
  of: { assessmentId: string; requestId: string },
  capability: Extract<Capability, 'request.save' | 'request.answer'>,
) {
  const [assessment, facts, request] = await Promise.all([
    lockAssessment(tx, of.assessmentId),
    readInsurerFacts(tx, of.assessmentId),
    readRequest(tx, of),
  ]);
  const framework = await compiledFramework(tx, facts.framework);
  const sectionKey = framework.criterion(request?.criterionKey ?? '')?.sectionKey ?? '';
  authorize(ctx.actor, capability, { organisationId: assessment.organisationId, sectionKey });
  if (!request) throw notFound();
  return { assessment, request, sectionKey };
}
