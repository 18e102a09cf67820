import { getLocale, getTranslations } from 'next-intl/server';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { RefusalWords } from './refusal-problems.ts';
import type { RequestTexts } from './request-form.tsx';

/** How many questions the form for several begins with. */
export const linesAtOnce = 4;

/** All words of the form that asks. */
export async function requestTexts(): Promise<RequestTexts> {
  const t = await getTranslations('requests.review');
  return {
    criterion: t('criterion'),
    ask: t('ask'),
    askHint: t('askHint'),
    lines: t('lines'),
    linesHint: t('linesHint'),
    line: t.raw('line'),
    more: t('more'),
    term: t('termLegend'),
    days: t('days'),
    daysLabel: t('daysLabel'),
    date: t('date'),
    dateLabel: t('dateLabel'),
    submit: t('submit'),
    failed: t('failed'),
  };
}

/** A sentence for each code that asking and withdrawing refuse with. */
export async function requestRefusals(): Promise<RefusalWords> {
  const { review, requests } = messages[localeOf(await getLocale())];
  return { ...review.refusals, ...requests.review.refusals };
}
