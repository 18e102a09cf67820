'use client';

import { type ReactNode, useState } from 'react';

/** As `Disclosure`, of which `open` speaks for the first drawing alone: afterwards the reader opens and closes it. */
export function OpenedOnce({ summary, open, children }: { summary: ReactNode; open: boolean; children: ReactNode }) {
  const [atFirst] = useState(open);
  return (
    <details className="more" open={atFirst}>
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}
