import type { DocumentError, FrameworkDocument } from './framework-document.ts';

type SectionDocument = FrameworkDocument['sections'][number];
type CriterionDocument = SectionDocument['criteria'][number];
type Path = readonly (string | number)[];
type Report = (path: Path, key: string, code: FrameworkErrorCode, detail: string) => void;

/** What can be wrong with the references inside a document whose shape is right. */
export const frameworkErrorCodes = [
  'duplicate_key',
  'scale_out_of_order',
  'criterion_key_out_of_order',
  'criterion_level_differs',
  'no_criterion_at_highest_level',
  'level_one_text_missing',
  'duplicate_level_text',
  'unknown_intake',
  'unknown_criterion',
  'reference_to_other_section',
  'fulfilled_by_not_upward',
  'duplicate_reference',
] as const;
export type FrameworkErrorCode = (typeof frameworkErrorCodes)[number];

const highestLevel = 5;

/**
 * Checks every reference of a framework document (clauses 4, 5, 6 and 11) and gives all faults in document order.
 * `fulfilledBy` must lead to a higher level of the same section, which is also why it can never run in a circle.
 */
export function checkFramework(document: FrameworkDocument): readonly DocumentError[] {
  const errors: DocumentError[] = [];
  const report: Report = (path, key, code, detail) => errors.push({ path, key, code, detail });

  document.levels.forEach(({ level }, index) => {
    if (level !== index + 1) {
      report(['levels', index, 'level'], `${level}`, 'scale_out_of_order', `expected level ${index + 1}`);
    }
  });
  reportDuplicates(document.intake, ['intake'], report);
  reportDuplicates(document.sections, ['sections'], report);
  const intakeKeys = new Set(document.intake.map((question) => question.key));
  const sectionOf = new Map<string, string>();
  const levelOf = new Map<string, number>();
  for (const section of document.sections) {
    for (const criterion of section.criteria) {
      sectionOf.set(criterion.key, section.key);
      levelOf.set(criterion.key, criterion.level);
    }
  }
  document.sections.forEach((section, index) => {
    const path = ['sections', index];
    checkSection(section, path, report);
    checkIntake(section, path, intakeKeys, report);
    section.criteria.forEach((criterion, place) => {
      const at = [...path, 'criteria', place];
      checkIntake(criterion, at, intakeKeys, report);
      checkFulfilledBy(criterion, section.key, [...at, 'fulfilledBy'], { sectionOf, levelOf }, report);
    });
    const shownWhen = [...path, 'levelOneShownWhenExactlyOneOf'];
    checkReferences(
      section.levelOneShownWhenExactlyOneOf ?? [],
      section.key,
      section.key,
      shownWhen,
      sectionOf,
      report,
    );
  });
  return errors;
}

function checkSection(section: SectionDocument, path: Path, report: Report) {
  reportDuplicates(section.criteria, [...path, 'criteria'], report);
  let level = 2;
  let letter = 0;
  section.criteria.forEach((criterion, index) => {
    const at = [...path, 'criteria', index];
    if (criterion.level !== Number(criterion.key.split('.')[1])) {
      const detail = `the key names another level than ${criterion.level}`;
      report([...at, 'level'], criterion.key, 'criterion_level_differs', detail);
    }
    if (criterion.level > level) letter = 0;
    level = Math.max(level, criterion.level);
    const expected = `${section.key}.${level}.${letterOf(letter)}`;
    if (criterion.key !== expected) {
      report([...at, 'key'], criterion.key, 'criterion_key_out_of_order', `expected ${expected}`);
    }
    letter += 1;
  });
  if (!section.criteria.some((criterion) => criterion.level === highestLevel)) {
    const detail = `no criterion at level ${highestLevel}`;
    report([...path, 'criteria'], section.key, 'no_criterion_at_highest_level', detail);
  }
  const levels = section.levelTexts.map((text) => text.level);
  if (!levels.includes(1)) {
    report([...path, 'levelTexts'], section.key, 'level_one_text_missing', 'no text for level 1');
  }
  levels.forEach((value, index) => {
    if (levels.indexOf(value) !== index) {
      const at = [...path, 'levelTexts', index, 'level'];
      report(at, section.key, 'duplicate_level_text', `a second text for level ${value}`);
    }
  });
}

function checkIntake(
  part: { key: string; appliesWhen?: string | undefined },
  path: Path,
  intakeKeys: ReadonlySet<string>,
  report: Report,
) {
  if (part.appliesWhen !== undefined && !intakeKeys.has(part.appliesWhen)) {
    report([...path, 'appliesWhen'], part.key, 'unknown_intake', `no intake question ${part.appliesWhen}`);
  }
}

function checkFulfilledBy(
  criterion: CriterionDocument,
  sectionKey: string,
  path: Path,
  known: { sectionOf: ReadonlyMap<string, string>; levelOf: ReadonlyMap<string, number> },
  report: Report,
) {
  const keys = criterion.fulfilledBy ?? [];
  for (const { key, at } of checkReferences(keys, criterion.key, sectionKey, path, known.sectionOf, report)) {
    if (Number(known.levelOf.get(key)) <= criterion.level) {
      report(at, criterion.key, 'fulfilled_by_not_upward', `${key} is not of a higher level`);
    }
  }
}

/** Checks that the keys name criteria of this section, each once; gives those that do. */
function checkReferences(
  keys: readonly string[],
  owner: string,
  sectionKey: string,
  path: Path,
  sectionOf: ReadonlyMap<string, string>,
  report: Report,
) {
  const found: { key: string; at: Path }[] = [];
  keys.forEach((key, index) => {
    const at = [...path, index];
    const home = sectionOf.get(key);
    if (home === undefined) report(at, owner, 'unknown_criterion', `no criterion ${key}`);
    else if (home !== sectionKey) report(at, owner, 'reference_to_other_section', `${key} stands in section ${home}`);
    else if (keys.indexOf(key) !== index) report(at, owner, 'duplicate_reference', `${key} is named twice`);
    else found.push({ key, at });
  });
  return found;
}

function reportDuplicates(parts: readonly { key: string }[], path: Path, report: Report) {
  const seen = new Set<string>();
  parts.forEach(({ key }, index) => {
    if (seen.has(key)) report([...path, index, 'key'], key, 'duplicate_key', 'stands here a second time');
    seen.add(key);
  });
}

/** a to z, then aa, ab and on: the letters in the order of the norm's bullets (clause 11). */
function letterOf(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}
