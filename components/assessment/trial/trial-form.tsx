'use client';

import { useEffect, useMemo, useState } from 'react';
import { isResponse, type Response, type ResponseMap } from '#domain/answers.ts';
import { type AssessmentScore, scoreAssessment } from '#domain/scoring.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { Trial } from '#services/trial/get-trial.ts';
import { TrialBar } from './trial-bar.tsx';
import { scoringFramework } from './trial-framework.ts';
import { TrialSection } from './trial-section.tsx';
import { TriedList } from './tried-list.tsx';

export type TrialTexts = Messages['trial']['words'];

/** The section's title as the page shows it, made where its language is known. */
export type TrialProps = Omit<Trial, 'roundName' | 'reference'> & { locale: 'nl' | 'en'; texts: TrialTexts };

/** Both scores of one trial, computed by the function that every other page uses. */
export type TrialScores = { now: AssessmentScore; trial: AssessmentScore };

/**
 * Answers that are tried, and what they would do. A form that asks for this page again with the choices in its address:
 * it has nothing that could store them. With script the page computes at once and keeps the address in step.
 */
export function TrialForm({ assessmentId, framework: sent, layers, locale, texts, ...initial }: TrialProps) {
  const [tried, setTried] = useState(() => withoutSame(initial.tried, layers.answers));
  const framework = useMemo(() => scoringFramework(sent), [sent]);
  const scores = useMemo((): TrialScores => {
    const trial = { ...layers, answers: { ...layers.answers, ...tried } };
    return { now: scoreAssessment(framework, layers), trial: scoreAssessment(framework, trial) };
  }, [framework, layers, tried]);
  const path = `/assessments/${assessmentId}/trial`;

  useEffect(() => {
    const query = new URLSearchParams(tried).toString();
    window.history.replaceState(window.history.state, '', query ? `${path}?${query}` : path);
  }, [path, tried]);

  const choose = (key: string, value: string) => {
    const { [key]: _, ...rest } = tried;
    setTried(isResponse(value) ? { ...rest, [key]: value } : rest);
  };
  return (
    <form className="trial-form" action={path} onSubmit={(event) => event.preventDefault()}>
      <TrialBar scores={scores} locale={locale} texts={texts} path={path} reset={() => setTried({})} />
      <TriedList
        assessmentId={assessmentId}
        framework={sent}
        answers={layers.answers}
        tried={tried}
        locale={locale}
        texts={texts}
        drop={(key) => choose(key, '')}
      />
      {sent.sections.map((section) => (
        <TrialSection
          key={section.key}
          assessmentId={assessmentId}
          section={section}
          framework={framework}
          scores={scores}
          layers={layers}
          tried={tried}
          locale={locale}
          texts={texts}
          choose={choose}
        />
      ))}
    </form>
  );
}

/** What is tried already stands there: no trial. */
function withoutSame(tried: ResponseMap, answers: ResponseMap): Record<string, Response> {
  return Object.fromEntries(Object.entries(tried).filter(([key, response]) => answers[key] !== response));
}
