import 'server-only';
import { and, eq, gt, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { answers, assessments } from '#db/schema/assessments.ts';
import { presences } from '#db/schema/teamwork.ts';
import { statement } from '#db/statement.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { noteChange } from './announce.ts';
import { type PresentColleague, presentColleagues } from './present-colleagues.ts';

/** A page that was opened in a browser. */
export const openPresenceInput = z.object({
  assessmentId: z.uuid(),
  /** Made by the page, once for as long as it lives. */
  presenceId: z.uuid(),
  criterionKey: z
    .string()
    .regex(/^[\w.]{1,32}$/)
    .nullable()
    .default(null),
  /** When the server read what the page shows. */
  readAt: z.iso.datetime().transform((at) => new Date(at)),
});
export type OpenPresenceInput = z.infer<typeof openPresenceInput>;

/** `stale`: a colleague saved an answer since the page was read. */
export type OpenedPresence = { colleagues: readonly PresentColleague[]; stale: boolean };

/** What is read while a save commits may miss it, though it carries an earlier instant. */
const overlap = 10_000;

/** Lets colleagues see that somebody has a page of the assessment open, and says who else has. Repeatable by its id. */
export async function openPresence(ctx: Context, input: OpenPresenceInput): Promise<OpenedPresence> {
  onlyInsurer(ctx.actor);
  const { assessmentId, presenceId, criterionKey } = input;
  return inTransaction(ctx, async (tx) => {
    const organisationId = await readOwner(tx, assessmentId);
    authorize(ctx.actor, 'assessment.read', { organisationId });
    const { userId } = ctx.actor;
    const since = new Date(input.readAt.getTime() - overlap).toISOString();
    const [, colleagues, [saved]] = await Promise.all([
      insertPresence(tx, { presenceId, assessmentId, organisationId, userId, criterionKey, at: ctx.now }),
      presentColleagues(tx, assessmentId, ctx),
      selectNewer(tx, { assessmentId, userId, since }),
    ]);
    noteChange(tx, { action: 'presence', actorId: userId, assessmentId, detail: { criterionKey } });
    return { colleagues, stale: saved !== undefined };
  });
}

/** Whose assessment it is. @throws not found, also for one of another insurer, which row security hides */
export async function readOwner(tx: Transaction, assessmentId: string): Promise<string> {
  const [row] = await selectOwner(tx, { assessmentId });
  if (!row) throw notFound();
  return row.organisationId;
}

const selectOwner = statement('presence:owner', (db) =>
  db
    .select({ organisationId: assessments.organisationId })
    .from(assessments)
    .where(eq(assessments.id, sql.placeholder('assessmentId'))),
);

const insertPresence = statement('presence:open', (db) =>
  db
    .insert(presences)
    .values({
      id: sql.placeholder('presenceId'),
      assessmentId: sql.placeholder('assessmentId'),
      organisationId: sql.placeholder('organisationId'),
      userId: sql.placeholder('userId'),
      criterionKey: sql.placeholder('criterionKey'),
      seenAt: sql.placeholder('at'),
    })
    .onConflictDoUpdate({
      target: presences.id,
      set: { criterionKey: sql`excluded.criterion_key`, editing: sql`false`, seenAt: sql`excluded.seen_at` },
      // An id that another made first stays theirs.
      setWhere: sql`${presences.userId} = excluded.user_id and ${presences.assessmentId} = excluded.assessment_id`,
    }),
);

const selectNewer = statement('presence:newer', (db) =>
  db
    .select({ criterionKey: answers.criterionKey })
    .from(answers)
    .where(
      and(
        eq(answers.assessmentId, sql.placeholder('assessmentId')),
        gt(answers.savedAt, sql.placeholder('since')),
        ne(answers.savedBy, sql.placeholder('userId')),
      ),
    )
    .limit(1),
);
