import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { assessments } from '#db/schema/assessments.ts';
import { memberships, users } from '#db/schema/identity.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { statement } from '#db/statement.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type ActivityRow, selectActivity } from './activity-rows.ts';

const pageSize = 50;

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

export const listActivityInput = z.object({
  assessmentId: z.string(),
  section: optional(z.string().min(1).max(32)),
  /** A user of the insurer. */
  person: optional(z.uuid()),
  /** The last line of the page before: instant and id, with a tilde between. */
  after: optional(
    z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z~[\w:. +-]{1,120}$/)
      // A month of thirteen is no instant to the database.
      .refine((text) => z.iso.datetime().safeParse(text.split('~')[0]).success),
  ),
});
export type ListActivityInput = z.infer<typeof listActivityInput>;

export type ActivityLine = ActivityRow & { you: boolean };

export type Activity = {
  assessmentId: string;
  roundName: string;
  reference: string;
  sections: readonly { key: string; title: LocalizedText }[];
  /** Who works or worked for the insurer. */
  people: readonly { userId: string; name: string; left: boolean }[];
  /** The chosen section; undefined where the address names one that the framework does not have. */
  section: string | undefined;
  /** The newest first. */
  lines: readonly ActivityLine[];
  /** What the next page is asked with; null on the last. */
  next: string | null;
};

/** Who changed what and when in an assessment, newest first, page by page; of all, of a section, or of one colleague. */
export async function listActivity(ctx: Context, input: ListActivityInput): Promise<Activity> {
  onlyInsurer(ctx.actor);
  const { assessmentId, person, after } = input;
  if (!z.uuid().safeParse(assessmentId).success) throw notFound();
  return inTransaction(ctx, async (tx) => {
    const [[head], people] = await Promise.all([
      selectHead(tx, { assessmentId }),
      selectPeople(tx, { organisationId: ctx.actor.organisationId }),
    ]);
    if (!head) throw notFound();
    authorize(ctx.actor, 'assessment.read', head);
    const framework = await compiledFramework(tx, head);
    const section = framework.section(input.section ?? '');
    const [at = null, id = null] = after?.split(/~(.*)/s) ?? [];
    const rows = await selectActivity(tx, {
      assessmentId,
      sectionKey: section?.key ?? null,
      criterionKeys: section?.criteria.map(({ key }) => key) ?? [],
      userId: person ?? null,
      at,
      id,
      count: pageSize + 1,
    });
    const lines = rows.slice(0, pageSize);
    const last = rows.length > pageSize ? lines.at(-1) : undefined;
    return {
      assessmentId,
      roundName: head.roundName,
      reference: head.reference,
      sections: framework.sections.map(({ key, title }) => ({ key, title })),
      people,
      section: section?.key,
      lines: lines.map((line) => ({ ...line, you: line.userId === ctx.actor.userId })),
      next: last ? `${last.at.toISOString()}~${last.id}` : null,
    };
  });
}

const selectHead = statement('activity:head', (db) =>
  db
    .select({
      organisationId: assessments.organisationId,
      reference: assessments.reference,
      roundName: rounds.name,
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
    })
    .from(assessments)
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(eq(assessments.id, sql.placeholder('assessmentId'))),
);

const selectPeople = statement('activity:people', (db) =>
  db
    .select({
      userId: memberships.userId,
      name: users.name,
      left: sql<boolean>`bool_and(${memberships.endedAt} is not null)`,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.organisationId, sql.placeholder('organisationId')))
    .groupBy(memberships.userId, users.name)
    .orderBy(users.name, memberships.userId),
);
