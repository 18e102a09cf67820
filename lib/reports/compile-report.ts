import 'server-only';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { ReportJob, ReportMade, ReportWorkerData } from './report-worker.ts';

export type ReportTemplate = 'receipt' | 'sector' | 'outcome-board' | 'outcome-complete' | 'outcome-own';

/** What a report is made of, beside what its own template asks: its metadata, and the words of its foot. */
export type ReportData = {
  title: string;
  description: string;
  author: string;
  lang: 'nl' | 'en';
  /** The instant that the report is about, in UTC: never the moment it is made, so that equal data give equal bytes. */
  instant: { year: number; month: number; day: number; hour: number; minute: number; second: number };
  footer: string;
  /** With `{page}` and `{pages}`. */
  page: string;
};

/** `missing`: this platform has no compiler; `busy`: too many reports wait; `failed`: this one could not be made. */
export class ReportFailure extends Error {
  readonly why: 'missing' | 'busy' | 'failed';
  constructor(why: ReportFailure['why'], detail = '') {
    super(`report ${why}${detail && `: ${detail}`}`);
    this.name = 'ReportFailure';
    this.why = why;
  }
}

/** Reports that wait for the one that is being made; what comes after is refused. */
const longestQueue = 20;
const longestMilliseconds = 30_000;
/** A thread that has had nothing to do for so long is ended. */
const idleMilliseconds = 60_000;

type Waiting = { resolve: (pdf: Uint8Array) => void; reject: (failure: ReportFailure) => void; timer: NodeJS.Timeout };
type Running = { worker: Worker; ready: boolean; waiting: Map<number, Waiting>; idle: NodeJS.Timeout | undefined };

let running: Running | undefined;
let lastJob = 0;

/**
 * Makes an accessible PDF (PDF/UA-1) of data, in a thread of its own: requests are answered meanwhile. Equal data give
 * equal bytes. No text of the data is ever read as markup, and one without a shape in the typeface is written as its number.
 * @throws ReportFailure
 */
export function compileReport(template: ReportTemplate, data: ReportData): Promise<Uint8Array> {
  running ??= start();
  const thread = running;
  if (thread.waiting.size >= longestQueue) return Promise.reject(new ReportFailure('busy'));
  clearTimeout(thread.idle);
  lastJob += 1;
  const job: ReportJob = { id: lastJob, template, data };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(thread, new ReportFailure('failed', 'it took too long')), longestMilliseconds);
    thread.waiting.set(job.id, { resolve, reject, timer });
    thread.worker.postMessage(job);
  });
}

function start(): Running {
  // The folder in which the process runs holds the templates, as source and as the traced build.
  const folder = join(/* turbopackIgnore: true */ process.cwd(), 'lib', 'reports');
  const script = join(folder, 'report-worker.ts');
  if (!existsSync(script)) throw new ReportFailure('missing', script);
  const workerData: ReportWorkerData = { folder };
  // Asked for at run time: a bundler that sees a thread being made would take the native module into its bundle.
  const { Worker: Thread } = process.getBuiltinModule('node:worker_threads');
  const worker = new Thread(script, { workerData });
  worker.unref();
  const thread: Running = { worker, ready: false, waiting: new Map(), idle: undefined };
  worker.on('message', (message: ReportMade | 'ready') => {
    if (message === 'ready') thread.ready = true;
    else settle(thread, message);
  });
  worker.on('error', ({ message }) => end(thread, new ReportFailure(thread.ready ? 'failed' : 'missing', message)));
  worker.on('exit', () => end(thread, new ReportFailure('failed', 'its thread ended')));
  return thread;
}

function settle(thread: Running, made: ReportMade) {
  const one = thread.waiting.get(made.id);
  if (!one) return;
  clearTimeout(one.timer);
  thread.waiting.delete(made.id);
  if ('pdf' in made) one.resolve(made.pdf);
  else one.reject(new ReportFailure('failed', made.problem));
  if (thread.waiting.size > 0) return;
  thread.idle = setTimeout(() => end(thread, new ReportFailure('failed', 'its thread was idle')), idleMilliseconds);
  thread.idle.unref();
}

/** Gives up a thread: who waits is told, and the next report starts another. */
function end(thread: Running, failure: ReportFailure) {
  if (running === thread) running = undefined;
  clearTimeout(thread.idle);
  for (const { reject, timer } of thread.waiting.values()) {
    clearTimeout(timer);
    reject(failure);
  }
  thread.waiting.clear();
  void thread.worker.terminate();
}
