import { Sign } from '#components/ui/sign.tsx';
import { round1HalfUp } from '#domain/fraction.ts';
import type { AssessmentScore } from '#domain/scoring.ts';
import { sentence } from '../phrase.tsx';
import type { TrialScores, TrialTexts } from './trial-form.tsx';

type TrialBarProps = {
  scores: TrialScores;
  locale: 'nl' | 'en';
  texts: TrialTexts;
  path: string;
  reset: () => void;
};

/** Stays in sight: that nothing is saved, the total now and in the trial, and the way back to nothing tried. */
export function TrialBar({ scores, locale, texts, path, reset }: TrialBarProps) {
  const [now, trial] = [totalWords(scores.now, locale, texts), totalWords(scores.trial, locale, texts)];
  return (
    <section className="trial-bar" aria-label={texts.bar}>
      <p className="saves-nothing">
        <Sign kind="attention" /> {texts.nothingSaved}
      </p>
      <div role="status">
        <dl className="trial-totals">
          <div>
            <dt>
              {texts.total}, {texts.now.toLowerCase()}
            </dt>
            <dd>{now}</dd>
          </div>
          <div>
            <dt>{texts.trial}</dt>
            <dd className={now === trial ? undefined : 'moved'}>{now === trial ? texts.same : trial}</dd>
          </div>
        </dl>
      </div>
      <p>
        <a
          href={path}
          onClick={(event) => {
            event.preventDefault();
            reset();
          }}
        >
          {texts.reset}
        </a>
      </p>
    </section>
  );
}

function totalWords({ total, awaitsIntake }: AssessmentScore, locale: 'nl' | 'en', texts: TrialTexts): string {
  if (awaitsIntake.length > 0 || !total) return texts.waits;
  const [low, high] = [round1HalfUp(total.low, locale), round1HalfUp(total.high, locale)];
  return low === high ? low : sentence(texts.can, { low, high });
}
