import type { Framework, Level, LocalizedText } from '#domain/framework.ts';

/** The words of a framework that a dashboard shows, as plain data. */
export type FrameworkTexts = {
  title: LocalizedText;
  /** What titles say the framework is about. */
  subject: LocalizedText;
  authority: 'nl' | 'en';
  levels: Readonly<Record<Level, LocalizedText>>;
  sections: readonly {
    key: string;
    title: LocalizedText;
    outsideAssessor: boolean;
    sourceNote: LocalizedText | null;
    /** The text of level 1, and of which criteria exactly one has to be fulfilled for it to stand as a result. */
    levelOne: { text: LocalizedText | null; when: readonly string[] | null };
  }[];
  criteria: readonly {
    key: string;
    sectionKey: string;
    level: Level;
    text: LocalizedText;
    short: LocalizedText;
    derived: boolean;
    /** Profile questions that must all be true for it to apply. */
    appliesWhen: readonly string[];
  }[];
  intake: readonly { key: string; short: LocalizedText }[];
};

/** Picks from a compiled framework what a dashboard shows. */
export function frameworkTexts({
  title,
  subject,
  authority,
  levels,
  sections,
  criteria,
  intake,
}: Framework): FrameworkTexts {
  return {
    title,
    subject,
    authority,
    levels: Object.fromEntries(levels.map(({ level, name }) => [level, name])) as FrameworkTexts['levels'],
    sections: sections.map(
      ({ key, title: name, outsideAssessor, sourceNote, levelTexts, levelOneShownWhenExactlyOneOf }) => ({
        key,
        title: name,
        outsideAssessor,
        sourceNote,
        levelOne: {
          text: levelTexts.find(({ level }) => level === 1)?.text ?? null,
          when: levelOneShownWhenExactlyOneOf,
        },
      }),
    ),
    criteria: criteria.map(({ key, sectionKey, level, text, short, derived, appliesWhen }) => ({
      key,
      sectionKey,
      level,
      text,
      short,
      derived,
      appliesWhen,
    })),
    intake: intake.map(({ key, short }) => ({ key, short })),
  };
}
