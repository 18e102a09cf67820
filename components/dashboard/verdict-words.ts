import type { getTranslations } from 'next-intl/server';
import type { PublishedCriterion } from '#domain/snapshot.ts';

type Words = Awaited<ReturnType<typeof getTranslations<'dashboard.criterion'>>>;

/** One line of what was claimed and what was found: "Antwoord Ja, oordeel Deels: praktijk wijkt af". */
export function verdictWords(t: Words, { answer, outside, verdict }: PublishedCriterion): string {
  const answered = t(`responses.${answer?.response ?? 'none'}`);
  if (verdict?.overrides && verdict.ground) {
    const found = { response: t(`responses.${verdict.response}`), ground: t(`grounds.${verdict.ground}`) };
    return t('overridden', { answer: answered, ...found });
  }
  if (verdict) return t('confirmed', { answer: answered });
  if (outside) return t('measured', { response: t(`responses.${outside.response}`) });
  return t('unjudged', { answer: answered });
}
