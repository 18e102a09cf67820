import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { submitJson } from '#lib/action.ts';

beforeAll(() => {
  vi.stubEnv('TREDE_ORIGIN', 'https://trede.example');
  vi.stubEnv('DATABASE_URL', 'postgres://trede_app:unused@localhost/unused');
  vi.stubEnv('TREDE_SECRET', 'x'.repeat(32));
  vi.stubEnv('TREDE_STORAGE', '/nowhere');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

it('gives back what was typed in a field of any name, to who is signed out', async () => {
  const door = { name: 'note.save', input: z.object({}), verb: async () => null };
  const body = '{"__proto__":"a","constructor":"b","text":"c","many":["d"],"number":1}';
  const result = await submitJson(door, { body, path: {}, cookie: undefined });
  expect(result).toMatchObject({ status: 'refused', code: 'signed_out' });
  expect(Object.entries(result.status === 'refused' ? result.typed : {})).toEqual([
    ['__proto__', ['a']],
    ['constructor', ['b']],
    ['text', ['c']],
  ]);
  expect(({} as Record<string, unknown>).text).toBeUndefined();
});
