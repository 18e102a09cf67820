import { getLocale, getTranslations } from 'next-intl/server';
import { Staircase } from '#components/score/staircase.tsx';
import { keepHyphens } from '#components/ui/keep-hyphens.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import type { Sector } from '#services/publications/dashboard-facts.ts';
import type { EarlierRound } from '#services/publications/earlier-rounds.ts';
import type { DashboardView, SectionView } from './dashboard-view.ts';
import { FiguresTable } from './figures-table.tsx';

type FiveSectionsProps = { view: DashboardView; earlier: readonly EarlierRound[]; sector: Sector | null };

/** The sections side by side, each a staircase against the sector, and under them the same figures as a table. */
export async function FiveSections({ view, earlier, sector }: FiveSectionsProps) {
  const [t, locale] = await Promise.all([getTranslations('dashboard.sections'), getLocale().then(localeOf)]);
  const drawnSector = view.sections.some((section) => section.sector);
  const drawnGain = view.sections.some(({ gained }) => gained > 0);
  return (
    <section className="five" aria-labelledby="sections">
      <h2 id="sections">{t('title', { count: view.sections.length })}</h2>
      <ol>
        {view.sections.map((section) => (
          <li key={section.key}>
            <SectionFigure section={section} locale={locale} />
            {section.levelName && (
              <p className="level-words">
                {t('levelIs', { level: section.level ?? 1 })} <i>{section.levelName[locale]}</i>
              </p>
            )}
            <p className="compared">{section.applies ? comparedWith(section) : t('doesNotApply')}</p>
          </li>
        ))}
      </ol>
      <p className="legend meta">
        <span>
          <svg width="22" height="14" viewBox="0 0 22 14" aria-hidden="true">
            <polygon className="st-fill" points="0,14 0,9 11,9 11,3 22,3 22,14" />
          </svg>
          {t('reached')}
        </span>
        <span>
          <svg width="6" height="16" viewBox="0 0 6 16" aria-hidden="true">
            <rect className="st-stop" width="5" height="16" />
          </svg>
          {t('stop')}
        </span>
        {drawnSector && (
          <span>
            <svg width="28" height="4" viewBox="0 0 28 4" aria-hidden="true">
              <line className="st-sector" x1="0" y1="2" x2="28" y2="2" />
            </svg>
            {t('mean')}
          </span>
        )}
        {drawnGain && (
          <span>
            <b>+1</b> {t('higher')}
          </span>
        )}
      </p>
      <FiguresTable view={view} earlier={earlier} sector={sector} />
    </section>
  );

  function comparedWith(section: SectionView) {
    const parts = [
      section.carried && t('carried', { round: section.carried.roundName }),
      section.sector && t('sectorIs', { sector: section.sector.written }),
      !section.sector && sector && t('sectorTooFew'),
      section.previous && t('previousWas', { previous: section.previous }),
    ];
    return parts.filter((part) => typeof part === 'string').join(' ');
  }
}

function SectionFigure({ section, locale }: { section: SectionView; locale: 'nl' | 'en' }) {
  const { key, title, level, sector, gained } = section;
  const name = (
    <span className="name">
      <b>{key}</b> {keepHyphens(title[locale])}
    </span>
  );
  if (!level) {
    return (
      <div className="flight">
        <p className="num" aria-hidden="true">
          –
        </p>
        <Staircase size="middle" low={1} waiting />
        {name}
      </div>
    );
  }
  return (
    <a className="flight" href={`#${key}`}>
      <Staircase
        size="middle"
        low={level}
        stopAt={level < 5 ? level + 1 : undefined}
        sector={sector?.value}
        sectorLabel={sector?.written}
        gain={gained}
        numeral
      />
      {name}
    </a>
  );
}
