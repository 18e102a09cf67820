/** Whether the typeface of the reports has a shape for a code point. */
export type Glyphs = (codePoint: number) => boolean;

/** Longer runs without a place to break are given one here, so that they stay on the page. */
const longestRun = 40;
const breakHere = '\u200B';
/** What changes only how its neighbours look or break: zero width space, variation selectors, byte order mark, soft hyphen. */
const shapeless: ReadonlySet<number> = new Set([0x200b, 0xfe0e, 0xfe0f, 0xfeff, 0x00ad]);

/**
 * Makes every text in `data` one that can be set: an accessible document may not hold a character without a shape, and a
 * person may type any. What the typeface lacks is written as its number, `[U+6F22]`. The signed file keeps it as typed.
 * @returns a copy of `data`, with `replaced` saying whether any character was
 */
export function printable(data: unknown, glyphs: Glyphs): unknown {
  let replaced = false;
  const copy = visit(data);
  return { ...(copy as object), replaced };

  function visit(value: unknown): unknown {
    if (typeof value === 'string') return written(value);
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, visit(one)]));
  }

  function written(text: string): string {
    let lacking: string[] = [];
    let run = 0;
    let out = '';
    for (const character of text
      .normalize('NFC')
      .toWellFormed()
      .replace(/\r\n?|[\u2028\u2029\v\f]/g, '\n')) {
      const codePoint = character.codePointAt(0) as number;
      if (character === '\n') write(character, true);
      else if (/[\t\u00A0]/.test(character)) write(character === '\t' ? ' ' : character, true);
      else if (shapeless.has(codePoint)) continue;
      else if (/\p{C}/u.test(character) || !glyphs(codePoint)) lacking.push(named(codePoint));
      else write(character, character === ' ');
    }
    flush();
    return out;

    function write(character: string, breaks: boolean) {
      flush();
      run = breaks ? 0 : run + 1;
      out += run > longestRun ? `${breakHere}${character}` : character;
      if (run > longestRun) run = 1;
    }
    function flush() {
      if (lacking.length === 0) return;
      replaced = true;
      out += `[${lacking.join(' ')}]`;
      lacking = [];
      // Within the brackets it can break; what follows them cannot.
      run = longestRun - 10;
    }
  }
}

const named = (codePoint: number) => `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * Reads which code points a TrueType font has a shape for: the segments of its `cmap` table of format 4 or 12.
 * @throws Error when the font has no such table
 */
export function glyphsOf(font: Buffer): Glyphs {
  const has = new Set<number>();
  const table = tableAt(font, 'cmap');
  for (let index = 0; index < font.readUInt16BE(table + 2); index++) {
    const at = table + font.readUInt32BE(table + 8 + index * 8);
    const format = font.readUInt16BE(at);
    if (format === 4) readSegments(font, at, has);
    if (format === 12) readGroups(font, at, has);
  }
  if (has.size === 0) throw new Error('the font names no characters');
  return (codePoint) => has.has(codePoint);
}

function tableAt(font: Buffer, tag: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const record = 12 + index * 16;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new Error(`the font has no table ${tag}`);
}

/** Format 4: parallel lists of the ends, starts, shifts and offsets of segments. */
function readSegments(font: Buffer, at: number, has: Set<number>) {
  const bytes = font.readUInt16BE(at + 6);
  const ends = at + 14;
  const starts = ends + bytes + 2;
  const shifts = starts + bytes;
  const offsets = shifts + bytes;
  for (let place = 0; place < bytes; place += 2) {
    const start = font.readUInt16BE(starts + place);
    const shift = font.readUInt16BE(shifts + place);
    const offset = font.readUInt16BE(offsets + place);
    for (let code = start; code <= font.readUInt16BE(ends + place) && code < 0xffff; code++) {
      const listed = offset === 0 ? code : font.readUInt16BE(offsets + place + offset + (code - start) * 2);
      if (listed !== 0 && ((listed + shift) & 0xffff) !== 0) has.add(code);
    }
  }
}

/** Format 12: groups of start, end and first glyph. */
function readGroups(font: Buffer, at: number, has: Set<number>) {
  for (let group = 0; group < font.readUInt32BE(at + 12); group++) {
    const place = at + 16 + group * 12;
    const first = font.readUInt32BE(place + 8);
    for (let code = font.readUInt32BE(place); code <= font.readUInt32BE(place + 4); code++) {
      if (first !== 0) has.add(code);
    }
  }
}
