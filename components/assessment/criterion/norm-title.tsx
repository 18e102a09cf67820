import { getLocale } from 'next-intl/server';
import { keepHyphens } from '#components/ui/keep-hyphens.tsx';
import type { LocalizedText } from '#domain/framework.ts';

/** Words of the norm: always in its own language, marked as such on a page in another. */
export async function NormTitle({ text }: { text: LocalizedText }) {
  const words = keepHyphens(text.nl);
  return (await getLocale()) === 'nl' ? words : <span lang="nl">{words}</span>;
}

/** Our translation of the norm's words, for readers of another language; nothing in Dutch. */
export async function CourtesyTitle({ text, after = '' }: { text: LocalizedText; after?: string }) {
  return (await getLocale()) === 'nl' ? null : `${text.en}${after}`;
}
