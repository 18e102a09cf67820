import { getTranslations } from 'next-intl/server';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import type { DashboardView } from './dashboard-view.ts';

type TotalBlockProps = {
  view: DashboardView;
  organisation: string;
  released: boolean;
  /** How the hearing ended; empty where it is not told. */
  hearing: string;
};

/** The total with what it means beside it: what a board reads in two minutes. */
export async function TotalBlock({ view, organisation, released, hearing }: TotalBlockProps) {
  const t = await getTranslations('dashboard.total');
  const { total, sector, previous, behind } = view;
  const toSector = view.againstSector && t(`sector.${view.againstSector}`);
  const toPrevious = view.againstPrevious && t(`previous.${view.againstPrevious}`);
  const headline = [toSector, toPrevious].filter((part) => part !== null);
  const sentences = [
    total ? t('score', { organisation, total: total.written }) : t('none'),
    sector && t('sectorIs', { sector: sector.written }),
    !sector && (released ? t('sectorTooFew') : t('sectorNotYet')),
    previous && t('previousWas', { round: previous.name, previous: previous.written }),
    view.incomparable && t(`incomparable.${view.incomparable.why}`, view.incomparable),
    behind && t('behind', { section: behind.key, level: behind.level ?? 1 }),
  ].filter((sentence) => typeof sentence === 'string');
  return (
    <section className="now" aria-labelledby="total">
      <p className="figure">
        <span className="vh">{t('label')} </span>
        {total?.written ?? '–'}
      </p>
      <div className="lead">
        <h2 id="total">{headline.length > 0 ? sentenceCase(headline.join(t('and'))) : t('plain')}</h2>
        <p>{sentences.join(' ')}</p>
        {hearing !== '' && <p className="meta mt-3">{hearing}</p>}
      </div>
      <div className="scale">
        <DefinitionList
          variant="scale"
          items={[
            { term: organisation, value: total?.written ?? '–' },
            { term: t('sectorLabel'), value: sector?.written ?? (released ? t('tooFew') : t('notYet')) },
            ...(previous ? [{ term: previous.name, value: previous.written }] : []),
            ...(view.incomparable ? [{ term: view.incomparable.name, value: t('notComparable') }] : []),
          ]}
        />
      </div>
    </section>
  );
}

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
