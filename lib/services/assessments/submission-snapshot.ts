import type { PinnedEvidence, SubmissionSnapshot } from '#domain/snapshot.ts';
import { declarationOf } from './declaration.ts';
import type { EvidencePlace, Work } from './work-facts.ts';

type Signing = { signatory: SubmissionSnapshot['signatory']; signedAt: Date; auditHead: string | null };

/**
 * What the signatory signs: the answers to criteria that apply, and the evidence that supports those. Everything else
 * stays with the insurer.
 */
export function submissionSnapshot(work: Work, signing: Signing): SubmissionSnapshot {
  const { framework, score, round, organisation } = work;
  const applies = (key: string) => score.traces[key]?.applies === true;
  const links = work.evidence.flatMap(({ link, ...piece }) =>
    link && applies(link.criterionKey) ? [{ ...piece, link }] : [],
  );
  const pinned = new Map(links.map(({ link: _, ...piece }) => [piece.evidence.id, piece]));
  return {
    schema: 'trede-submission-1',
    reference: work.assessment.reference,
    number: work.submissionCount + 1,
    organisation: { name: organisation.name, number: organisation.number },
    round: {
      name: round.name,
      productScope: round.productScope,
      periodFrom: round.periodFrom,
      periodTo: round.periodTo,
    },
    framework: {
      ref: work.frameworkVersion.ref,
      sha256: Buffer.from(work.frameworkVersion.sha256).toString('hex'),
    },
    intake: work.layers.intake,
    answers: Object.fromEntries(
      framework.criteria.flatMap(({ key }) => {
        const answer = work.answers[key];
        if (!answer || !applies(key)) return [];
        return [[key, { response: answer.response, explanation: answer.explanation, version: answer.version }]];
      }),
    ),
    outside: Object.fromEntries(Object.entries(work.outside).filter(([key]) => applies(key))),
    ...(Object.keys(work.carried).length > 0 ? { carried: work.carried } : {}),
    evidence: [...pinned.values()].map(pinnedEvidence),
    evidenceLinks: links.map(({ evidence, link }) => ({ ...link, evidenceId: evidence.id })),
    declaration: declarationOf(organisation.name),
    signatory: signing.signatory,
    signedAt: signing.signedAt.toISOString(),
    auditHead: signing.auditHead,
  };
}

function pinnedEvidence({ evidence: row, version }: Omit<EvidencePlace, 'link'>): PinnedEvidence {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    aboutPeriod: row.aboutPeriod,
    fileName: row.fileName,
    mediaType: row.mediaType,
    sizeBytes: row.sizeBytes,
    sha256: row.sha256 ? Buffer.from(row.sha256).toString('hex') : null,
    webAddress: row.webAddress,
    seenOn: row.seenOn,
    effectiveOn: row.effectiveOn,
    addedAt: row.addedAt.toISOString(),
    replacesId: row.replacesId,
    version,
  };
}
