import type { Framework } from '#domain/framework.ts';
import type { Review } from './compute-review.ts';

/**
 * The criteria that may be confirmed together: asked for a verdict, answered "Ja" or "Nee", and not fulfilled only through
 * another criterion. In the norm's order.
 */
export function undisputedCriteria(framework: Framework, { computed, toJudge }: Review): readonly string[] {
  const open = new Set(toJudge.criteria);
  return framework.criteria.flatMap(({ key }) => {
    const trace = computed.traces[key];
    return open.has(key) && (trace?.code === 'met' || trace?.code === 'not_met') ? [key] : [];
  });
}
