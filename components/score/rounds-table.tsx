import type { ReactNode } from 'react';

export type RoundColumn = { key: string; name: ReactNode };

/** The rounds of one framework version: only these may be compared, so only their treads join. */
export type RoundGroup = { key: string; framework: ReactNode; rounds: readonly RoundColumn[] };

export type RoundRow = {
  key: string;
  name: ReactNode;
  /** Per round key: the score 1 to 5 (a mean for the total) and how the page writes it; absent when there was none. */
  scores: Readonly<Record<string, { score: number; written: string } | undefined>>;
  total?: boolean;
  /** Keys of the groups that this row may be laid beside the group before it: no break, and the treads join. */
  joined?: readonly string[];
};

type RoundsTableProps = {
  label: string;
  rowHead: string;
  groups: readonly RoundGroup[];
  rows: readonly RoundRow[];
  /** Between two framework versions: "niet vergelijkbaar". */
  breakWord: string;
};

/** Scores through the rounds: a number over its tread, treads joined within a framework version, two to six rounds. */
export function RoundsTable({ label, rowHead, groups, rows, breakWord }: RoundsTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1)
    <section className="scroll" tabIndex={0} aria-label={label}>
      <table className="trend" aria-label={label}>
        <thead>
          <tr className="fw">
            <td />
            {groups.map((group, place) => (
              <HeadCells key={group.key} first={place === 0} span={group.rounds.length}>
                {group.framework}
              </HeadCells>
            ))}
          </tr>
          <tr>
            <th scope="col">{rowHead}</th>
            {groups.map((group, place) => (
              <RoundNames key={group.key} group={group} breakWord={place === 0 ? undefined : breakWord} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className={row.total ? 'tot' : undefined}>
              <th scope="row">{row.name}</th>
              {groups.map((group, place) => (
                <RoundScores key={group.key} group={group} row={row} before={groups[place - 1]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function HeadCells({ first, span, children }: { first: boolean; span: number; children: ReactNode }) {
  return (
    <>
      {!first && <td className="cut" />}
      <th scope="colgroup" colSpan={span}>
        {children}
      </th>
    </>
  );
}

function RoundNames({ group, breakWord }: { group: RoundGroup; breakWord: string | undefined }) {
  return (
    <>
      {breakWord && (
        <td className="cut">
          <span>{breakWord}</span>
        </td>
      )}
      {group.rounds.map((round) => (
        <th key={round.key} scope="col">
          {round.name}
        </th>
      ))}
    </>
  );
}

type RoundScoresProps = { group: RoundGroup; row: RoundRow; before: RoundGroup | undefined };

function RoundScores({ group, row, before }: RoundScoresProps) {
  const joined = row.joined?.includes(group.key) === true;
  return (
    <>
      {before && <td className={joined ? 'joined' : 'cut'} />}
      {group.rounds.map((round, place) => {
        const now = row.scores[round.key];
        const last = place > 0 ? group.rounds[place - 1] : joined ? before?.rounds.at(-1) : undefined;
        return (
          <td key={round.key}>
            {now ? (
              <>
                <b>{now.written}</b>
                <Tread score={now.score} before={row.scores[last?.key ?? '']?.score} />
              </>
            ) : (
              <span className="meta">–</span>
            )}
          </td>
        );
      })}
    </>
  );
}

/** One round's tread, 7 units a level, with the riser from the round before it. */
function Tread({ score, before }: { score: number; before: number | undefined }) {
  const y = Math.round((36 - 7 * score) * 10) / 10;
  const from = before === undefined ? undefined : Math.round((36 - 7 * before) * 10) / 10;
  return (
    <svg viewBox="0 0 100 36" preserveAspectRatio="none" aria-hidden="true">
      <path className="tr-area" d={`M0 36V${y}H100V36z`} />
      <path className="tr-line" d={from === undefined || from === y ? `M0 ${y}H100` : `M0 ${from}V${y}H100`} />
    </svg>
  );
}
