import type { ReactNode } from 'react';

type ReadingPageProps = {
  /** The outline: its name, and its navigation. Folds below 960 px. */
  outlineTitle: ReactNode;
  outline: ReactNode;
  glossLabel: string;
  /** Beside the text from 1280 px, under it below. */
  gloss: ReactNode;
  /** The matter: rows. */
  children: ReactNode;
};

/** The page on which one thing is read and answered: contents, text with its margin, gloss. Stands inside the page's main. */
export function ReadingPage({ outlineTitle, outline, glossLabel, gloss, children }: ReadingPageProps) {
  return (
    <div className="reading">
      <div className="contents-col">
        <details className="fold">
          <summary>{outlineTitle}</summary>
          {outline}
        </details>
      </div>
      <div className="doc">{children}</div>
      <aside className="gloss" aria-label={glossLabel}>
        <div className="stick">{gloss}</div>
      </aside>
    </div>
  );
}

type ReadingRowProps = {
  /** The margin: a head, a key, a save status. */
  side?: ReactNode;
  /** first: no line above. end: the row with the buttons, under a firm rule. */
  place?: 'first' | 'end';
  children: ReactNode;
};

/** One row of the text: its margin and its matter of at most 640 px. */
export function ReadingRow({ side, place, children }: ReadingRowProps) {
  return (
    <div className={place ? `row ${place}` : 'row'}>
      <div className="side">{side}</div>
      <div className="col">{children}</div>
    </div>
  );
}
