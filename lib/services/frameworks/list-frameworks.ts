import 'server-only';
import { asc, count, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { can } from '#domain/policy.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';

export const listFrameworksInput = z.object({});

export type FrameworkLine = {
  ref: string;
  title: LocalizedText;
  importedAt: Date;
  frozenAt: Date | null;
  rounds: number;
};

/** Every edition of every framework, the newest import first. An insurer counts the rounds that it takes part in. */
export async function listFrameworks(ctx: Context, _input: z.infer<typeof listFrameworksInput>) {
  authorize(ctx.actor, 'framework.read');
  const rows = await inTransaction(ctx, (tx) =>
    tx
      .select({
        ref: frameworkVersions.ref,
        nl: frameworkVersions.titleNl,
        en: frameworkVersions.titleEn,
        importedAt: frameworkVersions.importedAt,
        frozenAt: frameworkVersions.frozenAt,
        rounds: count(rounds.id),
      })
      .from(frameworkVersions)
      .leftJoin(rounds, eq(rounds.frameworkRef, frameworkVersions.ref))
      .groupBy(frameworkVersions.ref)
      .orderBy(desc(frameworkVersions.importedAt), asc(frameworkVersions.ref))
      .limit(200),
  );
  return {
    frameworks: rows.map(({ nl, en, ...row }): FrameworkLine => ({ ...row, title: { nl, en } })),
    mayImport: can(ctx.actor, 'framework.import').ok,
  };
}
