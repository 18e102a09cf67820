import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { canonicalJson, type JsonValue } from '#domain/canonical-json.ts';
import type { PublicationContent } from '#domain/snapshot.ts';
import { type DossierPart, dossierZip } from '#lib/reports/dossier-zip.ts';
import { drawClaims, readClaimList } from '#services/claims/claim-list.ts';
import { checkDossier } from '#services/dossier/check-dossier.ts';
import { norm } from './frameworks.ts';
import { outcomeCase, outcomeIntake } from './outcome-case.ts';

export const yaml = readFileSync(new URL(`../../frameworks/${norm.ref.replace('@', '-')}.yaml`, import.meta.url));
export const sha = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
const answers = Object.fromEntries(norm.criteria.map(({ key }) => [key, 'met' as const]));
const profile = { ownLossAdjusters: { value: false, ground: 'new_information' as const, reason: 'Geen in dienst.' } };
const confirming = { response: 'met' as const, ground: null, reason: '' };
export type Change = { total?: string; levels?: Record<string, 2 | 3>; confirmed?: readonly string[] };
export const told = (change: Change = {}) => {
  const made = outcomeCase({
    intake: outcomeIntake,
    answers,
    verdicts: {
      ...Object.fromEntries((change.confirmed ?? []).map((key) => [key, confirming])),
      'I.3.c': { response: 'partly', ground: 'not_demonstrated', reason: 'Niet gezien.' },
    },
    profile,
    levels: { I: 3 },
  });
  const pinned = { ref: norm.ref, sha256: sha(yaml) };
  const snapshot = canonicalJson({ ...made.snapshot, framework: pinned } as unknown as JsonValue);
  const content: PublicationContent = {
    ...made.content,
    framework: pinned,
    submission: { ...made.content.submission, sha256: sha(snapshot) },
    ...(change.total && { total: change.total }),
  };
  return { content, snapshot };
};
export const text = (value: unknown) => canonicalJson(value as JsonValue);
export const part = (name: string, bytes: string | Buffer): DossierPart => ({
  name,
  open: () => Readable.from([Buffer.from(bytes)]),
});
export const evidence = part(`evidence/${sha('beleid')}`, 'beleid');
export const about = { reference: 'TR-2018-0117', edition: 1, auditHead: 'cd'.repeat(32), absent: [] as string[] };

export function parts({ content, snapshot } = told()): DossierPart[] {
  return [
    part('publications/1.json', text(content)),
    part('submissions/1.json', snapshot),
    part('framework.yaml', yaml),
    evidence,
  ];
}
export const zipOf = (given: readonly DossierPart[], said: Partial<typeof about> = {}) =>
  buffer(dossierZip(given, { ...about, ...said }));
export const check = (zip: Buffer) =>
  checkDossier(zip.length, async (start, end) => Uint8Array.from(zip.subarray(start, end)));
export const problems = async (zip: Buffer) => {
  const verdict = await check(zip);
  return verdict.kind === 'wrong' ? verdict.problems.join('\n') : verdict.kind;
};

/** A list of forty claims, and ten drawn from it. */
export const claimList = ['nummer;datum;product;uitkomst']
  .concat(Array.from({ length: 40 }, (_, at) => `C-${at};2025-06-01;auto;${at % 2 ? 'vergoed' : 'afgewezen'}`))
  .join('\r\n');
const seed = Buffer.alloc(32, 7);
const listed = readClaimList(claimList);
export const claimDraw = {
  schema: 'trede-claim-draw-1',
  reference: about.reference,
  list: { fileName: 'dossiers.csv', sha256: sha(claimList), claims: 40, givenAt: '2025-12-01T10:00:00.000Z' },
  stratum: 'outcome',
  perStratum: 5,
  seed: seed.toString('hex'),
  claims: listed.ok ? drawClaims(listed.claims, { stratum: 'outcome', perStratum: 5, seed }) : [],
  drawnAt: '2025-12-02T10:00:00.000Z',
};
export const claimParts = (draw: unknown = claimDraw, list = claimList) => [
  part('claims/list.csv', list),
  part('claims/draw.json', text(draw)),
];
