/** A stretch of text; `differs` when the other text does not have it at this place. */
export type DiffPart = { text: string; differs: boolean };

/** Above this many word pairs the middle is marked as a whole: a page must not wait for a comparison. */
const maximumPairs = 4_000_000;

/**
 * Compares two texts word by word and marks, in each, what the other does not have. Joined, the parts of a side give
 * that side's text back exactly.
 */
export function diffWords(left: string, right: string): { left: DiffPart[]; right: DiffPart[] } {
  const a = words(left);
  const b = words(right);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;

  const same = commonWords(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const mark = (all: string[], kept: Set<number>) =>
    joinParts(
      all.map((text, index) => ({
        text,
        differs: index >= start && index < all.length - end && !kept.has(index - start),
      })),
    );
  return { left: mark(a, same.left), right: mark(b, same.right) };
}

/** Words with the white space after them; punctuation at their end stands apart, so that a comma is a change of its own. */
function words(text: string): string[] {
  return text.match(/\s+|[^\s\p{P}]+|\p{P}+/gu) ?? [];
}

/** The places, in each list, of a longest common subsequence. */
function commonWords(a: string[], b: string[]): { left: Set<number>; right: Set<number> } {
  const left = new Set<number>();
  const right = new Set<number>();
  if (a.length * b.length > maximumPairs) return { left, right };

  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      left.add(i++);
      right.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return { left, right };
}

/** Neighbours of one kind become one part; a lone space between two differences belongs to them. */
function joinParts(parts: DiffPart[]): DiffPart[] {
  const joined: DiffPart[] = [];
  parts.forEach((part, index) => {
    const between = /^\s+$/.test(part.text) && parts[index - 1]?.differs && parts[index + 1]?.differs;
    const differs = part.differs || Boolean(between);
    const last = joined.at(-1);
    if (last?.differs === differs) last.text += part.text;
    else joined.push({ text: part.text, differs });
  });
  return joined;
}
