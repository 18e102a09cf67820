import type { Actor } from '#domain/policy.ts';

/** The page that an actor starts from. */
export function homeOf(actor: Actor): string {
  if (actor.organisationKind === 'insurer') return '/assessments';
  return actor.roles.includes('administrator') ? '/rounds' : '/reviews';
}

/** A path of this site to come back to, or null: an address from outside is never followed. */
export function ownPath(value: unknown): string | null {
  if (typeof value !== 'string' || !value.startsWith('/') || value.startsWith('//') || value.includes('\\'))
    return null;
  return value.startsWith('/sign-in') ? null : value;
}
