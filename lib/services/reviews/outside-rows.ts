import { z } from 'zod';
import type { Framework } from '#domain/framework.ts';
import { applyTransition } from '#domain/workflow.ts';
import type { LockedAssessment } from '#services/assessments/assessment-facts.ts';

export const outsideRow = z.object({
  /** The number under which the supervisor knows the insurer. */
  organisationNumber: z.string(),
  criterionKey: z.string(),
  /** `met` or `not_met`: an outside assessor does not say "partly". */
  response: z.string(),
  /** `YYYY-MM-DD`. */
  measuredOn: z.string(),
  source: z.string(),
});
export type OutsideRow = z.infer<typeof outsideRow>;

/** What is wrong with one line; `line` counts from 1. */
export type OutsideRowProblem = {
  line: number;
  field: keyof OutsideRow | 'line';
  code: 'unknown_organisation' | 'unknown_criterion' | 'response' | 'date' | 'source' | 'duplicate' | 'wrong_state';
};

/** What the lines are checked against; `decided`: cases whose outside results are settled. */
type Known = {
  cases: ReadonlyMap<string, LockedAssessment>;
  decided: ReadonlySet<string>;
  framework: Framework;
  today: string;
};

/** Everything that is wrong with these lines, in their order. */
export function outsideProblems(
  rows: readonly OutsideRow[],
  { cases, decided, framework, today }: Known,
): OutsideRowProblem[] {
  const seen = new Set<string>();
  return rows.flatMap((row, index) => {
    const ofCase = cases.get(row.organisationNumber);
    const criterion = framework.criterion(row.criterionKey);
    const cell = `${row.organisationNumber}:${row.criterionKey}`;
    const guards = { outcome_not_sent: ofCase !== undefined && !decided.has(ofCase.id) };
    const fails: Partial<Record<OutsideRowProblem['field'], OutsideRowProblem['code'] | false>> = {
      organisationNumber: !ofCase && 'unknown_organisation',
      criterionKey: !(criterion && framework.section(criterion.sectionKey)?.outsideAssessor) && 'unknown_criterion',
      response: row.response !== 'met' && row.response !== 'not_met' && 'response',
      measuredOn: !(z.iso.date().safeParse(row.measuredOn).success && row.measuredOn <= today) && 'date',
      source: (row.source.trim() === '' || row.source.length > 300) && 'source',
      line: seen.has(cell)
        ? 'duplicate'
        : ofCase && !applyTransition({ verb: 'import_outside', state: ofCase.state, guards }).ok && 'wrong_state',
    };
    seen.add(cell);
    return Object.entries(fails).flatMap(([field, code]) =>
      code ? [{ line: index + 1, field: field as OutsideRowProblem['field'], code }] : [],
    );
  });
}
