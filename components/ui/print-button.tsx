import { Button } from './button.tsx';

/**
 * Prints the page, by the few characters of script that the root layout carries: a reading page loads no file for it.
 * Hidden where script does not run; the browser's own way to print is always there.
 */
export function PrintButton({ children }: { children: string }) {
  return (
    <span className="needs-script" data-prints>
      <Button kind="link">{children}</Button>
    </span>
  );
}
