import { getTranslations } from 'next-intl/server';
import type { FormAction } from '#services/form-result.ts';
import type { RoundOutcomes } from '#services/releases/get-round-outcomes.ts';
import { ConfirmStep } from '../ui/confirm-step.tsx';
import { Table } from '../ui/table.tsx';
import { DecisionForm } from './decision-form.tsx';
import { leadRefusals } from './lead-refusals.ts';

type ReleaseBlockProps = {
  outcomes: RoundOutcomes;
  /** The key of the next release; a new page brings a new one. */
  releaseId: string;
  action: FormAction;
};

/** What a release made now would hold and leave out, and the button that makes it, or why it cannot be made. */
export async function ReleaseBlock({ outcomes, releaseId, action }: ReleaseBlockProps) {
  const [t, refusals] = await Promise.all([getTranslations('decisions'), leadRefusals()]);
  const { release, releases, roundId } = outcomes;
  const number = (releases[0]?.number ?? 0) + 1;
  return (
    <>
      <p>
        {t('outcomes.would', { insurers: release.insurers })}{' '}
        {release.changed !== null &&
          t('outcomes.changed', { changed: release.changed, minimum: release.minimumChanged })}
      </p>
      {release.insurers > 0 && (
        <div className="stacks">
          <Table label={t('outcomes.holds')} tight>
            <thead>
              <tr>
                <th scope="col">{t('outcomes.section')}</th>
                <th scope="col" className="r">
                  {t('outcomes.insurers')}
                </th>
                <th scope="col">{t('outcomes.mean')}</th>
                <th scope="col">{t('outcomes.spread')}</th>
              </tr>
            </thead>
            <tbody>
              {release.figures.map(({ sectionKey, insurers, fate, spread }) => (
                <tr key={sectionKey}>
                  <th scope="row">{sectionKey === 'total' ? t('outcomes.total') : sectionKey}</th>
                  <td className="r" data-label={t('outcomes.insurers')}>
                    {insurers}
                  </td>
                  <td data-label={t('outcomes.mean')}>
                    {fate === 'too_few' && insurers >= release.minimumForMean
                      ? t('outcomes.fates.gives_away')
                      : t(`outcomes.fates.${fate}`)}
                  </td>
                  <td data-label={t('outcomes.spread')}>{t(spread ? 'outcomes.yes' : 'outcomes.no')}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {release.blocks.length > 0 ? (
        <>
          <p>{t('blocked')}</p>
          <ul>
            {release.blocks.map((block) => (
              <li key={block}>{refusals[block]}</li>
            ))}
          </ul>
        </>
      ) : (
        <ConfirmStep
          trigger={t('outcomes.make')}
          title={t('outcomes.makeQuestion', { number })}
          actions={
            <DecisionForm
              action={action}
              id="release"
              hidden={{ id: releaseId, roundId }}
              submit={t('outcomes.make')}
              refusals={refusals}
              problemTitle={t('problems')}
            />
          }
        >
          <p>{t('outcomes.makeConsequence')}</p>
        </ConfirmStep>
      )}
    </>
  );
}
