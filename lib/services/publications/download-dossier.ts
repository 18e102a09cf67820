import 'server-only';
import { Readable } from 'node:stream';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { submissions } from '#db/schema/assessments.ts';
import { evidence, submissionEvidence } from '#db/schema/evidence.ts';
import { publications } from '#db/schema/publications.ts';
import { frameworkVersions } from '#db/schema/rounds.ts';
import { canonicalJson, type JsonValue } from '#domain/canonical-json.ts';
import {
  type DossierReplies,
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
 * Everything of a case that can be shown to anybody later: every edition, the submissions that stand, what the insurer sent
 * after them, the framework, the evidence of all that and the files drawn of the newest edition, with a manifest of hashes. For the insurer whose it is, and for a lead or auditor. Read within
 * a transaction, sent after it: no connection waits for a slow reader.
 * @param drawn the files of an outcome, each made when its turn comes
 * @throws not found; forbidden
 */
export async function downloadDossier(
  ctx: EvidenceContext,
  { publicationId }: DownloadDossierInput,
  drawn: (dashboard: Dashboard) => readonly DossierPart[] = () => [],
): Promise<DossierDownload> {
  noAdministrator(ctx.actor);
  const { editions, signed, document, files, replies, dashboard } = await inTransaction(ctx, async (tx) => {
    const asked = await readDashboard(tx, ctx, publicationId);
    const { assessmentId } = asked;
    if (!asked.may.takeDossier) throw forbidden('lead_or_auditor');
    const head = await readHead(tx, publicationId);
    if (!head) throw notFound();
    const [everyEdition, everySubmission, [version], { files: replied, supplements, responses }] = await Promise.all([
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
    const stored = [...pinned, ...replied];
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
      document: version.document,
      files: stored,
      replies: { supplements, responses },
      dashboard: newestId === publicationId ? asked : await readDashboard(tx, ctx, newestId),
    };
  });
  const newest = JSON.parse(editions.at(-1)?.content ?? '') as PublicationContent;
  const kept = files.filter(({ storageKey, scan }) => storageKey !== null && scan !== 'waiting' && scan !== 'refused');
  const there = new Set(kept.map(({ sha256 }) => sha256));
  const parts: DossierPart[] = [
    ...editions.map(({ edition, content }) => text(publicationName(edition), content)),
    ...signed.map(({ number, snapshot }) => text(submissionName(number), snapshot)),
    ...repliesPart(newest.reference, replies),
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
