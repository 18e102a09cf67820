import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cookieName } from '#lib/env.ts';

beforeAll(() => {
  vi.stubEnv('TREDE_ORIGIN', 'https://trede.example');
  vi.stubEnv('DATABASE_URL', 'postgres://trede_app:unused@localhost/unused');
  vi.stubEnv('TREDE_SECRET', 'x'.repeat(32));
  vi.stubEnv('TREDE_STORAGE', '/nowhere');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

describe('cookies', () => {
  it('have a name that no other host can use, and go over TLS only', () => {
    expect(cookieName('trede')).toBe('__Host-trede');
    const sources = globSync(['app/**/*.{ts,tsx}', 'lib/**/*.ts', 'components/**/*.{ts,tsx}'])
      .map((file) => readFileSync(file, 'utf8'))
      .filter((source) => source.includes('cookies()).set('));
    expect(sources).toHaveLength(2);
    for (const source of sources) {
      const set = [...source.matchAll(/cookies\(\)\)\.set\(([^;]*);/g)].map(([, given = '']) => given);
      expect(set.filter((given) => !given.startsWith('cookieName('))).toEqual([]);
      expect(set.filter((given) => !/\bsecure\b|\.\.\.where/.test(given))).toEqual([]);
    }
  });
});
