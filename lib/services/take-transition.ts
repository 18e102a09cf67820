import 'server-only';
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { transitions } from '#db/schema/reviews.ts';
import { applyTransition, type Guard, type State, type Verb } from '#domain/workflow.ts';
import type { LockedAssessment } from './assessments/assessment-facts.ts';
import { type AuditEvent, recordEvent } from './audit.ts';
import type { Context } from './context.ts';
import { precondition } from './errors.ts';
import { askAboutRefused } from './requests/ask-about-refused.ts';

type Step = {
  verb: Verb;
  guards: Partial<Record<Guard, boolean>>;
  /** Settings of the round. */
  hearing?: boolean;
  fourEyes?: boolean;
  previousState?: State | null;
};

/**
 * Where a verb leads, by the workflow's table.
 * @param detail what helps the screen on when it is refused, such as the criteria that a guard is about
 * @throws precondition with `wrong_state` and every guard that fails
 */
export function nextState(assessment: Pick<LockedAssessment, 'state'>, step: Step, detail: unknown = null): State {
  const result = applyTransition({ ...step, state: assessment.state });
  if (result.ok) return result.to;
  throw precondition([...(result.wrongState ? ['wrong_state'] : []), ...result.failing], detail);
}

type Taken = {
  verb: Verb;
  to: State;
  /** The word in the log, such as `assessment.submit`. */
  action: string;
  reason?: string;
  /** Codes and ids for those who read the transition later. */
  detail?: AuditEvent['detail'];
  /** Further columns of the assessment that this step sets. */
  set?: Partial<Pick<LockedAssessment, 'stateBeforeClosing' | 'deadlineAt' | 'proposedBy'>>;
};

/** Writes a step that an assessment takes: its new state, the step itself, and the audit event, in one flight. */
export async function writeTransition(tx: Transaction, ctx: Context, assessment: LockedAssessment, taken: Taken) {
  const { verb, to, action, reason = '', detail = {}, set = {} } = taken;
  const { id: assessmentId, organisationId, state: fromState } = assessment;
  const actorId = ctx.actor.userId;
  const changed = { ...set, ...(to === fromState ? {} : { state: to, stateChangedAt: ctx.now }) };
  await Promise.all([
    Object.keys(changed).length > 0 && tx.update(assessments).set(changed).where(eq(assessments.id, assessmentId)),
    tx.insert(transitions).values({
      id: randomUUID(),
      assessmentId,
      organisationId,
      verb,
      fromState,
      toState: to,
      reason,
      detail,
      takenAt: ctx.now,
      takenBy: actorId,
    }),
    recordEvent(tx, {
      at: ctx.now,
      actorId,
      action,
      organisationId,
      assessmentId,
      detail: { ...detail, from: fromState, to },
    }),
  ]);
  // What was refused while the case lay elsewhere is asked about when it comes into review.
  if (to === 'in_review' && fromState !== to) await askAboutRefused(tx, ctx.now, { id: assessmentId, organisationId });
}
