import { createCipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readSessionCookieIn } from '#lib/auth/session-cookie.ts';

const secret = 'x'.repeat(32);

beforeAll(() => {
  vi.stubEnv('TREDE_ORIGIN', 'https://trede.example');
  vi.stubEnv('DATABASE_URL', 'postgres://trede_app:unused@localhost/unused');
  vi.stubEnv('TREDE_SECRET', secret);
  vi.stubEnv('TREDE_STORAGE', '/nowhere');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const read = (value: string) => readSessionCookieIn(`a=b; __Host-trede=${value}`);

describe('the cookie of a session', () => {
  it('gives back the token that was put into it', async () => {
    const value = await encode({ token: { session: 'the token' }, secret, maxAge: 60 });
    expect(await read(value)).toBe('the token');
    expect(await read(`${value.slice(0, -2)}${value.endsWith('AA') ? 'BB' : 'AA'}`)).toBeNull();
    expect(await read(await encode({ token: { session: 'x' }, secret: 'y'.repeat(32), maxAge: 60 }))).toBeNull();
  });

  it('is over when its time is', async () => {
    expect(await read(await encode({ token: { session: 'x' }, secret, maxAge: -60 }))).toBeNull();
  });

  it('is opened by the one algorithm that it is written with', async () => {
    const other = madeWithAnother({ session: 'x', exp: Math.floor(Date.now() / 1000) + 60 });
    expect(await decode({ token: other, secret })).toMatchObject({ session: 'x' });
    expect(await read(other)).toBeNull();
  });
});

/** A token under the same key by AES-CBC with HMAC (RFC 7518, 5.2.3), which the library reads as well. */
function madeWithAnother(content: object): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'NextAuth.js Generated Encryption Key', 32));
  const head = Buffer.from('{"alg":"dir","enc":"A128CBC-HS256"}').toString('base64url');
  const start = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', key.subarray(16), start);
  const text = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final()]);
  const bits = Buffer.alloc(8);
  bits.writeBigUInt64BE(BigInt(head.length * 8));
  const mac = createHmac('sha256', key.subarray(0, 16)).update(Buffer.concat([Buffer.from(head), start, text, bits]));
  return [head, '', ...[start, text, mac.digest().subarray(0, 16)].map((part) => part.toString('base64url'))].join('.');
}
