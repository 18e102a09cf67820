import { DefinitionList } from '#components/ui/definition-list.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Table } from '#components/ui/table.tsx';
import type { Locale } from '#lib/i18n/locale.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FrameworkFault } from '#services/frameworks/parse-framework.ts';
import type { FrameworkPreview } from '#services/frameworks/preview-framework.ts';

type Texts = Messages['framework']['import'];

/** What a document holds, section by section, and what importing it would do. */
export function PreviewTable({ preview, texts, locale }: { preview: FrameworkPreview; texts: Texts; locale: Locale }) {
  return (
    <div className="told" role="status">
      <Notice kind={preview.becomes === 'frozen' ? 'attention' : 'ok'} level={3} title={preview.title[locale]}>
        <p>{texts.becomes[preview.becomes]}</p>
      </Notice>
      <DefinitionList
        items={[
          { term: texts.reference, value: preview.ref },
          { term: texts.total, value: preview.criteria },
          { term: texts.intake, value: preview.intake.map((question) => question[locale]).join(' ') },
          { term: texts.readings, value: preview.readings.join(', ') },
        ]}
      />
      <Table label={texts.sectionsLabel} tight>
        <thead>
          <tr>
            <th scope="col">{texts.section}</th>
            {([2, 3, 4, 5] as const).map((level) => (
              <th scope="col" className="r" key={level}>
                {texts.perLevel.replace('{level}', String(level))}
              </th>
            ))}
            <th scope="col" className="r">
              {texts.weight}
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.sections.map(({ key, title, perLevel, weight }) => (
            <tr key={key}>
              <th scope="row">
                {key}. {title[locale]}
              </th>
              {perLevel.map((count, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is the level
                <td className="r" key={index}>
                  {count}
                </td>
              ))}
              <td className="r">{weight}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

/** Every fault of a document, with the line where it stands. */
export function FaultList({ faults, texts }: { faults: readonly FrameworkFault[]; texts: Texts }) {
  const codes: Readonly<Record<string, string>> = texts.codes;
  return (
    <div className="told">
      <p>{texts.faultsText}</p>
      <Table label={texts.fault} tight>
        <thead>
          <tr>
            <th scope="col" className="r">
              {texts.line}
            </th>
            <th scope="col">{texts.key}</th>
            <th scope="col">{texts.fault}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map((fault) => (
            <tr key={`${fault.line} ${fault.path.join('.')} ${fault.code} ${fault.detail}`}>
              <td className="r">{fault.line}</td>
              <th scope="row">{fault.key ?? fault.path.at(-1) ?? '–'}</th>
              <td>
                {codes[fault.code] ?? texts.codes.other}
                <span className="meta under-word" lang="en">
                  {fault.detail}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
