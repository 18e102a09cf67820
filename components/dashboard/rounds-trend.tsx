import { getLocale, getTranslations } from 'next-intl/server';
import { RoundsTable } from '#components/score/rounds-table.tsx';
import { fromLowest, round1HalfUp, toNumber } from '#domain/fraction.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { EarlierRound } from '#services/publications/earlier-rounds.ts';
import type { Dashboard } from '#services/publications/get-dashboard.ts';
import { FrameworkChanges } from './framework-changes.tsx';
import { comparableGroups, trendSentence } from './trend-groups.ts';

/**
 * The same insurer through its last rounds, at most six. Treads join only where a section reads the same, or is declared
 * equal; elsewhere the line breaks, and what changed stands beneath.
 */
export async function RoundsTrend({ dashboard }: { dashboard: Dashboard }) {
  const [t, locale] = await Promise.all([getTranslations('dashboard.rounds'), getLocale().then(localeOf)]);
  const { content, earlier, texts, shown } = dashboard;
  const { productScope } = content.round;
  const levels = Object.fromEntries(content.sections.flatMap(({ key, level }) => (level ? [[key, level]] : [])));
  const now: EarlierRound = {
    publicationId: shown.id,
    name: content.round.name,
    productScope,
    framework: content.framework.ref,
    total: content.total,
    levels,
    comparable: texts.sections.map(({ key }) => key),
    totalComparable: true,
    why: null,
    changes: [],
    names: {},
  };
  const rounds = [...earlier, now];
  const groups = comparableGroups(rounds);
  const write = (total: string) => round1HalfUp(fromLowest(total), locale);
  const edition = (ref: string) => t('framework', { edition: ref.split('@')[1] ?? '' });
  const sentence = trendSentence(earlier.at(-1), now);
  return (
    <>
      <p className="plain-text">
        {t(sentence.key, {
          before: sentence.before?.name ?? '',
          now: now.name,
          product: sentence.before?.productScope ?? '',
          from: sentence.before?.total ? write(sentence.before.total) : '',
          to: now.total ? write(now.total) : '',
        })}
      </p>
      <RoundsTable
        label={t('label')}
        rowHead={t('section')}
        breakWord={t('notComparable')}
        groups={groups.map(({ key, framework, productScope: product, rounds: members }) => ({
          key,
          framework: product === productScope ? edition(framework) : `${edition(framework)}, ${product}`,
          rounds: members.map(({ publicationId, name }) => ({ key: publicationId, name })),
        }))}
        rows={[
          ...texts.sections.map(({ key, title }) => ({
            key,
            name: `${key} ${title[locale]}`,
            joined: groups.filter(({ joined }) => joined.includes(key)).map((group) => group.key),
            scores: Object.fromEntries(
              rounds.map(({ publicationId, levels: reached }) => {
                const level = reached[key];
                return [publicationId, level ? { score: level, written: String(level) } : undefined];
              }),
            ),
          })),
          {
            key: 'total',
            name: t('total'),
            total: true,
            joined: groups.filter(({ totalJoined }) => totalJoined).map((group) => group.key),
            scores: Object.fromEntries(
              rounds.map(({ publicationId, total }) => [
                publicationId,
                total ? { score: toNumber(fromLowest(total)), written: write(total) } : undefined,
              ]),
            ),
          },
        ]}
      />
      <FrameworkChanges earlier={earlier} shown={content.framework.ref} edition={edition} />
    </>
  );
}
