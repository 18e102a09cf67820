import 'server-only';
import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '#db/client.ts';
import { statement } from '#db/statement.ts';
import { type Change, changeChannel, packChanges } from './change.ts';

/** What of an event of the log is announced. */
type Noted = {
  action: string;
  actorId: string | null;
  assessmentId?: string | null;
  detail?: Readonly<Record<string, unknown>>;
};

const noted = new WeakMap<Transaction, Change[]>();

/** Remembers a change until its transaction commits; when it does not, it is forgotten with it. */
export function noteChange(tx: Transaction, { action, actorId, assessmentId, detail }: Noted) {
  if (!assessmentId) return;
  const { criterionKey, version } = detail ?? {};
  const change: Change = {
    assessmentId,
    what: action,
    criterionKey: typeof criterionKey === 'string' ? criterionKey : null,
    version: typeof version === 'number' ? version : null,
    userId: actorId,
  };
  noted.get(tx)?.push(change);
}

/** How long changes are gathered, in milliseconds: at most one announcement goes out in each such while. */
const gathering = 50;
/** More than this are not kept for a database that does not answer; a lost one costs freshness, nothing else. */
const mostWaiting = 5_000;

type Queue = { waiting: Change[]; timer: NodeJS.Timeout | null; sending: boolean };
const queues = new WeakMap<Database, Queue>();

/** Lets what is changed through this pool be heard elsewhere. A seed, or a command, changes things in silence. */
export function announceThrough(db: Database): Database {
  if (!queues.has(db)) queues.set(db, { waiting: [], timer: null, sending: false });
  return db;
}

/**
 * Runs a transaction, and announces what it changed once it has committed. Never inside it: at its commit an announcement
 * takes a lock of the whole database, so that all saves would stand in one line (decision 0011).
 * @param byInsurer only somebody of the insurer is named
 * @param run opens the transaction for the work that it is given
 */
export async function announcing<T>(
  db: Database,
  byInsurer: boolean,
  work: (tx: Transaction) => Promise<T>,
  run: (work: (tx: Transaction) => Promise<T>) => Promise<T>,
): Promise<T> {
  let changes: readonly Change[] = [];
  const result = await run((tx) => {
    const held: Change[] = [];
    noted.set(tx, held);
    changes = held;
    return work(tx);
  });
  const queue = queues.get(db);
  if (!queue || changes.length === 0) return result;
  for (const change of changes) queue.waiting.push(byInsurer ? change : { ...change, userId: null });
  queue.waiting.splice(0, queue.waiting.length - mostWaiting);
  plan(db, queue);
  return result;
}

function plan(db: Database, queue: Queue) {
  if (queue.timer || queue.sending) return;
  queue.timer = setTimeout(() => send(db, queue), gathering);
  queue.timer.unref();
}

async function send(db: Database, queue: Queue) {
  queue.timer = null;
  queue.sending = true;
  await notify(db, packChanges(queue.waiting.splice(0))).catch(() => {});
  queue.sending = false;
  if (queue.waiting.length > 0) plan(db, queue);
}

/** Sends announcements in one statement. It does not wait for the disk: there is nothing in it to keep. */
export function notify(db: Database, payloads: readonly string[]) {
  return sendAll(db, { payloads: JSON.stringify(payloads) });
}

const sendAll = statement('announce', (db) =>
  db
    .select({
      durable: sql`set_config('synchronous_commit', 'off', true)`,
      sent: sql`pg_notify(${sql.raw(`'${changeChannel}'`)}, payload)`,
    })
    .from(sql`json_array_elements_text(${sql.placeholder('payloads')}::text::json) as payload`),
);
