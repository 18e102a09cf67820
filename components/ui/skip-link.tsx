/** The first thing that Tab reaches: jumps to `target`, the id of the page's matter. */
export function SkipLink({ target, children }: { target: string; children: string }) {
  return (
    <a className="skip" href={`#${target}`}>
      {children}
    </a>
  );
}
