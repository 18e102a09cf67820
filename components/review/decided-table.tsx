import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { FormAction } from '#services/form-result.ts';
import type { RoundOutcomes } from '#services/releases/get-round-outcomes.ts';
import { ConfirmStep } from '../ui/confirm-step.tsx';
import { Table } from '../ui/table.tsx';
import { DecisionForm } from './decision-form.tsx';
import { leadRefusals } from './lead-refusals.ts';

type DecidedTableProps = { decided: RoundOutcomes['decided']; roundId: string; action: FormAction };

/** Decided cases, each to be published on its own. */
export async function DecidedTable({ decided, roundId, action }: DecidedTableProps) {
  const [t, refusals, format] = await Promise.all([getTranslations('decisions'), leadRefusals(), readFormatter()]);
  return (
    <div className="stacks">
      <Table label={t('outcomes.decided')}>
        <thead>
          <tr>
            <th scope="col">{t('outcomes.organisation')}</th>
            <th scope="col">{t('outcomes.reference')}</th>
            <th scope="col">{t('outcomes.decidedOn')}</th>
            <th scope="col">{t('outcomes.do')}</th>
          </tr>
        </thead>
        <tbody>
          {decided.map(({ assessmentId, organisation, reference, decidedAt, revises }) => (
            <tr key={assessmentId}>
              <th scope="row">
                <Link href={`/reviews/${assessmentId}`} prefetch={false}>
                  {organisation}
                </Link>
              </th>
              <td data-label={t('outcomes.reference')}>
                {reference}
                {revises && <span className="under-word">{t('outcomes.revises', { edition: revises })}</span>}
              </td>
              <td data-label={t('outcomes.decidedOn')}>
                {format.dateTime(new Date(decidedAt), { dateStyle: 'long' })}
              </td>
              <td>
                <ConfirmStep
                  trigger={t('publish.submit')}
                  title={t('publish.question')}
                  actions={
                    <DecisionForm
                      action={action}
                      id={`publish-${assessmentId}`}
                      hidden={{ assessmentId, roundId }}
                      submit={t('publish.submit')}
                      refusals={refusals}
                      problemTitle={t('problems')}
                    />
                  }
                >
                  <p>{t('publish.consequence')}</p>
                </ConfirmStep>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
