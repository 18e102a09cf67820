import type { ReactNode } from 'react';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import type { Framework, Level } from '#domain/framework.ts';
import { missingFor } from '#domain/score-advice.ts';
import type { AssessmentScore, CriterionTrace, LevelTrace, SectionScore } from '#domain/scoring.ts';
import { criterionPath } from '../criterion/criterion-path.ts';
import { listed, phrase, sentence } from '../phrase.tsx';
import type { TrialTexts } from './trial-form.tsx';

type TrialTraceProps = {
  assessmentId: string;
  framework: Framework;
  score: AssessmentScore;
  section: SectionScore;
  texts: TrialTexts;
};

/** Why the section would score this in the trial, and what would then still be missing for the next level. */
export function TrialTrace({ assessmentId, framework, score, section, texts }: TrialTraceProps) {
  const target = section.low && section.low < 5 ? ((section.low + 1) as Level) : null;
  const missing = target ? missingFor(framework, score, section.key, target) : [];
  const link = (key: string): ReactNode => (
    <a key={key} className="key" href={criterionPath(assessmentId, key)}>
      {key}
    </a>
  );
  return (
    <div className="trial-why">
      {target && missing.length > 0 && (
        <>
          <h3>{sentence(texts.missing, { level: target })}</h3>
          <p>
            {listed(
              missing.map(({ criterion, orElse }) => (
                <span key={criterion}>
                  {link(criterion)}
                  {orElse.length > 0 && <> {phrase(texts.orElse, { keys: listed(orElse.map(link), texts.or) })}</>}
                </span>
              )),
              texts.and,
            )}
          </p>
        </>
      )}
      <details className="more">
        <summary>{texts.trace}</summary>
        <DefinitionList
          variant="trace"
          items={section.levels.map((level) => ({
            id: String(level.level),
            term: level.level,
            value: levelWords(level, section.stopsHigh, texts, link),
          }))}
        />
      </details>
    </div>
  );
}

function levelWords(
  { criteria, reached, passedThrough }: LevelTrace,
  stops: readonly string[],
  texts: TrialTexts,
  link: (key: string) => ReactNode,
): ReactNode {
  if (passedThrough) return texts.passed;
  const lacking = criteria.filter((trace) => trace.applies && !trace.fulfilled);
  if (lacking.length === 0) {
    const through = criteria.flatMap(({ key, by }) =>
      by ? [phrase(texts.through, { key: link(key), by: link(by) })] : [],
    );
    return listed([reached ? texts.fulfilled : texts.notYet, ...through], texts.and);
  }
  const answered = lacking.filter(({ response }) => response !== null);
  const open = lacking.filter(({ response }) => response === null).map(({ key }) => link(key));
  const words = ({ key, response }: CriterionTrace) =>
    phrase(texts.is, { key: link(key), response: texts.responses[response ?? 'none'] });
  const stopping = answered.some(({ key }) => stops.includes(key));
  return (
    <>
      {answered.length > 0 &&
        phrase(stopping ? texts.stops : texts.gap, { keys: listed(answered.map(words), texts.and) })}
      {answered.length > 0 && open.length > 0 && '; '}
      {open.length > 0 && phrase(texts.openKeys, { keys: listed(open, texts.and) })}
    </>
  );
}
