import type { ReactNode } from 'react';

type RowProps = {
  /** The margin: a head, a key, a save status. */
  side?: ReactNode;
  place?: 'first' | 'end';
  id?: string;
  children: ReactNode;
};

/** One row of the page of a criterion: its margin and its matter of at most 640 px. */
export function Row({ side, place, id, children }: RowProps) {
  return (
    <div className={place ? `row ${place}` : 'row'} id={id}>
      <div className="side">{side}</div>
      <div className="col">{children}</div>
    </div>
  );
}
