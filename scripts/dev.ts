import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { atEnd, end, endWhenAsked, endWith, startChild } from './ending.ts';
import { printAccounts } from './fill.ts';
import { preparePlatform, root } from './platform.ts';
import { readyDatabase } from './ready-database.ts';
import { checkPort, hostOf } from './serve.ts';
import { readPort } from './settings.ts';
import { takeTurn } from './take-turn.mjs';

// As `npm start`, with a server that reloads what changes and without a build.
const say = (line: string) => process.stdout.write(`${line}\n`);
let ends = false;

try {
  process.chdir(root);
  endWhenAsked(() => {
    ends = true;
    return 0;
  });
  await takeTurn('serve', () => (ends ? '' : `it runs in this folder already, as process ${process.pid}.`));
  await checkPort(readPort(process.env));
  const platform = await preparePlatform(say);
  const { settings, embedded } = platform;
  if (embedded) atEnd(embedded.stop);
  await readyDatabase(platform, say);
  if (settings.TREDE_DEMO === '1') printAccounts(say);
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  const server = startChild([next, 'dev', '--port', settings.PORT, '--hostname', hostOf(settings)], {
    cwd: root,
    // Next serves from a process of its own, which only the environment reaches.
    env: {
      ...process.env,
      NODE_ENV: 'development',
      NODE_OPTIONS: `--import ${pathToFileURL(join(root, 'front.ts')).href}`,
      NEXT_TELEMETRY_DISABLED: '1',
    },
    stdio: ['inherit', 'inherit', 'inherit'],
  });
  await end(await server.exit);
} catch (error) {
  await endWith(error, 'Trede does not start');
}
