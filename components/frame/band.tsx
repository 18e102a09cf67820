import type { ReactNode } from 'react';

type BandProps = {
  id: string;
  /** The block's head, in the margin; it names the block, without its meta. */
  title: ReactNode;
  meta?: ReactNode;
  children: ReactNode;
};

/**
 * A block of a list page: a firm rule, its head in the margin, its matter in the other four columns. A form in it that is
 * gone when it has done its work leaves the focus here.
 */
export function Band({ id, title, meta, children }: BandProps) {
  return (
    <section className="band" aria-labelledby={id} tabIndex={-1}>
      <div className="side">
        <h2 id={id}>{title}</h2>
        {meta && <p className="meta">{meta}</p>}
      </div>
      <div>{children}</div>
    </section>
  );
}
