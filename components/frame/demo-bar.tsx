/** Says, above everything, that this is a demonstration. */
export function DemoBar({ children }: { children: string }) {
  return <aside className="demo">{children}</aside>;
}
