import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from './ending.ts';
import { root } from './platform.ts';
import { takeTurn } from './take-turn.mjs';

const sources = ['app', 'components', 'db', 'lib', 'public'];
const files = ['instrumentation.ts', 'next.config.js', 'package-lock.json', 'postcss.config.mjs', 'tsconfig.json'];

/** The file that names what the present build was made of. */
const stampFile = join(root, '.next', 'made-of');

/**
 * Builds when a source, or the key that seals server actions, differs from what the present build was made of.
 * @param actionsKey fixed at build: every process that serves this build must have the same one
 */
export async function buildWhenChanged(say: (line: string) => void, actionsKey: string) {
  const stamp = digestOf(actionsKey);
  // `npm start` and `npm test` in one folder build one after another.
  const giveBack = await takeTurn('build', () => '');
  try {
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
    say('Building…');
    // A build that is broken off leaves no stamp.
    rmSync(stampFile, { force: true });
    await runBuild(actionsKey, stamp.slice(0, 12));
    const standalone = join(root, '.next', 'standalone');
    cpSync(join(root, '.next', 'static'), join(standalone, '.next', 'static'), { recursive: true });
    if (existsSync(join(root, 'public'))) cpSync(join(root, 'public'), join(standalone, 'public'), { recursive: true });
    writeFileSync(stampFile, stamp);
  } finally {
    giveBack();
  }
}

async function runBuild(actionsKey: string, build: string) {
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionsKey,
    TREDE_BUILD: build,
  };
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  const child = startChild([next, 'build'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.process.stdout?.on('data', (part) => (output += part));
  child.process.stderr?.on('data', (part) => (output += part));
  if ((await child.exit) !== 0) throw new Error(`The build failed.\n${output}`);
}

function digestOf(actionsKey: string): string {
  const hash = createHash('sha256').update(actionsKey).update(process.version);
  const paths = [
    ...files,
    ...sources.flatMap((folder) =>
      existsSync(join(root, folder))
        ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
        : [],
    ),
  ].toSorted();
  for (const path of paths)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  return hash.digest('hex');
}
