import 'server-only';
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { frameworkVersions } from '#db/schema/rounds.ts';
import type { Framework, LocalizedText } from '#domain/framework.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import { importFrameworkInput } from './import-framework.ts';
import { parseFramework } from './parse-framework.ts';

export const previewFrameworkInput = importFrameworkInput;
export type PreviewFrameworkInput = z.infer<typeof previewFrameworkInput>;

export type FrameworkPreview = {
  ref: string;
  title: LocalizedText;
  source: Framework['source'];
  sections: { key: string; title: LocalizedText; weight: number; perLevel: number[]; derived: number }[];
  criteria: number;
  intake: LocalizedText[];
  readings: string[];
  /** What importing does: makes it, replaces another text of it, changes nothing, or is refused: a round uses it. */
  becomes: 'new' | 'replaces' | 'same' | 'frozen';
};

/**
 * Reads a framework document and says what it holds; writes nothing.
 * @throws invalid with every fault, its key and its line
 */
export async function previewFramework(ctx: Context, input: PreviewFrameworkInput): Promise<FrameworkPreview> {
  authorize(ctx.actor, 'framework.import');
  const parsed = parseFramework(input.document);
  if (!parsed.ok) throw new Refusal('invalid', ['framework'], { faults: parsed.faults });
  const { framework } = parsed;
  const [present] = await inTransaction(ctx, (tx) =>
    tx
      .select({ sha256: frameworkVersions.sha256, frozenAt: frameworkVersions.frozenAt })
      .from(frameworkVersions)
      .where(eq(frameworkVersions.ref, framework.ref)),
  );
  return {
    ref: framework.ref,
    title: framework.title,
    source: framework.source,
    sections: framework.sections.map(({ key, title, weight, levels, criteria }) => ({
      key,
      title,
      weight,
      perLevel: levels.map((level) => level.criteria.length),
      derived: criteria.filter((criterion) => criterion.derived).length,
    })),
    criteria: framework.criteria.length,
    intake: framework.intake.map(({ question }) => question),
    readings: framework.reading.map(({ about }) => about),
    becomes: becomes(present, createHash('sha256').update(input.document).digest()),
  };
}

function becomes(
  present: { sha256: Uint8Array; frozenAt: Date | null } | undefined,
  sha256: Buffer,
): FrameworkPreview['becomes'] {
  if (!present) return 'new';
  if (sha256.equals(present.sha256)) return 'same';
  return present.frozenAt ? 'frozen' : 'replaces';
}
