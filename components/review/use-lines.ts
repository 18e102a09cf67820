import { useEffect, useState } from 'react';

/** Lines that a form has to spare where no script adds any. */
export const spareLines = 4;

/**
 * How many lines a form draws: those that it begins with, what was typed and refused, and those that are asked for. Lines
 * can be asked for once script runs; `spareLines` more stand in a `noscript` for a page without.
 * @param most what the verb takes
 */
export function useLines({ begin, typed = 0, most }: { begin: number; typed?: number | undefined; most: number }) {
  const [asked, setAsked] = useState(begin);
  const [runs, setRuns] = useState(false);
  useEffect(() => setRuns(true), []);
  const count = Math.min(Math.max(asked, typed), most);
  return { count, add: runs && count < most ? () => setAsked(count + 1) : null };
}
