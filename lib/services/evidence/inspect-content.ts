import { fileTypeFromBuffer } from 'file-type';
import type { EvidenceExtension } from '#domain/evidence-types.ts';
import { inspectOfficeFile, type ReadRange } from './inspect-office-file.ts';

/** Why the content of a file is not accepted as what its name says. */
export type ContentFault = 'type_differs' | 'not_text' | 'macros' | 'archive' | 'encrypted' | 'unpacked_too_large';

type Stored = { extension: EvidenceExtension; size: number; hasNul: boolean; read: ReadRange };

const signatures: Partial<Record<EvidenceExtension, string>> = { pdf: 'pdf', png: 'png', jpeg: 'jpg' };
const textual: readonly EvidenceExtension[] = ['csv', 'txt', 'eml'];

/**
 * Compares what is inside a file with what its name says; null when they agree.
 * @param stored `hasNul`: whether a zero byte occurs anywhere
 */
export async function inspectContent({ extension, size, hasNul, read }: Stored): Promise<ContentFault | null> {
  const head = await read(0, 4_100);
  if (textual.includes(extension)) return inspectText(head, hasNul);
  const wanted = signatures[extension];
  if (!wanted) return inspectOfficeFile(extension, size, read);
  const found = await fileTypeFromBuffer(head);
  return found?.ext === wanted ? null : 'type_differs';
}

/** Text has no signature of its own: it must not have another's, no zero byte, and decode as UTF-8 or Windows-1252. */
async function inspectText(head: Uint8Array, hasNul: boolean): Promise<ContentFault | null> {
  if (hasNul) return 'not_text';
  const found = await fileTypeFromBuffer(head);
  if (found && !/^(text\/|message\/|application\/xml|application\/rtf)/.test(found.mime)) return 'type_differs';
  const controls = head.filter((byte) => byte < 32 && ![9, 10, 12, 13, 27].includes(byte)).length;
  return controls > head.length / 100 ? 'not_text' : null;
}
