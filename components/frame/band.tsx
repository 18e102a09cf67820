import type { ReactNode } from 'react';

type BandProps = {
  id: string;
  /** The block's head, in the margin. */
  title: ReactNode;
  meta?: ReactNode;
  children: ReactNode;
};

/** A block of a list page: a firm rule, its head in the margin, its matter in the other four columns. */
export function Band({ id, title, meta, children }: BandProps) {
  return (
    <section className="band" aria-labelledby={id}>
      <h2 className="side" id={id}>
        {title}
        {meta && <span className="meta">{meta}</span>}
      </h2>
      <div>{children}</div>
    </section>
  );
}
