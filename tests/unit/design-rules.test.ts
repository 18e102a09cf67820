import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (pattern: string) => globSync(pattern).map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** Every place in the files where the pattern stands, as "path: match". */
function findings(files: { path: string; text: string }[], pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) => [...text.matchAll(pattern)].map((match) => `${path}: ${match[0].trim()}`));
}

const styles = read('app/**/*.css').filter(({ path }) => !path.endsWith('tokens.css'));
const markup = [...read('app/**/*.tsx'), ...read('components/**/*.tsx')];

describe('the rules of the design', () => {
  it('finds the files that it speaks about', () => {
    expect(styles.length).toBeGreaterThan(5);
    expect(markup.length).toBeGreaterThan(20);
  });

  it('keeps colours, font sizes and durations in the tokens', () => {
    const literals = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(|font-size:\s*\d[^;]*|(?<![\w-])\d*\.?\d+m?s\b/gi;
    expect(findings(styles, literals)).toEqual([]);
  });

  it('has no style attribute, which the content security policy would refuse', () => {
    expect(findings(markup, /\sstyle=/g)).toEqual([]);
  });

  it('uses no value outside the tokens in a class name', () => {
    expect(findings(markup, /className="[^"]*\[[^\]]*\][^"]*"/g)).toEqual([]);
  });
});
