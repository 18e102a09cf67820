import 'server-only';
import type { EvidencePlace } from '#services/assessments/work-facts.ts';

/** A piece that supports no criterion. */
export type UnusedPiece = { id: string; title: string };

/**
 * The pieces that were stored and support nothing: a remark, never a block. A version that has a newer one is not
 * unused, it is kept; nor is what goes with a supplement or an objection; a file that was refused is a block of its own.
 */
export function unusedEvidence(places: readonly EvidencePlace[]): readonly UnusedPiece[] {
  const replaced = new Set(places.map(({ evidence }) => evidence.replacesId));
  return places.flatMap(({ evidence, link, enclosed }) =>
    link || enclosed || replaced.has(evidence.id) || evidence.scanResult === 'refused'
      ? []
      : [{ id: evidence.id, title: evidence.title }],
  );
}
