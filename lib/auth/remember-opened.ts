/**
 * Opens each value once, and remembers what was in the latest ones. What cannot be opened is not remembered: anybody can
 * send that, and would push out what is of use.
 * @param most that are remembered; beyond it the oldest is forgotten
 * @param open gives null for what it cannot open
 */
export function rememberOpened<Content>(most: number, open: (value: string) => Promise<Content | null>) {
  const opened = new Map<string, Content>();
  return async (value: string): Promise<Content | null> => {
    const known = opened.get(value);
    if (known) return known;
    const content = await open(value);
    if (content === null) return null;
    const oldest = opened.size >= most ? opened.keys().next().value : undefined;
    if (oldest !== undefined) opened.delete(oldest);
    opened.set(value, content);
    return content;
  };
}
