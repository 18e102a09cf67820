import type { Level } from './framework.ts';
import { isOver } from './terms.ts';
import type { Guard } from './workflow.ts';

/** Levels by section key. A section that is absent has none. */
export type LevelsByKey = Readonly<Record<string, Level>>;

/** Where the hearing of one assessment stands. */
export type HearingFacts = {
  /** The newest version that was sent; null before the first. */
  readonly sent: { readonly levels: LevelsByKey; readonly termAt: Date } | null;
  /** What stands published since that version was sent, while it is being corrected; null when nothing is. */
  readonly publishedSince: LevelsByKey | null;
  /** The insurer sent its response to the newest version. */
  readonly responded: boolean;
  /** Sections with which its last word does not agree, on whichever version, and those of them that were answered. */
  readonly objections: readonly string[];
  readonly answered: readonly string[];
};

type HearingGuard = Extract<
  Guard,
  | 'version_sent'
  | 'responded_or_term_over'
  | 'objections_answered'
  | 'no_section_lower'
  | 'term_open'
  | 'not_yet_responded'
>;

/**
 * The answers to the workflow's questions about the hearing ("The life of an assessment", send, respond, reopen,
 * propose). Silence after the term is no agreement: it only ends the waiting.
 * @param determined the levels as they stand now
 */
export function hearingGuards(
  facts: HearingFacts,
  determined: LevelsByKey,
  now: Date,
): Readonly<Record<HearingGuard, boolean>> {
  const termOver = facts.sent !== null && isOver(facts.sent.termAt, now);
  return {
    version_sent: facts.sent !== null,
    responded_or_term_over: facts.sent !== null && (facts.responded || termOver),
    objections_answered: facts.objections.every((key) => facts.answered.includes(key)),
    no_section_lower: lowerSections(facts, determined).length === 0,
    term_open: facts.sent !== null && !termOver,
    not_yet_responded: !facts.responded,
  };
}

/**
 * The sections that have to be heard first: those that would end lower than the insurer was told last, in the version that
 * was sent or in the outcome that was published after it, and those of which it was told no level at all. One that no
 * longer applies has no level, and is not lower. None before anything was told.
 */
export function lowerSections(facts: HearingFacts, determined: LevelsByKey): readonly string[] {
  const told = toldLevels(facts);
  if (told === null) return [];
  return Object.entries(determined)
    .filter(([key, level]) => !Object.hasOwn(told, key) || level < (told[key] as Level))
    .map(([key]) => key);
}

/** Those of `lowerSections` of which the insurer was told no level: they came to apply since. */
export function unheardSections(facts: HearingFacts, determined: LevelsByKey): readonly string[] {
  const told = toldLevels(facts);
  return told === null ? [] : Object.keys(determined).filter((key) => !Object.hasOwn(told, key));
}

const toldLevels = ({ sent, publishedSince }: HearingFacts): LevelsByKey | null =>
  publishedSince ?? sent?.levels ?? null;
