import type { Actor } from '#domain/policy.ts';

/** The places that the top of the sheet offers an actor, in order. It guards nothing: the verbs do. */
export function placesOf(actor: Actor) {
  if (actor.organisationKind === 'insurer') return ['assessments', 'team', 'dashboards'] as const;
  if (actor.roles.includes('administrator')) return ['rounds', 'organisations', 'frameworks'] as const;
  return ['reviews', 'rounds', 'dashboards', 'frameworks'] as const;
}
