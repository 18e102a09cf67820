import { z } from 'zod';
import { endOfDayAmsterdam, termEnd } from '#domain/terms.ts';

/** A term as a form hands it in: so many days, or its last day (`YYYY-MM-DD`). */
export const termFields = {
  term: z.enum(['days', 'date'], { error: 'term_missing' }),
  days: z.coerce.number().int().min(1).max(366).optional().catch(undefined),
  date: z.iso.date().optional().catch(undefined),
};
type GivenTerm = { term: 'days' | 'date'; days?: number | undefined; date?: string | undefined };

/** When it ends; null when none was given, or its day does not exist. */
export function givenTerm({ term, days, date }: GivenTerm, now: Date): Date | null {
  if (term === 'days') return days === undefined ? null : termEnd(now, days);
  return date === undefined ? null : endOfDayAmsterdam(date);
}
