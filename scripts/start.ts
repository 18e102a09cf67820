import { buildWhenChanged } from './build.ts';
import { atEnd, end, endWhenAsked, endWith } from './ending.ts';
import { printAccounts } from './fill.ts';
import { keepPostgres } from './keep-postgres.ts';
import { preparePlatform, root } from './platform.ts';
import { readyDatabase } from './ready-database.ts';
import { checkPort, serve } from './serve.ts';
import { readPort } from './settings.ts';
import { takeTurn } from './take-turn.mjs';

// Everything that `npm start` does, in order, each step saying so. Ctrl-C, or the end of the launcher, undoes it.
const started = performance.now();
const say = (line: string) => process.stdout.write(`${line}\n`);
let serves = false;
let ends = false;

try {
  process.chdir(root);
  endWhenAsked(() => {
    ends = true;
    return serves ? 0 : 1;
  });
  const port = readPort(process.env);
  // Whoever comes while this one stops waits until it has.
  await takeTurn('serve', () =>
    ends ? '' : `it runs in this folder already, with PORT=${port}, as process ${process.pid}.`,
  );
  await checkPort(port);
  const platform = await preparePlatform(say);
  const { settings, embedded } = platform;
  if (embedded) atEnd(embedded.stop);
  await readyDatabase(platform, say);
  await buildWhenChanged(say, settings.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY);
  const server = await serve(settings);
  serves = true;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`Trede serves ${settings.TREDE_ORIGIN} after ${seconds} s. Ctrl-C stops everything.`);
  if (settings.TREDE_DEMO === '1') printAccounts(say);
  if (embedded) await keepPostgres(embedded, say);
  await server.exit;
  await endWith(new Error('the server ended by itself.'), 'Trede stops');
} catch (error) {
  await endWith(error, 'Trede does not start');
}
await end(0);
