import { getTranslations } from 'next-intl/server';
import type { FilesQuote } from '#services/claims/files-quote.ts';

/**
 * The sentence with the counts, and the button that puts it into a reason; null before anything was found. It is Dutch in
 * either language: the insurer reads it.
 */
export async function quoteOf(files: FilesQuote | null): Promise<{ label: string; text: string } | null> {
  if (!files?.counts) return null;
  const { conform, not_conform: notConform, undeterminable } = files.counts;
  const seen = conform + notConform + undeterminable;
  if (seen === 0) return null;
  const [t, dutch] = await Promise.all([
    getTranslations('claims.review'),
    getTranslations({ locale: 'nl', namespace: 'claims.review' }),
  ]);
  const text = dutch('quote', { seen, claims: files.listed, conform, notConform, undeterminable });
  return { label: t('quoteButton'), text };
}
