import type { ContentFault } from './content-fault.ts';
import { inspectOfficeFile, officeExtensions, runs } from './inspect-office-file.ts';
import type { ReadRange } from './read-zip.ts';

const step = 256 * 1024;
const maximumAttachment = 32 * 1024 ** 2;
const known =
  /^(from|to|date|subject|received|return-path|message-id|mime-version|x-[\w-]+|delivered-to|dkim-signature):/i;
const programs = ['4d5a', '526172211a', '377abcaf271c', '1f8b08', '7f454c46', '4d534346', 'd0cf11e0'].map((hex) =>
  Buffer.from(hex, 'hex'),
);
const macroNames = /\.(docm|dotm|dot|xlsm|xltm|xlam|xlm|xll|pptm|potm|ppam|ppsm)$/i;

/**
 * Looks into a message as it was saved: whether it is one, and what is attached. An archive, a program or a page that runs
 * is refused by its name, and by what it begins with when the name lies; an Office file inside is looked into.
 */
export async function inspectMessage(size: number, read: ReadRange): Promise<ContentFault | null> {
  let attached: Attached = { encoded: false, office: null, text: [], length: 0 };
  let header = '';
  let inHeader = true;
  let first = true;
  let named = '';
  const boundaries: string[] = [];
  for await (const line of linesOf(size, read)) {
    if (first && !known.test(line) && !/^[\w-]+:\s/.test(line)) return 'type_differs';
    first = false;
    if (!inHeader && boundaries.some((boundary) => line.startsWith(`--${boundary}`))) {
      const fault = await inspectAttached(attached);
      if (fault) return fault;
      [inHeader, header, attached] = [true, '', { encoded: false, office: null, text: [], length: 0 }];
    } else if (inHeader && line === '') {
      inHeader = false;
      named ||= header;
      boundaries.push(
        ...[...header.matchAll(/boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/gi)].map((found) => found[1] ?? found[2] ?? ''),
      );
      const names = namesIn(header);
      if (names.some((name) => runs.test(name) || macroNames.test(name))) return 'attachment';
      const office =
        officeExtensions.find((one) => names.some((name) => name.toLowerCase().endsWith(`.${one}`))) ?? null;
      const encoded = /content-transfer-encoding:\s*base64/i.test(header);
      attached = { encoded, office, text: [], length: 0 };
    } else if (inHeader) {
      header += /^[ \t]/.test(line) ? ` ${line.trim()}` : `\n${line}`;
      if (header.length > step) return 'malformed';
    } else if (attached.encoded && (attached.office || attached.length < 64)) {
      attached.length += line.length;
      if (attached.length > maximumAttachment * 1.4) return 'attachment';
      attached.text.push(line);
    }
  }
  if (!/^(from|date|subject|received|mime-version):/im.test(named || header)) return 'type_differs';
  return inspectAttached(attached);
}

/** `text`: its lines in base64; all of an Office file, of others enough to know what it is. */
type Attached = { encoded: boolean; office: (typeof officeExtensions)[number] | null; text: string[]; length: number };

async function inspectAttached({ encoded, office, text }: Attached): Promise<ContentFault | null> {
  if (!encoded) return null;
  const bytes = Buffer.from(text.join(''), 'base64');
  if (programs.some((sign) => bytes.subarray(0, sign.length).equals(sign))) return 'attachment';
  if (office) return inspectOfficeFile(office, bytes.length, async (start, end) => bytes.subarray(start, end), 1);
  return bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04' ? 'attachment' : null;
}

/** Every name that a part's header gives it: plain, quoted, in encoded words, or cut into pieces. */
function namesIn(header: string): string[] {
  const given = [...header.matchAll(/name(?:\*\d*\*?)?\s*=\s*(?:"([^"]*)"|([^;\s]+))/gi)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
  const decoded = given.map((name) => decodeWords(name).trim());
  return [...decoded, decoded.join('')];
}

function decodeWords(name: string): string {
  const words = name.replace(/=\?[^?]+\?([bq])\?([^?]*)\?=\s*/gi, (_, kind: string, text: string) =>
    kind.toLowerCase() === 'b'
      ? Buffer.from(text, 'base64').toString('utf8')
      : text
          .replaceAll('_', ' ')
          .replace(/=([0-9a-f]{2})/gi, (_code, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  );
  try {
    return decodeURIComponent(words.replace(/^[\w-]*'[\w-]*'/, ''));
  } catch {
    return words;
  }
}

/** Line by line, without their ends; a line that never ends is cut, so that no more than a step is held. */
async function* linesOf(size: number, read: ReadRange): AsyncGenerator<string> {
  let rest = '';
  for (let at = 0; at < size; at += step) {
    const lines = (rest + Buffer.from(await read(at, Math.min(size, at + step))).toString('latin1')).split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > step) {
      yield rest;
      rest = '';
    }
  }
  yield rest;
}
