import { fileTypeFromBuffer } from 'file-type';
import type { EvidenceExtension } from '#domain/evidence-types.ts';
import type { ContentFault } from './content-fault.ts';
import { inspectMessage } from './inspect-message.ts';
import { inspectOfficeFile, officeExtensions } from './inspect-office-file.ts';
import { endsAsZip, type ReadRange } from './read-zip.ts';

type Stored = { extension: EvidenceExtension; size: number; hasNul: boolean; read: ReadRange };

/** With what a file of each kind begins: at its first byte, so that nothing else can stand before it. */
const signatures: Partial<Record<EvidenceExtension, Buffer>> = {
  pdf: Buffer.from('%PDF-'),
  png: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  jpeg: Buffer.from('ffd8ff', 'hex'),
};

/**
 * Compares what is inside a file with what its name says; null when they agree and nothing is hidden in it. A PDF may hold
 * scripts: see docs/decisions/0012-files-that-come-in.md.
 * @param stored `hasNul`: whether a zero byte occurs anywhere
 */
export async function inspectContent({ extension, size, hasNul, read }: Stored): Promise<ContentFault | null> {
  const office = officeExtensions.find((one) => one === extension);
  if (office) return inspectOfficeFile(office, size, read);
  const head = Buffer.from(await read(0, 4_100));
  const signature = signatures[extension];
  if (signature && !head.subarray(0, signature.length).equals(signature)) return 'type_differs';
  if (!signature) {
    const fault = await inspectText(extension, head, hasNul);
    if (fault) return fault;
  }
  if (extension === 'eml') return inspectMessage(size, read);
  // A file of two kinds at once: a program that looks at its end finds an archive.
  return (await endsAsZip(size, read)) ? 'archive' : null;
}

/** Text has no signature of its own: it must not have another's, no zero byte, and be no page that a browser would run. */
async function inspectText(extension: EvidenceExtension, head: Buffer, hasNul: boolean): Promise<ContentFault | null> {
  if (hasNul) return 'not_text';
  const found = await fileTypeFromBuffer(head);
  if (found && !/^(text\/|message\/|application\/rtf)/.test(found.mime)) return 'type_differs';
  const start = head.toString('latin1').replace(/^(\xef\xbb\xbf)?\s*(<!--[\s\S]*?-->\s*)*/, '');
  if (extension !== 'eml' && /^<(!doctype|html|head|body|svg|script|iframe|\?xml)/i.test(start)) return 'type_differs';
  if (/^(#!|\{\\rtf)/.test(start)) return 'type_differs';
  const controls = head.filter((byte) => byte < 32 && ![9, 10, 12, 13, 27].includes(byte)).length;
  return controls > head.length / 100 ? 'not_text' : null;
}
