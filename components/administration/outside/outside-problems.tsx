import { Table } from '#components/ui/table.tsx';
import type { TableFault } from '#services/read-table.ts';
import type { OutsideProblem } from '#services/reviews/outside-rows.ts';
import type { OutsideTexts } from './outside-form.tsx';

type OutsideProblemsProps = {
  fault: TableFault | undefined;
  problems: readonly OutsideProblem[];
  texts: OutsideTexts;
  keys: readonly string[];
};

/** Everything that is wrong with a table: in which column, on which lines, and how to mend it. */
export function OutsideProblems({ fault, problems, texts, keys }: OutsideProblemsProps) {
  const count = problems.reduce((sum, { lines }) => sum + lines.length, 0);
  const title = fault ? texts.faultTitle : texts.problemsTitle.replace('{count}', String(count));
  return (
    <div className="told">
      <h3 className="h3">{title}</h3>
      <p>{fault ? faultText(fault) : texts.problemsText}</p>
      {problems.length > 0 && (
        <div className="stacks">
          <Table label={texts.problemsLabel} tight>
            <thead>
              <tr>
                <th scope="col">{texts.column}</th>
                <th scope="col">{texts.line}</th>
                <th scope="col">{texts.value}</th>
                <th scope="col">{texts.problem}</th>
              </tr>
            </thead>
            <tbody>
              {problems.map(({ field, code, value, lines }) => (
                <tr key={`${field} ${code} ${value}`}>
                  <th scope="row">{texts.columns[field]}</th>
                  <td data-label={texts.line}>{rangesOf(lines)}</td>
                  <td data-label={texts.value}>{value || '–'}</td>
                  <td data-label={texts.problem}>{texts.codes[code].replace('{keys}', keys.join(', '))}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </div>
  );

  function faultText(found: TableFault): string {
    const about = 'columns' in found ? found.columns.join(', ') : 'line' in found ? String(found.line) : '';
    return texts.faults[found.code].replace('{about}', about);
  }
}

/** Lines in order, those that follow each other as one: `2, 4–9`. */
function rangesOf(lines: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}
