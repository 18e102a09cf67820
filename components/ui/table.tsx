import type { ReactNode } from 'react';

type TableProps = {
  /** Names the table, and the region that scrolls when it is wider than the screen. */
  label: string;
  tight?: boolean;
  children: ReactNode;
};

/**
 * A table with hairlines. `children` are `thead` and `tbody`; row heads are `th scope="row"`, numbers get the class `r`.
 * The region takes the focus so that a keyboard can scroll it.
 */
export function Table({ label, tight = false, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1)
    <section className="scroll" tabIndex={0} aria-label={label}>
      <table className={tight ? 'tab tight' : 'tab'} aria-label={label}>
        {children}
      </table>
    </section>
  );
}
