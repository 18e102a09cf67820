import { diffWords } from '#components/ui/text-diff.ts';
import type { AnswerText, AnswerVersion } from '#services/history/get-answer-history.ts';

/** Versions that one person saved in one go: the last of them, and those on the way to it, the newest first. */
export type Sitting = { last: AnswerVersion; between: readonly AnswerVersion[] };

const pause = 15 * 60_000;

/**
 * Gathers the versions that saving while somebody types leaves behind, so that a list shows what was meant. A pause of a
 * quarter of an hour, or somebody else in between, begins another one.
 * @param versions the newest first
 */
export function sittingsOf(versions: readonly AnswerVersion[]): Sitting[] {
  const sittings: { last: AnswerVersion; between: AnswerVersion[] }[] = [];
  for (const version of versions) {
    const sitting = sittings.at(-1);
    const after = sitting?.between.at(-1) ?? sitting?.last;
    const together =
      after && after.by.userId === version.by.userId && after.savedAt.getTime() - version.savedAt.getTime() < pause;
    if (together) sitting?.between.push(version);
    else sittings.push({ last: version, between: [] });
  }
  return sittings;
}

/** What a later text lacks of an earlier one and has beside it, as stretches of text in their order. */
export type Difference = { gone: readonly string[]; added: readonly string[] };

export function differenceOf(earlier: AnswerText, later: AnswerText): Difference {
  const { left, right } = diffWords(earlier.explanation, later.explanation);
  const changed = (parts: typeof left) =>
    parts.flatMap(({ text, differs }) => (differs && text.trim() ? [text.trim()] : []));
  return { gone: changed(left), added: changed(right) };
}
