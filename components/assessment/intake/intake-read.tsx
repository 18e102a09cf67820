import { getTranslations } from 'next-intl/server';
import type { IntakeQuestionField } from './intake-form.tsx';

/** The profile for whoever may not change it, or after it was signed. */
export async function IntakeRead({ fields, note }: { fields: readonly IntakeQuestionField[]; note: string }) {
  const t = await getTranslations('insurer.intake');
  return (
    <div>
      <table className="tab profile">
        <tbody>
          {fields.map(({ key, question, value }) => (
            <tr key={key}>
              <th scope="row">{question}</th>
              <td>{value === null ? t('unanswered') : t(value ? 'yes' : 'no')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="meta">{note}</p>
    </div>
  );
}
