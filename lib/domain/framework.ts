import type { DocumentError, FrameworkDocument } from './framework-document.ts';

export type LocalizedText = { readonly nl: string; readonly en: string };
/** 1 to 5; level 1 has no criteria, it is what remains (clause 1). */
export type Level = 1 | 2 | 3 | 4 | 5;

export type Criterion = {
  readonly key: string;
  readonly sectionKey: string;
  readonly level: Level;
  /** Place in the order of the whole framework, from 0. */
  readonly index: number;
  readonly short: LocalizedText;
  readonly text: LocalizedText;
  readonly help: { readonly asked: LocalizedText; readonly evidence: LocalizedText };
  readonly evidenceAsked: boolean;
  readonly claimFiles: boolean;
  readonly derived: boolean;
  /** Intake keys that must all be true: the section's own and the criterion's own. Empty: always applies. */
  readonly appliesWhen: readonly string[];
  /** Criteria whose fulfilment fulfils this one too (clause 4); all of a higher level in the same section. */
  readonly fulfilledBy: readonly string[];
  /** The other direction of `fulfilledBy`. */
  readonly fulfils: readonly string[];
};

export type SectionLevel = { readonly level: Level; readonly criteria: readonly Criterion[] };

export type Section = {
  readonly key: string;
  readonly index: number;
  readonly title: LocalizedText;
  readonly weight: number;
  readonly thinking: LocalizedText;
  readonly gist: LocalizedText;
  readonly outsideAssessor: boolean;
  readonly sourceNote: LocalizedText | null;
  readonly appliesWhen: string | null;
  readonly levelTexts: readonly { readonly level: Level; readonly text: LocalizedText }[];
  readonly levelOneShownWhenExactlyOneOf: readonly string[] | null;
  readonly criteria: readonly Criterion[];
  /** Levels 2 to 5, each with its criteria (possibly none). */
  readonly levels: readonly SectionLevel[];
};

export type IntakeQuestion = {
  readonly key: string;
  readonly question: LocalizedText;
  readonly help: LocalizedText;
  readonly short: LocalizedText;
};

export type Framework = {
  readonly key: string;
  readonly edition: string;
  /** `key@edition`. */
  readonly ref: string;
  readonly title: LocalizedText;
  readonly source: { readonly publisher: string; readonly title: string; readonly year: number };
  readonly authority: 'nl' | 'en';
  readonly reading: readonly { readonly about: string; readonly why: LocalizedText }[];
  readonly levels: readonly { readonly level: Level; readonly name: LocalizedText }[];
  readonly intake: readonly IntakeQuestion[];
  readonly sections: readonly Section[];
  readonly criteria: readonly Criterion[];
  readonly criterionIndex: ReadonlyMap<string, number>;
  section(key: string): Section | undefined;
  criterion(key: string): Criterion | undefined;
  intakeQuestion(key: string): IntakeQuestion | undefined;
  /** The criterion before or after this one in the order of the framework; undefined at the ends and for an unknown key. */
  previous(key: string): Criterion | undefined;
  next(key: string): Criterion | undefined;
};

export type CompileResult =
  | { readonly ok: true; readonly framework: Framework }
  | { readonly ok: false; readonly errors: readonly DocumentError[] };

export declare function compileFramework(document: FrameworkDocument): CompileResult;
