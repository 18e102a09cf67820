import 'server-only';
import { type Actor, type Capability, can, type Facts } from '#domain/policy.ts';
import { forbidden, notFound } from './errors.ts';

/** Lets the verb go on, or throws: not found when the actor may not know that the thing exists, else forbidden. */
export function authorize(actor: Actor, capability: Capability, facts: Facts = {}): void {
  const permission = can(actor, capability, facts);
  if (permission.ok) return;
  throw permission.reason === 'not_found' ? notFound() : forbidden(permission.because);
}

/**
 * Stops who is of no insurer before the first statement: the supervisor's database roles have no grant on work in progress.
 * Every verb begins with the side that it belongs to, unless it asks the policy before it reads anything.
 * @throws not found
 */
export function onlyInsurer(actor: Actor): void {
  if (actor.organisationKind !== 'insurer') throw notFound();
}

/**
 * Stops who has no part in reviews before the first statement: the database role of an insurer or an administrator has
 * no grant on what a review is made of.
 * @throws not found
 */
export function onlyStaff(actor: Actor): void {
  if (actor.organisationKind !== 'supervisor' || actor.roles.includes('administrator')) throw notFound();
}

/** Stops the administrator, who sees no dossier, in a verb that serves both sides. @throws not found */
export function noAdministrator(actor: Actor): void {
  if (actor.roles.includes('administrator')) throw notFound();
}
