import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import { statement } from '#db/statement.ts';
import { recordEvent } from '#services/audit.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict, notFound } from '#services/errors.ts';
import { authorizePiece, readRoom } from './evidence-room.ts';

const line = z.string().trim().max(200, 'too_long').default('');
const day = z.iso.date('date_wrong').or(z.literal('')).default('');

/**
 * What a person says about a piece, beside what it was when they began to type (`was…`). An empty `effectiveOn` names no
 * day.
 */
export const saveEvidenceInput = z.object({
  assessmentId: z.uuid(),
  evidenceId: z.uuid(),
  title: z.string().trim().min(1, 'title_missing').max(200, 'too_long'),
  aboutPeriod: line,
  effectiveOn: day,
  wasTitle: z.string().max(400).default(''),
  wasAboutPeriod: z.string().max(400).default(''),
  wasEffectiveOn: day,
});
export type SaveEvidenceInput = z.infer<typeof saveEvidenceInput>;

const fields = ['title', 'aboutPeriod', 'effectiveOn'] as const;
/** What is said about a piece; `effectiveOn` as `YYYY-MM-DD`, empty when no day is named. */
export type SaidOfEvidence = Record<(typeof fields)[number], string>;

/**
 * Saves title, period and effective date. Fields that a colleague changed meanwhile and this person did not stay as the
 * colleague left them. Saying again what stands already changes nothing.
 * @throws conflict when both changed one field to something else: `detail` is what stands now
 */
export async function saveEvidence(ctx: Context, input: SaveEvidenceInput): Promise<SaidOfEvidence> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [room, piece] = await Promise.all([readRoom(tx, input.assessmentId), readPiece(tx, input)]);
    if (!piece || piece.removedAt) throw notFound();
    await authorizePiece(tx, ctx.actor, 'evidence.store', room, piece);
    const stands: SaidOfEvidence = { ...piece, effectiveOn: piece.effectiveOn ?? '' };
    const was: SaidOfEvidence = {
      title: input.wasTitle,
      aboutPeriod: input.wasAboutPeriod,
      effectiveOn: input.wasEffectiveOn,
    };
    const changed = fields.filter((field) => input[field] !== was[field] && input[field] !== stands[field]);
    if (changed.some((field) => stands[field] !== was[field])) throw conflict(said(stands));
    if (changed.length === 0) return said(stands);
    const next = { ...stands, ...Object.fromEntries(changed.map((field) => [field, input[field]])) };
    await Promise.all([
      tx
        .update(evidence)
        .set({ title: next.title, aboutPeriod: next.aboutPeriod, effectiveOn: next.effectiveOn || null })
        .where(eq(evidence.id, input.evidenceId)),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'evidence.save',
        assessmentId: room.assessmentId,
        organisationId: room.organisationId,
        detail: { evidenceId: input.evidenceId, fields: changed },
      }),
    ]);
    return said(next);
  });
}

const said = ({ title, aboutPeriod, effectiveOn }: SaidOfEvidence): SaidOfEvidence => ({
  title,
  aboutPeriod,
  effectiveOn,
});

async function readPiece(tx: Transaction, { assessmentId, evidenceId }: SaveEvidenceInput) {
  const [row] = await selectPiece(tx, { assessmentId, evidenceId });
  return row;
}

const selectPiece = statement('save-evidence:piece', (db) =>
  db
    .select({
      title: evidence.title,
      aboutPeriod: evidence.aboutPeriod,
      effectiveOn: evidence.effectiveOn,
      addedBy: evidence.addedBy,
      removedAt: evidence.removedAt,
      criterionKeys: sql<string[]>`(select coalesce(json_agg(l.criterion_key), '[]') from ${evidenceLinks} l
        where l.assessment_id = "evidence"."assessment_id" and l.evidence_id = "evidence"."id" and l.removed_at is null)`,
    })
    .from(evidence)
    .where(
      and(eq(evidence.id, sql.placeholder('evidenceId')), eq(evidence.assessmentId, sql.placeholder('assessmentId'))),
    ),
);
