import 'server-only';
import { desc, eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { draftOutcomes, hearingResponses, hearingStatements } from '#db/schema/hearing.ts';
import type { DraftOutcomeContent } from '#domain/snapshot.ts';
import { isOver } from '#domain/terms.ts';
import { notFound } from '#services/errors.ts';
import { type EnclosedBySection, enclosedWithOutcome } from '#services/evidence/enclosed-pieces.ts';

/** What an insurer is writing, or wrote, about one section. `version` counts up by one with each saved change. */
export type OwnStatement = { agrees: boolean | null; text: string; version: number };

/** The newest version that was sent to an insurer, with its own words on it. Only in an insurer's transactions. */
export type OpenDraftOutcome = {
  id: string;
  version: number;
  content: string;
  termAt: Date;
  sentAt: Date;
  respondedAt: Date | null;
  statements: Readonly<Record<string, OwnStatement>>;
  enclosed: EnclosedBySection;
  /** For `respond` and `save_statement`. */
  guards: { term_open: boolean; not_yet_responded: boolean };
};

/** Reads it in one statement. @throws not found when none was sent */
export async function readOpenDraftOutcome(
  tx: Transaction,
  assessmentId: string,
  now: Date,
): Promise<OpenDraftOutcome> {
  const [row] = await tx
    .select({
      id: draftOutcomes.id,
      version: draftOutcomes.version,
      content: draftOutcomes.content,
      termAt: draftOutcomes.termAt,
      sentAt: draftOutcomes.sentAt,
      respondedAt: hearingResponses.sentAt,
      statements: sql<Record<string, OwnStatement>>`(select coalesce(json_object_agg(section_key,
        json_build_object('agrees', agrees, 'text', text, 'version', version)), '{}')
        from ${hearingStatements} where ${hearingStatements.draftOutcomeId} = ${draftOutcomes.id})`,
      enclosed: enclosedWithOutcome(sql`${draftOutcomes.id}`),
    })
    .from(draftOutcomes)
    .leftJoin(hearingResponses, eq(hearingResponses.draftOutcomeId, draftOutcomes.id))
    .where(eq(draftOutcomes.assessmentId, sql.placeholder('assessmentId')))
    .orderBy(desc(draftOutcomes.version))
    .limit(1)
    .prepare('hearing:open')
    .execute({ assessmentId });
  if (!row) throw notFound();
  const guards = { term_open: !isOver(row.termAt, now), not_yet_responded: row.respondedAt === null };
  return { ...row, guards };
}

/** Whether the draft outcome tells a level for this section: about another there is nothing to say. */
export function tells(content: string, sectionKey: string): boolean {
  const { sections } = JSON.parse(content) as DraftOutcomeContent;
  return sections.some(({ key, level }) => key === sectionKey && level !== null);
}
