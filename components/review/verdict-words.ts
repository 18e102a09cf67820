import { getLocale, getTranslations } from 'next-intl/server';
import { fromLowest, round1HalfUp } from '#domain/fraction.ts';
import type { KeptScores } from '#domain/snapshot.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { RefusalWords } from './refusal-problems.ts';
import type { VerdictTexts } from './verdict-form.tsx';

/** A sentence for each code that a verb refuses with. */
export async function refusalWords(): Promise<RefusalWords> {
  return messages[await getLocale()].review.refusals;
}

/**
 * The line "Gevolg": which sections and total change, from what to what. A section that stays is said only when it is the
 * one that is looked at.
 */
export async function effectWords() {
  const [t, locale] = await Promise.all([getTranslations('review.effect'), getLocale().then(localeOf)]);
  type Range = { low: number | string; high: number | string };
  const range = (score: Range | null | undefined, write: (end: never) => string) => {
    if (!score) return t('none');
    const [low, high] = [write(score.low as never), write(score.high as never)];
    return low === high ? low : t('range', { low, high });
  };
  const level = (score: Range | null | undefined) => range(score, String);
  const total = (score: Range | null) => range(score, (end: string) => round1HalfUp(fromLowest(end), locale));
  return ({ before, after }: { before: KeptScores; after: KeptScores }, looked: string | null): string => {
    const sections = Object.keys(after.sections).flatMap((key) => {
      const [from, to] = [level(before.sections[key]), level(after.sections[key])];
      if (from !== to) return [t('section', { key, from, to })];
      return key === looked ? [t('sectionSame', { key, level: to })] : [];
    });
    const [from, to] = [total(before.total), total(after.total)];
    return [...sections, from === to ? t('totalSame', { total: to }) : t('total', { from, to })].join(' ');
  };
}

type About = { claimed: string | null; outside: boolean; legend: string; submit: string };

/** All words of a verdict form; times are filled in where the text is kept, on the device. */
export async function verdictTexts({ claimed, outside, legend, submit }: About): Promise<VerdictTexts> {
  const t = await getTranslations('review.verdict');
  return {
    title: t('title'),
    hint: claimed === null ? t('hintNone') : t('hint', { response: claimed }),
    legend,
    own: outside ? t('outside') : t('own'),
    differs: t('differs'),
    ground: t('ground'),
    groundHint: t('groundHint'),
    reason: t('reason'),
    reasonHint: claimed === null ? t('reasonNeeded') : t('reasonHint'),
    effect: t('effect'),
    effectNone: t('effectNone'),
    submit,
    restored: t.raw('restored'),
    kept: t.raw('kept'),
    offline: t('offline'),
    failed: t('failed'),
    conflictTitle: t('conflictTitle'),
    conflictText: t.raw('conflictText'),
    conflictUndone: t('conflictUndone'),
    noReason: t('noReason'),
    conflictMine: t('conflictMine'),
    conflictTheirs: t('conflictTheirs'),
  };
}
