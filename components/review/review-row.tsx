import type { ReactNode } from 'react';

/** A row of the middle pane: its name at the left, its matter at the right. */
export function ReviewRow({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="wrow">
      <div className="k">{name}</div>
      <div>{children}</div>
    </div>
  );
}
