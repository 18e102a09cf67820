import { getTranslations } from 'next-intl/server';
import { grounds, responses } from '#domain/answers.ts';
import type { ReviewHead } from '#services/reviews/review-view.ts';
import { LeftVerdict } from './left-verdict.tsx';

type ReadOnlyVerdictProps = Pick<ReviewHead, 'state'> & {
  /** What a verdict here would be about, and the one that counts; without it nothing can have been left behind. */
  about?: { place: string; current: { choice: string; reason: string } | null };
};

/** Stands where the form would: why nothing can be decided here now, and what was typed before that. */
export async function ReadOnlyVerdict({ state, about }: ReadOnlyVerdictProps) {
  const t = await getTranslations('review');
  return (
    <>
      <p className="meta closed">{why()}</p>
      {about && <LeftVerdict {...about} labels={await choiceLabels()} texts={await leftTexts()} />}
    </>
  );

  function why(): string {
    if (state === 'in_review') return t('verdict.readOnly');
    if (state === 'submitted') return t('verdict.startFirst');
    return t('verdict.readOnlyState', { state: t(`states.${state}`) });
  }
}

/** The word for each choice of a verdict, and for each ground. */
export async function choiceLabels(): Promise<Record<string, string>> {
  const t = await getTranslations('review');
  return {
    yes: t('facts.yes'),
    no: t('facts.no'),
    ...Object.fromEntries(responses.map((response) => [response, t(`responses.${response}`)])),
    ...Object.fromEntries(grounds.map((ground) => [ground, t(`grounds.${ground}`)])),
  };
}

/** The words of what was left behind; its time is filled in on the device. */
export async function leftTexts() {
  const t = await getTranslations('review.verdict.left');
  const [title, reason, copy, copied, drop] = (['title', 'reason', 'copy', 'copied', 'drop'] as const).map((key) =>
    t(key),
  );
  return { title, why: t.raw('why'), reason, copy, copied, drop } as Record<
    'title' | 'why' | 'reason' | 'copy' | 'copied' | 'drop',
    string
  >;
}
