import { createServer } from 'node:net';

/**
 * Asks whether a port can be listened on.
 * @param port 0 for whichever is free
 * @returns the port, or null when it is taken
 */
export function freePort(port: number, host: string): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, host, () => {
      const address = server.address();
      const found = typeof address === 'object' && address ? address.port : null;
      server.close(() => resolve(found));
    });
  });
}
