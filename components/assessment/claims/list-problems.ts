import type { Messages } from '#lib/i18n/messages.ts';
import type { ClaimLineProblem } from '#services/claims/claim-list.ts';
import type { FormResult } from '#services/form-result.ts';
import type { TableFault } from '#services/read-table.ts';
import { sentence } from '../phrase.tsx';

type Refused = Extract<FormResult<unknown>, { status: 'refused' }>;
type Texts = Messages['claims']['insurer'];

/** Everything that is wrong with a list, a sentence for each kind with all its lines. */
export function listProblems({ code, because, fields, detail }: Refused, texts: Texts): string[] {
  const { fault = null, problems = [] } = (detail ?? {}) as {
    fault?: TableFault | null;
    problems?: ClaimLineProblem[];
  };
  if (fault) return [faultText(fault, texts)];
  if (problems.length > 0) return byKind(problems, texts);
  const known = texts.faults as Readonly<Record<string, string>>;
  const codes = code === 'precondition' ? because : [...Object.values(fields), code];
  return [codes.map((one) => known[one]).find((text) => text !== undefined) ?? texts.faults.other];
}

function faultText(fault: TableFault, texts: Texts): string {
  const text = texts.faults[fault.code];
  if (fault.code === 'not_a_table') return sentence(text, { line: fault.line });
  return 'columns' in fault ? sentence(text, { columns: fault.columns.join(', ') }) : text;
}

function byKind(problems: readonly ClaimLineProblem[], texts: Texts): string[] {
  const kinds = Map.groupBy(problems, ({ field, code }) => `${code} ${field}`);
  return [...kinds.values()].map((of) => {
    const { field, code } = of[0] as ClaimLineProblem;
    const lines = sentence(of.length === 1 ? texts.problems.line : texts.problems.lines, {
      lines: ranges(of.map(({ line }) => line)),
    });
    return sentence(texts.problems[code], { field: texts.fields[field], lines });
  });
}

/** `3, 7 – 9, 12`. */
function ranges(lines: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else runs.push([line, line]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from} – ${to}`)).join(', ');
}
