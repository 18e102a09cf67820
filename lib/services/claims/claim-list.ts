import { createHash } from 'node:crypto';
import type { DrawnClaim } from '#db/schema/claim-files.ts';
import { dayFrom, readTable, type TableFault } from '#services/read-table.ts';

/** What a list of claims says, and nothing else: no name of a customer. */
const columns = {
  number: ['nummer', 'eigen nummer', 'number', 'own number'],
  date: ['datum', 'date'],
  product: ['product'],
  outcome: ['uitkomst', 'outcome'],
} as const;

export const mostClaims = 10_000;

/** So many lists an insurer may give before one is drawn from: each stays, and each is up to 2 MB. */
export const mostLists = 10;

/** By what a draw tells claims apart; empty: they are one group. */
export const strata = ['', 'product', 'outcome'] as const;
export type Stratum = (typeof strata)[number];

export type ClaimLineProblem = {
  line: number;
  field: keyof typeof columns;
  code: 'missing' | 'too_long' | 'date' | 'duplicate';
};

export type ClaimList =
  | { ok: true; claims: readonly DrawnClaim[] }
  | { ok: false; fault: TableFault; problems: readonly [] }
  | { ok: false; fault: null; problems: readonly ClaimLineProblem[] };

/** Reads an insurer's list, or names everything that is wrong with it. Lines count from 1, the header included. */
export function readClaimList(content: string): ClaimList {
  const table = readTable(content, columns, mostClaims);
  if (!table.ok) return { ok: false, fault: table.fault, problems: [] };
  const seen = new Set<string>();
  const problems: ClaimLineProblem[] = [];
  const claims = table.rows.map(({ line, number, date, product, outcome }): DrawnClaim => {
    for (const [field, value] of Object.entries({ number, date, product, outcome })) {
      const at = { line, field: field as ClaimLineProblem['field'] };
      if (value === '') problems.push({ ...at, code: 'missing' });
      else if (value.length > 100) problems.push({ ...at, code: 'too_long' });
    }
    if (date !== '' && dayFrom(date) === null) problems.push({ line, field: 'date', code: 'date' });
    if (number !== '' && seen.has(number)) problems.push({ line, field: 'number', code: 'duplicate' });
    seen.add(number);
    return { line, number, date: dayFrom(date) ?? date, product, outcome };
  });
  return problems.length > 0 ? { ok: false, fault: null, problems } : { ok: true, claims };
}

/**
 * Draws `perStratum` claims from each group, or all of a smaller one. The order of a draw is that of the SHA-256 of the
 * seed (32 bytes) followed by the claim's line number as decimal text: with the list and the seed anybody can do the draw
 * again. The claims come back in the order of the list.
 */
export function drawClaims(
  claims: readonly DrawnClaim[],
  { stratum, perStratum, seed }: { stratum: Stratum; perStratum: number; seed: Uint8Array },
): readonly DrawnClaim[] {
  const rank = ({ line }: DrawnClaim) => createHash('sha256').update(seed).update(String(line)).digest('hex');
  const groups = Map.groupBy(claims, (claim) => (stratum === '' ? '' : claim[stratum]));
  const drawn = [...groups.values()].flatMap((group) =>
    group
      .map((claim) => ({ claim, rank: rank(claim) }))
      .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
      .slice(0, perStratum),
  );
  return drawn.map(({ claim }) => claim).toSorted((a, b) => a.line - b.line);
}
