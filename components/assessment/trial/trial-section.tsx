import { Band } from '#components/frame/band.tsx';
import { Block } from '#components/score/block.tsx';
import { Staircase } from '#components/score/staircase.tsx';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/field.tsx';
import { keepHyphens } from '#components/ui/keep-hyphens.tsx';
import { type ResponseMap, responses } from '#domain/answers.ts';
import type { Framework } from '#domain/framework.ts';
import { type SectionScore, sectionScore } from '#domain/scoring.ts';
import type { Trial, TrialFramework } from '#services/trial/get-trial.ts';
import { criterionPath } from '../criterion/criterion-path.ts';
import { sentence } from '../phrase.tsx';
import type { TrialScores, TrialTexts } from './trial-form.tsx';
import { TrialTrace } from './trial-trace.tsx';

type TrialSectionProps = {
  assessmentId: string;
  section: TrialFramework['sections'][number];
  framework: Framework;
  scores: TrialScores;
  layers: Trial['layers'];
  tried: ResponseMap;
  locale: 'nl' | 'en';
  texts: TrialTexts;
  choose: (key: string, value: string) => void;
};

/** One section: its score now beside that of the trial, why, what is missing then, and its criteria to try. */
export function TrialSection({ section, framework, scores, texts, ...page }: TrialSectionProps) {
  const now = sectionScore(scores.now, section.key);
  const trial = sectionScore(scores.trial, section.key);
  if (!now || !trial) return null;
  const triedHere = section.criteria.filter(({ key }) => page.tried[key]).length;
  return (
    <Band
      id={`section-${section.key}`}
      title={
        <>
          {section.key} <span lang="nl">{keepHyphens(section.title.nl)}</span>
        </>
      }
      meta={page.locale === 'nl' ? undefined : section.title.en}
    >
      {trial.carried ? (
        <>
          <Figure score={trial} texts={texts} />
          <p>{texts.carried}</p>
        </>
      ) : trial.applies ? (
        <>
          <div className="trial-pair">
            <div className="own-score">
              <h3>{texts.now}</h3>
              <Figure score={now} texts={texts} />
            </div>
            <div className="tried-score">
              <h3>{texts.trial}</h3>
              <Figure score={trial} texts={texts} was={now.low ?? undefined} />
            </div>
            {trial.awaitsIntake.length === 0 && (
              <TrialTrace
                assessmentId={page.assessmentId}
                framework={framework}
                score={scores.trial}
                section={trial}
                texts={texts}
              />
            )}
          </div>
          <details className="more" open={triedHere > 0 || undefined}>
            <summary>
              {sentence(texts.show, { section: section.key })}
              {triedHere > 0 && `, ${sentence(texts.showTried, { count: triedHere })}`}
            </summary>
            <Criteria section={section} score={trial} texts={texts} {...page} />
            <Calculate texts={texts} />
          </details>
        </>
      ) : (
        <p>{texts.sectionNotApplicable}</p>
      )}
    </Band>
  );
}

/** Asks for the page again with the choices in its address; with script they count at once. */
export function Calculate({ texts }: { texts: TrialTexts }) {
  return (
    <noscript>
      <div className="calculate">
        <Button type="submit" kind="plain">
          {texts.calculate}
        </Button>
      </div>
    </noscript>
  );
}

function Figure({ score, texts, was }: { score: SectionScore; texts: TrialTexts; was?: number | undefined }) {
  if (score.awaitsIntake.length > 0) {
    return (
      <>
        <Staircase size="middle" low={1} waiting />
        <p>{texts.waits}</p>
      </>
    );
  }
  const [low, high] = [score.low ?? 1, score.high ?? 1];
  const stopAt = high < 5 && score.stopsHigh.length > 0 ? high + 1 : undefined;
  return (
    <>
      <Staircase size="middle" low={low} high={high} stopAt={stopAt} risenFrom={was} numeral />
      <p>
        <b>{sentence(high > low ? texts.scoreCan : texts.score, { low, high })}</b>
      </p>
    </>
  );
}

type CriteriaProps = Omit<TrialSectionProps, 'framework' | 'scores'> & { score: SectionScore };

function Criteria({ assessmentId, section, score, layers, tried, locale, texts, choose }: CriteriaProps) {
  const traces = new Map(score.levels.flatMap(({ criteria }) => criteria).map((trace) => [trace.key, trace]));
  return (
    <ol className="trial-rows" aria-label={sentence(texts.criteria, { section: section.key })}>
      {section.criteria.map(({ key, short }) => {
        const outside = layers.outside[key];
        return (
          <li key={key} className={tried[key] ? 'tried' : undefined}>
            <a className="key" href={criterionPath(assessmentId, key)}>
              {key}
            </a>
            <span>
              {short[locale]}
              {tried[key] && <b className="attword"> {texts.mark}</b>}
            </span>
            {!traces.get(key)?.applies ? (
              <span className="meta">{texts.notApplicable}</span>
            ) : outside ? (
              <Block kind={outside}>{sentence(texts.outside, { response: texts.responses[outside] })}</Block>
            ) : (
              <SelectField
                id={`try-${key}`}
                name={key}
                label={<span className="vh">{sentence(texts.try, { key })}</span>}
                value={tried[key] ?? ''}
                onChange={(event) => choose(key, event.currentTarget.value)}
              >
                <option value="">
                  {sentence(texts.asNow, { response: texts.responses[layers.answers[key] ?? 'none'] })}
                </option>
                {responses
                  .filter((response) => response !== layers.answers[key])
                  .map((response) => (
                    <option key={response} value={response}>
                      {texts.responses[response]}
                    </option>
                  ))}
              </SelectField>
            )}
          </li>
        );
      })}
    </ol>
  );
}
