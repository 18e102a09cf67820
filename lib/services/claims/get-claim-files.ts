import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { claimLists, type DrawnClaim } from '#db/schema/claim-files.ts';
import type { Framework, LocalizedText } from '#domain/framework.ts';
import { can } from '#domain/policy.ts';
import type { State } from '#domain/workflow.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { computeReview } from '#services/reviews/compute-review.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';
import {
  type Draw,
  type FindingCounts,
  type FoundAt,
  type GivenList,
  readClaims,
  readFindings,
} from './claim-facts.ts';
import { type ClaimGroups, claimGroups } from './claim-groups.ts';
import { readClaimList } from './claim-list.ts';
import { filesQuote } from './files-quote.ts';

export const getClaimFilesInput = z.object({
  assessmentId: z.uuid(),
  /** The cell of the table that is open; without one, the first without a finding. */
  line: z.coerce.number().int().min(1).nullable().default(null),
  criterionKey: z.string().max(32).nullable().default(null),
});
export type GetClaimFilesInput = z.input<typeof getClaimFilesInput>;

/** One drawn claim with one criterion: a cell of the table. */
export type Cell = { line: number; criterionKey: string };

export type ClaimFilesPage = {
  head: { assessmentId: string; reference: string; organisation: string; roundName: string; state: State };
  criteria: readonly {
    key: string;
    sectionKey: string;
    short: LocalizedText;
    text: LocalizedText;
    counts: FindingCounts | null;
    /** The verdict that counts quotes other counts, or none. */
    outdated: boolean;
  }[];
  lists: readonly GivenList[];
  /** Of the newest list, while nothing is drawn from it. */
  groups: ClaimGroups | null;
  draw: Draw | null;
  found: readonly FoundAt[];
  open: (Cell & { claim: DrawnClaim; present: FoundAt | null; previous: Cell | null; next: Cell | null }) | null;
  may: { draw: boolean; record: boolean };
};

/** The reviewer's page of claim files: the list with its hash, the draw with its seed, and what every file showed. */
export async function getClaimFiles(ctx: Context, input: GetClaimFilesInput): Promise<ClaimFilesPage> {
  onlyStaff(ctx.actor);
  const parsed = getClaimFilesInput.safeParse(input);
  if (!parsed.success) throw notFound();
  const { assessmentId, line, criterionKey } = parsed.data;
  return inTransaction(ctx, async (tx) => {
    const [facts, claims, found, content] = await Promise.all([
      readReviewFacts(tx, ctx, assessmentId),
      readClaims(tx, assessmentId),
      readFindings(tx, assessmentId),
      newestContent(tx, assessmentId),
    ]);
    authorize(ctx.actor, 'submission.read', facts.policy);
    const framework = await compiledFramework(tx, facts.framework);
    const { computed, standing } = computeReview(framework, facts);
    const { lists, draw } = claims;
    const criteria = fromFiles(framework).filter(({ key }) => computed.traces[key]?.applies);
    const { assessment, organisation, round } = facts;
    const reviewing = assessment.state === 'in_review';
    return {
      head: {
        assessmentId,
        reference: assessment.reference,
        organisation: organisation.name,
        roundName: round.name,
        state: assessment.state,
      },
      criteria: criteria.map(({ key, sectionKey, short, text }) => {
        const verdict = standing.criteria.has(key) ? (facts.criterionVerdicts[key] ?? null) : null;
        const { counts, quoted } = filesQuote(claims, found, key, verdict);
        return { key, sectionKey, short, text, counts, outdated: quoted !== null && quoted !== 'stands' };
      }),
      lists,
      groups: draw ? null : groupsOf(content),
      draw,
      found,
      open: draw && openCell(draw, found, criteria, { line, criterionKey }),
      may: {
        draw: reviewing && draw === null && lists.length > 0 && can(ctx.actor, 'claims.draw', facts.policy).ok,
        record: reviewing && can(ctx.actor, 'finding.record', facts.policy).ok,
      },
    };
  });
}

export const fromFiles = (framework: Framework) => framework.criteria.filter(({ claimFiles }) => claimFiles);

/** Cells in the order of working: a file with all its criteria, then the next file. */
function openCell(
  draw: Draw,
  found: readonly FoundAt[],
  criteria: readonly { key: string }[],
  asked: { line: number | null; criterionKey: string | null },
): ClaimFilesPage['open'] {
  const cells = draw.claims.flatMap((claim) =>
    criteria.map(({ key }) => ({ claim, line: claim.line, criterionKey: key })),
  );
  const findingOf = (cell: Cell) =>
    found.find((one) => one.line === cell.line && one.criterionKey === cell.criterionKey) ?? null;
  const named = asked.line !== null || asked.criterionKey !== null;
  const at = named
    ? cells.findIndex(
        (cell) =>
          (asked.line ?? cell.line) === cell.line && (asked.criterionKey ?? cell.criterionKey) === cell.criterionKey,
      )
    : Math.max(
        0,
        cells.findIndex((cell) => !findingOf(cell)),
      );
  const cell = cells[at];
  if (!cell) {
    if (named) throw notFound();
    return null;
  }
  return { ...cell, present: findingOf(cell), previous: cells[at - 1] ?? null, next: cells[at + 1] ?? null };
}

async function newestContent(tx: Transaction, assessmentId: string): Promise<string | null> {
  const [row] = await tx
    .select({ content: claimLists.content })
    .from(claimLists)
    .where(eq(claimLists.assessmentId, sql.placeholder('assessmentId')))
    .orderBy(sql`${claimLists.givenAt} desc, ${claimLists.id} desc`)
    .limit(1)
    .prepare('claims:newest-content')
    .execute({ assessmentId });
  return row?.content ?? null;
}

function groupsOf(content: string | null): ClaimGroups | null {
  const list = content === null ? null : readClaimList(content);
  return list?.ok ? claimGroups(list.claims) : null;
}
