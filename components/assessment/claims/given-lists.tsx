import { getLocale, getTranslations } from 'next-intl/server';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { formatMoment } from '#lib/i18n/dates.ts';
import { inFours } from '#lib/i18n/in-fours.ts';
import type { GivenList } from '#services/claims/claim-facts.ts';

type GivenListsProps = {
  lists: readonly GivenList[];
  /** How many more may be given; null when none can be any more. */
  left: number | null;
};

/** The lists that were given, each with its hash and its moment. */
export async function GivenLists({ lists, left }: GivenListsProps) {
  const [t, locale] = await Promise.all([getTranslations('claims.insurer'), getLocale()]);
  if (lists.length === 0) return <p>{t('givenNone')}</p>;
  return (
    <>
      {lists.map(({ id, fileName, claims, sha256, givenAt }) => (
        <DefinitionList
          key={id}
          items={[
            { term: t('fileName'), value: fileName || '–' },
            { term: t('claims'), value: claims },
            { term: t('givenMoment'), value: formatMoment(givenAt, locale) },
            { term: t('hash'), value: <span className="hash">{inFours(sha256)}</span> },
          ]}
        />
      ))}
      {left !== null && <p className="meta">{t('counts', { left })}</p>}
    </>
  );
}
