import type { ReactNode } from 'react';

/** A page that is not there or not for this person: it never says which. */
export function NotFoundBlock({ title, children, way }: { title: string; children: ReactNode; way: ReactNode }) {
  return (
    <section className="notfound">
      <h1 className="title">{title}</h1>
      <p>{children}</p>
      <p>{way}</p>
    </section>
  );
}
