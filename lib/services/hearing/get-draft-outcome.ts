import 'server-only';
import { desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { draftOutcomes, hearingResponses, hearingStatements } from '#db/schema/hearing.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { can } from '#domain/policy.ts';
import type { DraftOutcomeContent } from '#domain/snapshot.ts';
import { isOver } from '#domain/terms.ts';
import { type AssessmentStatus, readStatus } from '#services/assessments/assessment-status.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { type EnclosedBySection, enclosedWithOutcome } from '#services/evidence/enclosed-pieces.ts';
import { readEvidence } from '#services/evidence/evidence-facts.ts';
import { choosable, type PieceName, pieceNames } from '#services/evidence/piece-names.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type FrameworkTexts, frameworkTexts } from '#services/publications/framework-texts.ts';
import type { OwnStatement } from './open-draft-outcome.ts';
import { gapsIn, type StatementGap } from './respond-outcome.ts';

export const getDraftOutcomeInput = z.object({
  assessmentId: z.uuid(),
  /** Without one, the newest. */
  version: z.coerce.number().int().min(1).optional(),
});
export type GetDraftOutcomeInput = z.infer<typeof getDraftOutcomeInput>;

export type DraftOutcomePage = {
  userId: string;
  status: AssessmentStatus;
  id: string;
  content: DraftOutcomeContent;
  /** The end of the term as it holds now: the supervisor may have put it off since sending. */
  termAt: Date;
  termOver: boolean;
  respondedAt: Date | null;
  statements: Readonly<Record<string, OwnStatement>>;
  /** What goes with the words on a section. */
  enclosed: EnclosedBySection;
  /** What may be chosen to go with them; empty once nothing may change. */
  choices: readonly PieceName[];
  /** What keeps the response from being sent. */
  gaps: readonly StatementGap[];
  /** All versions, newest first. */
  versions: readonly { version: number; sentAt: Date }[];
  texts: FrameworkTexts;
  may: Record<'save' | 'respond', boolean>;
};

/**
 * The draft outcome as it was sent, with what the insurer says of it. Never what the supervisor changed since.
 * @throws not found when none was sent, or not that version
 */
export async function getDraftOutcome(ctx: Context, input: GetDraftOutcomeInput): Promise<DraftOutcomePage> {
  onlyInsurer(ctx.actor);
  const { assessmentId, version } = input;
  return inTransaction(ctx, async (tx) => {
    const [status, versions, chosen, pieces] = await Promise.all([
      readStatus(tx, ctx.now, assessmentId),
      readVersions(tx, assessmentId),
      readChosen(tx, assessmentId, version ?? null),
      readEvidence(tx, assessmentId),
    ]);
    const facts = { organisationId: status.organisationId };
    authorize(ctx.actor, 'assessment.read', facts);
    if (!chosen) throw notFound();
    const { ref, sha256, ...row } = chosen;
    const framework = await compiledFramework(tx, { ref, sha256 });
    const termOver = isOver(row.termAt, ctx.now);
    const newest = row.version === versions[0]?.version;
    const open = newest && status.state === 'hearing' && !termOver && row.respondedAt === null;
    const saves = open && can(ctx.actor, 'hearing.save', facts).ok;
    return {
      userId: ctx.actor.userId,
      status,
      id: row.id,
      content: JSON.parse(row.content) as DraftOutcomeContent,
      termAt: row.termAt,
      termOver,
      respondedAt: row.respondedAt,
      statements: row.statements,
      enclosed: row.enclosed,
      choices: saves ? pieceNames(choosable(pieces)) : [],
      gaps: open ? gapsIn(row) : [],
      versions,
      texts: frameworkTexts(framework),
      may: {
        save: saves,
        respond: open && can(ctx.actor, 'hearing.respond', facts).ok,
      },
    };
  });
}

function readVersions(tx: Transaction, assessmentId: string) {
  return tx
    .select({ version: draftOutcomes.version, sentAt: draftOutcomes.sentAt })
    .from(draftOutcomes)
    .where(eq(draftOutcomes.assessmentId, sql.placeholder('assessmentId')))
    .orderBy(desc(draftOutcomes.version))
    .prepare('draft-outcome:versions')
    .execute({ assessmentId });
}

async function readChosen(tx: Transaction, assessmentId: string, version: number | null) {
  const [row] = await tx
    .select({
      id: draftOutcomes.id,
      version: draftOutcomes.version,
      content: draftOutcomes.content,
      termAt: draftOutcomes.termAt,
      respondedAt: hearingResponses.sentAt,
      statements: sql<Record<string, OwnStatement>>`(select coalesce(json_object_agg(section_key,
        json_build_object('agrees', agrees, 'text', text, 'version', version)), '{}')
        from ${hearingStatements} where ${hearingStatements.draftOutcomeId} = ${draftOutcomes.id})`,
      enclosed: enclosedWithOutcome(sql`${draftOutcomes.id}`),
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
    })
    .from(draftOutcomes)
    .innerJoin(assessments, eq(assessments.id, draftOutcomes.assessmentId))
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .leftJoin(hearingResponses, eq(hearingResponses.draftOutcomeId, draftOutcomes.id))
    .where(
      sql`${draftOutcomes.assessmentId} = ${sql.placeholder('assessmentId')}
        and (${sql.placeholder('version')}::int is null or ${draftOutcomes.version} = ${sql.placeholder('version')}::int)`,
    )
    .orderBy(desc(draftOutcomes.version))
    .limit(1)
    .prepare('draft-outcome:chosen')
    .execute({ assessmentId, version });
  return row;
}
