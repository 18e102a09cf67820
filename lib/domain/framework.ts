import { checkFramework } from './framework-check.ts';
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
  /** Refs of earlier versions whose scores of this section are declared comparable though its words differ. */
  readonly equalTo: readonly string[];
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
  /** What titles say it is about: the title itself where the document names nothing shorter. */
  readonly subject: LocalizedText;
  readonly source: { readonly publisher: string; readonly title: string; readonly year: number };
  readonly authority: 'nl' | 'en';
  readonly reading: readonly {
    readonly about: string;
    readonly title?: LocalizedText | undefined;
    readonly why: LocalizedText;
  }[];
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

/**
 * Turns a framework document into lookup structures that never change, after checking every reference in it once.
 * Gives all faults with their path and key instead of throwing; the checks stand in `framework-check.ts`.
 */
export function compileFramework(document: FrameworkDocument): CompileResult {
  const errors = checkFramework(document);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, framework: buildFramework(document) };
}

function buildFramework(document: FrameworkDocument): Framework {
  const sections = buildSections(document);
  const criteria = Object.freeze(sections.flatMap((section) => section.criteria));
  const intake = deepFreeze(structuredCopy(document.intake));
  const sectionByKey = new Map(sections.map((section) => [section.key, section]));
  const criterionIndex = new Map(criteria.map((criterion) => [criterion.key, criterion.index]));
  const intakeByKey = new Map(intake.map((question) => [question.key, question]));
  const at = (key: string, step: number) => criteria[(criterionIndex.get(key) ?? Number.NaN) + step];
  return Object.freeze({
    key: document.key,
    edition: document.edition,
    ref: `${document.key}@${document.edition}`,
    title: deepFreeze({ ...document.title }),
    subject: deepFreeze({ ...(document.subject ?? document.title) }),
    source: deepFreeze({ ...document.source }),
    authority: document.authority,
    reading: deepFreeze(structuredCopy(document.reading)),
    levels: deepFreeze(structuredCopy(document.levels)) as Framework['levels'],
    intake,
    sections,
    criteria,
    criterionIndex,
    section: (key: string) => sectionByKey.get(key),
    criterion: (key: string) => at(key, 0),
    intakeQuestion: (key: string) => intakeByKey.get(key),
    previous: (key: string) => at(key, -1),
    next: (key: string) => at(key, 1),
  });
}

function buildSections(document: FrameworkDocument): readonly Section[] {
  const fulfils = reverseOf(document);
  let index = 0;
  return deepFreeze(
    document.sections.map((section, place) => {
      const { key: sectionKey, appliesWhen = null, sourceNote = null, levelOneShownWhenExactlyOneOf = null } = section;
      const criteria = section.criteria.map((criterion) => ({
        ...structuredCopy(criterion),
        sectionKey,
        level: criterion.level as Level,
        index: index++,
        evidenceAsked: criterion.evidenceAsked === true,
        claimFiles: criterion.claimFiles === true,
        derived: criterion.derived === true,
        appliesWhen: [...new Set([appliesWhen, criterion.appliesWhen ?? null])].filter((fact) => fact !== null),
        fulfilledBy: [...(criterion.fulfilledBy ?? [])],
        fulfils: fulfils.get(criterion.key) ?? [],
      }));
      return {
        ...structuredCopy(section),
        index: place,
        appliesWhen,
        sourceNote,
        equalTo: [...(section.equalTo ?? [])],
        levelOneShownWhenExactlyOneOf,
        levelTexts: structuredCopy(section.levelTexts) as Section['levelTexts'],
        criteria,
        levels: ([2, 3, 4, 5] as const).map((level) => ({
          level,
          criteria: criteria.filter((criterion) => criterion.level === level),
        })),
      };
    }),
  );
}

function reverseOf(document: FrameworkDocument): ReadonlyMap<string, readonly string[]> {
  const reverse = new Map<string, string[]>();
  for (const criterion of document.sections.flatMap((section) => section.criteria)) {
    for (const better of criterion.fulfilledBy ?? []) {
      reverse.set(better, [...(reverse.get(better) ?? []), criterion.key]);
    }
  }
  return reverse;
}

/** Documents are JSON data; a copy keeps a later change of the caller's object out of the compiled framework. */
function structuredCopy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
