import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../scripts/platform.ts';
import { bare } from './product.ts';

const run = promisify(execFile);

/** Builds the bare app with the product's own Next, ready to serve. */
export async function buildBare() {
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  await run(process.execPath, [next, 'build'], { cwd: bare.root, env });
  cpSync(join(bare.next, 'static'), join(bare.folder, '.next', 'static'), { recursive: true });
}
