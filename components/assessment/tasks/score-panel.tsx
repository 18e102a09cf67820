'use client';

import type { ReactNode } from 'react';
import { ScoreFigure } from '#components/score/score-words.tsx';
import { Staircase } from '#components/score/staircase.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import type { LevelBrief } from '#services/assessments/score-view.ts';
import { useCriterion } from '../criterion/criterion-context.tsx';
import { CriterionLink } from '../criterion/criterion-link.tsx';
import { listed, phrase, sentence } from '../phrase.tsx';

/** The provisional score of the open section, why it is that, and what is missing for the next level. */
export function ScorePanel() {
  const { texts, score, sectionKey, risenFrom } = useCriterion();
  const words = texts.score;
  const section = score.sections.find(({ key }) => key === sectionKey);
  return (
    <section id="score" aria-labelledby="score-title">
      <h2 className="gloss-head" id="score-title">
        {words.title} <span>{sentence(words.section, { section: sectionKey })}</span>
      </h2>
      {!section || section.low === null || section.high === null ? (
        <p>{words.notApplicable}</p>
      ) : section.awaitsIntake ? (
        <ScoreFigure facts={{ low: 1, waiting: true }}>{words.waiting}</ScoreFigure>
      ) : (
        <>
          <ScoreFigure
            facts={{
              low: section.low,
              high: section.high,
              stopAt: section.stopAt ?? undefined,
              stopKey: section.stopAt ? score.stops.join(', ') : undefined,
              risenFrom: risenFrom ?? undefined,
            }}
          >
            {scoreWords(section.low, section.high, words)}
          </ScoreFigure>
          {!section.carried && (
            <>
              <h3 className="gloss-part">{words.trace}</h3>
              <DefinitionList
                variant="trace"
                items={score.levels.map((level) => ({
                  id: String(level.level),
                  term: level.level,
                  value: <LevelWords level={level} stops={level.level === section.stopAt} />,
                }))}
              />
              <Missing />
            </>
          )}
        </>
      )}
    </section>
  );
}

/** The same in one line, on top of the criterion on a phone; leads to the panel. */
export function ShortScore() {
  const { texts, score, sectionKey } = useCriterion();
  const words = texts.score;
  const section = score.sections.find(({ key }) => key === sectionKey);
  if (!section || section.low === null || section.high === null) return null;
  const missing = score.missing?.criteria.map(({ criterion }) => criterion) ?? [];
  return (
    <p className="short-score">
      <a href="#score">
        <Staircase
          size="small"
          low={section.low}
          high={section.high}
          stopAt={section.stopAt ?? undefined}
          waiting={section.awaitsIntake || undefined}
        />
        <span>
          <b>{section.awaitsIntake ? words.waiting : scoreWords(section.low, section.high, words)}</b>
          {!section.awaitsIntake && (
            <span className="meta">
              {score.missing && sentence(words.shortOpen, { level: score.missing.target, keys: missing.join(', ') })}
              {section.stopAt && `. ${sentence(words.shortStops, { keys: score.stops.join(', ') })}`}
            </span>
          )}
        </span>
      </a>
    </p>
  );
}

function Missing() {
  const { texts, score, criteria } = useCriterion();
  const words = texts.score;
  if (!score.missing) return null;
  return (
    <>
      <h3 className="gloss-part">{sentence(words.missing, { level: score.missing.target })}</h3>
      <ul className="missing">
        {score.missing.criteria.map(({ criterion: key, orElse }) => {
          const response = score.criteria.find((trace) => trace.key === key)?.response;
          return (
            <li key={key}>
              <CriterionLink to={key} /> {criteria.find((criterion) => criterion.key === key)?.short}
              {'. '}
              {response ? sentence(words.answeredWith, { response: texts.words[response] }) : words.unanswered}
              {orElse.length > 0 && <> {phrase(words.orElse, { keys: listed(orElse.map(keyLink), texts.or) })}</>}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function LevelWords({ level, stops }: { level: LevelBrief; stops: boolean }): ReactNode {
  const { texts, score } = useCriterion();
  const words = texts.score;
  if (level.criteria.length === 0) return words.passed;
  const traces = score.criteria.filter(({ key }) => level.criteria.includes(key));
  const through = traces.flatMap(({ key, by }) =>
    by ? [phrase(words.by, { key: <CriterionLink to={key} />, by: <CriterionLink to={by} /> })] : [],
  );
  if (level.gaps.length === 0 && level.open.length === 0) {
    return listed([level.reached ? words.fulfilled : words.notYet, ...through], texts.and);
  }
  const gaps = level.gaps.map((key) => {
    const response = traces.find((trace) => trace.key === key)?.response;
    return phrase(words.is, { key: <CriterionLink to={key} />, response: response ? texts.words[response] : '' });
  });
  return (
    <>
      {gaps.length > 0 && phrase(stops ? words.stops : words.gap, { keys: listed(gaps, texts.and) })}
      {gaps.length > 0 && level.open.length > 0 && '; '}
      {level.open.length > 0 && phrase(words.open, { keys: listed(level.open.map(keyLink), texts.and) })}
    </>
  );
}

const keyLink = (key: string) => <CriterionLink key={key} to={key} />;

function scoreWords(low: number, high: number, words: { words: string; wordsReach: string }): string {
  return sentence(high > low ? words.wordsReach : words.words, { low, high });
}
