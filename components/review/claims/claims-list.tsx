import { getTranslations } from 'next-intl/server';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { Table } from '#components/ui/table.tsx';
import { inFours } from '#lib/i18n/in-fours.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { ClaimFilesPage } from '#services/claims/get-claim-files.ts';

/** The list that the draw is from, with its hash, and the groups that it can be drawn by. */
export async function ClaimsList({ page: { lists, groups } }: { page: ClaimFilesPage }) {
  const [t, format] = await Promise.all([getTranslations('claims.review'), readFormatter()]);
  const [newest] = lists;
  if (!newest) return <p className="intro">{t('listNone')}</p>;
  return (
    <>
      <DefinitionList
        items={[
          { term: t('listFacts.file'), value: newest.fileName || '–' },
          { term: t('listFacts.claims'), value: format.number(newest.claims) },
          {
            term: t('listFacts.given'),
            value: format.dateTime(newest.givenAt, { dateStyle: 'long', timeStyle: 'short' }),
          },
          { term: t('listFacts.hash'), value: <span className="hash">{inFours(newest.sha256)}</span> },
          ...(lists.length > 1
            ? [{ term: t('listFacts.lists'), value: t('listEarlier', { count: lists.length - 1 }) }]
            : []),
        ]}
      />
      {groups && (
        <div className="claim-groups">
          {(['product', 'outcome'] as const).map((by) => (
            <Table key={by} label={t('groups', { by: t(`strata.${by}`) })} tight>
              <thead>
                <tr>
                  <th scope="col">{t(by)}</th>
                  <th scope="col" className="r">
                    {t('listFacts.claims')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {groups[by].map(({ name, claims }) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td className="r">{format.number(claims)}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
          ))}
        </div>
      )}
    </>
  );
}
