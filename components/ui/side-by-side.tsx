import type { ReactNode } from 'react';
import { type DiffPart, diffWords } from './text-diff.ts';

export type Side = { title: ReactNode; meta: ReactNode; text: string; action: ReactNode };

/** Two versions of one text with their differences marked; each has its own button, and `both` leads to merging. */
export function SideBySide({ left, right, both }: { left: Side; right: Side; both?: ReactNode }) {
  const marked = diffWords(left.text, right.text);
  return (
    <div className="versus">
      <Version side={left} parts={marked.left} />
      <Version side={right} parts={marked.right} />
      {both && <p className="both">{both}</p>}
    </div>
  );
}

function Version({ side, parts }: { side: Side; parts: DiffPart[] }) {
  let place = 0;
  return (
    <section>
      <h3>
        {side.title}
        <span className="meta">{side.meta}</span>
      </h3>
      <p className="prewrap">
        {parts.map((part) => {
          const key = place;
          place += part.text.length;
          return part.differs ? <mark key={key}>{part.text}</mark> : <span key={key}>{part.text}</span>;
        })}
      </p>
      {side.action}
    </section>
  );
}
