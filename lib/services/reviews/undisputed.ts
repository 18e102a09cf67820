import type { Framework } from '#domain/framework.ts';
import { countFindings, type Draw, type FoundAt } from '#services/claims/claim-facts.ts';
import type { RequestView } from '#services/requests/request-facts.ts';
import type { Review } from './compute-review.ts';

/**
 * The criteria that may be confirmed together: asked for a verdict, answered "Ja" or "Nee", not fulfilled only through
 * another criterion, and not `disputed`. In the norm's order.
 */
export function undisputedCriteria(
  framework: Framework,
  { computed, toJudge }: Review,
  disputed: ReadonlySet<string>,
): readonly string[] {
  const open = new Set(toJudge.criteria);
  return framework.criteria.flatMap(({ key }) => {
    const trace = computed.traces[key];
    return open.has(key) && !disputed.has(key) && (trace?.code === 'met' || trace?.code === 'not_met') ? [key] : [];
  });
}

/**
 * What asks for a look of its own: an open request, or a criterion that is judged from claim files, unless files were
 * drawn and each was found conform.
 */
export function disputedCriteria(
  framework: Framework,
  requests: readonly Pick<RequestView, 'criterionKey' | 'state'>[],
  { draw, found }: { draw: Draw | null; found: readonly FoundAt[] },
): ReadonlySet<string> {
  const asked = requests.filter(({ state }) => state === 'open').map(({ criterionKey }) => criterionKey);
  const fromFiles = framework.criteria.filter(
    ({ key, claimFiles }) => claimFiles && !(draw && countFindings(draw, found, key).conform === draw.claims.length),
  );
  return new Set([...asked, ...fromFiles.map(({ key }) => key)]);
}
