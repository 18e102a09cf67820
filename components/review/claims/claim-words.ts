import { getLocale } from 'next-intl/server';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { RefusalWords } from '../refusal-problems.ts';

/** A sentence for each code that drawing and recording refuse with. */
export async function claimRefusals(): Promise<RefusalWords> {
  const { review, claims } = messages[localeOf(await getLocale())];
  return { ...review.refusals, ...claims.review.refusals };
}
