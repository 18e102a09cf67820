import { claimDrawName, claimListName, draftOutcomeName, publicationName } from '#domain/dossier.ts';
import type { PublishedCriterion } from '#domain/snapshot.ts';
import { drawClaims, readClaimList, type Stratum, strata } from '#services/claims/claim-list.ts';
import type { Dossier } from './read-dossier.ts';

/**
 * Draws the claims again from the list and the seed, and lays beside the draw what verdicts count of it. The hash of the
 * list was fixed before the seed was made, so that neither side could choose.
 * @param listSha256 of the list as it stands in the dossier, lower-case hexadecimal
 * @returns sentences; none where nothing was drawn
 */
export function checkClaims(dossier: Dossier, listSha256: string | undefined): readonly string[] {
  const { claimList, claimDraw: draw, publications, draftOutcomes } = dossier;
  const faults: string[] = [];
  if ((claimList === null) !== (draw === null)) faults.push(`Of ${claimListName} and ${claimDrawName} one is missing.`);
  if (claimList !== null && draw) faults.push(...drawFaults(claimList, draw, listSha256));
  const outcomes = [
    ...[...publications].map(([edition, { criteria }]) => ({ name: publicationName(edition), criteria })),
    ...[...draftOutcomes].map(([version, { criteria }]) => ({ name: draftOutcomeName(version), criteria })),
  ];
  for (const { name, criteria } of outcomes)
    for (const { key, verdict } of criteria)
      if (verdict?.claimCounts && !countsOf(verdict.claimCounts, draw))
        faults.push(`${name}: ${key}: its counts are of other claims than were drawn.`);
  return faults;
}

type Drawn = NonNullable<Dossier['claimDraw']>;

function drawFaults(claimList: string, draw: Drawn, listSha256: string | undefined): string[] {
  const faults: string[] = [];
  if (draw.list.sha256 !== listSha256) faults.push(`${claimListName} is not the list that was drawn from.`);
  const list = readClaimList(claimList);
  if (!list.ok) return [...faults, `${claimListName} is no list of claims.`];
  if (list.claims.length !== draw.list.claims)
    faults.push(`${claimDrawName}: the list holds another number of claims than it says.`);
  if (draw.drawnAt < draw.list.givenAt) faults.push(`${claimDrawName}: it was drawn before the list was given.`);
  const { stratum, perStratum, seed } = draw;
  if (!strata.includes(stratum as Stratum) || !/^[0-9a-f]{64}$/.test(seed) || !Number.isSafeInteger(perStratum))
    return [...faults, `${claimDrawName}: nobody can draw as it says.`];
  const again = drawClaims(list.claims, {
    stratum: stratum as Stratum,
    perStratum,
    seed: Buffer.from(seed, 'hex'),
  });
  if (JSON.stringify(again.map(asLine)) !== JSON.stringify(draw.claims.map(asLine)))
    faults.push(`${claimDrawName}: list and seed give other claims.`);
  return faults;
}

const asLine = ({ line, number, date, product, outcome }: Drawn['claims'][number]) => [
  line,
  number,
  date,
  product,
  outcome,
];

type Counts = NonNullable<NonNullable<PublishedCriterion['verdict']>['claimCounts']>;

const countsOf = ({ listSha256, listed, drawn }: Counts, draw: Drawn | null) =>
  draw !== null && listSha256 === draw.list.sha256 && listed === draw.list.claims && drawn === draw.claims.length;
