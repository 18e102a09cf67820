import { Notice } from '#components/ui/notice.tsx';
import { Table } from '#components/ui/table.tsx';
import { formatDay } from '#lib/i18n/dates.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import type { OutsidePreview } from '#services/reviews/preview-outside-results.ts';
import type { OutsideTexts } from './outside-form.tsx';

type OutsidePreviewTableProps = { preview: OutsidePreview; texts: OutsideTexts; locale: Locale };

/** What taking a table in would change, insurer by insurer, and who is left to declare it themselves. */
export function OutsidePreviewTable({ preview, texts, locale }: OutsidePreviewTableProps) {
  const { added, changed, unchanged, insurers, more, without } = preview;
  const counts = texts.counts
    .replace('{added}', String(added))
    .replace('{changed}', String(changed))
    .replace('{unchanged}', String(unchanged));
  return (
    <div className="told">
      <Notice kind="ok" role="status" level={3} title={counts} />
      <p className="after">{added + changed > 0 ? texts.previewText : texts.nothing}</p>
      {insurers.length > 0 && (
        <div className="stacks">
          <Table label={texts.changesLabel} tight>
            <thead>
              <tr>
                <th scope="col">{texts.insurer}</th>
                <th scope="col">{texts.results}</th>
              </tr>
            </thead>
            <tbody>
              {insurers.map(({ name, number, results }) => (
                <tr key={number}>
                  <th scope="row">
                    {name}
                    <span className="meta under-word">{number}</span>
                  </th>
                  <td>
                    <ul>
                      {results.map((result) => (
                        <li key={result.criterionKey}>
                          <b>{result.criterionKey}</b> {sentence(result)}
                        </li>
                      ))}
                    </ul>
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {more > 0 && <p className="meta after">{texts.more.replace('{count}', String(more))}</p>}
      <p className="after">
        {without.count === 0 ? texts.withoutNone : texts.without.replace('{count}', String(without.count))}{' '}
        {without.insurers.map(({ name }) => name).join(', ')}
        {without.count > without.insurers.length && ', …'}
      </p>
    </div>
  );

  function sentence({ response, measuredOn, source, before }: OutsidePreview['insurers'][number]['results'][number]) {
    const said = `${texts.responses[response]}, ${formatDay(measuredOn, locale)}, ${source}`;
    if (!before) return said;
    const was = `${texts.responses[before.response]}, ${formatDay(before.measuredOn, locale)}, ${before.source}`;
    return `${said} (${texts.was} ${was})`;
  }
}
