import 'server-only';
import { type Actor, type Capability, can, type Facts } from '#domain/policy.ts';
import { forbidden, notFound } from './errors.ts';

/** Lets the verb go on, or throws: not found when the actor may not know that the thing exists, else forbidden. */
export function authorize(actor: Actor, capability: Capability, facts: Facts = {}): void {
  const permission = can(actor, capability, facts);
  if (permission.ok) return;
  throw permission.reason === 'not_found' ? notFound() : forbidden(permission.because);
}
