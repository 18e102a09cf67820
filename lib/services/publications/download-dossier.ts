import 'server-only';
import { Readable } from 'node:stream';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { submissions } from '#db/schema/assessments.ts';
import { evidence, submissionEvidence } from '#db/schema/evidence.ts';
import { publications } from '#db/schema/publications.ts';
import { frameworkVersions } from '#db/schema/rounds.ts';
import { evidenceName, frameworkName, publicationName, submissionName } from '#domain/dossier.ts';
import type { PublicationContent } from '#domain/snapshot.ts';
import { type DossierPart, dossierZip } from '#lib/reports/dossier-zip.ts';
import { recordEvent } from '#services/audit.ts';
import { noAdministrator } from '#services/authorize.ts';
import { inTransaction } from '#services/context.ts';
import { forbidden, notFound } from '#services/errors.ts';
import type { EvidenceContext } from '#services/evidence/evidence-context.ts';
import { readHead } from './dashboard-facts.ts';
import { readDashboard } from './get-dashboard.ts';

export const downloadDossierInput = z.object({ publicationId: z.uuid() });
export type DownloadDossierInput = z.infer<typeof downloadDossierInput>;

export type DossierDownload = { reference: string; edition: number; zip: Readable };

/**
 * Everything of a case that can be shown to anybody later: every edition, the submissions that stand, the framework and
 * the evidence they pin, with a manifest of hashes. For the insurer whose it is, and for a lead or auditor. Read within
 * a transaction, sent after it: no connection waits for a slow reader.
 * @throws not found; forbidden
 */
export async function downloadDossier(
  ctx: EvidenceContext,
  { publicationId }: DownloadDossierInput,
): Promise<DossierDownload> {
  noAdministrator(ctx.actor);
  const { editions, signed, document, files } = await inTransaction(ctx, async (tx) => {
    const { assessmentId, may } = await readDashboard(tx, ctx, publicationId);
    if (!may.takeDossier) throw forbidden('lead_or_auditor');
    const head = await readHead(tx, publicationId);
    if (!head) throw notFound();
    const [everyEdition, everySubmission, [version]] = await Promise.all([
      tx
        .select({ edition: publications.edition, content: publications.content })
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
    ]);
    if (!version) throw notFound();
    const stored = await readFiles(
      tx,
      everySubmission.map(({ id }) => id),
    );
    await recordEvent(tx, {
      at: ctx.now,
      actorId: ctx.actor.userId,
      action: 'dossier.download',
      organisationId: head.organisationId,
      assessmentId,
      detail: { publicationId, files: stored.length },
    });
    return { editions: everyEdition, signed: everySubmission, document: version.document, files: stored };
  });
  const newest = JSON.parse(editions.at(-1)?.content ?? '') as PublicationContent;
  const kept = files.filter(({ storageKey, scan }) => storageKey !== null && scan !== 'waiting' && scan !== 'refused');
  const there = new Set(kept.map(({ sha256 }) => sha256));
  const parts: DossierPart[] = [
    ...editions.map(({ edition, content }) => text(publicationName(edition), content)),
    ...signed.map(({ number, snapshot }) => text(submissionName(number), snapshot)),
    text(frameworkName, document),
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
