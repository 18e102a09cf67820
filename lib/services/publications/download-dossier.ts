import 'server-only';
import { Readable } from 'node:stream';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { submissions } from '#db/schema/assessments.ts';
import { claimLists } from '#db/schema/claim-files.ts';
import { evidence, submissionEvidence } from '#db/schema/evidence.ts';
import { draftOutcomes } from '#db/schema/hearing.ts';
import { publications } from '#db/schema/publications.ts';
import { frameworkVersions } from '#db/schema/rounds.ts';
import { canonicalJson, type JsonValue } from '#domain/canonical-json.ts';
import {
  claimDrawName,
  claimListName,
  type DossierDraw,
  type DossierReplies,
  draftOutcomeName,
  evidenceName,
  frameworkName,
  publicationName,
  repliesName,
  submissionName,
} from '#domain/dossier.ts';
import type { PublicationContent } from '#domain/snapshot.ts';
import { type DossierPart, dossierZip } from '#lib/reports/dossier-zip.ts';
import { recordEvent } from '#services/audit.ts';
import { noAdministrator } from '#services/authorize.ts';
import { readClaims } from '#services/claims/claim-facts.ts';
import { inTransaction } from '#services/context.ts';
import { forbidden, notFound } from '#services/errors.ts';
import type { EvidenceContext } from '#services/evidence/evidence-context.ts';
import { readHead } from './dashboard-facts.ts';
import { readReplies } from './dossier-replies.ts';
import { type Dashboard, readDashboard } from './get-dashboard.ts';

export const downloadDossierInput = z.object({ publicationId: z.uuid() });
export type DownloadDossierInput = z.infer<typeof downloadDossierInput>;

export type DossierDownload = { reference: string; edition: number; zip: Readable };

/**
 * Everything of a case that can be shown to anybody later: every edition, the submissions that stand, the draft outcomes
 * that were sent, what the insurer sent after signing, the claims that were drawn, the framework, the evidence of all that
 * and the files drawn of the newest edition, with a manifest of hashes. For the insurer whose it is, and for a lead or
 * auditor. Read within a transaction, sent after it: no connection waits for a slow reader.
 * @param drawn the files of an outcome, each made when its turn comes
 * @throws not found; forbidden
 */
export async function downloadDossier(
  ctx: EvidenceContext,
  { publicationId }: DownloadDossierInput,
  drawn: (dashboard: Dashboard) => readonly DossierPart[] = () => [],
): Promise<DossierDownload> {
  noAdministrator(ctx.actor);
  const { editions, signed, heard, claims, document, files, replies, dashboard } = await inTransaction(
    ctx,
    async (tx) => {
      const asked = await readDashboard(tx, ctx, publicationId);
      const { assessmentId } = asked;
      if (!asked.may.takeDossier) throw forbidden('lead_or_auditor');
      const head = await readHead(tx, publicationId);
      if (!head) throw notFound();
      const [everyEdition, everySubmission, everyDraft, drawnClaims, [version], sent] = await Promise.all([
        tx
          .select({ id: publications.id, edition: publications.edition, content: publications.content })
          .from(publications)
          .where(eq(publications.assessmentId, assessmentId))
          .orderBy(asc(publications.edition)),
        tx
          .select({ id: submissions.id, number: submissions.number, snapshot: submissions.snapshot })
          .from(submissions)
          .where(and(eq(submissions.assessmentId, assessmentId), isNull(submissions.withdrawnAt)))
          .orderBy(asc(submissions.number)),
        tx
          .select({ version: draftOutcomes.version, content: draftOutcomes.content })
          .from(draftOutcomes)
          .where(eq(draftOutcomes.assessmentId, assessmentId))
          .orderBy(asc(draftOutcomes.version)),
        readDrawn(tx, assessmentId),
        tx
          .select({ document: frameworkVersions.document })
          .from(frameworkVersions)
          .where(eq(frameworkVersions.ref, head.ref)),
        readReplies(tx, assessmentId),
      ]);
      if (!version) throw notFound();
      const newestId = everyEdition.at(-1)?.id ?? publicationId;
      const pinned = await readFiles(
        tx,
        everySubmission.map(({ id }) => id),
      );
      const stored = [...pinned, ...sent.files];
      await recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'dossier.download',
        organisationId: head.organisationId,
        assessmentId,
        detail: { publicationId, files: stored.length },
      });
      return {
        editions: everyEdition,
        signed: everySubmission,
        heard: everyDraft,
        claims: drawnClaims,
        document: version.document,
        files: stored,
        replies: { supplements: sent.supplements, responses: sent.responses },
        dashboard: newestId === publicationId ? asked : await readDashboard(tx, ctx, newestId),
      };
    },
  );
  const newest = JSON.parse(editions.at(-1)?.content ?? '') as PublicationContent;
  const kept = files.filter(({ storageKey, scan }) => storageKey !== null && scan !== 'waiting' && scan !== 'refused');
  const there = new Set(kept.map(({ sha256 }) => sha256));
  const parts: DossierPart[] = [
    ...editions.map(({ edition, content }) => text(publicationName(edition), content)),
    ...signed.map(({ number, snapshot }) => text(submissionName(number), snapshot)),
    ...heard.map(({ version, content }) => text(draftOutcomeName(version), content)),
    ...repliesPart(newest.reference, replies),
    ...claimParts(newest.reference, claims),
    text(frameworkName, document),
    ...drawn(dashboard),
    ...[...there].sort().map((sha256) => ({ name: evidenceName(sha256), open: () => openFile(sha256) })),
  ];
  const absent = [...new Set(files.map(({ sha256 }) => sha256))].filter((sha256) => !there.has(sha256)).sort();
  const about = { reference: newest.reference, edition: newest.edition, auditHead: newest.auditHead, absent };
  return { reference: newest.reference, edition: newest.edition, zip: dossierZip(parts, about) };

  async function openFile(sha256: string): Promise<Readable> {
    const key = kept.find((file) => file.sha256 === sha256)?.storageKey;
    return Readable.fromWeb((await ctx.storage.read(String(key))) as Parameters<typeof Readable.fromWeb>[0]);
  }
}

const text = (name: string, content: string): DossierPart => ({
  name,
  open: () => Readable.from([Buffer.from(content)]),
});

/** Without a reply there is no file of them. */
function repliesPart(reference: string, sent: Pick<DossierReplies, 'supplements' | 'responses'>): DossierPart[] {
  if (sent.supplements.length + sent.responses.length === 0) return [];
  const replies: DossierReplies = { schema: 'trede-replies-1', reference, ...sent };
  return [text(repliesName, canonicalJson(replies as unknown as JsonValue))];
}

type Drawn = { list: string; draw: Omit<DossierDraw, 'schema' | 'reference'> };

/** The claims that were drawn and the list that they come from; null where nobody drew. */
async function readDrawn(tx: Transaction, assessmentId: string): Promise<Drawn | null> {
  const { lists, draw } = await readClaims(tx, assessmentId);
  const given = lists.find(({ id }) => id === draw?.listId);
  if (!draw || !given) return null;
  const [list] = await tx.select({ content: claimLists.content }).from(claimLists).where(eq(claimLists.id, given.id));
  if (!list) return null;
  const { fileName, sha256, claims, givenAt } = given;
  const { stratum, perStratum, seed, drawnAt } = draw;
  return {
    list: list.content,
    draw: {
      list: { fileName, sha256, claims, givenAt: givenAt.toISOString() },
      stratum,
      perStratum,
      seed,
      claims: draw.claims,
      drawnAt: drawnAt.toISOString(),
    },
  };
}

function claimParts(reference: string, drawn: Drawn | null): DossierPart[] {
  if (!drawn) return [];
  const draw: DossierDraw = { schema: 'trede-claim-draw-1', reference, ...drawn.draw };
  return [text(claimListName, drawn.list), text(claimDrawName, canonicalJson(draw as unknown as JsonValue))];
}

async function readFiles(tx: Transaction, submissionIds: readonly string[]) {
  if (submissionIds.length === 0) return [];
  return tx
    .selectDistinct({
      sha256: sql<string>`encode(${evidence.sha256}, 'hex')`,
      storageKey: evidence.storageKey,
      scan: evidence.scanResult,
    })
    .from(evidence)
    .innerJoin(submissionEvidence, eq(submissionEvidence.evidenceId, evidence.id))
    .where(and(inArray(submissionEvidence.submissionId, [...submissionIds]), eq(evidence.kind, 'file')));
}
