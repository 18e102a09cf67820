import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ButtonLink } from '#components/ui/button.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { CriterionView, EvidenceView } from '#services/reviews/criterion-view.ts';
import type { DeskFacts } from '#services/reviews/desk-facts.ts';
import type { ReviewHead, SectionView } from '#services/reviews/review-view.ts';
import { SectionTrace } from '../section-trace.tsx';
import { addressOf, type OpenedPiece, placePath, placesOf, sightOf } from './evidence-places.ts';

type EvidencePaneProps = {
  head: ReviewHead;
  section: SectionView;
  view: CriterionView;
  files: DeskFacts['files'];
  opened: OpenedPiece | null;
  here: string;
  /** The piece that is open, drawn. */
  viewer: ReactNode;
};

/** The evidence as it was pinned at submission: what is opened is drawn on top; and how the section's score comes about. */
export async function EvidencePane({ head, section, view, files, opened, here, viewer }: EvidencePaneProps) {
  const [t, desk, format, locale] = await Promise.all([
    getTranslations('review.file'),
    getTranslations('desk.evidence'),
    readFormatter(),
    getLocale().then(localeOf),
  ]);
  const signedAt = head.submission?.signedAt;
  const pinned = signedAt && t('pinned', { date: format.dateTime(signedAt, { dateStyle: 'long' }) });
  const rest = view.evidence.filter(({ id }) => id !== opened?.piece.id);
  return (
    <>
      <header className="fbar">
        <h2 className="h3">{opened ? opened.piece.title : t('title', { key: view.key })}</h2>
        <p className="meta">
          {opened && `${fileText(opened.piece)}. `}
          {pinned}
        </p>
        {opened && placesOf(opened.piece).length > 1 && (
          <nav className="places" aria-label={desk('places')}>
            {placesOf(opened.piece).map((locator, place) => (
              <Link
                key={locator}
                href={placePath(here, { piece: opened.piece, place })}
                prefetch={false}
                scroll={false}
                aria-current={place === opened.place ? 'true' : undefined}
              >
                {locator || t('noPage')}
              </Link>
            ))}
          </nav>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1) */}
      <section className="desk" tabIndex={0} aria-label={t('label')}>
        {viewer}
        {view.evidence.length === 0 && view.carried && <p>{t('notMeasured')}</p>}
        {view.evidence.length === 0 && !view.carried && (
          <p>
            {t('none')} {view.criterion.evidenceAsked && <b>{t('evidenceAsked')}</b>}
          </p>
        )}
        <ol className="pieces">
          {rest.map((piece) => {
            const sight = sightOf(piece, files);
            return (
              <li key={piece.id}>
                <h3 className="h3">{piece.title}</h3>
                <DefinitionList items={factsOf(piece)} />
                {sight === 'viewed' && (
                  <p className="piece-ways">
                    <Link href={placePath(here, { piece, place: 0 })} prefetch={false} scroll={false}>
                      {desk('openAt', { place: piece.locators[0] ?? desk('firstPage') })}
                    </Link>{' '}
                    <a href={addressOf(piece)} download>
                      {t('download')}
                    </a>
                  </p>
                )}
                {sight === 'downloaded' && (
                  <>
                    <p className="meta">{desk('notShown')}</p>
                    <ButtonLink kind="plain" href={addressOf(piece)} download>
                      {t('download')}
                    </ButtonLink>
                  </>
                )}
                {sight === 'visited' && (
                  <ButtonLink kind="plain" href={addressOf(piece)}>
                    {t('visit')}
                  </ButtonLink>
                )}
                {(sight === 'waiting' || sight === 'refused' || sight === 'gone') && (
                  <p className="attword">{desk(`why.${sight}`)}</p>
                )}
              </li>
            );
          })}
        </ol>
        {!view.carried && (
          <>
            <Disclosure summary={t('good')}>
              <p>{view.criterion.help.evidence[locale]}</p>
            </Disclosure>
            <h3 className="h3">{t('trace')}</h3>
            <SectionTrace head={head} section={section} />
          </>
        )}
      </section>
    </>
  );

  function factsOf(piece: EvidenceView) {
    const day = (date: string) => format.dateTime(new Date(`${date}T12:00:00Z`), { dateStyle: 'long' });
    const seen = piece.seenOn && day(piece.seenOn);
    const facts = [
      { id: 'pages', term: t('pages'), value: piece.locators.join(', ') || t('noPage') },
      piece.aboutPeriod && { id: 'about', term: t('about'), value: piece.aboutPeriod },
      piece.effectiveOn && { id: 'effective', term: t('effective'), value: day(piece.effectiveOn) },
      piece.version > 1 && { id: 'version', term: t('version'), value: String(piece.version) },
      piece.fileName && { id: 'file', term: t('name'), value: `${piece.fileName}, ${fileText(piece)}` },
      seen && { id: 'seen', term: t('address'), value: `${piece.webAddress}. ${t('seen', { date: seen })}` },
      piece.sha256 && {
        id: 'hash',
        term: t('hash'),
        value: <span className="meta">{piece.sha256.slice(0, 16)}…</span>,
      },
    ];
    return facts.filter((fact) => typeof fact === 'object' && fact !== null);
  }

  function fileText({ mediaType, sizeBytes }: EvidenceView): string {
    const type = mediaType?.split('/').at(-1)?.split('.').at(-1)?.toUpperCase() ?? '';
    return t('file', { type, size: sizeText(sizeBytes ?? 0) });
  }

  function sizeText(bytes: number): string {
    const [size, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
    return format.number(size, { style: 'unit', unit, maximumFractionDigits: size < 10 ? 1 : 0 });
  }
}
