'use client';

import { useCriterion } from '../criterion/criterion-context.tsx';
import { historyPath } from './history-path.ts';

type EarlierTextsProps = {
  /** The version that stands; each one before it is an earlier text. */
  version: number;
  label: string;
};

/** The way to the earlier texts of the answer, beside its save status; nothing where there are none. */
export function EarlierTexts({ version, label }: EarlierTextsProps) {
  const { assessmentId, criterionKey } = useCriterion();
  if (version < 2) return null;
  return (
    <a className="earlier" href={historyPath(assessmentId, criterionKey)}>
      {label} ({version - 1})
    </a>
  );
}
