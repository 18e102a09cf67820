import { randomUUID } from 'node:crypto';
import type { Database } from '#db/client.ts';
import type { Finding } from '#domain/findings.ts';
import { drawFromClaims } from '#services/claims/draw-from-claims.ts';
import { getClaimFiles } from '#services/claims/get-claim-files.ts';
import { giveClaims } from '#services/claims/give-claims.ts';
import { recordFinding } from '#services/claims/record-finding.ts';
import type { Person } from './builders.ts';
import type { Random } from './demo-answers.ts';
import type { ReviewDesk } from './demo-review.ts';

const products = ['personenauto', 'bestelauto', 'motor'];
const outcomes = ['uitbetaald', 'deels uitbetaald', 'afgewezen', 'ingetrokken'];
const oneOf = (items: readonly string[], random: Random) => items[Math.floor(random() ** 2 * items.length)] as string;

/** The list of an insurer's claims, made up; 412 lines. */
function claimList(random: Random): string {
  const lines = Array.from({ length: 412 }, (_, at) => {
    const day = `${1 + Math.floor(random() * 28)}-${1 + Math.floor(random() * 12)}-2017`;
    return `S-${20_170_001 + at};${day};${oneOf(products, random)};${oneOf(outcomes, random)}`;
  });
  return ['nummer;datum;product;uitkomst', ...lines, ''].join('\r\n');
}

export async function giveList(db: Database, coordinator: Person, assessmentId: string, random: Random, now: Date) {
  const content = claimList(random);
  const id = randomUUID();
  await giveClaims({ actor: coordinator, db, now }, { id, assessmentId, fileName: 'dossiers-2017.csv', content });
  return id;
}

/** A draw by product, and findings on all of it but the last two files. */
export async function lookIntoFiles(
  { db, reviewer, assessmentId }: ReviewDesk,
  listId: string,
  random: Random,
  now: Date,
) {
  const ctx = { actor: reviewer, db, now };
  const drawId = randomUUID();
  await drawFromClaims(ctx, { id: drawId, assessmentId, listId, stratum: 'product', perStratum: 4 });
  const { draw, criteria } = await getClaimFiles(ctx, { assessmentId });
  for (const { line } of draw?.claims.slice(0, -2) ?? []) {
    for (const { key: criterionKey } of criteria) {
      const finding: Finding = random() < 0.8 ? 'conform' : random() < 0.7 ? 'not_conform' : 'undeterminable';
      const remark = finding === 'not_conform' ? 'In het dossier staat geen verslag van het gesprek.' : '';
      await recordFinding(ctx, { assessmentId, drawId, line, criterionKey, version: 0, finding, remark });
    }
  }
}
