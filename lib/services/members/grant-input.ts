import { z } from 'zod';
import { insurerRoles } from '#domain/policy.ts';

/** Ticked boxes; the empty one of a list that has none goes out. */
const ticked = <Value extends string>(value: z.ZodType<Value>) =>
  z
    .array(value.or(z.literal('')))
    .max(100)
    .default([])
    .transform((values) => [...new Set(values.filter((chosen): chosen is Value => chosen !== ''))]);

/** What a coordinator chooses for a colleague, when inviting and when changing: roles, and which sections. */
export const grantInput = {
  roles: ticked(z.enum(insurerRoles)),
  /** `some`: a contributor answers in `sectionKeys` only, and reads the rest. */
  limit: z.enum(['all', 'some']).default('all'),
  sectionKeys: ticked(z.string().max(32)),
};
