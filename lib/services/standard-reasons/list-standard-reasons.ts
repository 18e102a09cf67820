import 'server-only';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { standardReasons } from '#db/schema/reviews.ts';
import { frameworkVersions } from '#db/schema/rounds.ts';
import type { Ground } from '#domain/answers.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type Codes, readCodes } from '#services/reviews/colleagues.ts';

export const listStandardReasonsInput = z.object({ frameworkRef: z.string().max(200) });
export type ListStandardReasonsInput = z.infer<typeof listStandardReasonsInput>;

export type StandardReasons = {
  frameworkRef: string;
  title: LocalizedText;
  sections: readonly {
    key: string;
    title: LocalizedText;
    criteria: readonly { key: string; short: LocalizedText }[];
  }[];
  reasons: readonly {
    id: string;
    criterionKey: string | null;
    ground: Ground | null;
    text: string;
    writtenAt: Date;
    /** A colleague's code; null for who is no reviewer. */
    by: string | null;
  }[];
};

/** The standard reasons of one framework: those for every criterion first, then in the norm's order. */
export async function listStandardReasons(ctx: Context, input: ListStandardReasonsInput): Promise<StandardReasons> {
  authorize(ctx.actor, 'standard_reason.save');
  return inTransaction(ctx, async (tx) => {
    const { frameworkRef } = input;
    const [[version], rows, codes] = await Promise.all([
      tx.select().from(frameworkVersions).where(eq(frameworkVersions.ref, frameworkRef)),
      tx
        .select()
        .from(standardReasons)
        .where(and(eq(standardReasons.frameworkRef, frameworkRef), isNull(standardReasons.retiredAt)))
        .orderBy(asc(standardReasons.writtenAt), asc(standardReasons.id)),
      readCodes(tx, ctx) as Promise<Codes>,
    ]);
    if (!version) throw notFound();
    const framework = await compiledFramework(tx, version);
    const placeOf = (key: string | null) => (key === null ? -1 : (framework.criterion(key)?.index ?? 0));
    return {
      frameworkRef,
      title: framework.title,
      sections: framework.sections.map(({ key, title, criteria }) => ({
        key,
        title,
        criteria: criteria.map((criterion) => ({ key: criterion.key, short: criterion.short })),
      })),
      reasons: rows
        .map(({ id, criterionKey, ground, text, writtenAt, writtenBy }) => ({
          id,
          criterionKey,
          ground,
          text,
          writtenAt,
          by: codes[writtenBy] ?? null,
        }))
        .sort((one, other) => placeOf(one.criterionKey) - placeOf(other.criterionKey)),
    };
  });
}
