import 'server-only';
import { and, arrayOverlaps, eq, isNull, ne, notInArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { memberships } from '#db/schema/identity.ts';
import { type CarriedChoice, frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import type { Framework } from '#domain/framework.ts';
import { frameworkChange } from '#domain/framework-changes.ts';
import { releaseFloor } from '#domain/release-rules.ts';
import { addDays, type CalendarDay, endOfDayAmsterdam, isOver } from '#domain/terms.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction, personOf } from '#services/context.ts';
import { invalid, precondition } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { isUniqueViolation } from '#services/unique-violation.ts';
import { findRound, lockFrameworkVersion } from './round-facts.ts';

const day = z.iso.date({ error: 'day_invalid' });
const setting = z
  .enum(['yes', 'no'])
  .transform((value) => value === 'yes')
  .or(z.boolean())
  .default(true);
const atLeast = (floor: number) =>
  z.coerce.number({ error: 'number_invalid' }).int({ error: 'number_invalid' }).min(floor, 'below_floor').max(1000);

/** Days are calendar days in the Netherlands; a term ends at 23:59:59 Dutch time on its day. */
const roundInput = z.object({
  /** Made by the caller, so that a repeated request finds its own round. */
  roundId: z.uuid(),
  frameworkRef: z.string().min(1, 'missing').max(200),
  name: z.string().trim().min(1, 'missing').max(80, 'too_long'),
  productScope: z.string().trim().min(1, 'missing').max(200, 'too_long'),
  periodFrom: day,
  periodTo: day,
  opensOn: day,
  deadlineOn: day,
  decisionsDueOn: day,
  contactMailbox: z.email({ error: 'email_invalid' }).max(254),
  hearing: setting,
  fourEyes: setting,
  hearingDays: z.coerce
    .number({ error: 'number_invalid' })
    .int({ error: 'number_invalid' })
    .min(1, 'number_invalid')
    .max(365, 'number_invalid')
    .default(14),
  minimumForMean: atLeast(releaseFloor.mean).default(releaseFloor.mean),
  minimumForSpread: atLeast(releaseFloor.spread).default(releaseFloor.spread),
  minimumChanged: atLeast(releaseFloor.changed).default(releaseFloor.changed),
  /** The last day on which what the round holds is kept. */
  retainUntil: day,
  /** Users who take part as reviewers. Absent: every reviewer and lead there is. An empty text is a form without a tick. */
  reviewers: z
    .array(z.uuid().or(z.literal('')))
    .max(500)
    .transform((users) => users.filter((user) => user !== ''))
    .optional(),
  /** Sections whose last determined level is carried instead of measured, with the reason that everybody reads. */
  carriedSections: z
    .array(z.object({ sectionKey: z.string().max(32), reason: z.string().trim().max(5_000) }))
    .max(50)
    .default([]),
});

/** A form posts what is carried as `carry[]` with keys of sections, and `carryReason.KEY`. */
export const saveRoundInput = z.preprocess(carriedOfForm, roundInput);
export type SaveRoundInput = z.infer<typeof saveRoundInput>;

/**
 * Makes a round, or changes one that is not open yet, and admits its reviewers; what it carries is fixed with the rest. The same input again changes nothing.
 * @throws invalid for days out of order, a deadline that is over, an unknown framework, a name that the framework's
 *   rounds already have, a reviewer who is none, a carried section without a reason or that the framework has not; precondition `round_open` once the round is open
 */
export async function saveRound(ctx: Context, input: SaveRoundInput): Promise<{ roundId: string }> {
  authorize(ctx.actor, 'round.manage');
  const faults = faultsOf(input, ctx.now);
  if (Object.keys(faults).length > 0) throw invalid(faults);
  const { roundId } = input;
  return inTransaction(ctx, async (tx) => {
    const [round, framework, staff] = await Promise.all([
      findRound(tx, roundId),
      lockFrameworkVersion(tx, input.frameworkRef),
      readReviewStaff(tx),
    ]);
    if (round?.openedAt) throw precondition(['round_open']);
    if (!framework) throw invalid({ frameworkRef: 'unknown' });
    const compiled = await compiledFramework(tx, framework);
    const fault = carriedFault(compiled, input.carriedSections);
    if (fault) throw invalid({ carriedSections: fault });
    const carriedSections = await withComparable(tx, compiled, input.carriedSections);
    const admitted = [...new Set(input.reviewers ?? staff)].toSorted();
    if (input.reviewers && admitted.length === 0) throw invalid({ reviewers: 'none_chosen' });
    if (!admitted.every((userId) => staff.includes(userId))) throw invalid({ reviewers: 'unknown' });
    await Promise.all([
      writeRound(tx, ctx, { ...input, carriedSections }),
      admitReviewers(tx, ctx.now, roundId, admitted),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'round.save',
        detail: {
          roundId,
          framework: input.frameworkRef,
          hearing: input.hearing,
          fourEyes: input.fourEyes,
          carried: input.carriedSections.map(({ sectionKey }) => sectionKey),
        },
      }),
    ]);
    return { roundId };
  });
}

function faultsOf(input: SaveRoundInput, now: Date): Record<string, string> {
  const faults: Record<string, string> = {};
  if (input.periodTo < input.periodFrom) faults.periodTo = 'before_start';
  if (input.deadlineOn < input.opensOn) faults.deadlineOn = 'before_opening';
  else if (isOver(endOfDayAmsterdam(input.deadlineOn), now)) faults.deadlineOn = 'over';
  if (input.decisionsDueOn < input.deadlineOn) faults.decisionsDueOn = 'before_deadline';
  if (input.retainUntil < input.decisionsDueOn) faults.retainUntil = 'before_decisions';
  return faults;
}

/** What is wrong with the choice of sections to carry; null when nothing is. A round measures at least one. */
function carriedFault({ sections }: Framework, carried: SaveRoundInput['carriedSections']): string | null {
  const keys = new Set(carried.map(({ sectionKey }) => sectionKey));
  if (!sections.some(({ key }) => !keys.has(key))) return 'nothing_measured';
  if (keys.size !== carried.length || ![...keys].every((key) => sections.some((section) => section.key === key))) {
    return 'unknown_section';
  }
  if (carried.some(({ reason }) => reason === '')) return 'reason_missing';
  return carried.some(({ reason }) => reason.length > 500) ? 'reason_too_long' : null;
}

function carriedOfForm(posted: unknown): unknown {
  if (typeof posted !== 'object' || posted === null || !('carry' in posted)) return posted;
  const fields = posted as Record<string, unknown>;
  const keys = Array.isArray(fields.carry) ? fields.carry.filter((key) => key !== '') : [];
  const carriedSections = keys.map((key) => ({ sectionKey: key, reason: fields[`carryReason.${key}`] ?? '' }));
  return { ...fields, carriedSections };
}

/** Everybody who may review: the reviewers and leads with a membership that stands. */
async function readReviewStaff(tx: Transaction): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ userId: memberships.userId })
    .from(memberships)
    .where(and(arrayOverlaps(memberships.roles, ['reviewer', 'lead']), isNull(memberships.endedAt)));
  return rows.map(({ userId }) => userId);
}

/**
 * Names with each carried section the other versions of the framework whose scores of it may be laid beside those of this
 * one: a version that is imported later is looked at when the round is saved again.
 */
async function withComparable(
  tx: Transaction,
  framework: Framework,
  carried: SaveRoundInput['carriedSections'],
): Promise<CarriedChoice[]> {
  if (carried.length === 0) return [];
  const [key] = framework.ref.split('@');
  const versions = await tx
    .select({ ref: frameworkVersions.ref, sha256: frameworkVersions.sha256 })
    .from(frameworkVersions)
    .where(and(eq(sql`split_part(${frameworkVersions.ref}, '@', 1)`, key), ne(frameworkVersions.ref, framework.ref)));
  const others = await Promise.all(versions.map((version) => compiledFramework(tx, version)));
  const comparable = others.flatMap((other) =>
    frameworkChange(other, framework).sections.flatMap(({ section, comparable: same }) =>
      same ? [{ section, ref: other.ref }] : [],
    ),
  );
  return carried.map((choice) => {
    const from = comparable.flatMap(({ section, ref }) => (section === choice.sectionKey ? [ref] : [])).toSorted();
    return from.length > 0 ? { ...choice, from } : choice;
  });
}

async function writeRound(
  tx: Transaction,
  ctx: Context,
  input: Omit<SaveRoundInput, 'carriedSections'> & { carriedSections: readonly CarriedChoice[] },
) {
  const settings = {
    frameworkRef: input.frameworkRef,
    name: input.name,
    productScope: input.productScope,
    periodFrom: input.periodFrom,
    periodTo: input.periodTo,
    opensAt: startOfDay(input.opensOn),
    deadlineAt: endOfDayAmsterdam(input.deadlineOn),
    decisionsDueAt: endOfDayAmsterdam(input.decisionsDueOn),
    contactMailbox: input.contactMailbox,
    hearing: input.hearing,
    fourEyes: input.fourEyes,
    hearingDays: input.hearingDays,
    minimumForMean: input.minimumForMean,
    minimumForSpread: input.minimumForSpread,
    minimumChanged: input.minimumChanged,
    retainUntil: input.retainUntil,
    carriedSections: [...input.carriedSections],
  };
  await tx
    .insert(rounds)
    .values({ id: input.roundId, ...settings, createdAt: ctx.now, createdBy: personOf(ctx.actor) })
    .onConflictDoUpdate({ target: rounds.id, set: settings })
    .catch((error: unknown) => {
      throw isUniqueViolation(error, 'rounds_name') ? invalid({ name: 'taken' }) : error;
    });
}

/** Whoever is not named any more is not taken away: the row says until when. */
async function admitReviewers(tx: Transaction, now: Date, roundId: string, userIds: readonly string[]) {
  const ofRound = eq(roundReviewers.roundId, roundId);
  if (userIds.length > 0) {
    await tx
      .insert(roundReviewers)
      .values(userIds.map((userId) => ({ roundId, userId, admittedAt: now })))
      .onConflictDoUpdate({ target: [roundReviewers.roundId, roundReviewers.userId], set: { endedAt: null } });
  }
  await tx
    .update(roundReviewers)
    .set({ endedAt: now })
    .where(and(ofRound, notInArray(roundReviewers.userId, [...userIds]), isNull(roundReviewers.endedAt)));
}

function startOfDay(calendarDay: CalendarDay): Date {
  return new Date(endOfDayAmsterdam(addDays(calendarDay, -1)).getTime() + 1000);
}
