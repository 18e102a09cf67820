import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { admission } from '../../lib/auth/admission.ts';
import { kindOf } from '../../lib/auth/doors.ts';
import { patience } from '../../lib/auth/patience.ts';

const limits = { headers: 20_000, body: 30_000, stillness: 60_000 };
let server: Server;
let received = 0;
let arrived = 0;

/** Waits for what comes over a line, without letting time pass as the wait of the runner does. */
async function until(holds: () => boolean) {
  while (!holds()) await new Promise<void>((resolve) => setImmediate(resolve));
}

// One place for pages and one for files. Time passes when a test says so; the lines are real.
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  received = 0;
  arrived = 0;
  const admit = admission(1);
  const { ready, watch } = patience(limits);
  server = createServer((request, response) => {
    const kind = kindOf(request.url ?? '');
    if (!admit(kind, response)) return response.writeHead(503).end();
    watch(kind, request, response);
    arrived++;
    request.on('data', (part: Buffer) => {
      received += part.length;
    });
    request.on('end', () => response.end('whole'));
    request.on('error', () => {});
  });
  ready(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
});

/** Posts the beginning of a body of ten bytes, and says what came back and whether the line was cut. */
function post(path: string) {
  const socket: Socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const seen = { text: '', closed: false };
  socket.on('data', (part) => {
    seen.text += part;
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    seen.closed = true;
  });
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n`);
  let sent = 0;
  const before = arrived;
  /** Sends more of it, and waits until it is there. */
  const send = async (part: string) => {
    if (sent === 0) await until(() => arrived > before);
    socket.write(part);
    sent += part.length;
    const wanted = sent;
    await until(() => received >= wanted);
  };
  return { seen, send, socket };
}

it('gives the place of a body that does not arrive to the next', async () => {
  const slow = post('/api/assessments/a/answers');
  await slow.send('{"a"');
  const refused = post('/assessments');
  await until(() => refused.seen.text.includes(' 503 '));
  vi.advanceTimersByTime(limits.body - 1);
  expect(slow.seen.closed).toBe(false);
  await slow.send(':');
  vi.advanceTimersByTime(1);
  await until(() => slow.seen.closed);
  received = 0;
  const next = post('/assessments');
  await next.send('0123456789');
  await until(() => next.seen.text.endsWith('whole'));
});

it('lets a file come in for as long as something of it does, and no longer', async () => {
  const slow = post('/api/assessments/a/uploads/b');
  for (let byte = 0; byte < 9; byte++) {
    await slow.send('x');
    vi.advanceTimersByTime(limits.stillness);
  }
  expect(slow.seen.closed).toBe(false);
  await slow.send('x');
  await until(() => slow.seen.text.endsWith('whole'));

  received = 0;
  const still = post('/api/assessments/a/uploads/c');
  await still.send('x');
  vi.advanceTimersByTime(limits.stillness * 2);
  await until(() => still.seen.closed);
});

it('leaves a line alone on which everything arrived, however long the answer takes', async () => {
  server.removeAllListeners('request');
  const held: (() => void)[] = [];
  const { watch } = patience(limits);
  server.on('request', (request, response) => {
    watch('work', request, response);
    request.on('end', () => held.push(() => response.end('late'))).resume();
  });
  const { seen, socket } = post('/assessments');
  socket.write('0123456789');
  await until(() => held.length === 1);
  vi.advanceTimersByTime(limits.body * 10);
  expect(seen.closed).toBe(false);
  held[0]?.();
  await until(() => seen.text.endsWith('late'));
});

it('has no end for a whole request, which would cut off a file on a slow line', () => {
  expect([server.requestTimeout, server.headersTimeout]).toEqual([0, limits.headers]);
});
