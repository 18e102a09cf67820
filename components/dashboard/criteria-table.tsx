import { getLocale, getTranslations } from 'next-intl/server';
import { Block, type BlockKind } from '#components/score/block.tsx';
import { Table } from '#components/ui/table.tsx';
import type { Response } from '#domain/answers.ts';
import { formatDay } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { claimWords } from './claim-words.ts';
import type { CriterionView } from './dashboard-view.ts';
import { EvidencePieces } from './evidence-pieces.tsx';
import { convinced } from './evidence-told.ts';

type CriteriaTableProps = {
  criteria: readonly CriterionView[];
  label: string;
  /** The round in which the insurer answers again, for the links that lead there. */
  nextRound?: string | undefined;
};

/** Criteria of a section with the insurer's own answer and evidence beside the verdict, and what became of it. */
export async function CriteriaTable({ criteria, label, nextRound }: CriteriaTableProps) {
  const [t, locale] = await Promise.all([getTranslations('dashboard.criterion'), getLocale().then(localeOf)]);
  const response = (given: Response | null | undefined) => (
    <Block kind={blockOf(given)}>{t(`responses.${given ?? 'none'}`)}</Block>
  );
  return (
    <div className="criteria">
      <Table label={label} tight>
        <thead>
          <tr>
            <th scope="col">{t('criterion')}</th>
            <th scope="col">{t('answer')}</th>
            <th scope="col">{t('verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {criteria.map((criterion) => {
            const { key, short, applies, answer, outside, verdict, by, stops, again } = criterion;
            return (
              <tr key={key}>
                <th scope="row">
                  {key} <span className="under-word">{short[locale]}</span>
                  {stops && <span className="under-word">{t('stops')}</span>}
                  {by && <span className="under-word">{t('by', { by })}</span>}
                  {again && nextRound && (
                    <a className="under-word" href={again}>
                      {t('again', { key, round: nextRound })}
                    </a>
                  )}
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
                      {criterion.supplements?.map(({ question, text, sentAt }) => (
                        <div key={sentAt}>
                          <p className="under-word">
                            {question === null
                              ? t('newFile', { date: formatDay(new Date(sentAt), locale) })
                              : t('supplement', { date: formatDay(new Date(sentAt), locale), question })}
                          </p>
                          <p className="prewrap">{text}</p>
                        </div>
                      ))}
                      <EvidenceTold criterion={criterion} />
                    </td>
                    <td>
                      {verdict ? response(verdict.response) : <span className="meta">{t('noVerdict')}</span>}
                      {verdict?.overrides && verdict.ground && (
                        <span className="under-word">{t(`grounds.${verdict.ground}`)}</span>
                      )}
                      {verdict?.reason && <p className="prewrap">{verdict.reason}</p>}
                      {verdict?.claimCounts && <p className="under-word">{claimWords(t, verdict)}</p>}
                    </td>
                  </>
                ) : (
                  <td colSpan={2}>
                    <Block kind="not_applicable">{t('notApplicable')}</Block>
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </Table>
    </div>
  );
}

const blockOf = (given: Response | null | undefined): BlockKind => given ?? 'open';

/** The evidence with what the verdict says of it; a page that does not tell the evidence does not judge it either. */
async function EvidenceTold({ criterion }: { criterion: CriterionView }) {
  const t = await getTranslations('dashboard.criterion');
  const { pieces } = criterion;
  if (!pieces) return null;
  const judged = convinced(criterion, pieces.length);
  if (pieces.length === 0 && judged !== 'none') return null;
  return (
    <>
      <p className="under-word">{t(`pieces.${judged}`)}</p>
      {pieces.length > 0 && <EvidencePieces pieces={pieces} />}
    </>
  );
}
