import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { evidenceLinks } from '#db/schema/evidence.ts';

/** A link of this assessment by its key, also one that was taken away; undefined when there is none. */
export async function readLink(tx: Transaction, assessmentId: string, linkId: string) {
  const [row] = await tx
    .select()
    .from(evidenceLinks)
    .where(
      and(
        eq(evidenceLinks.id, sql.placeholder('linkId')),
        eq(evidenceLinks.assessmentId, sql.placeholder('assessmentId')),
      ),
    )
    .prepare('evidence:link')
    .execute({ linkId, assessmentId });
  return row;
}
