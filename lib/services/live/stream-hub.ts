import 'server-only';
import type { Database } from '#db/client.ts';
import { notify } from './announce.ts';
import { type Change, changeChannel, isToldToInsurer, packChanges, unpackChanges } from './change.ts';
import { colleaguesIn } from './present-colleagues.ts';
import { beatPresences, liveSessions, presentIn, removePresences } from './stream-statements.ts';

/** One open page of one browser, as this process holds it. */
export type Stream = {
  presenceId: string;
  assessmentId: string;
  userId: string;
  sessionId: string;
  /** Writes one event to the browser. */
  tell: (event: StreamEvent) => void;
  /** Ends it from this side. */
  end: () => void;
};

/**
 * What a page hears. `missed`: something may have changed unheard, so that it reads itself again. `over`: the session
 * has ended; there is no use in coming back.
 */
export type StreamEvent =
  | { kind: 'change'; data: Pick<Change, 'what' | 'criterionKey' | 'version' | 'userId'> }
  | { kind: 'present'; data: ReturnType<typeof colleaguesIn> }
  | { kind: 'missed' | 'over' | 'beat'; data: null };

type Listen = (
  channel: string,
  on: { onMessage: (payload: string) => void; onListening: () => void },
) => Promise<() => Promise<void>>;

type HubOptions = {
  db: Database;
  /** Opens the one listening connection. */
  listen: Listen;
  idleMinutes: number;
  /** Milliseconds between two looks at sessions, which is how long a revoked one is still told anything. */
  beatEvery?: number;
  mostPerUser?: number;
  most?: number;
};

export type StreamHub = ReturnType<typeof makeStreamHub>;

/**
 * The open pages of one process: what the other processes announce is told to those whom it concerns. The listening
 * connection is opened with the first page and kept; every beat proves it by an announcement of its own.
 */
export function makeStreamHub(options: HubOptions) {
  const { db, listen, idleMinutes, beatEvery = 15_000, mostPerUser = 8, most = 5_000 } = options;
  const streams = new Map<string, Stream>();
  const byAssessment = new Map<string, Set<Stream>>();
  /** Assessments whose pages were opened, closed or typed in; and pages that were closed here, by assessment. */
  const crowded = new Set<string>();
  const closed = new Map<string, string>();
  let listener: Promise<() => Promise<void>> | null = null;
  let beats: NodeJS.Timeout | null = null;
  let beating: Promise<void> | null = null;
  let soon: NodeJS.Timeout | null = null;
  let failures = 0;
  /** The beat whose announcement came back last, and the one that was sent last. */
  let heard = 0;
  let sent = 0;
  const self = crypto.randomUUID();

  const all = () => [...streams.values()];
  const at = (assessmentId: string) => [...(byAssessment.get(assessmentId) ?? [])];
  const missed = () => {
    for (const stream of all()) stream.tell({ kind: 'missed', data: null });
  };

  function open() {
    let first = true;
    listener ??= listen(changeChannel, {
      onMessage: hear,
      onListening: () => {
        if (!first) missed();
        first = false;
      },
    }).catch(() => {
      // The next page, or the next beat, tries again.
      listener = null;
      return async () => {};
    });
    return listener;
  }

  function hear(payload: string) {
    for (const change of unpackChanges(payload)) {
      if (change.what === 'beat') {
        if (change.assessmentId === self) heard = change.version ?? heard;
      } else if (change.what === 'presence') plan(change.assessmentId);
      else if (isToldToInsurer(change)) {
        const { what, criterionKey, version, userId } = change;
        for (const stream of at(change.assessmentId)) {
          stream.tell({ kind: 'change', data: { what, criterionKey, version, userId } });
        }
      }
    }
  }

  /** What many pages bring about at once is written and read once. */
  function plan(assessmentId: string) {
    if (!byAssessment.has(assessmentId) && closed.size === 0) return;
    crowded.add(assessmentId);
    soon ??= setTimeout(() => void settle(), 30);
    soon.unref();
  }

  async function settle() {
    soon = null;
    const gone = [...closed];
    const concerned = [...crowded].filter((id) => byAssessment.has(id));
    closed.clear();
    crowded.clear();
    try {
      if (gone.length > 0) {
        const ids = gone.map(([presenceId]) => presenceId);
        await removePresences(db, ids);
        await announce([...new Set(gone.map(([, assessmentId]) => assessmentId))]);
      }
      if (concerned.length === 0) return;
      const rows = await presentIn(db, concerned, new Date());
      for (const stream of concerned.flatMap(at)) {
        stream.tell({ kind: 'present', data: colleaguesIn(rows, stream.assessmentId, stream.userId) });
      }
    } catch {
      // Rows that stay behind count for nothing after a minute; who is there is told again with the next change.
    }
  }

  function announce(assessmentIds: readonly string[]) {
    const of = { what: 'presence', criterionKey: null, version: null, userId: null };
    return notify(db, packChanges(assessmentIds.map((assessmentId) => ({ assessmentId, ...of }))));
  }

  /** One at a time: two at once would each close the connection that the other has just opened. */
  function beat(): Promise<void> {
    beating ??= lookRound().finally(() => {
      beating = null;
    });
    return beating;
  }

  async function lookRound() {
    if (streams.size === 0) return;
    await proveListener();
    const now = new Date();
    try {
      const ids = [...new Set(all().map(({ sessionId }) => sessionId))];
      const [live] = await Promise.all([
        liveSessions(db, ids, idleMinutes, now),
        beatPresences(db, [...streams.keys()], now),
      ]);
      failures = 0;
      for (const stream of all()) {
        const goesOn = live.has(stream.sessionId);
        stream.tell({ kind: goesOn ? 'beat' : 'over', data: null });
        if (!goesOn) stream.end();
      }
    } catch {
      failures += 1;
      // Who cannot be looked up is not told anything for long; the page comes back by itself.
      if (failures >= 3) for (const stream of all()) stream.end();
    }
  }

  /** When the announcement of the last beat was not heard, the connection is lost and does not know it. */
  async function proveListener() {
    if (sent > heard) {
      const lost = listener;
      listener = null;
      await lost?.then((close) => close()).catch(() => {});
      await open();
      missed();
    }
    sent += 1;
    const proof = { assessmentId: self, what: 'beat', criterionKey: null, version: sent, userId: null };
    await notify(db, packChanges([proof])).catch(() => {});
  }

  return {
    /** Whether there is room for one more page of this person. */
    hasRoom(userId: string): boolean {
      if (streams.size >= most) return false;
      return [...streams.values()].filter((stream) => stream.userId === userId).length < mostPerUser;
    },
    /** Lets a page hear what changes, until it leaves. A page that comes back takes the place of its earlier self. */
    async join(stream: Stream): Promise<void> {
      streams.get(stream.presenceId)?.end();
      streams.set(stream.presenceId, stream);
      const together = byAssessment.get(stream.assessmentId) ?? new Set();
      byAssessment.set(stream.assessmentId, together.add(stream));
      closed.delete(stream.presenceId);
      if (!beats) {
        beats = setInterval(() => void beat(), beatEvery);
        beats.unref();
      }
      await open();
    },
    /** Looks at all sessions, and says that the pages are still open. Also done by the clock. */
    beat,
    /** The page was closed. Its colleagues hear of it. */
    leave(stream: Stream): void {
      const together = byAssessment.get(stream.assessmentId);
      together?.delete(stream);
      if (together?.size === 0) byAssessment.delete(stream.assessmentId);
      const held = streams.get(stream.presenceId);
      // It came back meanwhile, on another connection.
      if (held && held !== stream) return;
      streams.delete(stream.presenceId);
      closed.set(stream.presenceId, stream.assessmentId);
      plan(stream.assessmentId);
    },
    /** Ends all pages and the listening connection: the process ends. */
    async close(): Promise<void> {
      if (beats) clearInterval(beats);
      beats = null;
      for (const stream of all()) stream.end();
      if (soon) clearTimeout(soon);
      await settle();
      await listener?.then((close) => close());
      listener = null;
    },
  };
}
