import type { Layers } from '#domain/scoring.ts';
import type { SubmissionSnapshot } from '#domain/snapshot.ts';
import { carriedLevels } from './carried-sections.ts';

/** The layers that the insurer's own score of a submission rests on: what it signed, and what was measured by then. */
export function signedLayers({ intake, answers, outside, carried }: SubmissionSnapshot): Layers {
  return {
    intake,
    answers: pick(answers, ({ response }) => response),
    outside: pick(outside, ({ response }) => response),
    carried: carriedLevels(carried),
  };
}

function pick<From, To>(from: Readonly<Record<string, From>>, of: (value: From) => To | null): Record<string, To> {
  const entries = Object.entries(from).map(([key, value]) => [key, of(value)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, To & {}] => entry[1] !== null));
}
