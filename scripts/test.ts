import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../tests/support/browser.ts';
import { startTestCluster } from '../tests/support/cluster.ts';
import { buildWhenChanged } from './build.ts';
import { atEnd, end, endWhenAsked, endWith } from './ending.ts';
import { keptSecrets, root } from './platform.ts';
import { takeTurn } from './take-turn.mjs';

// Everything that a change has to pass, from the cheapest to the dearest. The last line counts all runners together.
type Counts = { passed: number; failed: number };
const total: Counts = { passed: 0, failed: 0 };
const results = join(root, 'test-results');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);

process.chdir(root);
endWhenAsked(() => 1);
try {
  await takeTurn('test', () => `they run in this folder already, as process ${process.pid}.`);
} catch (error) {
  await endWith(error, 'The tests do not start');
}
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

// The server reads its secret from the environment; the tests sign people in with the same one.
process.env.TREDE_SECRET = randomBytes(32).toString('base64');
process.env.TREDE_DEMO = '1';
let stop = async () => {};
// Filling the database and the checks wait for different things, and so do the build and the tests on the database.
const starting = startDatabase();
starting.catch(() => {});
await check('types', bin('tsc'), ['--noEmit', '-p', '.']);
await check('types of the core, without DOM and Node', bin('tsc'), ['-p', join('lib', 'domain')]);
await check('lint', bin('biome'), ['check', '--error-on-warnings', '.']);
await check('dead code', process.execPath, [join(root, 'node_modules', 'knip', 'bin', 'knip.js')]);

try {
  await starting;
  // The core is covered whole by its own tests: measuring the others as well would only make them slow.
  await runVitest('unit', ['--coverage']);
  // The key of `npm start`: one build serves both.
  const building = buildWhenChanged(say, process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY || keptSecrets().actions);
  building.catch(() => {});
  await runVitest('integration');
  await building;
  count('build', { passed: 1, failed: 0 });
  await runPlaywright();
} catch (error) {
  count(error instanceof Error ? error.message : String(error), { passed: 0, failed: 1 });
}
await stop().catch((error) => count(String(error), { passed: 0, failed: 1 }));
say(`${total.passed} passed, ${total.failed} failed`);
await end(total.failed === 0 ? 0 : 1);

async function check(name: string, program: string, args: string[]) {
  const { code, output } = await run(program, args, { quiet: true });
  if (code !== 0) say(output);
  count(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });
}

async function startDatabase() {
  say('Starting the database of the tests…');
  const started = await startTestCluster({ seeded: true });
  stop = started.stop;
  atEnd(stop);
  process.env.TREDE_TEST_CLUSTER = JSON.stringify(started.cluster);
}

async function runVitest(project: 'unit' | 'integration', options: string[] = []) {
  const file = join(results, `${project}.json`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { code } = await run(process.execPath, [
    vitest,
    'run',
    `--project=${project}`,
    ...options,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = readReport<{ numPassedTests: number; numFailedTests: number }>(file);
  // A file that does not load counts, though none of its tests ran,
  // and a core that is not covered whole ends the runner with a failure as well.
  const failed = report ? Math.max(report.numFailedTests, code === 0 ? 0 : 1) : 1;
  count(project === 'unit' ? 'unit and property' : project, { passed: report?.numPassedTests ?? 0, failed });
}

async function runPlaywright() {
  const browser = await findBrowser();
  say(`Browser tests in ${browser.executablePath}…`);
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  await run(process.execPath, [cli, 'test'], {
    env: {
      ...browser.env,
      NODE_OPTIONS: '--conditions=react-server',
      TREDE_TEST_BROWSER: browser.executablePath,
      TREDE_TEST_BROWSER_ARGS: JSON.stringify(browser.args),
    },
  });
  const report = readReport<{ stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] }>(
    join(results, 'e2e.json'),
  );
  const failed = report ? report.stats.unexpected + report.errors.length : 1;
  if (report?.stats.flaky) say(`${report.stats.flaky} of them needed a second try`);
  count('browser', { passed: (report?.stats.expected ?? 0) + (report?.stats.flaky ?? 0), failed });
}

function readReport<T>(file: string): T | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
}

function count(name: string, { passed, failed }: Counts) {
  total.passed += passed;
  total.failed += failed;
  say(`${failed === 0 ? 'ok' : 'FAILED'}  ${name}${passed > 1 ? ` (${passed})` : ''}`);
}

function say(line: string) {
  process.stdout.write(`${line}\n`);
}

function run(
  program: string,
  args: string[],
  { quiet = false, env = {} }: { quiet?: boolean; env?: Record<string, string> } = {},
) {
  return new Promise<{ code: number; output: string }>((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (part) => (output += part));
    child.stderr?.on('data', (part) => (output += part));
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code: code ?? 1, output }));
  });
}
