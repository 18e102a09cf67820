import type { Ground } from '#domain/answers.ts';
import type { LocalizedText } from '#domain/framework.ts';
import type { PublishedIntake } from '#domain/snapshot.ts';
import type { FrameworkTexts } from '#services/publications/framework-texts.ts';

/** A profile question as it was answered and as it was found; null: not answered. */
export type ProfileFact = {
  key: string;
  short: LocalizedText;
  own: boolean | null;
  /** What the score was computed with. */
  effective: boolean | null;
  /** The supervisor found something else than the insurer answered. */
  differs: boolean;
  /** Null where it confirms, and in what was made before grounds were told. */
  ground: Ground | null;
  reason: string;
};

/** The profile of an outcome or of a draft of one, in the framework's order. */
export function profileFacts({ own, effective, verdicts = {} }: PublishedIntake, texts: FrameworkTexts): ProfileFact[] {
  return texts.intake.map(({ key, short }) => ({
    key,
    short,
    own: own[key] ?? null,
    effective: effective[key] ?? null,
    differs: own[key] !== effective[key],
    ground: verdicts[key]?.ground ?? null,
    reason: verdicts[key]?.reason ?? '',
  }));
}

/** The questions that were found otherwise than answered and decide which criteria of a section apply. */
export function decidingFacts(profile: readonly ProfileFact[], texts: FrameworkTexts, section: string): ProfileFact[] {
  const asked = texts.criteria.flatMap(({ sectionKey, appliesWhen }) => (sectionKey === section ? appliesWhen : []));
  return profile.filter(({ key, differs }) => differs && asked.includes(key));
}

/** As the messages choose by it. */
export const valueWord = (value: boolean | null) => (value === null ? 'none' : value ? 'yes' : 'no');
