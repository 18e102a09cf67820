import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '#components/ui/button.tsx';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { Table } from '#components/ui/table.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { FormAction } from '#services/form-result.ts';
import type { RoundOutcomes } from '#services/releases/get-round-outcomes.ts';
import { DecisionForm } from '../decision-form.tsx';
import { leadRefusals } from '../lead-refusals.ts';
import { planForm } from './plan-form.tsx';

const aMinute = 60_000;

type Decided = RoundOutcomes['decided'][number];
type DecidedTableProps = {
  decided: RoundOutcomes['decided'];
  roundId: string;
  now: Date;
  actions: { publish: FormAction; unplan: FormAction };
};

/** Decided cases: each can be published on its own, now or at a moment that is planned for the ticked ones below. */
export async function DecidedTable({ decided, roundId, now, actions }: DecidedTableProps) {
  const [t, words, refusals, format] = await Promise.all([
    getTranslations('decisions'),
    getTranslations('publishing'),
    leadRefusals(),
    readFormatter(),
  ]);
  return (
    <div className="stacks">
      <Table label={t('outcomes.decided')}>
        <thead>
          <tr>
            <th scope="col">{t('outcomes.organisation')}</th>
            <th scope="col">{t('outcomes.reference')}</th>
            <th scope="col">{t('outcomes.decidedOn')}</th>
            <th scope="col">{words('choose')}</th>
            <th scope="col">{words('moment')}</th>
            <th scope="col">{t('outcomes.do')}</th>
          </tr>
        </thead>
        <tbody>
          {decided.map((line) => (
            <tr key={line.assessmentId}>
              <th scope="row">
                <Link href={`/reviews/${line.assessmentId}`} prefetch={false}>
                  {line.organisation}
                </Link>
              </th>
              <td data-label={t('outcomes.reference')}>
                {line.reference}
                {line.revises && <span className="under-word">{t('outcomes.revises', { edition: line.revises })}</span>}
              </td>
              <td data-label={t('outcomes.decidedOn')}>
                {format.dateTime(new Date(line.decidedAt), { dateStyle: 'long' })}
              </td>
              <td data-label={words('choose')}>
                <input
                  type="checkbox"
                  form={planForm}
                  name="assessmentIds[]"
                  value={line.assessmentId}
                  aria-label={words('chooseOne', { organisation: line.organisation })}
                />
              </td>
              <td data-label={words('moment')}>
                <span>{planned(line)}</span>
              </td>
              <td>
                <ButtonLink kind="link" href={`/reviews/${line.assessmentId}/outcome`}>
                  {words('preview')}
                </ButtonLink>
                <ConfirmStep
                  trigger={t('publish.submit')}
                  title={t('publish.question')}
                  actions={
                    <DecisionForm
                      action={actions.publish}
                      id={`publish-${line.assessmentId}`}
                      hidden={{ assessmentId: line.assessmentId, roundId }}
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

  function planned({ assessmentId, plannedFor }: Decided) {
    if (!plannedFor) return words('none');
    const at = new Date(plannedFor);
    if (at <= now && now.getTime() - at.getTime() < aMinute) return <Tag kind="waiting">{words('all.busy')}</Tag>;
    const moment = format.dateTime(at, { dateStyle: 'long', timeStyle: 'short' });
    return (
      <>
        <Tag kind={at > now ? 'waiting' : 'attention'}>{words(at > now ? 'planned' : 'overdue', { moment })}</Tag>
        <ConfirmStep
          trigger={words('unplan')}
          title={words('unplanQuestion')}
          actions={
            <DecisionForm
              action={actions.unplan}
              id={`unplan-${assessmentId}`}
              hidden={{ assessmentId, roundId }}
              submit={words('unplan')}
              kind="plain"
              refusals={refusals}
              problemTitle={words('problems')}
            />
          }
        >
          <p>{words('unplanConsequence')}</p>
        </ConfirmStep>
      </>
    );
  }
}
