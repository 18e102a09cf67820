import { getLocale, getTranslations } from 'next-intl/server';
import { Tag } from '#components/ui/tag.tsx';
import { formatDay, formatMoment } from '#lib/i18n/dates.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { EvidencePage, ShownVersion } from '#services/evidence/get-evidence.ts';
import { sizeWords, typeName } from './file-words.ts';
import { Hash } from './library-list.tsx';
import { piecePath } from './library-path.ts';

/** Every version of a piece, newest first, each with its own file, hash and uses. */
export async function PieceVersions({ page }: { page: EvidencePage }) {
  const t = await getTranslations('library.versions');
  return (
    <ol className="versions" aria-label={t('label')}>
      {page.versions.map((version) => (
        <Version key={version.id} page={page} version={version} />
      ))}
    </ol>
  );
}

async function Version({ page, version }: { page: EvidencePage; version: ShownVersion }) {
  const [t, locale, format] = await Promise.all([getTranslations('library'), getLocale(), readFormatter()]);
  const { id, links, removedAt, opens, sha256 } = version;
  const shown = id === page.piece.id;
  const looked = !shown && (removedAt === null || version.submissions.length > 0);
  return (
    <li>
      <p>
        <b>{t('versions.number', { version: version.version })}</b>
        {version.current && <span className="meta"> {t('versions.current')}</span>}
        {shown && <span className="meta"> ({t('versions.shown')})</span>}{' '}
        {version.scan === 'refused' && <Tag kind="refused">{t('scan.refused')}</Tag>}
        {version.scan === 'waiting' && <Tag kind="waiting">{t('scan.waiting')}</Tag>}
      </p>
      <p className="meta">
        {[
          version.fileName,
          version.kind === 'file' &&
            t('facts.file', { type: typeName(version), size: sizeWords(version.sizeBytes ?? 0, format.number) }),
          t('facts.added', { date: formatMoment(version.addedAt, locale), name: version.addedByName }),
          removedAt && t('versions.removed', { date: formatDay(removedAt, locale) }),
          links.length > 0 &&
            t('versions.usedAt', { keys: format.list(links.map(({ criterionKey }) => criterionKey)) }),
          version.submissions.length > 0 &&
            t('facts.pinnedIn', {
              count: version.submissions.length,
              numbers: format.list(version.submissions.map(String)),
            }),
        ]
          .filter(Boolean)
          .join('. ')}
      </p>
      {sha256 && <Hash sha256={sha256} words={{ hash: t('facts.hash'), whole: t('facts.hashWhole') }} />}
      {(looked || opens) && (
        <p className="doings">
          {looked && (
            <a href={piecePath(page.assessment.id, id)}>
              {t('versions.look')} <span className="vh">{t('versions.number', { version: version.version })}</span>
            </a>
          )}
          {opens && (
            <a href={`/api/evidence/${id}`} download={version.fileName ?? true}>
              {t('versions.download')} <span className="vh">{t('versions.number', { version: version.version })}</span>
            </a>
          )}
        </p>
      )}
    </li>
  );
}
