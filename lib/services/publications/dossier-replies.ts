import 'server-only';
import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { evidence } from '#db/schema/evidence.ts';
import { draftOutcomes, hearingEvidence, hearingResponses, hearingStatements } from '#db/schema/hearing.ts';
import { informationRequests, supplementEvidence, supplements } from '#db/schema/requests.ts';
import type { DossierReplies, RepliedPiece } from '#domain/dossier.ts';
import type { LaterPiece } from '#domain/snapshot.ts';

/** A file that goes with a reply, and where its bytes are. */
export type ReplyFile = { sha256: string; storageKey: string | null; scan: string | null };

type WithPieces<Reply> = Omit<Reply, 'evidence'> & { evidence: readonly LaterPiece[] };
type Response = DossierReplies['responses'][number];

/** What was sent, as a dossier holds it. */
export type Replies = {
  supplements: readonly WithPieces<DossierReplies['supplements'][number]>[];
  responses: readonly (Omit<Response, 'statements'> & {
    statements: readonly WithPieces<Response['statements'][number]>[];
  })[];
  /** For each supplement: whether the platform itself asked, for a file that was refused. */
  askedByPlatform: readonly boolean[];
  files: readonly ReplyFile[];
};

/** What the insurer sent of one case after it signed, in the order in which it was sent, in two statements. */
export async function readReplies(tx: Transaction, assessmentId: string): Promise<Replies> {
  const [answered, heard] = await Promise.all([
    tx
      .select({
        id: supplements.requestId,
        criterion: informationRequests.criterionKey,
        question: informationRequests.question,
        refusedEvidenceId: informationRequests.refusedEvidenceId,
        text: supplements.text,
        sentAt: supplements.sentAt,
        locator: supplementEvidence.locator,
        ...piece,
      })
      .from(supplements)
      .innerJoin(informationRequests, eq(informationRequests.id, supplements.requestId))
      .leftJoin(
        supplementEvidence,
        and(eq(supplementEvidence.requestId, supplements.requestId), isNull(supplementEvidence.removedAt)),
      )
      .leftJoin(evidence, eq(evidence.id, supplementEvidence.evidenceId))
      .where(and(eq(supplements.assessmentId, assessmentId), isNotNull(supplements.sentAt)))
      .orderBy(asc(supplements.sentAt), asc(supplements.requestId), asc(evidence.addedAt), asc(evidence.id)),
    tx
      .select({
        version: draftOutcomes.version,
        sentAt: hearingResponses.sentAt,
        section: hearingStatements.sectionKey,
        agrees: hearingStatements.agrees,
        text: hearingStatements.text,
        locator: hearingEvidence.locator,
        ...piece,
      })
      .from(hearingResponses)
      .innerJoin(draftOutcomes, eq(draftOutcomes.id, hearingResponses.draftOutcomeId))
      .innerJoin(hearingStatements, eq(hearingStatements.draftOutcomeId, hearingResponses.draftOutcomeId))
      .leftJoin(
        hearingEvidence,
        and(
          eq(hearingEvidence.draftOutcomeId, hearingStatements.draftOutcomeId),
          eq(hearingEvidence.sectionKey, hearingStatements.sectionKey),
          isNull(hearingEvidence.removedAt),
        ),
      )
      .leftJoin(evidence, eq(evidence.id, hearingEvidence.evidenceId))
      .where(and(eq(hearingResponses.assessmentId, assessmentId), isNotNull(hearingResponses.sentAt)))
      .orderBy(asc(draftOutcomes.version), asc(hearingStatements.sectionKey), asc(evidence.addedAt), asc(evidence.id)),
  ]);
  const asked = grouped(answered, ({ id }) => id);
  return {
    askedByPlatform: asked.map(({ refusedEvidenceId }) => refusedEvidenceId !== null),
    supplements: asked.map(({ criterion, question, text, sentAt, pieces }) => ({
      criterion,
      question,
      text,
      sentAt: String(sentAt?.toISOString()),
      evidence: pieces,
    })),
    responses: [...Map.groupBy(heard, ({ version }) => version).values()].map((lines) => ({
      version: lines[0]?.version ?? 0,
      sentAt: String(lines[0]?.sentAt?.toISOString()),
      statements: grouped(lines, ({ section }) => section).map(({ section, agrees, text, pieces }) => ({
        section,
        agrees,
        text,
        evidence: pieces,
      })),
    })),
    files: [...answered, ...heard].flatMap(({ sha256, storageKey, scan }) =>
      sha256 ? [{ sha256, storageKey, scan }] : [],
    ),
  };
}

const piece = {
  evidenceId: evidence.id,
  title: evidence.title,
  fileName: evidence.fileName,
  webAddress: evidence.webAddress,
  seenOn: evidence.seenOn,
  sha256: sql<string | null>`encode(${evidence.sha256}, 'hex')`,
  storageKey: evidence.storageKey,
  scan: evidence.scanResult,
};

type Line = { evidenceId: string | null; locator: string | null } & {
  [Key in Exclude<keyof RepliedPiece, 'id' | 'locator' | 'title'>]: RepliedPiece[Key];
} & { title: string | null };

/** One of each reply, with its pieces: a row came for each piece, or one without. */
function grouped<Row extends Line>(rows: readonly Row[], of: (row: Row) => string) {
  return [...Map.groupBy(rows, of).values()].map((lines) => ({
    ...(lines[0] as Row),
    pieces: lines.flatMap(({ evidenceId, title, fileName, webAddress, seenOn, sha256, locator }) =>
      evidenceId
        ? [{ id: evidenceId, title: title ?? '', fileName, webAddress, seenOn, sha256, locator: locator ?? '' }]
        : [],
    ),
  }));
}
