'use client';

import type { ReactNode } from 'react';
import type { Response } from '#domain/answers.ts';
import { useCriterion } from '../criterion/criterion-context.tsx';
import { CriterionLink } from '../criterion/criterion-link.tsx';
import { listed, phrase, sentence } from '../phrase.tsx';

/** "Gevolg": what the saved answer does to other criteria, to the score of its section, and to submitting. */
export function EffectLine({ response }: { response: Response | null }) {
  const { texts, score, sectionKey, criterionKey, effect, blocks } = useCriterion();
  const words = texts.effect;
  const own = score.criteria.find(({ key }) => key === criterionKey);
  const section = score.sections.find(({ key }) => key === sectionKey);
  const parts: ReactNode[] = [];
  if (own?.by) parts.push(phrase(words.surpassed, { by: <CriterionLink to={own.by} /> }));
  if (!response && !own?.by) parts.push(words.none);
  if (response && section) {
    const through = score.criteria.filter(({ by }) => by === criterionKey);
    if (through.length > 0) {
      const text = through.length === 1 ? words.gainsOne : words.gainsMany;
      parts.push(phrase(text, { response: texts.words[response], keys: keys(through.map(({ key }) => key)) }));
      const there = through.length === 1 ? through[0]?.response : null;
      if (there) parts.push(sentence(words.there, { response: texts.words[there] }));
    }
    const lost = effect?.lost ?? [];
    if (lost.length > 0) parts.push(phrase(lost.length === 1 ? words.losesOne : words.losesMany, { keys: keys(lost) }));
    parts.push(section.awaitsIntake ? words.intake : scoreMove(section.low, section.high));
    const block = blocks[criterionKey]?.find((code) => code in words) as 'evidence_missing' | undefined;
    if (block) parts.push(words[block]);
  }
  return (
    <p className="voice" id="effect" role="status">
      {parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the sentences of one paragraph
        <span key={place}>{part} </span>
      ))}
    </p>
  );

  function scoreMove(low: number | null, high: number | null): string {
    if (low === null || high === null) return '';
    const from = effect?.before?.low ?? low;
    const reach = high > low ? sentence(words.reach, { high }) : '';
    return sentence(from === low ? words.stays : words.moves, { section: sectionKey, low, from, reach });
  }

  function keys(of: readonly string[]) {
    return listed(
      of.map((key) => <CriterionLink key={key} to={key} />),
      texts.and,
    );
  }
}
