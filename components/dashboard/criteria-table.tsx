import { getLocale, getTranslations } from 'next-intl/server';
import { Block, type BlockKind } from '#components/score/block.tsx';
import { Table } from '#components/ui/table.tsx';
import type { Response } from '#domain/answers.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { CriterionView } from './dashboard-view.ts';

/** Every criterion of a section with the insurer's own answer beside the verdict, and what became of it. */
export async function CriteriaTable({ criteria, label }: { criteria: readonly CriterionView[]; label: string }) {
  const [t, locale] = await Promise.all([getTranslations('dashboard.criterion'), getLocale().then(localeOf)]);
  const response = (given: Response | null | undefined) => (
    <Block kind={blockOf(given)}>{t(`responses.${given ?? 'none'}`)}</Block>
  );
  return (
    <Table label={label} tight>
      <thead>
        <tr>
          <th scope="col">{t('criterion')}</th>
          <th scope="col">{t('answer')}</th>
          <th scope="col">{t('verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {criteria.map(({ key, short, applies, answer, outside, verdict, by, stops }) => (
          <tr key={key}>
            <th scope="row">
              {key} <span className="under-word">{short[locale]}</span>
              {stops && <span className="under-word">{t('stops')}</span>}
              {by && <span className="under-word">{t('by', { by })}</span>}
            </th>
            {applies ? (
              <>
                <td>
                  {outside && !verdict ? (
                    <>
                      {response(outside.response)}
                      <span className="under-word">{outside.source}</span>
                    </>
                  ) : (
                    response(answer?.response)
                  )}
                  {answer?.explanation && <p className="prewrap">{answer.explanation}</p>}
                </td>
                <td>
                  {verdict ? response(verdict.response) : <span className="meta">{t('noVerdict')}</span>}
                  {verdict?.overrides && verdict.ground && (
                    <span className="under-word">{t(`grounds.${verdict.ground}`)}</span>
                  )}
                  {verdict?.reason && <p className="prewrap">{verdict.reason}</p>}
                </td>
              </>
            ) : (
              <td colSpan={2}>
                <Block kind="not_applicable">{t('notApplicable')}</Block>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const blockOf = (given: Response | null | undefined): BlockKind => given ?? 'open';
