import type { ReactNode } from 'react';

type BandProps = {
  id: string;
  /** The block's head, in the margin; it names the block, without its meta. */
  title: ReactNode;
  meta?: ReactNode;
  children: ReactNode;
};

/** A block of a list page: a firm rule, its head in the margin, its matter in the other four columns. */
export function Band({ id, title, meta, children }: BandProps) {
  return (
    <section className="band" aria-labelledby={id}>
      <div className="side">
        <h2 id={id}>{title}</h2>
        {meta && <p className="meta">{meta}</p>}
      </div>
      <div>{children}</div>
    </section>
  );
}
