import { Button } from '#components/ui/button.tsx';
import type { ResponseMap } from '#domain/answers.ts';
import type { TrialFramework } from '#services/trial/get-trial.ts';
import { criterionPath } from '../criterion/criterion-path.ts';
import { sentence } from '../phrase.tsx';
import type { TrialTexts } from './trial-form.tsx';

type TriedListProps = {
  assessmentId: string;
  framework: TrialFramework;
  answers: ResponseMap;
  tried: ResponseMap;
  locale: 'nl' | 'en';
  texts: TrialTexts;
  drop: (key: string) => void;
};

/** What is tried, in the norm's order, each with the way to where it is really answered. */
export function TriedList({ assessmentId, framework, answers, tried, locale, texts, drop }: TriedListProps) {
  const criteria = framework.sections.flatMap((section) => section.criteria).filter(({ key }) => tried[key]);
  if (criteria.length === 0) return <p className="tried-list meta">{texts.triedNone}</p>;
  return (
    <section className="tried-list" aria-labelledby="tried">
      <h2 className="h3" id="tried">
        {texts.tried}
      </h2>
      <ul>
        {criteria.map(({ key, short }) => (
          <li key={key}>
            <a className="key" href={criterionPath(assessmentId, key)} aria-label={sentence(texts.open, { key })}>
              {key}
            </a>
            <span>{short[locale]}</span>
            <b>
              {sentence(texts.triedItem, {
                response: texts.responses[tried[key] ?? 'none'],
                now: texts.responses[answers[key] ?? 'none'],
              })}
            </b>
            <Button kind="link" onClick={() => drop(key)} aria-label={`${texts.drop} ${key}`}>
              {texts.drop}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
