import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clamdScanner } from '#services/evidence/clamd-scanner.ts';
import { ScannerUnreachable } from '#services/evidence/scanner.ts';
import { freePort } from './free-port.ts';

// Tries our side of the malware scanner against a real ClamAV daemon, where this machine has one. Its signatures are our
// own: the test file that every scanner knows, so that no database has to be fetched. Not part of the tests.

const daemon = ['/usr/sbin/clamd', '/usr/local/sbin/clamd', '/opt/homebrew/sbin/clamd'].find((path) =>
  existsSync(path),
);
if (!daemon) {
  console.log('No clamd on this machine, so nothing was tried. On Debian: apt-get install clamav-daemon.');
  process.exit(0);
}

const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const limit = 2 * 1024 ** 2;
const folder = mkdtempSync(join(tmpdir(), 'trede-clamd-'));
const port = await freePort(0, '127.0.0.1');
const hexadecimal = Buffer.from(eicar).toString('hex');
writeFileSync(join(folder, 'trede.ndb'), `Trede.Test.File:0:*:${hexadecimal}\n`);
writeFileSync(
  join(folder, 'clamd.conf'),
  [
    'Foreground yes',
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    `DatabaseDirectory ${folder}`,
    `TemporaryDirectory ${folder}`,
    `StreamMaxLength ${limit}`,
    'SelfCheck 0',
    '',
  ].join('\n'),
);
const user = process.getuid?.() === 0 ? accountOf('clamav') : null;
if (user) for (const name of ['', 'trede.ndb', 'clamd.conf']) chownSync(join(folder, name), user.uid, user.gid);
const clamd = spawn(daemon, ['--config-file', join(folder, 'clamd.conf')], {
  stdio: ['ignore', 'pipe', 'pipe'],
  ...(user && { uid: user.uid, gid: user.gid }),
});
let said = '';
for (const stream of [clamd.stdout, clamd.stderr]) stream.on('data', (part) => (said += part));
const scanner = clamdScanner(`tcp://127.0.0.1:${port}`);
let failed = 0;

try {
  await ready();
  await expect('a clean file', [Buffer.from('Een schoon verslag.\n')], 'clean');
  await expect('a clean file of 1.5 MB in parts', parts(Buffer.alloc(1_500_000, 'regel\n'), 200_000), 'clean');
  await expect('the EICAR test file', [Buffer.from(eicar)], 'refused');
  await expect('the EICAR test file, cut in two', parts(Buffer.from(eicar), 30), 'refused');
  await expect(
    'a file that is larger than StreamMaxLength',
    parts(Buffer.alloc(2 * limit, 'regel\n'), 500_000),
    'no word',
  );
} finally {
  clamd.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
console.log(failed === 0 ? 'The scanner and we understand each other.' : `${failed} of them went wrong.`);
process.exit(failed === 0 ? 0 : 1);

async function expect(what: string, body: Iterable<Uint8Array>, word: 'clean' | 'refused' | 'no word') {
  const given = await scanner.scan(stream(body)).catch((error: unknown) => {
    if (error instanceof ScannerUnreachable) return 'no word' as const;
    throw error;
  });
  if (given !== word) failed += 1;
  console.log(`${given === word ? 'well ' : 'WRONG'}  ${what}: ${given}`);
}

/** Waits until the daemon listens; it reads its signatures first. */
async function ready() {
  for (let turn = 0; turn < 100; turn += 1) {
    if (clamd.exitCode !== null) throw new Error(`clamd ended: ${said}`);
    const word = await scanner.scan(stream([Buffer.from('?')])).catch(() => null);
    if (word === 'clean') return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`clamd does not listen: ${said}`);
}

function* parts(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* stream(body: Iterable<Uint8Array>) {
  yield* body;
}

function accountOf(name: string): { uid: number; gid: number } | null {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout));
  return uid && gid ? { uid, gid } : null;
}
