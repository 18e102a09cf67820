import type { Actor } from '#domain/policy.ts';

/** The page that an actor starts from. */
export function homeOf(actor: Actor): string {
  if (actor.organisationKind === 'insurer') return '/assessments';
  return actor.roles.includes('administrator') ? '/rounds' : '/reviews';
}

/**
 * A path of this site, or null: an address from outside is never followed. Browsers drop tabs and line ends from an
 * address and take a backslash for a slash, so that what looks like a path can lead away.
 */
export function sitePath(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\/(?!\/)[^\\\s\p{Cc}]*$/u.test(value)) return null;
  const here = 'http://here.invalid';
  return URL.canParse(value, here) && new URL(value, here).origin === here ? value : null;
}

/** A path of this site to come back to after signing in; never the sign-in page itself. */
export function ownPath(value: unknown): string | null {
  const path = sitePath(value);
  return path?.startsWith('/sign-in') ? null : path;
}
