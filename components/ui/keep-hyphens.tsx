import type { ReactNode } from 'react';

/** A title, or words of the norm, in which a word that starts with a hyphen ("en -experts") keeps it at the end of a line. */
export function keepHyphens(title: string): ReactNode {
  return title.split(/(?<= )(-\S+)/).map((part) =>
    part.startsWith('-') ? (
      <span className="nb" key={part}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}
