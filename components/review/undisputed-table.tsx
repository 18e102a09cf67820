import { getTranslations } from 'next-intl/server';
import type { UndisputedLine } from '#services/reviews/criterion-view.ts';
import { Block } from '../score/block.tsx';
import { Table } from '../ui/table.tsx';

/** What may be confirmed together, level by level: each line ticked, and to be left out one by one. */
export async function UndisputedTable({ lines }: { lines: readonly (UndisputedLine & { verdictId: string })[] }) {
  const t = await getTranslations('review');
  const levels = Map.groupBy(lines, ({ sectionKey, level }) => `${sectionKey}.${level}`);
  return (
    <div className="undisputed">
      <Table label={t('undisputed.title')} tight>
        <thead>
          <tr>
            <th scope="col">{t('undisputed.choose')}</th>
            <th scope="col">{t('undisputed.criterion')}</th>
            <th scope="col">{t('undisputed.answer')}</th>
          </tr>
        </thead>
        {[...levels.values()].map((level) => (
          <tbody key={level[0]?.key}>
            {levels.size > 1 && (
              <tr className="lv">
                <th colSpan={3} scope="rowgroup">
                  {t('undisputed.sectionLevel', { section: level[0]?.sectionKey ?? '', level: level[0]?.level ?? 0 })}
                </th>
              </tr>
            )}
            {level.map(({ key, text, response, verdictId }) => (
              <tr key={key}>
                <td>
                  <label className="checkline">
                    <input type="checkbox" name="lines[]" value={`${key}~${verdictId}`} defaultChecked />
                    <span className="key">{key}</span>
                  </label>
                </td>
                <td lang="nl">{text.nl}</td>
                <td>
                  <Block kind={response}>{t(`responses.${response}`)}</Block>
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </Table>
    </div>
  );
}
