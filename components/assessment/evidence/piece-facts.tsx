import { getLocale, getTranslations } from 'next-intl/server';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { formatDay, formatMoment } from '#lib/i18n/dates.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { ShownVersion } from '#services/evidence/get-evidence.ts';
import { CopyButton } from '../answer/copy-button.tsx';
import { sizeWords, typeName } from './file-words.ts';
import { Hash } from './library-list.tsx';

/** What a piece is: its file or address, what it is about and since when it holds, who added it, and its hash. */
export async function PieceFacts({ piece }: { piece: ShownVersion }) {
  const [t, locale, format] = await Promise.all([getTranslations('library'), getLocale(), readFormatter()]);
  const facts = [
    piece.fileName && { id: 'name', term: t('facts.name'), value: piece.fileName },
    piece.kind === 'file' && {
      id: 'kind',
      term: t('facts.kind'),
      value: t('facts.file', { type: typeName(piece), size: sizeWords(piece.sizeBytes ?? 0, format.number) }),
    },
    piece.webAddress && {
      id: 'address',
      term: t('facts.address'),
      value: (
        <>
          <a href={piece.webAddress} rel="noreferrer noopener external">
            {piece.webAddress} <span className="vh">{t('facts.opensElsewhere')}</span>
          </a>
          <br />
          {t('facts.seenOn', { date: formatDay(piece.seenOn ?? '', locale) })}
        </>
      ),
    },
    { id: 'period', term: t('facts.period'), value: piece.aboutPeriod || t('facts.notNamed') },
    {
      id: 'effective',
      term: t('facts.effective'),
      value: piece.effectiveOn ? formatDay(piece.effectiveOn, locale) : t('facts.notNamed'),
    },
    {
      id: 'added',
      term: t('facts.addedShort'),
      value: t('facts.by', { date: formatMoment(piece.addedAt, locale), name: piece.addedByName }),
    },
    piece.kind === 'file' && { id: 'scan', term: t('facts.scan'), value: t(`scan.${piece.scan}`) },
    piece.sha256 && {
      id: 'hash',
      term: t('facts.hash'),
      value: (
        <>
          <Hash sha256={piece.sha256} words={{ hash: '', whole: t('facts.hashWhole') }} />
          <CopyButton text={piece.sha256} label={t('facts.copy')} done={t('facts.copied')} />
        </>
      ),
    },
    piece.submissions.length > 0 && {
      id: 'pinned',
      term: t('facts.pinned'),
      value: t('facts.pinnedIn', {
        count: piece.submissions.length,
        numbers: format.list(piece.submissions.map(String)),
      }),
    },
  ];
  return <DefinitionList items={facts.filter((fact) => typeof fact === 'object' && fact !== null)} />;
}
