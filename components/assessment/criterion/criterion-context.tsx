'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { BlockCode } from '#domain/evidence-rules.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { AnswerEffect, Redraw } from '#services/assessments/save-answer.ts';
import type { ScoreView } from '#services/assessments/score-view.ts';

export type CriterionTexts = Messages['assessment']['criterion']['live'];

/** What of the page does not change while it is open, in the reader's language. */
export type CriterionFacts = {
  texts: CriterionTexts;
  locale: 'nl' | 'en';
  userId: string;
  assessmentId: string;
  criterionKey: string;
  sectionKey: string;
  /** The instant at which the server read the page; a page that is read again has another. */
  readAt: string;
  intakeComplete: boolean;
  /** The assessment can no longer be changed: there is nothing to check or sign. */
  fixed: boolean;
  /** The criteria of the section. */
  criteria: readonly { key: string; level: number; short: string; asked: boolean }[];
  sections: readonly { key: string; title: string; leadsTo: string | null; blocking: number }[];
};

/** What every saved answer redraws. */
export type CriterionScore = {
  score: ScoreView;
  effect: AnswerEffect | null;
  blocks: Readonly<Record<string, readonly BlockCode[]>>;
};

type Held = CriterionFacts & CriterionScore & { risenFrom: number | null; redraw: (answer: Redraw) => void };

const Criterion = createContext<Held | null>(null);

/** The page of one criterion: its facts, and its score as it stands after the last saved answer. */
export function useCriterion(): Held {
  const held = useContext(Criterion);
  if (!held) throw new Error('stands outside the page of a criterion');
  return held;
}

type CriterionProviderProps = { facts: CriterionFacts; score: CriterionScore; children: ReactNode };

/** Holds the page together: what the server drew, until an answer is saved, then what came back with it. */
export function CriterionProvider({ facts, score, children }: CriterionProviderProps) {
  const [saved, redraw] = useState<{ readAt: string; answer: Redraw } | null>(null);
  const held = useMemo(() => {
    // A page that the server drew again since is newer than what came back with the last save.
    const answer = saved?.readAt === facts.readAt ? saved.answer : null;
    return {
      ...facts,
      ...(answer ? redrawn(score, facts.criterionKey, answer) : score),
      risenFrom: answer?.effect.before?.low ?? null,
      redraw: (answer: Redraw) => redraw({ readAt: facts.readAt, answer }),
    };
  }, [facts, score, saved]);
  return <Criterion value={held}>{children}</Criterion>;
}

function redrawn({ blocks }: CriterionScore, key: string, { score, effect, block }: Redraw): CriterionScore {
  const refused = (blocks[key] ?? []).filter((code) => code === 'file_refused');
  return { score, effect, blocks: { ...blocks, [key]: block ? [block, ...refused] : refused } };
}
