import type { CriterionPage } from '#services/assessments/get-criterion.ts';

/**
 * Which words say at a criterion that a file was refused: what it does to submitting for who can mend it, what was found
 * after signing, who can mend it, or that it stands in nothing's way where nothing is asked.
 */
export function refusedWords({
  readOnly,
  assessment,
}: {
  readOnly: CriterionPage['readOnly'];
  assessment: Pick<CriterionPage['assessment'], 'state'>;
}) {
  switch (readOnly?.because) {
    case undefined:
      return 'refusedText';
    case 'state':
      return assessment.state === 'closed' ? 'refusedIdle' : 'refusedSigned';
    case 'role':
    case 'section':
      return 'refusedRead';
    default:
      return 'refusedIdle';
  }
}
