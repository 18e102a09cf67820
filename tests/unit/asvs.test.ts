import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = readFileSync('docs/asvs.md', 'utf8');

/**
 * The requirements of ASVS 5.0.0, a line a chapter: of each section those of level 1, a plus, and those of level 2. In every
 * section level 1 comes first, then level 2, then level 3, of which nothing is said here.
 */
const chapters = [
  '0+2 5+4 2+9 0+3 1+1',
  '1+2 2+1 1+3 0+1',
  '0+0 2+0 1+3 2+4 3+2 0+0 0+2',
  '1+2 0+1 0+2 1+3',
  '0+1 2+1 2+0 0+3',
  '1+2 8+4 2+2 2+2 0+5 0+3 0+0 0+4',
  '0+3 4+0 0+2 2+3 0+2 0+2',
  '1+1 2+1 1+0 0+1',
  '3+0 1+3',
  '0+2 0+2 0+4 5+6 0+5 0+2 0+3',
  '0+2 0+3 2+1 1+3 0+1 0+1',
  '1+2 2+0 0+4',
  '0+1 0+5 0+2 1+4',
  '0+2 1+3 1+2',
  '1+2 1+2 1+6',
  '0+1 0+5 0+4 0+3 0+3',
  '0+1 0+4 0+2',
];

/** Every requirement in the order of the standard, with its level. */
const asked = chapters.flatMap((sections, chapter) =>
  sections.split(' ').flatMap((section, place) => {
    const [one = 0, two = 0] = section.split('+').map(Number);
    return Array.from({ length: one + two }, (_, at) => ({
      number: `${chapter + 1}.${place + 1}.${at + 1}`,
      level: at < one ? '1' : '2',
    }));
  }),
);
const numbers = asked.map(({ number }) => number);

type Line = { numbers: string[]; levels: string; where: string; test: string };

const shape = /^\| (\d+\.\d+\.\d+)(?:–(\d+\.\d+\.\d+))? \| ([^|]+) \|[^|]+\| ([^|]+) \|([^|]*)\|$/gm;
const lines = [...text.matchAll(shape)].map(([, from = '', to = from, levels = '', where = '', test = '']): Line => {
  return { numbers: numbers.slice(numbers.indexOf(from), numbers.indexOf(to) + 1), levels, where, test: test.trim() };
});

describe('Trede beside the ASVS', () => {
  it('is asked 70 things at level 1 and 183 at level 2', () => {
    expect(['1', '2'].map((level) => asked.filter((one) => one.level === level).length)).toEqual([70, 183]);
  });

  it('answers each of them once, in order, at its level', () => {
    expect(lines.flatMap((line) => line.numbers)).toEqual(numbers);
    for (const line of lines) {
      const levels = new Set(asked.filter(({ number }) => line.numbers.includes(number)).map(({ level }) => level));
      expect(line.levels, line.numbers[0]).toBe([...levels].toSorted().join(', '));
    }
  });

  it('says of each that is met where, and by which test or that there is none', () => {
    const loose = lines.filter((line) => kindOf(line) !== 'apart' && !/^no test$|`tests\//.test(line.test));
    expect(loose.map((line) => line.numbers[0])).toEqual([]);
  });

  it('counts what follows', () => {
    const counted = [...text.matchAll(/^## V(\d+) (.+)$/gm)].map(([, chapter = '', name = '']) => {
      const of = lines.filter((line) => line.numbers[0]?.startsWith(`${chapter}.`));
      return [`V${chapter} ${name}`, ...countsOf(of)];
    });
    const rows = [...counted, ['all', ...countsOf(lines)]].map((cells) => `| ${cells.join(' | ')} |`);
    expect(
      text.split('\n').filter((line) => rows.includes(line)),
      rows.join('\n'),
    ).toEqual(rows);
  });

  it('names files that are there', () => {
    const named = [...text.matchAll(/`([\w.()[\]/-]+)`|\]\(([\w./-]+)\)/g)].map(
      ([, path, link]) => path ?? `docs/${link}`,
    );
    const files = named.filter((path) => path.includes('/') || /\.(md|ts|js|json)$/.test(path));
    expect(files.length).toBeGreaterThan(100);
    expect([...new Set(files)].filter((path) => !existsSync(path) && !made.has(path))).toEqual([]);
  });

  it('names tests that are there, in their own words', () => {
    const quoted = [...text.matchAll(/`(tests\/[^`]+)`((?:,? “[^”]+”)+)/g)].flatMap(([, path = '', names = '']) =>
      [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => ({ path, name })),
    );
    expect(quoted.length).toBeGreaterThan(100);
    expect(quoted.filter(({ path, name }) => !readFileSync(path, 'utf8').includes(name))).toEqual([]);
  });
});

/** What only a build makes. */
const made = new Set(['.next/standalone', '.next/static']);

function kindOf({ where, test }: Line) {
  if (where.startsWith('**Does not apply**')) return 'apart';
  if (where.startsWith('**Falls short**')) return 'short';
  return test === 'no test' ? 'untested' : 'met';
}

function countsOf(of: readonly Line[]): number[] {
  return ['met', 'untested', 'apart', 'short'].map((kind) =>
    of.filter((line) => kindOf(line) === kind).reduce((sum, line) => sum + line.numbers.length, 0),
  );
}
