import { evidenceTypes } from '#domain/evidence-types.ts';

type Number = (value: number, options: { maximumFractionDigits: number }) => string;

/** The kind of a file, as its extension in capitals. */
export function typeName({ mediaType }: { mediaType: string | null }): string {
  return evidenceTypes.find((type) => type.mediaType === mediaType)?.extension.toUpperCase() ?? '';
}

/** The size of a file: "812 kB", "3,4 MB". */
export function sizeWords(bytes: number, number: Number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${number(bytes / 1_000, { maximumFractionDigits: 0 })} kB`;
  return `${number(bytes / 1_000_000, { maximumFractionDigits: 1 })} MB`;
}

/** Space of which the limits are counted in units of 1,024: "2 GB" is what the limit says it is. */
export function spaceWords(bytes: number, number: Number): string {
  if (bytes >= 1024 ** 3) return `${number(bytes / 1024 ** 3, { maximumFractionDigits: 1 })} GB`;
  if (bytes < 1024 ** 2) return `${number(bytes / 1024, { maximumFractionDigits: 0 })} kB`;
  return `${number(bytes / 1024 ** 2, { maximumFractionDigits: bytes < 10 * 1024 ** 2 ? 1 : 0 })} MB`;
}
