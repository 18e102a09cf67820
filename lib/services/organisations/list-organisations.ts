import 'server-only';
import { and, asc, eq, ilike, isNull, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { memberships, organisations } from '#db/schema/identity.ts';
import type { OrganisationKind, Role } from '#domain/policy.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';

export const listOrganisationsInput = z.object({
  /** Part of a name or a number. */
  search: z.string().trim().max(120).default(''),
  /** The last organisation of the page before. */
  after: z.uuid().optional(),
});
export type ListOrganisationsInput = z.infer<typeof listOrganisationsInput>;

export type OrganisationLine = {
  id: string;
  kind: OrganisationKind;
  name: string;
  number: string;
  people: number;
  coordinators: number;
  signatories: number;
};

const pageSize = 50;

/** Organisations by name, a page at a time, the supervisor first. */
export async function listOrganisations(ctx: Context, input: ListOrganisationsInput) {
  authorize(ctx.actor, 'organisation.manage');
  const pattern = `%${input.search.replace(/[\\%_]/g, '\\$&')}%`;
  const place = sql`(${organisations.kind} = 'insurer', ${organisations.name}, ${organisations.id})`;
  const rows: OrganisationLine[] = await inTransaction(ctx, (tx) =>
    tx
      .select({
        id: organisations.id,
        kind: organisations.kind,
        name: organisations.name,
        number: organisations.number,
        people: holders(tx),
        coordinators: holders(tx, 'coordinator'),
        signatories: holders(tx, 'signatory'),
      })
      .from(organisations)
      .where(
        and(
          input.search === ''
            ? undefined
            : or(ilike(organisations.name, pattern), ilike(organisations.number, pattern)),
          input.after === undefined
            ? undefined
            : sql`${place} > (select o.kind = 'insurer', o.name, o.id from ${organisations} o where o.id = ${input.after})`,
        ),
      )
      .orderBy(asc(sql`${organisations.kind} = 'insurer'`), asc(organisations.name), asc(organisations.id))
      .limit(pageSize + 1),
  );
  const page = rows.slice(0, pageSize);
  return { organisations: page, next: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null };
}

function holders(tx: Transaction, role?: Role) {
  const counted = tx
    .select({ n: sql`count(*)` })
    .from(memberships)
    .where(
      and(
        eq(memberships.organisationId, organisations.id),
        isNull(memberships.endedAt),
        role && sql`${role}::role = any(${memberships.roles})`,
      ),
    );
  return sql`(${counted})`.mapWith(Number);
}
