import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/verify.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'trede-verify-'));
writeFileSync(join(folder, 'text.zip'), 'not a zip');
afterAll(() => rmSync(folder, { recursive: true }));

function verify(...paths: string[]) {
  const env = { ...process.env, INIT_CWD: folder };
  const run = spawnSync(process.execPath, ['--conditions=react-server', script, ...paths], { encoding: 'utf8', env });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

test.each([
  [[], 'usage'],
  [['nothing.zip'], 'ENOENT'],
  [['.'], 'not a file'],
  [['text.zip'], ''],
  [['text.zip', 'text.zip'], 'usage'],
])('what is no dossier never reads as one that does not fit: %j', (paths, why) => {
  const { status, out, err } = verify(...paths);
  expect([status, out]).toEqual([2, '']);
  expect(err).toContain(why);
  expect(err.trim().split('\n')).toHaveLength(1);
});
