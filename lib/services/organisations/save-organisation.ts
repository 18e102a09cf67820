import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { organisations } from '#db/schema/identity.ts';
import { recordEvent } from '#services/audit.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { invalid } from '#services/errors.ts';
import { isUniqueViolation } from '#services/unique-violation.ts';

export const saveOrganisationInput = z.object({
  /** Made by the caller, so that a repeated request finds its own organisation. */
  organisationId: z.uuid(),
  name: z.string().trim().min(1, 'missing').max(120, 'too_long'),
  /** Under which the supervisor knows it, such as a licence number. */
  number: z.string().trim().min(1, 'missing').max(40, 'too_long'),
});
export type SaveOrganisationInput = z.infer<typeof saveOrganisationInput>;

/**
 * Makes an insurer, or gives an organisation another name or number. The same input again changes nothing.
 * @throws invalid when another organisation has the number
 */
export async function saveOrganisation(
  ctx: Context,
  input: SaveOrganisationInput,
): Promise<{ organisationId: string; made: boolean }> {
  authorize(ctx.actor, 'organisation.manage');
  const { organisationId, name, number } = input;
  return inTransaction(ctx, async (tx) => {
    const [present] = await tx
      .select()
      .from(organisations)
      .where(eq(organisations.id, organisationId))
      .for('no key update');
    if (present && present.name === name && present.number === number) return { organisationId, made: false };
    await Promise.all([
      tx
        .insert(organisations)
        .values({ id: organisationId, kind: 'insurer', name, number, createdAt: ctx.now })
        .onConflictDoUpdate({ target: organisations.id, set: { name, number } })
        .catch((error: unknown) => {
          throw isUniqueViolation(error, 'organisations_number_unique') ? invalid({ number: 'taken' }) : error;
        }),
      recordEvent(tx, { at: ctx.now, actorId: ctx.actor.userId, action: 'organisation.save', organisationId }),
    ]);
    return { organisationId, made: !present };
  });
}
