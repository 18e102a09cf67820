import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { UndisputedLine } from '#services/reviews/criterion-view.ts';
import type { ReviewHead } from '#services/reviews/review-view.ts';

/** Which part of the list is shown: all of it, a section, or one level of a section. */
export type UndisputedScope = { sectionKey: null; level: null } | { sectionKey: string; level: number | null };

/** The part that an address names; a level that holds nothing (any more) shows its section. */
export function scopeOf(
  undisputed: readonly UndisputedLine[],
  sectionKey: string | null,
  asked: string | string[] | undefined,
): UndisputedScope {
  if (sectionKey === null) return { sectionKey, level: null };
  const found = undisputed.find((line) => line.sectionKey === sectionKey && String(line.level) === asked);
  return { sectionKey, level: found?.level ?? null };
}

export function linesIn(undisputed: readonly UndisputedLine[], { sectionKey, level }: UndisputedScope) {
  return undisputed.filter(
    (line) => (sectionKey === null || line.sectionKey === sectionKey) && (level === null || line.level === level),
  );
}

type UndisputedScopesProps = {
  head: ReviewHead;
  undisputed: readonly UndisputedLine[];
  scope: UndisputedScope;
};

/** Ways to a shorter list: a section, and in it a level, each with how much it holds. */
export async function UndisputedScopes({ head, undisputed, scope }: UndisputedScopesProps) {
  const t = await getTranslations('review.undisputed');
  if (undisputed.length === 0) return null;
  const base = `/reviews/${head.assessmentId}/undisputed`;
  const bySection = Map.groupBy(undisputed, (line) => line.sectionKey);
  const inSection = (scope.sectionKey && bySection.get(scope.sectionKey)) || [];
  const byLevel = Map.groupBy(inSection, (line) => line.level);
  const way = (href: string, word: string, count: number, current: boolean) => (
    <li key={href}>
      <Link href={href} prefetch={false} aria-current={current ? 'true' : undefined}>
        {word} <span className="meta">{count}</span>
      </Link>
    </li>
  );
  const section = `${base}?section=${scope.sectionKey}`;
  return (
    <nav className="scopes" aria-label={t('scopes')}>
      <ul aria-label={t('sections')}>
        {way(base, t('everySection'), undisputed.length, scope.sectionKey === null)}
        {[...bySection].map(([key, lines]) =>
          way(`${base}?section=${key}`, t('section', { key }), lines.length, scope.sectionKey === key),
        )}
      </ul>
      {inSection.length > 0 && (
        <ul aria-label={t('levels', { key: scope.sectionKey ?? '' })}>
          {way(section, t('everyLevel'), inSection.length, scope.level === null)}
          {[...byLevel].map(([level, lines]) =>
            way(`${section}&level=${level}`, t('level', { level }), lines.length, scope.level === level),
          )}
        </ul>
      )}
    </nav>
  );
}
