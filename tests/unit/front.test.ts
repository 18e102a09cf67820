import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStraightDoor } from '../../lib/auth/straight-door.ts';

let server: Server;
let port: number;
/** Answers that a request waits for, the oldest first. */
let held: (() => void)[] = [];
let seen: { path: string; headers: Record<string, unknown> }[] = [];

beforeAll(async () => {
  vi.stubEnv('TREDE_ORIGIN', 'https://trede.example');
  vi.stubEnv('TREDE_REQUESTS', '2');
  await import('../../front.ts');
  server = createServer((incoming, answer) => {
    seen.push({ path: incoming.url ?? '', headers: { ...incoming.headers } });
    if (/^\/(slow|api\/(evidence|assessments|publications)\/)/.test(incoming.url ?? '')) held.push(() => answer.end());
    else answer.end('served');
  });
  server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  held = [];
  seen = [];
});

type Asked = { method?: string; headers?: Record<string, string>; body?: string };

function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const own = { origin: 'https://trede.example' };

/** Holds only when a request comes to what stands behind. */
async function reachesNext(asked: Promise<unknown>) {
  await vi.waitUntil(() => held.length === 1);
  held.pop()?.();
  await asked;
}
const foreign: Asked['headers'][] = [
  undefined,
  { origin: 'null' },
  { origin: 'https://evil.example' },
  { origin: `${own.origin}x` },
];

describe('what stands in front of Next', () => {
  it('lets a write through only from this site, whatever its path', async () => {
    for (const path of ['/', '/_next/static/x', '/icon.svg', '/api/session', '/%5fnext/static/x']) {
      for (const headers of foreign) {
        expect((await ask(path, { method: 'POST', headers })).status, path).toBe(403);
      }
      expect((await ask(path, { method: 'POST', headers: own })).status, path).toBe(200);
    }
    expect((await ask('/', { method: 'TRACE' })).status).toBe(403);
    expect(seen).toHaveLength(5);
  });

  it('refuses what is no address of this site', async () => {
    for (const path of ['/a%00b', '/a%E0%A4%A', '/a%zz?b', 'http://evil.example/', '*'])
      expect((await ask(path)).status, path).toBe(400);
    expect(seen).toEqual([]);
  });

  it('hands on no header that only this process may set', async () => {
    const smuggled = {
      'content-security-policy': "script-src 'nonce-mine'",
      'content-security-policy-report-only': "script-src 'nonce-mine'",
      'x-path': '//evil.example',
      'x-nonce': 'mine',
      'x-middleware-subrequest': 'proxy',
      'x-nextjs-data': '1',
      'x-invoke-path': '/rounds',
      'x-matched-path': '/rounds',
      'x-now-route-matches': '1',
      'x-prerender-revalidate': '1',
      'next-resume': '1',
    };
    const { headers } = await ask('/rounds?a=1&_rsc=abc&b=2', { headers: smuggled });
    const [arrived] = seen;
    expect(arrived?.headers['x-path']).toBe('/rounds?a=1&b=2');
    expect(arrived?.headers['content-security-policy']).toBe(headers['content-security-policy']);
    expect(arrived?.headers['content-security-policy']).not.toContain('mine');
    const left = Object.keys(smuggled).filter((name) => name in (arrived?.headers ?? {}));
    expect(left).toEqual(['content-security-policy', 'x-path', 'x-nonce']);
    expect(arrived?.headers['content-security-policy']).toContain(`'nonce-${arrived?.headers['x-nonce']}'`);
    expect(arrived?.headers['x-nonce'], '128 random bits').toMatch(/^[A-Za-z0-9+/]{22}==$/);
  });

  it('gives every answer its headers, and lets no script of a file of people run', async () => {
    for (const path of ['/', '/api/health', '/icon.svg', '/a%00b']) {
      const { headers } = await ask(path);
      expect(headers['x-content-type-options'], path).toBe('nosniff');
      expect(headers['referrer-policy'], path).toBe('same-origin');
      expect(headers['strict-transport-security'], path).toBe('max-age=63072000; includeSubDomains');
      for (const held of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
        expect(headers['content-security-policy'], path).toContain(held);
    }
    expect((await ask('/')).headers['cache-control']).toContain('no-store');
    expect((await ask('/icon.svg')).headers['cache-control']).toBeUndefined();
    const file = ask('/api/evidence/x');
    await vi.waitUntil(() => held.length === 1);
    held[0]?.();
    expect((await file).headers['content-security-policy']).toContain('sandbox');
  });

  it('refuses at once what is too much, with when to come back, and lets in the next when one is done', async () => {
    const slow = [ask('/slow/1'), ask('/slow/2')];
    await vi.waitUntil(() => held.length === 2);
    const refused = await ask('/');
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
    expect(refused.text).toContain('opnieuw');
    for (const path of ['/_next/static/x.js', '/icon.svg', '/api/health']) expect((await ask(path)).status).toBe(200);
    held[0]?.();
    await slow[0];
    await vi.waitUntil(async () => (await ask('/')).status === 200);
    held[1]?.();
    await slow[1];
  });

  it('waits no longer for headers than they take, and cuts off no file that is long on its way', () => {
    expect([server.headersTimeout, server.requestTimeout]).toEqual([20_000, 0]);
  });

  it('gives the place of somebody who goes away to the next', async () => {
    for (let place = 0; place < 2; place++) {
      const socket = connect(port, '127.0.0.1');
      socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
      await vi.waitUntil(() => held.length === place + 1);
      socket.destroy();
    }
    await vi.waitUntil(async () => (await ask('/')).status === 200);
  });

  it('lets files wait for each other and not for pages', async () => {
    const files = [ask('/api/evidence/1'), ask('/api/publications/1/dossier')];
    await vi.waitUntil(() => held.length === 2);
    expect((await ask('/api/evidence/3')).status).toBe(503);
    expect((await ask('/')).status).toBe(200);
    for (const letGo of held) letGo();
    await Promise.all(files);
  });

  it('lets pages stay open for what their streams tell, up to a number of their own', async () => {
    const open = (place: number) => ask(`/api/assessments/${place}/events?page=${place}`);
    const streams = Array.from({ length: 40 }, (_, place) => open(place));
    await vi.waitUntil(() => held.length === 40);
    expect((await ask('/')).status).toBe(200);
    // Streams are counted too: one more than there are places for is refused, and takes nobody else's.
    expect((await open(40)).status).toBe(503);
    expect((await ask('/')).status).toBe(200);
    for (const letGo of held) letGo();
    await Promise.all(streams);
  });

  it('takes answers past Next once their door is open, and nothing else', async () => {
    const path = '/api/assessments/a/answers';
    const headers = { ...own, cookie: 'trede=x' };
    const posted: unknown[] = [];
    const post = (body: string, at = path, more = {}) =>
      ask(at, { method: 'POST', headers: { ...headers, ...more }, body });
    await reachesNext(post('{}'));
    openStraightDoor(async (asked) => {
      if (asked.body === 'broken') throw new Error('broken on purpose');
      posted.push(asked);
      return { status: 'done' };
    });
    expect(await post('{"a":"é"}')).toMatchObject({ status: 200, text: '{"status":"done"}' });
    expect(posted).toEqual([{ assessmentId: 'a', body: '{"a":"é"}', cookie: 'trede=x' }]);

    // Too long, or of no known length: it is not read.
    await post('a'.repeat(200_000));
    await post('abc', path, { 'transfer-encoding': 'chunked' });
    expect(posted.slice(1)).toMatchObject([{ body: '' }, { body: '' }]);

    expect((await ask(path, { method: 'POST', body: '{}' })).status, 'of no origin').toBe(403);
    expect((await post('broken')).status).toBe(500);
    for (const other of [`${path}/b`, '/api/assessments/a/b/answers', `${path}?a=1`])
      await reachesNext(post('{}', other));
    await reachesNext(ask(path));
    expect(posted).toHaveLength(3);
  });

  it('speaks no other protocol', async () => {
    const upgraded = ask('/', { headers: { connection: 'upgrade', upgrade: 'websocket' } });
    await expect(upgraded).rejects.toThrow();
  });
});
