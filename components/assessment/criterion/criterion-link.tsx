'use client';

import { PageLink } from '#components/ui/page-link.tsx';
import { useCriterion } from './criterion-context.tsx';
import { criterionPath } from './criterion-path.ts';

/** A criterion by its key, as a link to its page; the one that is open is text. */
export function CriterionLink({ to }: { to: string }) {
  const { assessmentId, criterionKey } = useCriterion();
  if (to === criterionKey) return <span className="key">{to}</span>;
  return (
    <PageLink className="key" href={criterionPath(assessmentId, to)}>
      {to}
    </PageLink>
  );
}
