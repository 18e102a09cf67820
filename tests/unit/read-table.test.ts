import { describe, expect, test } from 'vitest';
import { dayFrom, readTable } from '#services/read-table.ts';

const columns = { number: ['nummer', 'number'], product: ['product'] } as const;
const read = (text: string, most = 10) => readTable(text, columns, most);
const rows = [
  { number: '1', product: 'auto', line: 2, fits: true },
  { number: '2', product: 'reis', line: 3, fits: true },
];

describe('a table of values', () => {
  test.each([
    ['semicolons', 'nummer;product\n1;auto\n2;reis'],
    ['commas', 'nummer,product\n1,auto\n2,reis'],
    ['tabs', 'nummer\tproduct\n1\tauto\n2\treis'],
    ['a byte-order mark and Windows line ends', '\uFEFFNummer;Product\r\n1;auto\r\n2;reis\r\n'],
    ['columns in another order, in English', 'product;Number\nauto;1\nreis;2'],
    ['blanks around', ' nummer ; product \n 1 ; auto\n2;reis  \n\n;\n'],
    ['quotes', '"nummer";"product"\n"1";"auto"\n2;reis'],
  ])('is read with %s', (_, text) => {
    expect(read(text)).toEqual({ ok: true, rows });
  });

  test('keeps what stands in quotes, separators and line ends included, and counts lines on', () => {
    const table = read('nummer;product\n1;"auto; groot\nen duur"\n2;reis');
    expect(table).toMatchObject({ rows: [{ product: 'auto; groot\nen duur' }, { line: 4 }] });
  });

  test.each([
    ['', { code: 'empty' }],
    ['nummer;product\n', { code: 'empty' }],
    ['nummer;product;naam\n1;auto;Jan', { code: 'column_unknown', columns: ['naam'] }],
    ['nummer;prijs\n1;2', { code: 'column_unknown', columns: ['prijs'] }],
    ['nummer\n1', { code: 'column_missing', columns: ['product'] }],
    ['nummer;product;nummer\n1;auto;2', { code: 'column_twice', columns: ['nummer'] }],
    ['nummer;product\n1;auto;te veel', { code: 'not_a_table', line: 2 }],
    ['nummer;product\n1;"nooit gesloten', { code: 'not_a_table', line: 2 }],
  ])('says of %j what is wrong', (text, fault) => {
    expect(read(text)).toEqual({ ok: false, fault });
  });

  test('keeps lines that do not fit its header only where that is asked', () => {
    const table = readTable('nummer;product\n1;auto;te veel\n2;reis\n3', columns, 10, true);
    expect(table).toMatchObject({
      rows: [
        { line: 2, fits: false },
        { line: 3, fits: true },
        { line: 4, fits: false },
      ],
    });
  });

  test('is refused beyond the lines that it may have', () => {
    expect(read('nummer;product\n1;a\n2;b', 2).ok).toBe(true);
    expect(read('nummer;product\n1;a\n2;b\n3;c', 2)).toEqual({ ok: false, fault: { code: 'too_long' } });
  });
});

describe('a day', () => {
  test.each([
    ['2018-03-01', '2018-03-01'],
    ['1-3-2018', '2018-03-01'],
    ['01/03/2018', '2018-03-01'],
    ['31-2-2018', null],
    ['2018-13-01', null],
    ['3-2018', null],
    ['', null],
    ['2018-03-01T10:00', null],
  ])('%j is %j', (text, day) => {
    expect(dayFrom(text)).toBe(day);
  });
});
