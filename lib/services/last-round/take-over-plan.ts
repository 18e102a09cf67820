import type { LocalizedText } from '#domain/framework.ts';
import type { EarlierPiece, EarlierRound } from './last-round-facts.ts';

/** A piece of last round at one criterion, with the place in it that was named then. */
export type EarlierPlace = { piece: EarlierPiece; locator: string };

/** What last round holds for one criterion. */
export type EarlierAnswer = {
  /** Null when it did not apply then, or was not answered. */
  answer: EarlierRound['answers'][string] | null;
  places: readonly EarlierPlace[];
  /** The norm's words then and now, where they differ. */
  changed: { was: LocalizedText; is: LocalizedText } | null;
};

/**
 * What taking over would do to the explanation: `fill` puts it where nothing stands, `append` under what stands there,
 * `keep` leaves it, since it stands there already or there was none.
 */
export type TextStep = 'fill' | 'append' | 'keep';

/** What last round holds for a criterion, beside the norm's words as they are now. */
export function earlierAnswer(source: EarlierRound, criterionKey: string, now: LocalizedText): EarlierAnswer {
  const pieces = new Map(source.evidence.map((piece) => [piece.id, piece]));
  const then = source.framework.criterion(criterionKey)?.text ?? now;
  return {
    answer: source.answers[criterionKey] ?? null,
    places: source.links
      .filter((link) => link.criterionKey === criterionKey)
      .flatMap(({ evidenceId, locator }) => {
        const piece = pieces.get(evidenceId);
        return piece ? [{ piece, locator }] : [];
      }),
    changed: then[source.framework.authority] === now[source.framework.authority] ? null : { was: then, is: now },
  };
}

/** The pieces that can come over to this criterion and are not there yet. */
export function placesToTake({ places }: EarlierAnswer, criterionKey: string): readonly EarlierPlace[] {
  return places.filter(({ piece }) => piece.usable && !piece.hereAt.includes(criterionKey));
}

/** @param current the explanation as it stands; `unedited` when it is still the one that was taken over */
export function textStep({ answer }: EarlierAnswer, current: string, unedited: boolean): TextStep {
  const then = answer?.explanation.trim() ?? '';
  if (then === '' || unedited || current.trim().endsWith(then)) return 'keep';
  return current.trim() === '' ? 'fill' : 'append';
}

/** Why a criterion is left alone when a whole section is taken over, or that it is taken. */
export const sectionSteps = ['take', 'something_there', 'norm_changed', 'not_applicable', 'nothing_then'] as const;
export type SectionStep = (typeof sectionSteps)[number];

/** What stands at a criterion before it is taken over with its section. */
export type Standing = { applies: boolean; explanation: string; hasEvidence: boolean };

/**
 * A whole section is taken over only where nobody did anything yet and the norm asks the same: whatever else there is,
 * somebody looks at it first.
 */
export function sectionStep(earlier: EarlierAnswer | null, criterionKey: string, here: Standing): SectionStep {
  if (!here.applies) return 'not_applicable';
  const text = earlier?.answer?.explanation.trim() ?? '';
  if (!earlier || (text === '' && placesToTake(earlier, criterionKey).length === 0)) {
    return here.explanation.trim() !== '' || here.hasEvidence ? 'something_there' : 'nothing_then';
  }
  if (here.explanation.trim() !== '' || here.hasEvidence) return 'something_there';
  return earlier.changed ? 'norm_changed' : 'take';
}
