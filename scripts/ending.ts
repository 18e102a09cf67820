import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './platform.ts';

const steps: (() => unknown)[] = [];
let ended: Promise<never> | undefined;

/** Remembers what has to be undone when this process ends, however it ends; the newest is undone first. */
export function atEnd(step: () => unknown) {
  steps.push(step);
}

/** Undoes everything and ends the process. Asked twice, as Ctrl-C does through npm, it goes on with the first time. */
export function end(code: number): Promise<never> {
  ended ??= undo().then(() => process.exit(code));
  return ended;
}

export const isEnding = () => ended !== undefined;

/**
 * Ends when somebody asks for it, or when the launcher is gone.
 * @param code the exit status at that moment: 0 only when the work was to go on until somebody asks
 */
export function endWhenAsked(code: () => number) {
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(event, () => end(code()));
}

/** Says in one line what went wrong, unless that is only because the process is ending, and ends. */
export function endWith(error: unknown, prefix: string): Promise<never> {
  if (!isEnding()) process.stderr.write(`${prefix}: ${sentenceOf(error)}\n`);
  return end(1);
}

/** What happened, and what the database said of it: drizzle keeps that as the cause, and only names the statement. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.cause.message} (${error.message.split('\n')[0]})` : error.message;
}

export type Child = { process: ChildProcess; exit: Promise<number>; stop: () => Promise<void> };

/**
 * Starts a program of Node that never outlives this process: it watches the channel between the two. It is stopped at
 * the end, and gets a moment to finish what it was doing.
 */
export function startChild(args: string[], options: Pick<SpawnOptions, 'cwd' | 'env' | 'stdio'>): Child {
  const watch = ['--import', join(root, 'scripts', 'end-with-parent.mjs')];
  const [input, output, errors] = options.stdio as ('ignore' | 'inherit' | 'pipe')[];
  const child = spawn(process.execPath, [...watch, ...args], { ...options, stdio: [input, output, errors, 'ipc'] });
  const exit = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    // A connection that a browser keeps open does not hold the stop up.
    const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await exit;
    clearTimeout(patience);
  };
  atEnd(stop);
  return { process: child, exit, stop };
}

async function undo() {
  for (const step of steps.toReversed()) {
    try {
      await step();
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}
