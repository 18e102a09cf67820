import 'server-only';
import { and, eq, gt, ne, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { uploads } from '#db/schema/evidence.ts';
import type { Actor } from '#domain/policy.ts';
import { notFound } from '#services/errors.ts';
import type { UnderWay } from './check-incoming.ts';

/** A file on its way in, as its row says. */
export type Upload = Omit<
  typeof uploads.$inferSelect,
  'startedAt' | 'startedBy' | 'organisationId' | 'criterionKey'
> & {
  criterionKey: string;
};

/** How long an upload that was broken off can be taken up again. */
export const uploadDays = 3;

/**
 * The upload under this key, of this person, in this assessment. Nobody takes up what a colleague began.
 * @throws not found, also when it is over
 */
export async function readUpload(
  tx: Transaction,
  actor: Actor,
  { assessmentId, uploadId, now }: { assessmentId: string; uploadId: string; now: Date },
): Promise<Upload> {
  const [row] = await tx
    .select()
    .from(uploads)
    .where(
      and(
        eq(uploads.id, sql.placeholder('uploadId')),
        eq(uploads.assessmentId, sql.placeholder('assessmentId')),
        eq(uploads.startedBy, sql.placeholder('userId')),
        gt(uploads.expiresAt, sql.placeholder('now')),
      ),
    )
    .prepare('uploads:one')
    .execute({ assessmentId, uploadId, userId: actor.userId, now: now.toISOString() });
  if (!row) throw notFound();
  return { ...row, criterionKey: row.criterionKey ?? '' };
}

/** What the other uploads of an assessment that are under way will take of its room. */
export async function readUnderWay(
  tx: Transaction,
  { assessmentId, uploadId, now }: { assessmentId: string; uploadId: string; now: Date },
): Promise<UnderWay> {
  const [row] = await tx
    .select({
      count: sql<number>`count(*)::int`,
      bytes: sql<number>`coalesce(sum(${uploads.sizeBytes}), 0)::float8`,
    })
    .from(uploads)
    .where(
      and(
        eq(uploads.assessmentId, sql.placeholder('assessmentId')),
        ne(uploads.id, sql.placeholder('uploadId')),
        gt(uploads.expiresAt, sql.placeholder('now')),
      ),
    )
    .prepare('uploads:under-way')
    .execute({ assessmentId, uploadId, now: now.toISOString() });
  return row ?? { count: 0, bytes: 0 };
}
