import { getLocale, getTranslations } from 'next-intl/server';
import { Empty } from '#components/ui/empty.tsx';
import { Pager, type PagerStep } from '#components/ui/pager.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { formatDay } from '#lib/i18n/dates.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { Library, LibraryLine, ListEvidenceInput } from '#services/evidence/list-evidence.ts';
import { criterionPath } from '../paths.ts';
import { EnclosedLinks } from './enclosed-links.tsx';
import { sizeWords, typeName } from './file-words.ts';
import { libraryAddress, piecePath } from './library-path.ts';

/** So many criteria are named in a line; the rest stand on the piece's own page. */
const named = 4;

type LibraryListProps = { library: Library; query: ListEvidenceInput };

/** The pieces of an assessment, those that were refused first: what they are, where they are used, since when they hold. */
export async function LibraryList({ library, query }: LibraryListProps) {
  const t = await getTranslations('library');
  const { counts, lines, first } = library;
  if (lines.length === 0) {
    const nothing = counts.all === 0;
    return (
      <Empty title={t(nothing ? 'list.emptyTitle' : 'list.noneTitle')} level={2}>
        <p>{t(nothing ? 'list.emptyText' : 'list.noneText')}</p>
      </Empty>
    );
  }
  const steps: PagerStep[] = [
    ...(library.hasBefore
      ? [{ label: t('list.previous'), href: placed(query, 'before', lines[0]), rel: 'prev' as const }]
      : []),
    ...(library.hasAfter
      ? [{ label: t('list.next'), href: placed(query, 'after', lines.at(-1)), rel: 'next' as const }]
      : []),
  ];
  return (
    <>
      <p className="library-heads meta" aria-hidden="true">
        <span>{t('title')}</span>
        <span>{t('list.uses')}</span>
        <span>{t('facts.effective')}</span>
        <span>{t('facts.addedShort')}</span>
      </p>
      <ol className="library" aria-label={t('list.label')}>
        {lines.map((line) => (
          <Line key={line.id} assessmentId={library.assessment.id} line={line} />
        ))}
      </ol>
      <p className="meta">{t('list.range', { first, last: first + lines.length - 1, total: counts.matching })}</p>
      {steps.length > 0 && <Pager label={t('list.pages')} steps={steps} />}
    </>
  );
}

async function Line({ assessmentId, line }: { assessmentId: string; line: LibraryLine }) {
  const [t, locale, format] = await Promise.all([getTranslations('library'), getLocale(), readFormatter()]);
  const { id, title, scan, uses, enclosedAt, version, effectiveOn, addedAt, addedByName, sha256 } = line;
  const about = [
    line.kind === 'file'
      ? t('facts.file', { type: typeName(line), size: sizeWords(line.sizeBytes ?? 0, format.number) })
      : t('facts.seenOn', { date: formatDay(line.seenOn ?? '', locale) }),
    version > 1 && t('facts.version', { version }),
    line.aboutPeriod && t('facts.about', { period: line.aboutPeriod }),
  ].filter(Boolean);
  const unused = uses.length + enclosedAt.length === 0 && scan !== 'refused';
  return (
    <li id={`evidence-${id}`}>
      <div>
        <h2 className="h3">
          <a href={piecePath(assessmentId, id)}>{title}</a>
        </h2>
        <p className="meta">{about.join('. ')}</p>
        {scan === 'waiting' && <Tag kind="waiting">{t('scan.waiting')}</Tag>}
        {scan === 'refused' && (
          <>
            <Tag kind="refused">{t('scan.refused')}</Tag>
            <p>{t('list.refusedText')}</p>
          </>
        )}
        {sha256 && <Hash sha256={sha256} words={{ hash: t('facts.hash'), whole: t('facts.hashWhole') }} />}
      </div>
      <div>
        {unused ? (
          <>
            <Tag kind="attention">{t('list.unused')}</Tag>
            <p className="meta">{t('list.unusedText')}</p>
          </>
        ) : (
          <ul className="used" aria-label={t('list.uses')}>
            {uses.slice(0, named).map(({ criterionKey, short, locator }) => (
              <li key={criterionKey}>
                <a href={`${criterionPath(assessmentId, criterionKey)}#evidence-${id}`}>
                  <span className="key">{criterionKey}</span> <span className="vh">{short[locale]}</span>
                </a>{' '}
                {locator}
              </li>
            ))}
            <EnclosedLinks assessmentId={assessmentId} at={enclosedAt} />
            {uses.length > named && (
              <li>
                <a href={`${piecePath(assessmentId, id)}#uses`}>{t('list.more', { count: uses.length - named })}</a>
              </li>
            )}
          </ul>
        )}
      </div>
      <p className="meta">
        <span className="narrow-label">{t('facts.effective')}: </span>
        {effectiveOn ? formatDay(effectiveOn, locale) : t('facts.notNamed')}
      </p>
      <p className="meta">
        <span className="narrow-label">{t('facts.addedShort')}: </span>
        {t('facts.by', { date: formatDay(addedAt, locale), name: addedByName })}
        {line.kind === 'file' && scan === 'clean' && (
          <>
            <br />
            {t('scan.clean')}
          </>
        )}
      </p>
    </li>
  );
}

/** A hash by its first characters; whole for who asks, to be selected at once. */
export function Hash({ sha256, words }: { sha256: string; words: { hash: string; whole: string } }) {
  return (
    <details className="hashed">
      <summary>
        {words.hash} <code>{sha256.slice(0, 12)}…</code> <span className="vh">{words.whole}</span>
      </summary>
      <code className="hash whole">{sha256}</code>
    </details>
  );
}

function placed(query: ListEvidenceInput, name: 'before' | 'after', line: LibraryLine | undefined): string {
  const address = libraryAddress(query);
  return `${address}${address.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(line?.cursor ?? '')}`;
}
