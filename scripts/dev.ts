import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fillPlatform, printAccounts } from './fill.ts';
import { migrate } from './migrate.ts';
import { preparePlatform, root } from './platform.ts';

// As `npm start`, with a server that reloads what changes and without a build.
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  process.chdir(root);
  const { settings, ownerUrl, embedded } = await preparePlatform(say);
  await migrate(ownerUrl);
  Object.assign(process.env, settings);
  if (await fillPlatform(say)) printAccounts(say);
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  const child = spawn(process.execPath, [next, 'dev', '--port', settings.PORT ?? '3000'], {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    stdio: 'inherit',
  });
  const end = () => child.kill('SIGTERM');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.once(signal, end);
  const code = await new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 0)));
  await embedded?.stop();
  process.exit(code);
} catch (error) {
  process.stderr.write(`Trede does not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
