import { getLocale, getTranslations } from 'next-intl/server';
import { RoundsTable } from '#components/score/rounds-table.tsx';
import { fromLowest, round1HalfUp, toNumber } from '#domain/fraction.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { Dashboard } from '#services/publications/get-dashboard.ts';

/** The same insurer through the last rounds on this framework version, at most six. */
export async function RoundsTrend({ dashboard }: { dashboard: Dashboard }) {
  const [t, locale] = await Promise.all([getTranslations('dashboard.rounds'), getLocale().then(localeOf)]);
  const { content, earlier, texts, shown } = dashboard;
  const levels = Object.fromEntries(content.sections.flatMap(({ key, level }) => (level ? [[key, level]] : [])));
  const rounds = [
    ...earlier,
    { publicationId: shown.id, name: content.round.name, total: content.total, levels },
  ].slice(-6);
  const exact = (total: string | null) => {
    if (!total) return undefined;
    const value = fromLowest(total);
    return { score: toNumber(value), written: round1HalfUp(value, locale) };
  };
  return (
    <RoundsTable
      label={t('label')}
      rowHead={t('section')}
      breakWord={t('notComparable')}
      groups={[
        {
          key: content.framework.ref,
          framework: t('framework', { edition: content.framework.ref.split('@')[1] ?? '' }),
          rounds: rounds.map(({ publicationId, name }) => ({ key: publicationId, name })),
        },
      ]}
      rows={[
        ...texts.sections.map(({ key, title }) => ({
          key,
          name: `${key} ${title[locale]}`,
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
          scores: Object.fromEntries(rounds.map(({ publicationId, total }) => [publicationId, exact(total)])),
        },
      ]}
    />
  );
}
