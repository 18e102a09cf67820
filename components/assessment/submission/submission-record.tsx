import { getTranslations } from 'next-intl/server';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { inFours } from '#lib/i18n/in-fours.ts';
import type { AssessmentStatus, SubmissionShown } from '#services/assessments/assessment-status.ts';

/** What names a submission: reference, who signed, and the number by which it can be checked. */
export async function SubmissionRecord({
  status,
  submission,
}: {
  status: AssessmentStatus;
  submission: SubmissionShown;
}) {
  const t = await getTranslations('insurer.receipt');
  const { signatoryName, signatoryFunction, sha256 } = submission;
  return (
    <DefinitionList
      items={[
        { term: t('reference'), value: status.reference },
        { term: t('by'), value: t('signedBy', { name: signatoryName, function: signatoryFunction }) },
        { term: t('hash'), value: <span className="hash">{inFours(sha256)}</span> },
      ]}
    />
  );
}
