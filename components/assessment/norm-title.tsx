import { getLocale } from 'next-intl/server';
import type { LocalizedText } from '#domain/framework.ts';

/** Words of the norm: always in its own language, marked as such on a page in another. */
export async function NormTitle({ text }: { text: LocalizedText }) {
  // A word that starts with a hyphen ("en -experts") must not lose it at the end of a line.
  const words = text.nl.split(/(?<= )(-\S+)/).map((part) =>
    part.startsWith('-') ? (
      <span className="nb" key={part}>
        {part}
      </span>
    ) : (
      part
    ),
  );
  return (await getLocale()) === 'nl' ? words : <span lang="nl">{words}</span>;
}

/** Our translation of the norm's words, for readers of another language; nothing in Dutch. */
export async function CourtesyTitle({ text, after = '' }: { text: LocalizedText; after?: string }) {
  return (await getLocale()) === 'nl' ? null : `${text.en}${after}`;
}
