import type { Ground, IntakeMap, Response } from './answers.ts';
import type { RepliedPiece } from './dossier.ts';
import type { ClaimCounts } from './findings.ts';
import { toLowest } from './fraction.ts';
import type { Level } from './framework.ts';
import type { MissingCriterion } from './score-advice.ts';
import type { AssessmentScore, SectionScore } from './scoring.ts';

/** A piece of evidence as a submission pins it: a file by its hash, a web address by the day it was seen. */
export type PinnedEvidence = {
  id: string;
  kind: 'file' | 'web_address';
  title: string;
  aboutPeriod: string;
  fileName: string | null;
  mediaType: string | null;
  sizeBytes: number | null;
  /** Lower-case hexadecimal. */
  sha256: string | null;
  webAddress: string | null;
  /** `YYYY-MM-DD`. */
  seenOn: string | null;
  /** The day from which what it says holds, as the insurer stated it: `YYYY-MM-DD`. */
  effectiveOn: string | null;
  /** When it came in. */
  addedAt: string;
  /** The piece of which it is the newer version. */
  replacesId: string | null;
  /** Which version of the piece it is, from 1. */
  version: number;
};

/** The level of a section that its round carries: from which round, by which publication, and why. */
export type CarriedLevel = { level: Level; roundName: string; publicationId: string; reason: string };

export type OutsideResult = { response: Response; measuredOn: string; source: string };

/**
 * What the signatory signs, as canonical JSON. Holds what applied under its intake: answers to other criteria stay with
 * the insurer. Instants are ISO 8601 in UTC.
 */
export type SubmissionSnapshot = {
  schema: 'trede-submission-1';
  reference: string;
  number: number;
  organisation: { name: string; number: string };
  round: { name: string; productScope: string; periodFrom: string; periodTo: string };
  framework: { ref: string; sha256: string };
  intake: IntakeMap;
  answers: Readonly<Record<string, { response: Response | null; explanation: string; version: number }>>;
  outside: Readonly<Record<string, OutsideResult>>;
  /** By section key; absent when the round carries none. */
  carried?: Readonly<Record<string, CarriedLevel>>;
  evidence: readonly PinnedEvidence[];
  evidenceLinks: readonly { id: string; evidenceId: string; criterionKey: string; locator: string }[];
  declaration: string;
  signatory: { name: string; function: string };
  signedAt: string;
  /** Last link of the assessment's audit chain before signing, hexadecimal; null when there was none. */
  auditHead: string | null;
};

/** A piece of evidence that came in after signing; `id` opens its file. */
export type LaterPiece = RepliedPiece & { id: string };

/** What the insurer answered to an information request on a criterion: it stands beside the signed answer. */
export type PublishedSupplement = {
  /** Null where the platform itself asked, for a file that was refused. */
  question: string | null;
  text: string;
  sentAt: string;
  evidence: readonly LaterPiece[];
};

/** Evidence that the insurer sent in a hearing, with its words on a section of that version of the draft outcome. */
export type HeardEvidence = { version: number; sentAt: string; evidence: readonly LaterPiece[] };

/** `claimCounts` stands with a verdict that rests on claim files; absent elsewhere, and in what was made before it was told. */
export type PublishedVerdict = {
  response: Response;
  overrides: boolean;
  ground: Ground | null;
  reason: string;
  claimCounts?: ClaimCounts;
};

/** One criterion in a final result: what was claimed, what was found, what was decided. */
export type PublishedCriterion = {
  key: string;
  applies: boolean;
  answer: { response: Response | null; explanation: string } | null;
  outside: OutsideResult | null;
  verdict: PublishedVerdict | null;
  /** In the order in which they were sent; absent in what was made before supplements were told. */
  supplements?: readonly PublishedSupplement[];
};

/** What was found on one profile question; its value stands in `effective`. */
export type PublishedIntakeVerdict = { overrides: boolean; ground: Ground | null; reason: string };

/** The insurer's own profile, and what the score was computed with. */
export type PublishedIntake = {
  own: IntakeMap;
  effective: IntakeMap;
  /** By intake key; absent in what was made before verdicts on the profile were told. */
  verdicts?: Readonly<Record<string, PublishedIntakeVerdict>>;
};

/** One section in a final result. `own` is the level that the insurer's own answers gave. */
export type PublishedSection = {
  key: string;
  applies: boolean;
  own: Level | null;
  computed: Level | null;
  level: Level | null;
  /** Why the level differs from the computed one; empty when it does not. */
  reason: string;
  /** Where the level comes from when the round did not measure this section; absent when it did. */
  carried?: CarriedLevel;
  /** What the insurer said against the draft outcome of this section, and the supervisor's answer; absent when nothing. */
  hearing?: { objection: string; answer: string };
  /** By version of the draft outcome; absent in what was made before it was told. */
  heardEvidence?: readonly HeardEvidence[];
  /** The trace of the computed level. */
  trace: SectionScore;
};

/**
 * How the hearing ended: of the draft outcome that was sent last, with its term, and when the insurer responded; null is
 * silence, which is no agreement. What it objected to stands with the sections. Instants are ISO 8601 in UTC.
 */
export type PublishedHearing = { version: number; sentAt: string; termAt: string; respondedAt: string | null };

/** What a section's next criteria would bring, as it stood when the result was made. */
export type PublishedGain = {
  sectionKey: string;
  from: Level;
  to: Level;
  missing: readonly MissingCriterion[];
  /** Exact, as `total`. */
  totalAfter: string;
};

/** What a publication holds, as canonical JSON; a dashboard draws it and nothing else. */
export type PublicationContent = {
  schema: 'trede-publication-1';
  reference: string;
  edition: number;
  /** Why this edition replaces the one before; empty for the first. */
  reason: string;
  /** SHA-256 of the edition before, lower-case hexadecimal; absent in the first, and in what was made before it was told. */
  previousSha256?: string;
  organisation: { name: string; number: string };
  round: { name: string; productScope: string; periodFrom: string; periodTo: string };
  framework: { ref: string; sha256: string };
  submission: { number: number; sha256: string; signedAt: string };
  intake: PublishedIntake;
  criteria: readonly PublishedCriterion[];
  sections: readonly PublishedSection[];
  /** Absent where no draft outcome was sent, and in what was made before it was told. */
  hearing?: PublishedHearing;
  /** Best first; sections of which no criterion is missing for the next level are not among them. */
  gains: readonly PublishedGain[];
  /** Exact, in lowest terms, such as `22/5`; null when no section applies. */
  total: string | null;
  computedTotal: string | null;
  ownTotal: string | null;
  decidedAt: string;
  publishedAt: string;
  auditHead: string | null;
};

/**
 * What is sent for the hearing, as canonical JSON: exactly what the insurer sees, with no name of who decided. Its
 * criteria and sections are those that a publication would hold if it were made now.
 */
export type DraftOutcomeContent = Pick<
  PublicationContent,
  'reference' | 'organisation' | 'round' | 'framework' | 'submission' | 'intake' | 'criteria' | 'sections'
> & {
  schema: 'trede-draft-outcome-1';
  version: number;
  /** Exact, as in a publication. */
  total: string | null;
  computedTotal: string | null;
  ownTotal: string | null;
  sentAt: string;
  termAt: string;
};

/** The part of a score that rows keep beside a snapshot, for lists. */
export type KeptScores = {
  sections: Readonly<Record<string, { low: Level; high: Level } | null>>;
  total: { low: string; high: string } | null;
};

/** Reduces a score to what lists show. */
export function keptScores(score: AssessmentScore): KeptScores {
  const sections = score.sections.map(({ key, low, high }) => [key, low && high ? { low, high } : null] as const);
  const total = score.total && { low: toLowest(score.total.low), high: toLowest(score.total.high) };
  return { sections: Object.fromEntries(sections), total };
}
