import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { memberships, users } from '#db/schema/identity.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { delegations } from '#db/schema/teamwork.ts';
import { dayInAmsterdam, isOver } from '#domain/terms.ts';
import { applyTransition } from '#domain/workflow.ts';
import { type LockedAssessment, lockAssessment } from '#services/assessments/assessment-facts.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict, invalid, notFound, precondition } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { isUniqueViolation } from '#services/unique-violation.ts';
import { mayAnswerIn } from './delegation-facts.ts';

export const assignSectionInput = z.object({
  /** Made by the caller, so that a repeated request asks once. */
  delegationId: z.uuid(),
  assessmentId: z.uuid(),
  sectionKey: z.string().max(32),
  membershipId: z.uuid({ error: 'missing' }),
  /** The last day, in Amsterdam. */
  dueOn: z.iso.date({ error: 'day_invalid' }),
  /** What the form showed as standing for this section; empty: nothing. */
  seenId: z.uuid().or(z.literal('')).default(''),
});
export type AssignSectionInput = z.infer<typeof assignSectionInput>;

/** What somebody else asked meanwhile: the screen names it. */
export type DelegationConflict = { id: string | null; name: string | null; dueOn: string | null };

/**
 * A coordinator asks a colleague for a section by a day. What was asked for it before ends with it. A repeat, or asking
 * what stands already, succeeds and changes nothing.
 * @throws invalid when the colleague may not answer in the section, or for a day that is over or after the deadline;
 *   precondition `wrong_state` when nothing can be answered any more; conflict when another coordinator asked or withdrew
 *   since it was shown
 */
export async function assignSection(ctx: Context, input: AssignSectionInput) {
  onlyInsurer(ctx.actor);
  const { assessmentId, sectionKey, membershipId, dueOn } = input;
  return inTransaction(ctx, async (tx) => {
    const assessment = await lockAssessment(tx, assessmentId);
    const { organisationId } = assessment;
    authorize(ctx.actor, 'section.assign', { organisationId });
    const allowed = applyTransition({ verb: 'save_answer', state: assessment.state, guards: {} });
    if (!allowed.ok) throw precondition(['wrong_state']);
    const [framework, standing, member] = await Promise.all([
      frameworkOf(tx, assessmentId),
      standingIn(tx, assessmentId, sectionKey),
      memberOf(tx, membershipId),
    ]);
    if (!framework?.section(sectionKey)) throw notFound();
    const said = { assessmentId, sectionKey };
    if (standing?.id === input.delegationId) return said;
    const same = standing?.membershipId === membershipId && standing.dueOn === dueOn;
    if (same && !standing.over) return said;
    if ((standing && !standing.over ? standing.id : '') !== input.seenId) throw conflict(seenBy(standing));
    if (!member || !mayAnswerIn(member, sectionKey)) throw invalid({ membershipId: 'may_not_answer' });
    const fault = dayFault(dueOn, assessment, ctx.now);
    if (fault) throw invalid({ dueOn: fault });

    if (standing) {
      await tx
        .update(delegations)
        .set({ endedAt: ctx.now, endedBy: ctx.actor.userId })
        .where(eq(delegations.id, standing.id));
    }
    await Promise.all([
      tx
        .insert(delegations)
        .values({
          id: input.delegationId,
          ...said,
          organisationId,
          membershipId,
          dueOn,
          askedAt: ctx.now,
          askedBy: ctx.actor.userId,
        })
        .catch((error: unknown) => {
          // Asked once, and ended since: a late repeat.
          throw isUniqueViolation(error, 'delegations_pkey') ? conflict(seenBy(standing)) : error;
        }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'section.assign',
        organisationId,
        assessmentId,
        detail: { delegationId: input.delegationId, sectionKey, membershipId, dueOn, replacedId: standing?.id ?? null },
      }),
    ]);
    return said;
  });
}

/** Why a day cannot be asked for: it is over, or submitting is not possible any more by then. */
function dayFault(dueOn: string, { deadlineAt }: LockedAssessment, now: Date): 'over' | 'after_deadline' | null {
  if (dueOn < dayInAmsterdam(now)) return 'over';
  // Once the deadline is over only an extension helps, and nobody knows yet until when.
  return !isOver(deadlineAt, now) && dueOn > dayInAmsterdam(deadlineAt) ? 'after_deadline' : null;
}

type Standing = NonNullable<Awaited<ReturnType<typeof standingIn>>>;

const seenBy = (standing: Standing | undefined): DelegationConflict =>
  standing && !standing.over
    ? { id: standing.id, name: standing.name, dueOn: standing.dueOn }
    : { id: null, name: null, dueOn: null };

/** What stands for the section; `over` when the membership of who was asked ended, which no screen shows as standing. */
async function standingIn(tx: Transaction, assessmentId: string, sectionKey: string) {
  const [row] = await tx
    .select({
      id: delegations.id,
      membershipId: delegations.membershipId,
      dueOn: delegations.dueOn,
      name: users.name,
      endedAt: memberships.endedAt,
    })
    .from(delegations)
    .innerJoin(memberships, eq(memberships.id, delegations.membershipId))
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(delegations.assessmentId, assessmentId),
        eq(delegations.sectionKey, sectionKey),
        isNull(delegations.endedAt),
      ),
    );
  if (!row) return undefined;
  const { endedAt, ...standing } = row;
  return { ...standing, over: endedAt !== null };
}

async function memberOf(tx: Transaction, membershipId: string) {
  const [member] = await tx
    .select({
      membershipId: memberships.id,
      userId: memberships.userId,
      organisationId: memberships.organisationId,
      roles: memberships.roles,
      sectionKeys: memberships.sectionKeys,
    })
    .from(memberships)
    .where(and(eq(memberships.id, membershipId), isNull(memberships.endedAt)));
  return member;
}

async function frameworkOf(tx: Transaction, assessmentId: string) {
  const [version] = await tx
    .select({ ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 })
    .from(assessments)
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(eq(assessments.id, assessmentId));
  return version && compiledFramework(tx, version);
}
