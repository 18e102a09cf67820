import { deflateRawSync } from 'node:zlib';

/** A zip as office programs write one, from names and contents. `claims` changes what the directory says of sizes. */
export function makeZip(
  parts: Readonly<Record<string, string | Uint8Array>>,
  { flags = 0, unpackedSize }: { flags?: number; unpackedSize?: number } = {},
): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const nameBytes = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(bytes.length, 22);
    local.writeUInt16LE(nameBytes.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(unpackedSize ?? bytes.length, 24);
    entry.writeUInt16LE(nameBytes.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, nameBytes, packed);
    directory.push(entry, nameBytes);
    offset += 30 + nameBytes.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, list, end]);
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

/** The smallest Word file; `extra` adds parts, `type` names another kind. */
export function makeDocx(
  extra: Readonly<Record<string, string | Uint8Array>> = {},
  type = wordType,
  claims = {},
): Buffer {
  return makeZip(
    {
      '[Content_Types].xml': `<Types><Override PartName="/word/document.xml" ContentType="${type}"/></Types>`,
      'word/document.xml': '<w:document/>',
      ...extra,
    },
    claims,
  );
}

export const makePdf = (text = 'Steekproef') => Buffer.from(`%PDF-1.7\n% ${text}\n%%EOF\n`);

// In two halves, so that a scanner does not take this source for the test file itself.
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** Bytes as a request brings them: in parts of a given size. */
export async function* inParts(bytes: Uint8Array | string, size = 16): AsyncGenerator<Uint8Array> {
  const whole = Buffer.from(bytes);
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}

/** The smallest Excel file. */
export const makeXlsx = (extra: Readonly<Record<string, string | Uint8Array>> = {}) =>
  makeZip({
    '[Content_Types].xml':
      '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    'xl/workbook.xml': '<workbook/>',
    ...extra,
  });

export const makePptx = () =>
  makeZip({
    '[Content_Types].xml':
      '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>',
    'ppt/presentation.xml': '<p:presentation/>',
  });

export const makeOpenDocument = (
  kind: 'text' | 'spreadsheet',
  extra: Readonly<Record<string, string | Uint8Array>> = {},
) => makeZip({ mimetype: `application/vnd.oasis.opendocument.${kind}`, 'content.xml': '<x/>', ...extra });

export const makePng = () => Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex');

export const makeJpeg = () => Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

/** A message as a mail program saves it, with attachments in base64. */
export function makeMessage(attachments: readonly { name: string; bytes: Uint8Array | string }[] = []): string {
  const head = 'From: a@b.example\r\nTo: c@d.example\r\nSubject: Verslag\r\nMIME-Version: 1.0\r\n';
  const parts = attachments.map(
    ({ name, bytes }) =>
      `Content-Type: application/octet-stream; name="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${(
        Buffer.from(bytes)
          .toString('base64')
          .match(/.{1,76}/g) ?? []
      ).join('\r\n')}`,
  );
  const all = ['Content-Type: text/plain\r\n\r\nZie de bijlage.\r\n-- \r\nMet groet', ...parts];
  return `${head}Content-Type: multipart/mixed; boundary="grens"\r\n\r\n--grens\r\n${all.join('\r\n--grens\r\n')}\r\n--grens--\r\n`;
}
