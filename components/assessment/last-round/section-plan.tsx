import { getLocale, getTranslations } from 'next-intl/server';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Tag, type TagKind } from '#components/ui/tag.tsx';
import type { SectionTakeOver } from '#services/last-round/get-section-take-over.ts';
import type { SectionStep } from '#services/last-round/take-over-plan.ts';
import { criterionPath } from '../paths.ts';

type Planned = SectionTakeOver['criteria'][number];

const signs: Record<SectionStep, TagKind> = {
  take: 'todo',
  something_there: 'done',
  norm_changed: 'attention',
  not_applicable: 'waiting',
  nothing_then: 'waiting',
};

/** What taking over would do, criterion by criterion, with the text that would come. */
export async function SectionPlan({ assessmentId, criteria }: { assessmentId: string; criteria: readonly Planned[] }) {
  const locale = await getLocale();
  return (
    <ol className="plan">
      {criteria.map((criterion) => (
        <li key={criterion.key}>
          <p className="plan-name">
            <a className="key" href={criterionPath(assessmentId, criterion.key)}>
              {criterion.key}
            </a>
            <span>{criterion.short[locale]}</span>
          </p>
          <div>
            <Step criterion={criterion} />
          </div>
        </li>
      ))}
    </ol>
  );
}

async function Step({ criterion }: { criterion: Planned }) {
  const t = await getTranslations('previous.page');
  const { step, evidence, explanation, unedited } = criterion;
  if (step === 'something_there' && unedited) return <Tag kind="attention">{t('unedited')}</Tag>;
  if (step !== 'take') return <Tag kind={signs[step]}>{t(step)}</Tag>;
  return (
    <>
      <Tag kind={signs.take}>{t('take')}</Tag>
      {explanation === '' ? (
        <p className="meta">{t('takeOnly', { count: evidence })}</p>
      ) : (
        <Disclosure summary={t('takeWith', { count: evidence })}>
          <p className="quoted prewrap">{explanation}</p>
        </Disclosure>
      )}
    </>
  );
}
