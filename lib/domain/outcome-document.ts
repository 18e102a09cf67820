import type { Ground, Response } from './answers.ts';
import type { Level } from './framework.ts';

/** A text of the norm, and our translation where the reader has another language than the norm. */
export type NormText = { norm: string; courtesy: string | null };

/** A piece of evidence where it supports a criterion; `given` says how it came in after signing, empty when it was signed. */
export type OutcomePiece = { title: string; locator: string; source: string; sha256: string | null; given: string };

/** What the insurer answered to an information request; `head` says when, and to which question. */
export type OutcomeSupplement = { head: string; text: string };

/** One criterion of an outcome, in codes for machines and in words for people. */
export type OutcomeCriterion = {
  key: string;
  level: Level;
  short: string;
  text: NormText;
  derived: boolean;
  applies: boolean;
  /** Profile questions that decide whether it applies. */
  appliesWhen: readonly string[];
  answer: Response | null;
  answerWords: string;
  explanation: string;
  /** What the supervisor found; null without a verdict. */
  verdict: Response | null;
  verdictWords: string;
  overrides: boolean;
  ground: Ground | null;
  groundWords: string;
  reason: string;
  /** What the drawn claim files showed when the verdict was given; empty where it rests on none. */
  claimWords: string;
  /** Who measured it and what came out; empty when nobody did. */
  outsideWords: string;
  /** What counts in the score. */
  counts: Response | null;
  countsWords: string;
  fulfilled: boolean;
  /** The criterion that fulfils it; null when none does. */
  by: string | null;
  stops: boolean;
  /** One line of claim and finding, as the dashboard says it. */
  summary: string;
  supplements: readonly OutcomeSupplement[];
  pieces: readonly OutcomePiece[];
  /** What the verdict says of the evidence; empty when it says nothing. */
  convincedWords: string;
};

/** A profile question of an outcome, in words. */
export type OutcomeProfileFact = {
  key: string;
  name: string;
  own: string;
  effective: string;
  differs: boolean;
  /** Empty where it confirms. */
  groundWords: string;
  reason: string;
};

/** One section of an outcome. Scores are written as every medium shows them. */
export type OutcomeSection = {
  key: string;
  title: NormText;
  applies: boolean;
  own: Level | null;
  computed: Level | null;
  level: Level | null;
  levelName: NormText | null;
  /** The norm's text of level 1, where it may stand as the result. */
  levelOne: NormText | null;
  /** "Score 3 van 5: …", or that the section does not apply. */
  words: string;
  /** The sector's mean, or why there is none. */
  sector: string;
  previous: string;
  /** By earlier round, in the order of `OutcomeDocument.earlier`. */
  earlier: readonly string[];
  stops: readonly string[];
  /** How the computed level came about, a step a line. */
  trace: readonly string[];
  reason: string;
  /** That the determined level differs from the computed one; empty when it does not. */
  differs: string;
  /** Marks: self-declared, measured outside, taken over from an earlier round. */
  marks: readonly string[];
  /** The same in as few words as can be. */
  briefMarks: readonly string[];
  /** That other criteria apply than under the insurer's own profile, a question a line. */
  profile: readonly string[];
  hearing: { objection: string; answer: string } | null;
  /** What came with responses in the hearing. */
  heard: readonly OutcomePiece[];
  next: {
    to: Level;
    words: string;
    missing: readonly { key: string; short: string; text: NormText; words: string }[];
  } | null;
  criteria: readonly OutcomeCriterion[];
};

/**
 * A published outcome as every medium shows it: screen, PDF, spreadsheet and text files draw from it, so that none can
 * say another number than the others. Written in one language; `exact` scores are fractions in lowest terms.
 */
/** What changed in the norm since one earlier version: a criterion a line, and the same in parts. */
export type OutcomeChanges = {
  title: string;
  lines: readonly string[];
  /** The earlier version, as it is named. */
  since: string;
  criteria: readonly {
    section: string;
    key: string;
    short: string;
    /** New, gone or reading otherwise. */
    kindWords: string;
    /** Whether scores of its section may be compared all the same. */
    standingWords: string;
  }[];
};

export type OutcomeDocument = {
  locale: 'nl' | 'en';
  authority: 'nl' | 'en';
  organisation: { name: string; number: string };
  reference: string;
  edition: number;
  /** Why this edition replaces the one before; empty for the first. */
  reason: string;
  /** That it is being revised or was replaced; empty when it stands. */
  standing: string;
  round: { name: string; productScope: string; period: string };
  framework: { title: string; subject: string; ref: string; sha256: string };
  decidedOn: string;
  /** ISO 8601, UTC. */
  publishedAt: string;
  publishedOn: string;
  sha256: string;
  submission: { number: number; sha256: string; signedOn: string };
  /** How the hearing ended; empty where it is not told. */
  hearing: string;
  headline: string;
  sentences: readonly string[];
  total: { written: string; exact: string } | null;
  own: string;
  computed: string;
  sector: string;
  previous: string;
  previousName: string;
  earlier: readonly { name: string; total: string }[];
  /** What changed in the framework since earlier rounds, one for each earlier version. */
  changes: readonly OutcomeChanges[];
  /** Where the sector figures come from. */
  sectorSource: string;
  profile: readonly OutcomeProfileFact[];
  sections: readonly OutcomeSection[];
};
