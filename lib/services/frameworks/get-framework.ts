import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { frameworkVersions } from '#db/schema/rounds.ts';
import type { Criterion, Section } from '#domain/framework.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from './compiled-framework.ts';

export const getFrameworkInput = z.object({ ref: z.string().min(1).max(200) });
export type GetFrameworkInput = z.infer<typeof getFrameworkInput>;

export type FrameworkView = Awaited<ReturnType<typeof getFramework>>;
export type CriterionView = Omit<Criterion, 'index' | 'sectionKey'>;
export type SectionView = Omit<Section, 'criteria' | 'levels' | 'index'> & { criteria: readonly CriterionView[] };

/** An edition of a framework whole, to be read: by everybody who is signed in. */
export async function getFramework(ctx: Context, { ref }: GetFrameworkInput) {
  authorize(ctx.actor, 'framework.read');
  return inTransaction(ctx, async (tx) => {
    const [version] = await tx
      .select({
        ref: frameworkVersions.ref,
        sha256: frameworkVersions.sha256,
        importedAt: frameworkVersions.importedAt,
        frozenAt: frameworkVersions.frozenAt,
      })
      .from(frameworkVersions)
      .where(eq(frameworkVersions.ref, ref));
    if (!version) throw notFound();
    const framework = await compiledFramework(tx, version);
    const { key, edition, title, source, authority, reading, levels, intake } = framework;
    return {
      ref,
      key,
      edition,
      title,
      source,
      authority,
      reading,
      levels,
      intake,
      sections: framework.sections satisfies readonly SectionView[] as readonly SectionView[],
      importedAt: version.importedAt,
      frozenAt: version.frozenAt,
      sha256: Buffer.from(version.sha256).toString('hex'),
    };
  });
}
