/** Says, above everything, that this is a demonstration. */
export function DemoBar({ children }: { children: string }) {
  return <p className="demo">{children}</p>;
}
