import 'server-only';
import { and, asc, count, eq, isNull, notExists, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { memberships, organisations } from '#db/schema/identity.ts';
import { conflictsOfInterest } from '#db/schema/reviews.ts';
import { frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import { type Actor, can, type Role } from '#domain/policy.ts';
import { dayInAmsterdam, isOver } from '#domain/terms.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { readFrameworkOptions, readReviewerOptions, readSectionOptions } from './round-options.ts';

export const getRoundInput = z.object({
  roundId: z.uuid(),
  /** The last participant of the page before: its organisation's id. */
  after: z.uuid().optional(),
});
export type GetRoundInput = z.infer<typeof getRoundInput>;

export type Participant = {
  assessmentId: string;
  organisationId: string;
  name: string;
  number: string;
  reference: string;
  deadlineAt: Date;
};

/** An insurer that does not take part yet, and whether somebody is there to fill in and to sign. */
export type Candidate = { id: string; name: string; number: string; coordinator: boolean; signatory: boolean };

const pageSize = 100;

/**
 * A round with its settings and those participants that the actor may know of; for who sets rounds up, also what it can
 * be changed into and whom it can still admit.
 */
export async function getRound(ctx: Context, input: GetRoundInput) {
  authorize(ctx.actor, 'round.read');
  const mayManage = can(ctx.actor, 'round.manage').ok;
  const { roundId } = input;
  const [[found], participants, frameworks, reviewers, candidates, sections] = await inTransaction(ctx, async (tx) => {
    const read = await Promise.all([
      tx
        .select({
          round: rounds,
          version: { ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 },
          framework: { ref: frameworkVersions.ref, nl: frameworkVersions.titleNl, en: frameworkVersions.titleEn },
          participants:
            sql`(${tx.select({ n: count() }).from(assessments).where(eq(assessments.roundId, rounds.id))})`.mapWith(
              Number,
            ),
        })
        .from(rounds)
        .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
        .where(eq(rounds.id, roundId)),
      readParticipantPage(tx, ctx.actor, input),
      mayManage ? readFrameworkOptions(tx) : [],
      mayManage ? readReviewerOptions(tx, roundId) : [],
      mayManage ? readCandidates(tx, roundId) : [],
    ]);
    const [[row], , options] = read;
    // The round's own edition names its sections; the others come in only while another one may still be chosen.
    const sections = row ? await readSectionOptions(tx, [row.version, ...(row.round.openedAt ? [] : options)]) : [];
    return [...read, sections] as const;
  });
  if (!found) throw notFound();
  const { round } = found;
  return {
    ...round,
    opensOn: dayInAmsterdam(round.opensAt),
    deadlineOn: dayInAmsterdam(round.deadlineAt),
    decisionsDueOn: dayInAmsterdam(round.decisionsDueAt),
    deadlineOver: isOver(round.deadlineAt, ctx.now),
    opensLater: round.opensAt > ctx.now,
    framework: found.framework,
    participants: participants.slice(0, pageSize),
    participantCount: found.participants,
    next: participants.length > pageSize ? (participants[pageSize - 1]?.organisationId ?? null) : null,
    frameworks,
    reviewers,
    candidates,
    sections,
    mayManage,
    /** Takes in outside results and brings the outcomes out. */
    leads: can(ctx.actor, 'release.make').ok,
  };
}

async function readParticipantPage(tx: Transaction, actor: Actor, { roundId, after }: GetRoundInput) {
  const place = sql`(${organisations.name}, ${organisations.id})`;
  return tx
    .select({
      assessmentId: assessments.id,
      organisationId: organisations.id,
      name: organisations.name,
      number: organisations.number,
      reference: assessments.reference,
      deadlineAt: assessments.deadlineAt,
    })
    .from(assessments)
    .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
    .where(
      and(
        eq(assessments.roundId, roundId),
        ...knownTo(tx, actor),
        after === undefined
          ? undefined
          : sql`${place} > (select o.name, o.id from ${organisations} o where o.id = ${after})`,
      ),
    )
    .orderBy(asc(organisations.name), asc(organisations.id))
    .limit(pageSize + 1);
}

/** `assessment.status` of the policy, as a condition on rows; the administrator knows whom it admitted. */
function knownTo(tx: Transaction, actor: Actor): SQL[] {
  const holds = (role: Role) => actor.roles.includes(role);
  if (holds('administrator')) return [];
  const declared = tx
    .select({ one: sql`1` })
    .from(conflictsOfInterest)
    .where(
      and(
        eq(conflictsOfInterest.organisationId, assessments.organisationId),
        eq(conflictsOfInterest.userId, actor.userId),
      ),
    );
  const conditions = [notExists(declared)];
  if (holds('lead')) return conditions;
  if (holds('reviewer')) {
    return [
      ...conditions,
      sql`exists (select from ${roundReviewers} where ${roundReviewers.roundId} = ${assessments.roundId}
        and ${roundReviewers.userId} = ${actor.userId} and ${roundReviewers.endedAt} is null)`,
    ];
  }
  return [
    ...conditions,
    sql`exists (select from ${submissions} where ${submissions.assessmentId} = ${assessments.id}
      and ${submissions.withdrawnAt} is null)`,
  ];
}

async function readCandidates(tx: Transaction, roundId: string): Promise<Candidate[]> {
  const holder = (role: Role) => sql<boolean>`exists (select from ${memberships}
    where ${memberships.organisationId} = ${organisations.id} and ${memberships.endedAt} is null
    and ${role}::role = any(${memberships.roles}))`;
  return tx
    .select({
      id: organisations.id,
      name: organisations.name,
      number: organisations.number,
      coordinator: holder('coordinator'),
      signatory: holder('signatory'),
    })
    .from(organisations)
    .leftJoin(assessments, and(eq(assessments.organisationId, organisations.id), eq(assessments.roundId, roundId)))
    .where(and(eq(organisations.kind, 'insurer'), isNull(assessments.id)))
    .orderBy(asc(organisations.name), asc(organisations.id))
    .limit(2000);
}
