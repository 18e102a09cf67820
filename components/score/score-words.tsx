import type { ReactNode } from 'react';
import { Staircase } from './staircase.tsx';
import type { StaircaseFacts } from './staircase-geometry.ts';

/** The small staircase with its words on one line: the way a score stands in an outline, a list, a queue. */
export function ScoreLine({ facts, children }: { facts: StaircaseFacts; children: ReactNode }) {
  return (
    <span className="score">
      <Staircase size="small" {...facts} />
      <span>{children}</span>
    </span>
  );
}

/** The large staircase with its words under it: the way a score stands on its own page. */
export function ScoreFigure({ facts, children }: { facts: StaircaseFacts; children: ReactNode }) {
  return (
    <div>
      <Staircase size="large" {...facts} />
      <p className="words">{children}</p>
    </div>
  );
}
