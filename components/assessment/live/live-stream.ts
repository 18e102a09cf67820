import type { PresentColleague } from '#services/live/present-colleagues.ts';

export type LiveChange = { what: string; criterionKey: string | null; userId: string | null };

type LiveOptions = {
  assessmentId: string;
  criterionKey: string | null;
  userId: string;
  /** When the server read what the page shows now. */
  readAt: () => string;
  onColleagues: (colleagues: readonly PresentColleague[]) => void;
  onChange: (change: LiveChange) => void;
  /** The page has to read itself again. */
  onStale: () => void;
  onOver: () => void;
};

/** Milliseconds: between two readings of a page, before a hidden page lets go, and of silence after which nobody types. */
const gap = 3_000;
const hiddenFor = 10_000;
const silence = 15_000;

/**
 * Keeps a page in touch with what happens to its assessment, as long as it can be seen. A browser opens few connections
 * to one address: a page in a hidden tab holds none, and catches up when it is shown again.
 * @returns what ends it
 */
export function openLive(options: LiveOptions): () => void {
  const { assessmentId, criterionKey, userId, readAt, onColleagues, onChange, onStale, onOver } = options;
  const path = `/api/assessments/${assessmentId}/events`;
  const presenceId = crypto.randomUUID();
  let source: EventSource | null = null;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let stale: ReturnType<typeof setTimeout> | undefined;
  let lastStale = 0;
  let returns = false;
  let over = false;

  function connect() {
    if (source || over) return;
    const query = new URLSearchParams({ presenceId, readAt: readAt(), ...(criterionKey ? { criterionKey } : {}) });
    source = new EventSource(`${path}?${query}`);
    source.addEventListener('present', ({ data }) => {
      onColleagues(JSON.parse(data) as PresentColleague[]);
      // Only now is it known that the server answers: reading the page again without it would take the page away.
      if (returns) planStale();
      returns = false;
    });
    source.addEventListener('missed', planStale);
    source.addEventListener('change', ({ data }) => {
      const change = JSON.parse(data) as LiveChange;
      // What this page saved itself it has drawn already.
      if (change.userId === userId && document.hasFocus()) return;
      onChange(change);
      planStale();
    });
    source.addEventListener('over', () => {
      over = true;
      disconnect();
      onOver();
    });
    // A refused one does not come back by itself: too many pages are open, or the assessment is gone.
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      disconnect();
      hiding = setTimeout(connect, 60_000);
    });
  }

  function disconnect() {
    source?.close();
    source = null;
    clearTimeout(typing);
    typing = undefined;
  }

  /** Soon, and never more often than the gap: a busy colleague saves every second. */
  function planStale() {
    stale ??= setTimeout(
      () => {
        stale = undefined;
        if (!source) return;
        lastStale = Date.now();
        onStale();
      },
      Math.max(200, lastStale + gap - Date.now()),
    );
  }

  function look() {
    clearTimeout(hiding);
    if (document.visibilityState === 'hidden') {
      hiding = setTimeout(disconnect, hiddenFor);
    } else if (!source && !over) {
      returns = true;
      connect();
    }
  }

  const say = (editing: boolean) =>
    fetch(path, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ presenceId, editing }),
    }).catch(() => {});

  function onInput({ target }: Event) {
    if (!source || !(target instanceof Element) || !target.closest('#answer')) return;
    if (typing === undefined) void say(true);
    clearTimeout(typing);
    typing = setTimeout(() => {
      typing = undefined;
      void say(false);
    }, silence);
  }

  document.addEventListener('visibilitychange', look);
  document.addEventListener('input', onInput);
  window.addEventListener('pagehide', disconnect);
  window.addEventListener('pageshow', look);
  if (document.visibilityState === 'visible') connect();
  return () => {
    document.removeEventListener('visibilitychange', look);
    document.removeEventListener('input', onInput);
    window.removeEventListener('pagehide', disconnect);
    window.removeEventListener('pageshow', look);
    clearTimeout(hiding);
    clearTimeout(stale);
    disconnect();
  };
}
