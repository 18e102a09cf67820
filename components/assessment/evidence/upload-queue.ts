import { type DetailedError, Upload } from 'tus-js-client';
import { thisDevice } from '../answer/draft-store.ts';
import { claimFile, fileIsFree, type Release } from './tab-claims.ts';
import {
  dropRecord,
  formOf,
  readRecords,
  recordsOf,
  type UploadPlace,
  type UploadRecord,
  writeRecord,
} from './upload-records.ts';

/**
 * Where a file stands. `left`: of an earlier visit, its bytes are to be chosen again. `elsewhere`: another tab of this
 * browser sends it. `stopped`: it can go on as it is.
 * The last three are ends: stored, stored and still waiting for its scan, not stored.
 */
export type UploadState =
  | 'queued'
  | 'sending'
  | 'paused'
  | 'stopped'
  | 'checking'
  | 'left'
  | 'elsewhere'
  | 'done'
  | 'waiting'
  | 'refused';

export type UploadLine = {
  id: string;
  name: string;
  /** On which form it stands. */
  form: string;
  criterionKey: string;
  size: number;
  sent: number;
  state: UploadState;
  /** Why it stopped or was refused. */
  code: string | null;
};

export type UploadQueue = {
  /** Puts files in the queue. A file that was left behind goes on where it stopped. */
  add(files: readonly File[], said: UploadPlace & Pick<UploadRecord, 'locator' | 'aboutPeriod'>): void;
  pause(id: string): void;
  /** Goes on with what was paused, or stopped. */
  resume(id: string): void;
  cancel(id: string): void;
  /** Is told of every change, and at once of what there is. @returns stops telling */
  watch(tell: (lines: readonly UploadLine[]) => void): () => void;
};

/** `begun`: the server may have some of it. */
type Entry = UploadLine & { file: File | null; record: UploadRecord; upload: Upload | null; begun: boolean };

const atOnce = 2;
/** Each part is asked for anew, so that who loses the right to send stops within one of them. */
const partSize = 8 * 1024 * 1024;
const pauses = [0, 1_000, 3_000, 5_000, 10_000];
/** Known from an earlier visit, or from another tab. */
const waiting: readonly UploadState[] = ['left', 'elsewhere'];
const underWay: readonly UploadState[] = ['sending', 'checking'];

/**
 * Sends files to the server by the tus protocol, two at a time, and has each made evidence when it is there. Lives as
 * long as the tab: going from criterion to criterion does not stop it.
 * @param action where uploads of this assessment begin
 */
export function openUploadQueue(action: string, userId: string, assessmentId: string): UploadQueue {
  const of = recordsOf(userId, assessmentId);
  const device = thisDevice();
  const watchers = new Set<(lines: readonly UploadLine[]) => void>();
  /** The files that this tab sends, or will: no other tab touches them. */
  const claims = new Map<string, Release>();
  let entries: readonly Entry[] = readRecords(device, of).map((record) => entryOf(record, null, 'left'));
  for (const { id } of entries) void look(id);
  window.addEventListener('online', () => {
    for (const { id, state, code } of entries) if (state === 'stopped' && code === 'connection') resume(id);
  });
  return { add, pause, resume, cancel, watch };

  function add(files: readonly File[], said: Parameters<UploadQueue['add']>[1]) {
    const added = files.flatMap((file) => {
      const known = entries.find(({ state, record }) => waiting.includes(state) && isSame(record, file));
      // Another tab sends it already: there it goes on.
      if (known?.state === 'elsewhere') return [];
      const id = known?.id ?? crypto.randomUUID();
      const { name, size, lastModified: modified } = file;
      const record = known?.record ?? { id, name, size, modified, ...said };
      writeRecord(device, of, record);
      return { ...entryOf(record, file, 'queued'), begun: known !== undefined };
    });
    const ids = new Set(added.map(({ id }) => id));
    entries = [...entries.filter(({ id }) => !ids.has(id)), ...added];
    tellAll();
    void Promise.all([...ids].map(take)).then(next);
  }

  /** Has this tab send the file, unless another one does: then it waits for what comes of that. */
  async function take(id: string): Promise<boolean> {
    if (claims.has(id)) return true;
    const release = await claimFile(id);
    if (release) {
      claims.set(id, release);
      return true;
    }
    change(id, { state: 'elsewhere' });
    void fileIsFree(id).then(() => {
      if (find(id)?.state !== 'elsewhere') return;
      if (readRecords(device, of).some((record) => record.id === id)) {
        change(id, { state: 'left' });
        void look(id);
      } else drop(id);
    });
    return false;
  }

  function giveBack(id: string) {
    claims.get(id)?.();
    claims.delete(id);
  }

  /** A file that was left complete needs no bytes: it only has to be made evidence. */
  async function look(id: string) {
    if (!(await take(id))) return;
    await store(id, true);
    const state = find(id)?.state;
    if (state === undefined || state === 'left') giveBack(id);
  }

  function pause(id: string) {
    void find(id)?.upload?.abort();
    change(id, { state: 'paused', code: null });
    next();
  }

  function resume(id: string) {
    change(id, { state: 'queued', code: null });
    next();
  }

  function cancel(id: string) {
    void find(id)?.upload?.abort();
    dropRecord(device, of, id);
    drop(id);
    giveBack(id);
    // What the server has of it, it clears away; when this does not reach it, by itself after some days.
    void fetch(`${action}/${id}`, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } }).catch(() => {});
    next();
  }

  function watch(tell: (lines: readonly UploadLine[]) => void) {
    watchers.add(tell);
    tell(entries);
    return () => watchers.delete(tell);
  }

  function next() {
    const room = atOnce - entries.filter(({ state }) => underWay.includes(state)).length;
    const ready = entries.filter(({ id, state }) => state === 'queued' && claims.has(id));
    for (const entry of ready.slice(0, Math.max(0, room))) send(entry);
    tellAll();
  }

  function send({ id, file, record, begun }: Entry) {
    if (!file) return;
    const { id: evidenceId, name: fileName, size: _size, modified: _modified, aboutPeriod: _period, ...said } = record;
    const upload = new Upload(file, {
      endpoint: action,
      // The key is ours, so its address is known before the server told it. What it does not have, it begins.
      ...(begun && { uploadUrl: `${action}/${id}` }),
      metadata: { evidenceId, fileName, ...said },
      chunkSize: partSize,
      // A small file begins and arrives in one request.
      uploadDataDuringCreation: file.size <= partSize,
      retryDelays: pauses,
      storeFingerprintForResuming: false,
      onProgress: (bytes) => change(id, { sent: bytes }),
      onSuccess: () => void store(id),
      onError: (error) => stop(id, codeOf(error as DetailedError)),
    });
    change(id, { state: 'sending', upload, begun: true });
    upload.start();
  }

  /** Has the file made evidence. `tentative`: it may well not be complete, and that is no failure. */
  async function store(id: string, tentative = false) {
    const entry = find(id);
    if (!entry) return;
    if (!tentative) change(id, { state: 'checking', sent: entry.size });
    const answer = await ask(`${action}/${id}`, { aboutPeriod: entry.record.aboutPeriod });
    const { code } = answer;
    if (tentative && (code === 'upload_incomplete' || code === 'connection' || code === 'signed_out')) return;
    if (code === 'upload_incomplete') return resume(id);
    if (code === 'connection' || code === 'signed_out' || code === 'other') return stop(id, code);
    dropRecord(device, of, id);
    // Of a file that was left behind and is over in the meantime there is nothing to tell.
    if (tentative && code === 'not_allowed') drop(id);
    else change(id, { state: code ? 'refused' : answer.scan === 'waiting' ? 'waiting' : 'done', code });
    giveBack(id);
    next();
  }

  function stop(id: string, code: string) {
    const lasting = !['connection', 'signed_out', 'other'].includes(code);
    if (lasting) dropRecord(device, of, id);
    change(id, { state: lasting ? 'refused' : 'stopped', code });
    if (lasting) giveBack(id);
    next();
  }

  function find(id: string) {
    return entries.find((entry) => entry.id === id);
  }

  function drop(id: string) {
    entries = entries.filter((entry) => entry.id !== id);
    tellAll();
  }

  function change(id: string, part: Partial<Entry>) {
    entries = entries.map((entry) => (entry.id === id ? { ...entry, ...part } : entry));
    tellAll();
  }

  function tellAll() {
    for (const tell of watchers) tell(entries);
  }
}

function entryOf(record: UploadRecord, file: File | null, state: UploadState): Entry {
  const { id, name, criterionKey, size } = record;
  return {
    id,
    name,
    form: formOf(record),
    criterionKey,
    size,
    sent: 0,
    state,
    code: null,
    file,
    record,
    upload: null,
    begun: false,
  };
}

const isSame = (record: UploadRecord, file: File) =>
  record.name === file.name && record.size === file.size && record.modified === file.lastModified;

/** The server's own word when it gave one; else the line is to blame. */
function codeOf({ originalResponse }: DetailedError): string {
  const status = originalResponse?.getStatus() ?? 0;
  if (status === 0) return 'connection';
  try {
    const { code } = JSON.parse(originalResponse?.getBody() ?? '') as { code?: unknown };
    return typeof code === 'string' ? code : 'other';
  } catch {
    return 'other';
  }
}

type Answer = { code: string | null; scan?: string };

async function ask(url: string, body: object): Promise<Answer> {
  let answer: Answer = { code: 'connection' };
  for (const pause of pauses) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null);
    answer = response ? await response.json().catch(() => ({ code: 'other' })) : { code: 'connection' };
    if (response && response.status < 500 && response.status !== 423) return answer;
    if (!navigator.onLine) return answer;
  }
  return answer;
}
