import { getLocale, getTranslations } from 'next-intl/server';
import { localeOf } from '#lib/i18n/locale.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { CriterionView, EvidenceView } from '#services/reviews/criterion-view.ts';
import type { ReviewHead, SectionView } from '#services/reviews/review-view.ts';
import { ButtonLink } from '../ui/button.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Tag } from '../ui/tag.tsx';
import { addressOf } from './criterion-claim.tsx';
import { SectionTrace } from './section-trace.tsx';

type EvidencePaneProps = { head: ReviewHead; section: SectionView; view: CriterionView };

/** The evidence as it was pinned at submission, to be downloaded, and how the section's score comes about. */
export async function EvidencePane({ head, section, view }: EvidencePaneProps) {
  const [t, format, locale] = await Promise.all([
    getTranslations('review.file'),
    readFormatter(),
    getLocale().then(localeOf),
  ]);
  const signedAt = head.submission?.signedAt;
  return (
    <>
      <header className="fbar">
        <h2 className="h3">{t('title', { key: view.key })}</h2>
        {signedAt && <p className="meta">{t('pinned', { date: format.dateTime(signedAt, { dateStyle: 'long' }) })}</p>}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1) */}
      <section className="desk" tabIndex={0} aria-label={t('label')}>
        {view.evidence.length === 0 && (
          <p>
            {t('none')} {view.criterion.evidenceAsked && <b>{t('evidenceAsked')}</b>}
          </p>
        )}
        <ol className="pieces">
          {view.evidence.map((piece) => (
            <li key={piece.id}>
              <h3 className="h3">{piece.title}</h3>
              <DefinitionList items={factsOf(piece)} />
              {piece.scan === 'clean' ? (
                <ButtonLink kind="plain" href={addressOf(piece)} download={piece.kind === 'file' ? true : undefined}>
                  {piece.kind === 'file' ? t('download') : t('visit')}
                </ButtonLink>
              ) : (
                <Unclean scan={piece.scan} />
              )}
            </li>
          ))}
        </ol>
        <Disclosure summary={t('good')}>
          <p>{view.criterion.help.evidence[locale]}</p>
        </Disclosure>
        <h3 className="h3">{t('trace')}</h3>
        <SectionTrace head={head} section={section} />
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

/** Why a file that was signed cannot be opened. */
async function Unclean({ scan }: { scan: Exclude<EvidenceView['scan'], 'clean'> }) {
  const t = await getTranslations('review.enclosed');
  return (
    <p>
      {scan === 'refused' && (
        <>
          <Tag kind="refused">{t('refused')}</Tag>{' '}
        </>
      )}
      {t(scan === 'refused' ? 'refusedSigned' : 'waitingText')}
    </p>
  );
}
