import 'server-only';
import { randomUUID } from 'node:crypto';
import { getTableColumns, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { answers, answerVersions } from '#db/schema/assessments.ts';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import type { Response } from '#domain/answers.ts';
import { recordEvents } from '#services/audit.ts';
import { invalid } from '#services/errors.ts';
import type { EvidenceContext } from '#services/evidence/evidence-context.ts';
import type { EvidenceRoom } from '#services/evidence/evidence-room.ts';
import type { EarlierPlace } from './take-over-plan.ts';

/** What comes over to one criterion. */
export type Taking = {
  criterionKey: string;
  /** The assessment that it comes from. */
  from: string;
  /** The explanation as it becomes, with the version it gets; null where it stays as it is. The response never changes. */
  text: { explanation: string; version: number; response: Response | null } | null;
  places: readonly EarlierPlace[];
};

export type TakeOverContext = Omit<EvidenceContext, 'storage'>;

/**
 * Writes what comes over, in as many statements for one criterion as for all of a framework. A piece becomes a row of
 * this assessment that shares the bytes of the earlier one; pieces that were taken over before are linked, not made again.
 * @throws invalid when the assessment would hold too much: shared bytes count in each assessment that points at them
 */
export async function writeTakeOver(
  tx: Transaction,
  ctx: TakeOverContext,
  room: EvidenceRoom,
  takings: readonly Taking[],
) {
  const { assessmentId, organisationId } = room;
  const places = takings.flatMap(({ criterionKey, places: at }) => at.map((place) => ({ ...place, criterionKey })));
  const made = newPieces(places);
  requireRoom(ctx, room, made);
  if (made.size > 0) await copyPieces(tx, ctx, room, made);
  const saved = takings.flatMap(({ criterionKey, from, text }) =>
    text ? [{ ...answerRow(ctx, room, criterionKey, text), takenOverFrom: from }] : [],
  );
  await Promise.all([
    ...(saved.length > 0 ? [saveAnswers(tx, saved), tx.insert(answerVersions).values(saved.map(versionRow))] : []),
    ...(places.length > 0
      ? [
          tx.insert(evidenceLinks).values(
            places.map(({ piece, criterionKey, locator }) => ({
              id: randomUUID(),
              assessmentId,
              organisationId,
              evidenceId: piece.hereId ?? made.get(piece.id)?.id ?? '',
              criterionKey,
              locator,
              linkedAt: ctx.now,
              linkedBy: ctx.actor.userId,
            })),
          ),
        ]
      : []),
    recordEvents(
      tx,
      takings.map(({ criterionKey, from, text, places: at }) => ({
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'answer.take_over',
        assessmentId,
        organisationId,
        detail: {
          criterionKey,
          fromAssessmentId: from,
          version: text?.version ?? null,
          evidenceIds: at.map(({ piece }) => piece.hereId ?? made.get(piece.id)?.id ?? ''),
        },
      })),
    ),
  ]);
}

type New = { id: string; sizeBytes: number };

/** Earlier pieces that get a row of their own here, by their id; one that supports several criteria gets one row. */
function newPieces(places: readonly EarlierPlace[]): Map<string, New> {
  const made = new Map<string, New>();
  for (const { piece } of places) {
    if (piece.hereId || made.has(piece.id)) continue;
    made.set(piece.id, { id: randomUUID(), sizeBytes: piece.sizeBytes ?? 0 });
  }
  return made;
}

function requireRoom({ limits }: TakeOverContext, room: EvidenceRoom, made: ReadonlyMap<string, New>) {
  const bytes = [...made.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (room.count + made.size > limits.count) throw invalid({ evidence: 'too_many_files' });
  if (room.bytes + bytes > limits.assessment) throw invalid({ evidence: 'assessment_full' });
}

/** The hash, the bytes and what the scanner found go along; who added it here, and when, is said anew. */
function copyPieces(tx: Transaction, ctx: TakeOverContext, room: EvidenceRoom, made: ReadonlyMap<string, New>) {
  const pairs = JSON.stringify([...made].map(([earlier, { id }]) => ({ earlier, id })));
  return tx.insert(evidence).select(
    tx
      .select({
        ...getTableColumns(evidence),
        id: sql<string>`copy.id`.as('id'),
        assessmentId: sql<string>`${room.assessmentId}::uuid`.as('assessment_id'),
        addedAt: sql<Date>`${ctx.now.toISOString()}::timestamptz`.as('added_at'),
        addedBy: sql<string>`${ctx.actor.userId}::uuid`.as('added_by'),
        replacesId: sql<null>`null::uuid`.as('replaces_id'),
        takenOverFrom: sql<string>`${evidence.id}`.as('taken_over_from'),
        removedAt: sql<null>`null::timestamptz`.as('removed_at'),
        removedBy: sql<null>`null::uuid`.as('removed_by'),
      })
      .from(evidence)
      .innerJoin(
        sql`jsonb_to_recordset(${pairs}::jsonb) as copy(earlier uuid, id uuid)`,
        sql`copy.earlier = ${evidence.id}`,
      ),
  );
}

function answerRow(
  ctx: TakeOverContext,
  { assessmentId, organisationId }: EvidenceRoom,
  criterionKey: string,
  text: NonNullable<Taking['text']>,
) {
  return { assessmentId, organisationId, criterionKey, ...text, savedAt: ctx.now, savedBy: ctx.actor.userId };
}

type AnswerRow = ReturnType<typeof answerRow> & { takenOverFrom: string };

function saveAnswers(tx: Transaction, rows: AnswerRow[]) {
  return tx
    .insert(answers)
    .values(rows)
    .onConflictDoUpdate({
      target: [answers.assessmentId, answers.criterionKey],
      set: {
        version: sql`excluded.version`,
        explanation: sql`excluded.explanation`,
        savedAt: sql`excluded.saved_at`,
        savedBy: sql`excluded.saved_by`,
        takenOverFrom: sql`excluded.taken_over_from`,
      },
    });
}

const versionRow = ({ takenOverFrom: _, ...row }: AnswerRow) => row;
