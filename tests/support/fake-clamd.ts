import { createServer, type Socket } from 'node:net';
import { eicar } from './made-files.ts';

/** How the daemon behaves: as it should, not at all, too slow to speak, or as one whose limit is lower than the file. */
export type Mood = 'well' | 'silent' | 'hangs_up' | 'small';

/** A server that speaks the protocol of ClamAV's daemon and knows one signature. */
export async function startFakeClamd() {
  const daemon = { mood: 'well' as Mood, scanned: 0, address: '', stop: async () => {} };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    if (daemon.mood === 'hangs_up') return socket.destroy();
    let bytes = Buffer.alloc(0);
    socket.on('data', (part) => {
      bytes = Buffer.concat([bytes, part]);
      if (daemon.mood === 'silent') return;
      if (daemon.mood === 'small' && bytes.length > 20) return socket.end('INSTREAM size limit exceeded. ERROR\0');
      const file = readStream(bytes);
      if (!file) return;
      daemon.scanned += 1;
      socket.end(file.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  daemon.address = `tcp://127.0.0.1:${typeof place === 'object' && place ? place.port : 0}`;
  daemon.stop = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return daemon;
}

/** The whole file, once the part of length 0 that ends it is here. */
function readStream(bytes: Buffer): Buffer | null {
  const command = 'zINSTREAM\0';
  if (!bytes.toString('latin1', 0, command.length).startsWith(command)) return null;
  const parts: Buffer[] = [];
  for (let at = command.length; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}
