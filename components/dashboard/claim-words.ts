import type { getTranslations } from 'next-intl/server';
import type { PublishedVerdict } from '#domain/snapshot.ts';

type Words = Awaited<ReturnType<typeof getTranslations<'dashboard.criterion'>>>;

/** What the claim files showed that a verdict rests on, in one sentence; empty where it rests on none. */
export function claimWords(t: Words, verdict: PublishedVerdict | null): string {
  if (!verdict?.claimCounts) return '';
  const { listSha256: _, ...counts } = verdict.claimCounts;
  return t('claimCounts', counts);
}
