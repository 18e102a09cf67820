'use client';

import { Button } from './button.tsx';

/** Prints the page. Hidden where script does not run; the browser's own way to print is always there. */
export function PrintButton({ children }: { children: string }) {
  return (
    <span className="needs-script">
      <Button kind="link" onClick={() => window.print()}>
        {children}
      </Button>
    </span>
  );
}
