import 'server-only';
import { inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { organisations } from '#db/schema/identity.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { importOutsideResultsInput } from './import-outside-results.ts';
import { mostNames, type OutsidePlan, planOutside, readWithout } from './outside-plan.ts';

export const previewOutsideResultsInput = importOutsideResultsInput;
export type PreviewOutsideResultsInput = z.infer<typeof previewOutsideResultsInput>;

type Said = { response: 'met' | 'not_met'; measuredOn: string; source: string };

export type OutsidePreview = {
  /** Goes along with the import: it is refused when by then something else would happen. */
  plan: string;
  added: number;
  changed: number;
  unchanged: number;
  /** What changes, by insurer in order of name. */
  insurers: readonly {
    name: string;
    number: string;
    results: readonly (Said & { criterionKey: string; before: Said | null })[];
  }[];
  /** Insurers with changes that are not among them. */
  more: number;
  /** Who will have no outside result at all: they declare it themselves. */
  without: { count: number; insurers: readonly { name: string; number: string }[] };
};

/**
 * Says what taking in a table of outside results would do; writes nothing.
 * @throws as `importOutsideResults`
 */
export async function previewOutsideResults(ctx: Context, input: PreviewOutsideResultsInput): Promise<OutsidePreview> {
  onlyStaff(ctx.actor);
  authorize(ctx.actor, 'outside.import', { conflictOfInterest: false, inActorsRounds: true, everSubmitted: true });
  return inTransaction(ctx, async (tx) =>
    outsidePreview(tx, ctx, input.roundId, await planOutside(tx, ctx, input, false)),
  );
}

/** A plan as a person reads it. */
export async function outsidePreview(
  tx: Transaction,
  ctx: Context,
  roundId: string,
  { fresh, unchanged, sha256 }: OutsidePlan,
): Promise<OutsidePreview> {
  const byInsurer = Map.groupBy(fresh, ({ ofCase }) => ofCase.organisationId);
  const [named, without] = await Promise.all([
    byInsurer.size === 0
      ? []
      : tx
          .select({ id: organisations.id, name: organisations.name, number: organisations.number })
          .from(organisations)
          .where(inArray(organisations.id, [...byInsurer.keys()]))
          .orderBy(organisations.name, organisations.id)
          .limit(mostNames),
    readWithout(tx, ctx, roundId, [...new Set(fresh.map(({ ofCase }) => ofCase.id))]),
  ]);
  const changed = fresh.filter(({ before }) => before !== null).length;
  return {
    plan: sha256,
    added: fresh.length - changed,
    changed,
    unchanged,
    insurers: named.map(({ id, name, number }) => ({
      name,
      number,
      results: (byInsurer.get(id) ?? [])
        .map(({ ofCase: _, ...result }) => result)
        .toSorted((a, b) => a.criterionKey.localeCompare(b.criterionKey)),
    })),
    more: byInsurer.size - named.length,
    without,
  };
}
