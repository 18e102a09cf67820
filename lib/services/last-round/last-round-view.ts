import type { Response } from '#domain/answers.ts';
import type { Criterion, LocalizedText } from '#domain/framework.ts';
import { type LastRoundFacts, sourceOf, type TakenOver } from './last-round-facts.ts';
import { earlierAnswer, placesToTake, type TextStep, textStep } from './take-over-plan.ts';

/** A piece of last round as the page of a criterion lists it. */
export type LastRoundPiece = {
  id: string;
  kind: 'file' | 'web_address';
  title: string;
  locator: string;
  webAddress: string | null;
  fileName: string | null;
  /** `here`: supports this criterion already; `gone`: its bytes are no longer there, or were refused since. */
  standing: 'to_take' | 'here' | 'gone';
  /** The piece of this round that it became; null when it was not taken over at any criterion. */
  hereId: string | null;
};

/** What this insurer signed for the same criterion in the last round, and what of it can come over. */
export type LastRoundView = {
  roundName: string;
  signedAt: string;
  publicationId: string | null;
  answer: { response: Response | null; explanation: string } | null;
  evidence: readonly LastRoundPiece[];
  norm: { was: LocalizedText; is: LocalizedText; authority: 'nl' | 'en' } | null;
  text: TextStep;
  /** Pieces that would come over. */
  toTake: number;
};

/** Null when no earlier round of this insurer has the criterion. */
export function lastRoundView(facts: LastRoundFacts, criterion: Criterion, explanation: string): LastRoundView | null {
  const source = sourceOf(facts, criterion.key);
  if (!source) return null;
  const earlier = earlierAnswer(source, criterion.key, criterion.text);
  const toTake = placesToTake(earlier, criterion.key);
  const unedited = facts.takenOver[criterion.key]?.assessmentId === source.assessmentId;
  return {
    roundName: source.name,
    signedAt: new Date(source.signedAt).toISOString(),
    publicationId: source.publicationId,
    answer: earlier.answer && { response: earlier.answer.response, explanation: earlier.answer.explanation },
    evidence: earlier.places.map((place) => ({
      id: place.piece.id,
      kind: place.piece.kind,
      title: place.piece.title,
      locator: place.locator,
      webAddress: place.piece.webAddress,
      fileName: place.piece.fileName,
      standing: toTake.includes(place) ? 'to_take' : place.piece.usable ? 'here' : 'gone',
      hereId: place.piece.hereId,
    })),
    norm: earlier.changed && { ...earlier.changed, authority: source.framework.authority },
    text: textStep(earlier, explanation, unedited),
    toTake: toTake.length,
  };
}

/** Whether a piece stands at the criterion of this view as it came over: where in it to look was not changed since. */
export function cameOver(view: LastRoundView | null, piece: { id: string }, locator: string): boolean {
  return view?.evidence.some((earlier) => earlier.hereId === piece.id && earlier.locator === locator) === true;
}

/** The round out of which the explanation of this criterion came, while nobody edited it. */
export const takenOverAt = ({ takenOver }: LastRoundFacts, criterionKey: string): TakenOver | null =>
  takenOver[criterionKey] ?? null;
