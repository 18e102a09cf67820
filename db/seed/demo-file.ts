/** A PDF that says what it is, with a number on each page: made-up evidence, small, and readable in every viewer. */
export function demoPdf(title: string, pages = 1): Uint8Array {
  const first = 4;
  const kids = Array.from({ length: pages }, (_, place) => first + 2 * place);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (nl) >>',
    `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${pages} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...kids.flatMap((kid, place) => pageOf(kid, title, place + 1, pages)),
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}

/** A page object and the drawing that it shows. */
function pageOf(object: number, title: string, number: number, pages: number): string[] {
  const lines = [
    `BT /F1 16 Tf 60 760 Td (${plain(title)}) Tj`,
    '0 -28 Td /F1 11 Tf (Verzonnen bewijsstuk van de demonstratie van Trede.) Tj',
    ...(pages > 1 ? [`0 -28 Td (Bladzijde ${number} van ${pages}) Tj`] : []),
    'ET',
  ];
  const shown = lines.join(' ');
  return [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${object + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
    `<< /Length ${shown.length} >>\nstream\n${shown}\nendstream`,
  ];
}

/** The text of a PDF string: no brackets or backslashes, and one byte a character, so that lengths are right. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/[()\\]/g, '');
}
