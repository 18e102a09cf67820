import { getLocale, getTranslations } from 'next-intl/server';
import { formatDay } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import type { PieceView } from './evidence-told.ts';

/** Evidence as a list: what it is called, where in it, and how it came in where that was after signing. */
export async function EvidencePieces({ pieces }: { pieces: readonly PieceView[] }) {
  const [t, locale] = await Promise.all([getTranslations('dashboard.criterion'), getLocale().then(localeOf)]);
  return (
    <ul>
      {pieces.map((piece) => {
        const { id, locator, given } = piece;
        return (
          <li key={`${id} ${locator} ${given?.sentAt ?? ''}`}>
            <PieceLink piece={piece} />
            {locator && `, ${locator}`}
            {given && (
              <span className="under-word">
                {t(`given.${given.with}`, { date: formatDay(new Date(given.sentAt), locale) })}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

async function PieceLink({ piece }: { piece: PieceView }) {
  const t = await getTranslations('dashboard.criterion');
  const { id, title, fileName, webAddress, opens } = piece;
  if (webAddress)
    return (
      <a href={webAddress} rel="noreferrer noopener external">
        {title}
        <span className="vh"> {t('opensElsewhere')}</span>
      </a>
    );
  if (!opens) return title;
  return (
    <a href={`/api/evidence/${id}`} download={fileName ?? true}>
      {title}
      <span className="vh"> {t('downloads')}</span>
    </a>
  );
}
