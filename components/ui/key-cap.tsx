/**
 * Keys as they stand on the keyboard, one cap each (`keys={['Ctrl', 'Enter']}`). `decorative` hides them from assistive
 * technology where the key is announced elsewhere.
 */
export function KeyCap({ keys, decorative = false }: { keys: readonly string[]; decorative?: boolean }) {
  return (
    <span className="caps" aria-hidden={decorative || undefined}>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
