import { randomUUID } from 'node:crypto';
import { getTranslations } from 'next-intl/server';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { ClaimFilesPage } from '#services/claims/get-claim-files.ts';
import type { FormAction } from '#services/form-result.ts';
import { claimRefusals } from './claim-words.ts';
import { DrawForm } from './draw-form.tsx';

/** The draw: a form until there is one, then its seed and how anybody can do it again. */
export async function ClaimsDraw({ page, action }: { page: ClaimFilesPage; action: FormAction }) {
  const [t, format, refusals] = await Promise.all([getTranslations('claims.review'), readFormatter(), claimRefusals()]);
  const { draw, lists, groups, may, head } = page;
  if (!draw) {
    const [newest] = lists;
    if (!may.draw || !newest) return <p>{t('drawNone')}</p>;
    const note = (by: 'product' | 'outcome') => t('strataNotes.many', { count: groups?.[by].length ?? 0 });
    return (
      <DrawForm
        action={action}
        assessmentId={head.assessmentId}
        drawId={randomUUID()}
        listId={newest.id}
        strata={[
          { value: '', label: t('strata.none'), note: t('strataNotes.one') },
          { value: 'product', label: t('strata.product'), note: note('product') },
          { value: 'outcome', label: t('strata.outcome'), note: note('outcome') },
        ]}
        texts={{
          stratum: t('stratum'),
          perStratum: t('perStratum'),
          perStratumHint: t('perStratumHint'),
          trigger: t('drawTrigger'),
          title: t('drawTitle'),
          text: t('drawText'),
          submit: t('drawSubmit'),
          failed: t('drawFailed'),
        }}
        refusals={refusals}
      />
    );
  }
  return (
    <>
      <DefinitionList
        items={[
          {
            term: t('drawFacts.drawn'),
            value: format.dateTime(draw.drawnAt, { dateStyle: 'long', timeStyle: 'short' }),
          },
          { term: t('drawFacts.group'), value: t(`strata.${draw.stratum === '' ? 'none' : asStratum(draw.stratum)}`) },
          { term: t('drawFacts.each'), value: draw.perStratum },
          { term: t('drawFacts.claims'), value: draw.claims.length },
          { term: t('drawFacts.seed'), value: <span className="hash">{draw.seed}</span> },
        ]}
      />
      <Disclosure summary={t('again')}>
        <p className="meta">{t('againText', { count: draw.perStratum })}</p>
      </Disclosure>
    </>
  );
}

const asStratum = (stratum: string) => (stratum === 'product' ? 'product' : 'outcome');
