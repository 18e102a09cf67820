import 'server-only';
import { connect, type Socket } from 'node:net';
import { type Scanner, ScannerUnreachable } from './scanner.ts';

type Patience = { connectMs: number; silenceMs: number; wholeMs: number };

const usual: Patience = { connectMs: 3_000, silenceMs: 60_000, wholeMs: 300_000 };
const largestPart = 512 * 1024;
const largestAnswer = 4_096;

/**
 * ClamAV's daemon, by its command INSTREAM: the file goes over in parts, each behind its length, and is stored nowhere.
 * @param address `tcp://HOST:PORT` or `unix:/PATH`
 * @param patience how long to wait for a connection, for a sign of life, and for the word in all, in milliseconds
 */
export function clamdScanner(address: string, patience: Patience = usual): Scanner {
  return {
    name: 'clamd',
    async scan(parts) {
      const socket = open(address);
      const conversation = converse(socket, patience);
      try {
        await conversation.connected;
        // The daemon may speak before it has heard all, when a file is larger than it takes.
        const answer = await Promise.race([conversation.answer, send(socket, parts).then(() => conversation.answer)]);
        return readAnswer(answer);
      } catch (error) {
        throw error instanceof ScannerUnreachable
          ? error
          : new ScannerUnreachable(error instanceof Error ? error.message : String(error), { cause: error });
      } finally {
        conversation.end();
      }
    },
  };
}

function open(address: string): Socket {
  if (address.startsWith('unix:')) return connect({ path: address.slice('unix:'.length) });
  const { hostname, port } = new URL(address);
  return connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) });
}

/** Listens to the daemon within the bounds of patience; every way in which it fails ends in one error. */
function converse(socket: Socket, { connectMs, silenceMs, wholeMs }: Patience) {
  const connected = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<string>();
  let text = '';
  const fail = (why: string) => {
    const error = new ScannerUnreachable(why);
    connected.reject(error);
    answered.reject(error);
    socket.destroy();
  };
  const tooLong = setTimeout(() => fail('it takes too long'), wholeMs);
  socket.setTimeout(connectMs, () => fail('it is silent'));
  socket.once('connect', () => {
    socket.setTimeout(silenceMs);
    connected.resolve();
  });
  socket.on('data', (part) => {
    text += part.toString('latin1');
    if (text.length > largestAnswer) fail('it says too much');
    if (text.includes('\0')) answered.resolve(text.slice(0, text.indexOf('\0')));
  });
  socket.once('error', (error) => (text.includes('\0') ? undefined : fail(error.message)));
  socket.once('close', () => fail('it hung up'));
  // Both are always waited for by somebody; a failure after the word was given is nobody's concern.
  connected.promise.catch(() => {});
  answered.promise.catch(() => {});
  const end = () => {
    clearTimeout(tooLong);
    socket.destroy();
  };
  return { connected: connected.promise, answer: answered.promise, end };
}

async function send(socket: Socket, parts: AsyncIterable<Uint8Array>) {
  await write(socket, Buffer.from('zINSTREAM\0'));
  for await (const part of parts) {
    for (let at = 0; at < part.length; at += largestPart) {
      const piece = part.subarray(at, at + largestPart);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(piece.length);
      await write(socket, length);
      await write(socket, piece);
    }
  }
  await write(socket, Buffer.alloc(4));
}

/** Waits until the bytes are out of our hands, so that no more than one part is ever held. */
function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

/** `stream: OK`, `stream: <name> FOUND`, or a failure such as `INSTREAM size limit exceeded. ERROR`. */
function readAnswer(answer: string): 'clean' | 'refused' {
  if (/^stream: .+ FOUND$/.test(answer)) return 'refused';
  if (answer === 'stream: OK') return 'clean';
  const why = /size limit/i.test(answer) ? 'a file is larger than its StreamMaxLength' : 'it failed on a file';
  throw new ScannerUnreachable(why);
}
