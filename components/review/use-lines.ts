import { useState } from 'react';

/**
 * How many lines a form draws: those that it begins with, what was typed and refused, and those that are asked for.
 * @param most what the verb takes
 */
export function useLines({ begin, typed = 0, most }: { begin: number; typed?: number | undefined; most: number }) {
  const [asked, setAsked] = useState(begin);
  const count = Math.min(Math.max(asked, typed), most);
  return { count, add: count < most ? () => setAsked(count + 1) : null };
}
