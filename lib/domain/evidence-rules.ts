import type { IntakeMap, Response } from './answers.ts';
import type { Framework } from './framework.ts';
import { type Layers, scoreAssessment } from './scoring.ts';

export const scanStates = ['waiting', 'clean', 'refused'] as const;
export type ScanState = (typeof scanStates)[number];

/** One answer as far as the rules look at it. */
export type AnswerFacts = { readonly response: Response | null; readonly explanation: string };

/** One place where evidence supports a criterion; a file that supports none yet has `criterion` null. */
export type EvidenceFacts = {
  readonly criterion: string | null;
  /** Null for a web address. */
  readonly scan: ScanState | null;
  /** Page or paragraph; empty or null when not named. */
  readonly locator: string | null;
};

export type SubmissionFacts = {
  readonly intake: IntakeMap;
  readonly answers: Readonly<Record<string, AnswerFacts>>;
  readonly outside?: Layers['outside'];
  readonly carried?: Layers['carried'];
  readonly evidence: readonly EvidenceFacts[];
};

export const blockCodes = [
  'intake_missing',
  'unanswered',
  'evidence_missing',
  'explanation_or_evidence_missing',
  'explanation_missing',
  'file_refused',
] as const;
export type BlockCode = (typeof blockCodes)[number];

/** Something that blocks submitting, with the spot to which a page links. `file_refused` has no spot when the file supports nothing. */
export type SubmissionBlock = { readonly intake?: string; readonly criterion?: string; readonly code: BlockCode };

export const noticeCodes = ['locator_missing', 'file_awaits_scan'] as const;
export type EvidenceNotice = { readonly criterion: string | null; readonly code: (typeof noticeCodes)[number] };

/**
 * Everything that blocks submitting, in the order of intake, then the framework.
 * `met` needs evidence where the norm says aantoonbaar, laat zien or kan aantonen, an explanation or evidence elsewhere;
 * `partly` needs an explanation. A criterion with an outside result asks nothing, nor does one of a carried section. A refused file is no evidence.
 *
 * A refused file that supports nothing but criteria that do not apply, or whose section is carried, blocks nothing: no
 * submission takes it along, and nobody is asked there to mend it. One that supports nothing at all blocks, since its
 * owner may still mean it for any criterion and has it in the library to take away.
 */
export function submissionBlocks(framework: Framework, facts: SubmissionFacts): readonly SubmissionBlock[] {
  const { intake, outside = {}, carried = {} } = facts;
  const { traces } = scoreAssessment(framework, { intake, answers: {}, outside, carried });
  const usable = new Set<string | null>();
  const refused = new Set<string | null>();
  for (const { criterion, scan } of facts.evidence) (scan === 'refused' ? refused : usable).add(criterion);
  const missing = framework.intake
    .filter(({ key }) => !Object.hasOwn(facts.intake, key))
    .map(({ key }): SubmissionBlock => ({ intake: key, code: 'intake_missing' }));
  const gaps = framework.criteria.flatMap(({ key, evidenceAsked }): SubmissionBlock[] => {
    const trace = traces[key];
    if (!trace?.applies) return [];
    const answer = Object.hasOwn(facts.answers, key) ? facts.answers[key] : undefined;
    const code = trace.layer === 'outside' ? null : gapIn(answer, evidenceAsked, usable.has(key));
    return [
      ...(code === null ? [] : [{ criterion: key, code }]),
      ...(refused.has(key) ? [{ criterion: key, code: 'file_refused' as const }] : []),
    ];
  });
  return [...missing, ...gaps, ...(refused.has(null) ? [{ code: 'file_refused' as const }] : [])];
}

/** What deserves a word on screen but blocks nothing: evidence without page or paragraph, a file awaiting its scan. */
export function evidenceNotices(evidence: readonly EvidenceFacts[]): readonly EvidenceNotice[] {
  return evidence.flatMap(({ criterion, scan, locator }): EvidenceNotice[] => [
    ...(criterion !== null && isBlank(locator) ? [{ criterion, code: 'locator_missing' as const }] : []),
    ...(scan === 'waiting' ? [{ criterion, code: 'file_awaits_scan' as const }] : []),
  ]);
}

function gapIn(answer: AnswerFacts | undefined, evidenceAsked: boolean, hasEvidence: boolean): BlockCode | null {
  const explained = !isBlank(answer?.explanation);
  switch (answer?.response) {
    case 'met':
      if (hasEvidence) return null;
      if (evidenceAsked) return 'evidence_missing';
      return explained ? null : 'explanation_or_evidence_missing';
    case 'partly':
      return explained ? null : 'explanation_missing';
    case 'not_met':
      return null;
    default:
      return 'unanswered';
  }
}

function isBlank(text: string | null | undefined): boolean {
  return (text ?? '').trim() === '';
}
