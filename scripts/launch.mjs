// Runs a command of the house on the Node that the house was tried on. Works on any Node from 20.9, installs first.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeTurn } from './take-turn.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, ...rest] = process.argv.slice(2);
/** @type {import('node:child_process').ChildProcess | undefined} */
let child;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child?.kill(signal) ?? process.exit(1));
// npm can be killed outright; what it started then ends by itself.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) {
  setInterval(() => {
    if (process.ppid !== parent) child?.kill('SIGTERM');
  }, 500).unref();
}

if (!isInstalled()) {
  const giveBack = await takeTurn('install', () => '');
  // Somebody else may have done it in the meantime.
  const code = isInstalled() ? 0 : await install();
  giveBack();
  if (code !== 0) process.exit(code);
}

const own = join(root, 'node_modules', '.bin', 'node');
const node = existsSync(own) ? own : process.execPath;
if (node === process.execPath && Number(process.versions.node.split('.')[0]) < 24) {
  refuse(`Trede needs Node 24 on ${process.platform}; this is ${process.version}.`);
}
// An own channel to the child: when this process is killed outright, the child sees it close and ends as well.
process.exit(
  await run(node, ['--conditions=react-server', join(root, 'scripts', `${command}.ts`), ...rest], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  }),
);

/** npm writes this file last: a broken installation has none. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function install() {
  process.stderr.write('Installing what Trede is made of…\n');
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  // Standard output belongs to the command: `npm run score` prints JSON there.
  return run('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** @returns {Promise<number>} the exit status */
function run(program, args, options) {
  return new Promise((resolve) => {
    child = spawn(program, args, { cwd: root, ...options });
    child.once('error', (error) => refuse(`${program} does not run: ${error.message}`));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function refuse(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
