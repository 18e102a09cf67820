import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { openData } from '#db/schema/publications.ts';
import { inVisitorTransaction, type SystemContext } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import type { OpenDataContent } from './open-data-content.ts';

export const getOpenDataInput = z.object({ releaseId: z.uuid() });
export type GetOpenDataInput = z.infer<typeof getOpenDataInput>;

export type OpenData = { content: OpenDataContent; text: string; sha256: string; openedAt: string };

/**
 * What a lead made public of a release, for whoever asks. The role that it acts in reads that text and
 * nothing else in the database.
 * @throws not found when it was never opened, or is withdrawn
 */
export async function getOpenData(ctx: SystemContext, { releaseId }: GetOpenDataInput): Promise<OpenData> {
  return inVisitorTransaction(ctx, async (tx) => {
    // Row security leaves out what is withdrawn.
    const [row] = await tx
      .select({ content: openData.content, sha256: openData.sha256, openedAt: openData.openedAt })
      .from(openData)
      .where(eq(openData.releaseId, releaseId));
    if (!row) throw notFound();
    return {
      content: JSON.parse(row.content) as OpenDataContent,
      text: row.content,
      sha256: Buffer.from(row.sha256).toString('hex'),
      openedAt: row.openedAt.toISOString(),
    };
  });
}
