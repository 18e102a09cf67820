import 'server-only';
import { desc, eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { claimDraws, claimFindings, claimLists, type DrawnClaim } from '#db/schema/claim-files.ts';
import type { ClaimCounts, Finding } from '#domain/findings.ts';

/** A list that was given, newest first; its content stays in the database until it is drawn from. */
export type GivenList = { id: string; fileName: string; sha256: string; claims: number; givenAt: Date };

/** A draw, as both sides see it; it names nobody. */
export type Draw = {
  id: string;
  listId: string;
  stratum: string;
  perStratum: number;
  /** 32 bytes, hexadecimal. */
  seed: string;
  claims: readonly DrawnClaim[];
  drawnAt: Date;
};

/** The lists of a case, newest first, and what was drawn from one of them. */
export type Claims = { lists: readonly GivenList[]; draw: Draw | null };

/** Lists and draw of a case, in one flight of two statements. Both sides may read them. */
export async function readClaims(tx: Transaction, assessmentId: string): Promise<Claims> {
  const [lists, [draw]] = await Promise.all([
    tx
      .select({
        id: claimLists.id,
        fileName: claimLists.fileName,
        sha256: sql<string>`encode(${claimLists.sha256}, 'hex')`,
        claims: claimLists.claims,
        givenAt: claimLists.givenAt,
      })
      .from(claimLists)
      .where(eq(claimLists.assessmentId, sql.placeholder('assessmentId')))
      .orderBy(desc(claimLists.givenAt), desc(claimLists.id))
      .prepare('claims:lists')
      .execute({ assessmentId }),
    tx
      .select({
        id: claimDraws.id,
        listId: claimDraws.listId,
        stratum: claimDraws.stratum,
        perStratum: claimDraws.perStratum,
        seed: sql<string>`encode(${claimDraws.seed}, 'hex')`,
        claims: claimDraws.claims,
        drawnAt: claimDraws.drawnAt,
      })
      .from(claimDraws)
      .where(eq(claimDraws.assessmentId, sql.placeholder('assessmentId')))
      .prepare('claims:draw')
      .execute({ assessmentId }),
  ]);
  return { lists, draw: draw ?? null };
}

export type FoundAt = { line: number; criterionKey: string; finding: Finding; remark: string; version: number };

/** The findings that count, one per claim and criterion; the supervisor's alone. */
export function readFindings(tx: Transaction, assessmentId: string): Promise<FoundAt[]> {
  return tx
    .selectDistinctOn([claimFindings.line, claimFindings.criterionKey], {
      line: claimFindings.line,
      criterionKey: claimFindings.criterionKey,
      finding: claimFindings.finding,
      remark: claimFindings.remark,
      version: claimFindings.version,
    })
    .from(claimFindings)
    .where(eq(claimFindings.assessmentId, sql.placeholder('assessmentId')))
    .orderBy(claimFindings.line, claimFindings.criterionKey, desc(claimFindings.version))
    .prepare('claims:findings')
    .execute({ assessmentId });
}

/** How many drawn claims were found so on one criterion, and how many were not looked at yet. */
export type FindingCounts = Readonly<Record<Finding | 'open', number>>;

export function countFindings(draw: Draw, found: readonly FoundAt[], criterionKey: string): FindingCounts {
  const here = found.filter((one) => one.criterionKey === criterionKey);
  const count = (finding: Finding) => here.filter((one) => one.finding === finding).length;
  return {
    conform: count('conform'),
    not_conform: count('not_conform'),
    undeterminable: count('undeterminable'),
    open: draw.claims.length - here.length,
  };
}

/** What a verdict on a criterion quotes from claim files: the draw, and its counts as they stand now. */
export type ClaimQuote = { claimDrawId: string; claimCounts: ClaimCounts };

/** Null where nothing was drawn, and while nobody looked at a file for this criterion. */
export function claimQuote(
  { lists, draw }: Claims,
  found: readonly FoundAt[],
  criterionKey: string,
): ClaimQuote | null {
  const list = lists.find(({ id }) => id === draw?.listId);
  if (!draw || !list) return null;
  const { conform, not_conform: notConform, undeterminable, open } = countFindings(draw, found, criterionKey);
  const drawn = draw.claims.length;
  if (open === drawn) return null;
  const counts = { listSha256: list.sha256, listed: list.claims, drawn, conform, notConform, undeterminable, open };
  return { claimDrawId: draw.id, claimCounts: counts };
}
