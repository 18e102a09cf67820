import { connect, createServer, type Socket } from 'node:net';
import { type Database, openDatabase } from '#db/client.ts';

/** What a piece of work cost: trips to the database, and its statements without begin, role, commit and rollback. */
export type Counted = { flights: number; statements: readonly string[] };

export type CountedDatabase = {
  /** One connection, so that whatever is warm stays warm. */
  db: Database;
  /** Runs the work and says what it sent. Nothing else may use `db` meanwhile. */
  count: (work: () => Promise<unknown>) => Promise<Counted>;
  close: () => Promise<void>;
};

/**
 * Opens a database through a proxy that makes every way as long as `delay` milliseconds, so that what waits for an
 * answer and what does not can be told apart: everything sent before an answer comes back is one flight.
 */
export async function openCountedDatabase(url: string, delay = 15): Promise<CountedDatabase> {
  const { hostname: host, port } = new URL(url);
  const tally = { flights: 0, statements: [] as string[] };
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host, port: Number(port), noDelay: true });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => [client, upstream].forEach((end) => void end.destroy()));
    }
    let answered = true;
    const read = statementReader((statement) => tally.statements.push(statement));
    client.on('data', (chunk) => {
      if (answered) tally.flights += 1;
      answered = false;
      read(chunk);
      setTimeout(() => upstream.write(chunk), delay);
    });
    upstream.on('data', (chunk) =>
      setTimeout(() => {
        answered = true;
        client.write(chunk);
      }, delay),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const through = new URL(url);
  through.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const { database, close } = openDatabase(through.href, 1);
  return {
    db: database,
    count: async (work) => {
      Object.assign(tally, { flights: 0, statements: [] });
      await work();
      return { flights: tally.flights, statements: tally.statements.filter((text) => !isFrame.test(text)) };
    },
    close: async () => {
      await close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Taking on a role counts where it asks who acts. */
const isFrame = /^\s*(begin|commit|rollback)\b|set_config\('role'.*\(values \(1\)\)/is;

/**
 * Reads the messages of a client in PostgreSQL's protocol 3.0, and hands on the text of each statement that it has run:
 * a simple Query, or an Execute of what it parsed before.
 */
function statementReader(onStatement: (text: string) => void): (chunk: Buffer) => void {
  let held = Buffer.alloc(0);
  let started = false;
  const parsed = new Map<string, string>();
  const portals = new Map<string, string>();
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      // The first message, with user and database, has no letter in front.
      const head = started ? 1 : 0;
      if (held.length < head + 4) return;
      const end = head + held.readInt32BE(head);
      if (held.length < end) return;
      const kind = started ? String.fromCharCode(held[0] ?? 0) : '';
      const words = held.toString('utf8', head + 4, end).split('\0');
      const [first = '', second = ''] = words;
      if (kind === 'Q') onStatement(first);
      if (kind === 'P') parsed.set(first, second);
      if (kind === 'B') portals.set(first, parsed.get(second) ?? '');
      if (kind === 'E') onStatement(portals.get(first) ?? '');
      started = true;
      held = held.subarray(end);
    }
  };
}
