import { getLocale } from 'next-intl/server';
import { isViewable } from '#domain/evidence-types.ts';
import { locatorPage } from '#domain/locator-page.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { EnclosedPiece } from '#services/evidence/enclosed-pieces.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EvidenceViewer } from './evidence-viewer.tsx';

/** A file that goes with a text: drawn in the page at the place that is named, where it can be, else downloaded. */
export async function EnclosedFile({ piece }: { piece: EnclosedPiece }) {
  const texts = messages[localeOf(await getLocale())].library.viewer;
  const href = `/api/evidence/${piece.id}`;
  const [mediaType, sizeBytes, fileName] = [piece.mediaType ?? '', piece.sizeBytes ?? 0, piece.fileName ?? ''];
  if (!isViewable(mediaType, sizeBytes)) {
    return (
      <ButtonLink kind="plain" dense href={href} download={fileName}>
        {texts.download}
      </ButtonLink>
    );
  }
  return (
    <EvidenceViewer
      file={{ href, title: piece.title, fileName, mediaType, sizeBytes }}
      page={locatorPage(piece.locator) ?? 1}
      texts={texts}
    />
  );
}
