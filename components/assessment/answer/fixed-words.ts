import type { CriterionPage } from '#services/assessments/get-criterion.ts';

export type FixedWords = { title: FixedState; text: FixedState | 'asked' | 'responded' | 'termOver' };
type FixedState = Exclude<CriterionPage['assessment']['state'], 'draft' | 'returned'>;

/**
 * Which words of `readOnly` say that an assessment can no longer be changed and who takes the next step; null while it
 * can be changed.
 */
export function fixedWords({
  state,
  nextBy,
  hearing,
}: Pick<CriterionPage['assessment'], 'state' | 'nextBy' | 'hearing'>): FixedWords | null {
  if (state === 'draft' || state === 'returned') return null;
  if (state === 'hearing' && nextBy !== 'insurer') {
    return { title: state, text: hearing?.respondedAt ? 'responded' : 'termOver' };
  }
  const asked = (state === 'submitted' || state === 'in_review') && nextBy === 'insurer';
  return { title: state, text: asked ? 'asked' : state };
}
