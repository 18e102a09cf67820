import 'server-only';
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { frameworkVersions } from '#db/schema/rounds.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction, platformUserId } from '#services/context.ts';
import { precondition, Refusal } from '#services/errors.ts';
import { parseFramework } from './parse-framework.ts';

export const importFrameworkInput = z.object({ document: z.string().min(1).max(1_000_000) });
export type ImportFrameworkInput = z.infer<typeof importFrameworkInput>;

/**
 * Takes in one edition of a framework, from YAML. The same document again changes nothing; another document under the
 * same reference replaces it until a round uses it.
 * @throws invalid with every fault and its line; precondition `framework_frozen` when a round uses this edition
 */
export async function importFramework(ctx: Context, input: ImportFrameworkInput): Promise<{ ref: string }> {
  authorize(ctx.actor, 'framework.import');
  const parsed = parseFramework(input.document);
  if (!parsed.ok) throw new Refusal('invalid', ['framework'], { faults: parsed.faults });
  const { ref, title } = parsed.framework;
  const sha256 = createHash('sha256').update(input.document).digest();
  return inTransaction(ctx, async (tx) => {
    const [present] = await tx
      .select({ sha256: frameworkVersions.sha256, frozenAt: frameworkVersions.frozenAt })
      .from(frameworkVersions)
      .where(eq(frameworkVersions.ref, ref))
      .for('no key update');
    if (present && sha256.equals(present.sha256)) return { ref };
    if (present?.frozenAt) throw precondition(['framework_frozen']);
    const version = {
      document: input.document,
      sha256,
      titleNl: title.nl,
      titleEn: title.en,
      importedAt: ctx.now,
      importedBy: ctx.actor.userId === platformUserId ? null : ctx.actor.userId,
    };
    await Promise.all([
      tx
        .insert(frameworkVersions)
        .values({ ref, ...version })
        .onConflictDoUpdate({ target: frameworkVersions.ref, set: version }),
      recordEvent(tx, {
        at: ctx.now,
        actorId: ctx.actor.userId,
        action: 'framework.import',
        detail: { ref, sha256: sha256.toString('hex') },
      }),
    ]);
    return { ref };
  });
}
