import { randomBytes } from 'node:crypto';
import { buildWhenChanged } from './build.ts';
import { fillPlatform, printAccounts } from './fill.ts';
import { migrate } from './migrate.ts';
import { preparePlatform, root } from './platform.ts';
import { serve } from './serve.ts';

// Everything that `npm start` does, in order, each step saying so. Ctrl-C, or the end of the launcher, undoes it.
const started = performance.now();
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  process.chdir(root);
  const platform = await preparePlatform(say);
  const settings = { ...platform.settings };
  const stopAll = async (server?: { stop: () => Promise<void> }) => {
    await server?.stop();
    await platform.embedded?.stop();
  };
  try {
    say('Bringing the database to the newest schema…');
    await migrate(platform.ownerUrl);
    Object.assign(process.env, settings);
    const demo = await fillPlatform(say);
    await buildWhenChanged(say, settings.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? randomBytes(32).toString('base64'));
    const server = await serve(settings);
    say(
      `Trede serves ${settings.TREDE_ORIGIN} after ${((performance.now() - started) / 1000).toFixed(1)} s. Ctrl-C stops everything.`,
    );
    if (demo) printAccounts(say);
    await server.untilStopped();
    await stopAll(server);
    process.exit(0);
  } catch (error) {
    await stopAll();
    throw error;
  }
} catch (error) {
  process.stderr.write(`Trede does not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
