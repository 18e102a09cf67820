import type { ReactNode } from 'react';

type PageHeadProps = { side?: ReactNode; title: ReactNode; meta?: ReactNode; action?: ReactNode };

/** The head of a list page: kind and round in the margin, the title, what to know, and at the right what can be done. */
export function PageHead({ side, title, meta, action }: PageHeadProps) {
  return (
    <header className="head">
      <p className="side">{side}</p>
      <div>
        <h1 className="title">{title}</h1>
        {meta && <p className="meta">{meta}</p>}
      </div>
      {action && <div className="doing">{action}</div>}
    </header>
  );
}
