/** Stands where text will come, at its size, so that nothing jumps. `label` is what assistive technology hears. */
export function Skeleton({ label, lines = 4 }: { label: string; lines?: number }) {
  return (
    <div className="skel">
      <p className="vh" role="status">
        {label}
      </p>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines without content have nothing else to tell them apart
        <span key={line} aria-hidden="true" />
      ))}
    </div>
  );
}
