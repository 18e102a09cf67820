import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBare } from '../tests/bench/build-bare.ts';
import { countSave } from '../tests/bench/count-save.ts';
import { timesOfDownload } from '../tests/bench/downloads.ts';
import { keystrokesToPaint } from '../tests/bench/keystrokes.ts';
import { overload } from '../tests/bench/overload.ts';
import { weighPage } from '../tests/bench/page-weight.ts';
import { actionId, closeConnections } from '../tests/bench/post-action.ts';
import { bare, product } from '../tests/bench/product.ts';
import { openRawSave } from '../tests/bench/raw-save.ts';
import {
  kilobytes,
  load,
  megabytes,
  ratioOf,
  sayHeading,
  sayJudged,
  sayPlain,
  sayThroughput,
} from '../tests/bench/report.ts';
import { bareSave, countLost, productSave, rawSave } from '../tests/bench/saves.ts';
import { compareScales, type ScaledPage, scaledPages } from '../tests/bench/scale.ts';
import { type BenchServer, startBenchServer } from '../tests/bench/server.ts';
import { type Contender, measureInSlices, repeat, workers } from '../tests/bench/slices.ts';
import { growthInParts, growthInUpload } from '../tests/bench/upload.ts';
import { startWorld, type World } from '../tests/bench/world.ts';
import type { TestCluster } from '../tests/support/cluster.ts';
import { norm } from '../tests/support/frameworks.ts';
import { buildWhenChanged } from './build.ts';
import { atEnd, end, endWhenAsked, endWith } from './ending.ts';
import { root } from './platform.ts';
import { serverFlags } from './serve.ts';

// What the product costs, beside references that are measured in the same minutes on the same machine: a ratio says
// something on any machine, a time does not. Docs: docs/performance.md.
const { values: options } = parseArgs({
  options: {
    /** Slices of each contender; 0 leaves out saving and all that hangs on it. */
    rounds: { type: 'string', default: '10' },
    milliseconds: { type: 'string', default: '2000' },
    /** Saves over which the memory of the server is watched; 0 leaves it out. */
    saves: { type: 'string', default: '20000' },
    /** Megabytes of an upload; 0 leaves it out. */
    upload: { type: 'string', default: '200' },
    /** Keys that are typed in a slowed browser; 0 leaves it out. */
    keys: { type: 'string', default: '300' },
    /** Times that each report of an outcome is made; 0 leaves it out. */
    reports: { type: 'string', default: '40' },
    /** Assessments of the large platform, whose pages are held against one of 1,000; 0 leaves it out. */
    scale: { type: 'string', default: '100000' },
    /** Which pages are held against each other there. */
    pages: { type: 'string', default: scaledPages.join() },
    /** 0 leaves out asking more than the server can do. */
    overload: { type: 'string', default: '1' },
    /** A folder for a profile of the server's processor time. */
    profile: { type: 'string' },
  },
});
/** Connections to the database: of the product, of the bare app and of the raw client alike. */
const connections = 20;
/** Saves before the memory of the server is looked at for the first time. */
const warming = 5_000;

process.chdir(root);
endWhenAsked(() => 1);
try {
  await run();
} catch (error) {
  await endWith(error, 'The bench breaks off');
}
await end(0);

async function run() {
  process.env.TREDE_SECRET = randomBytes(32).toString('base64');
  process.env.TREDE_DEMO = '1';
  await buildWhenChanged(
    sayHeading,
    process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? randomBytes(32).toString('base64'),
  );
  sayHeading('Building the bare app…');
  await buildBare();
  sayHeading('Starting a durable database and both servers…');
  const world = await startWorld(norm, workers + 1);
  atEnd(world.stop);
  const [ours, plain] = await startServers(world.url);
  const [productKey = '', rawKey = ''] = norm.criteria.map(({ key }) => key);
  const example = world.insurers[workers];
  if (!example) throw new Error('one insurer too few');
  const raw = await openRawSave(world.url, connections, example, rawKey);
  atEnd(raw.close);

  if (Number(options.rounds) === 0) return sayOthers(world, ours, plain, example, productKey);
  const { contender, acknowledged } = productSave(
    world,
    {
      server: ours,
      path: ({ assessmentId }) => product.savePath(assessmentId),
    },
    productKey,
  );
  const bareTarget = { server: plain, action: actionId(bare.next, bare.saveAction) };
  sayHeading(`Saving an answer, ${load}; ${options.rounds} rounds of ${options.milliseconds} ms each, in turn`);
  const [save, a, b] = await measureInSlices([contender, bareSave(world, bareTarget), rawSave(world, raw)], {
    rounds: Number(options.rounds),
    milliseconds: Number(options.milliseconds),
  });
  if (!save || !a || !b) throw new Error('nothing was measured');
  sayThroughput([save, a, b]);
  const overBare = ratioOf(save, a);
  const overRaw = ratioOf(save, b);
  sayJudged({ what: 'ours over (a)', ...overBare, must: 0.6, aim: 0.85, better: 'more' });
  sayJudged({ what: 'ours over (b)', ...overRaw, must: 0.25, aim: 0.4, better: 'more' });

  sayHeading('What one save costs the database, with reading who acts');
  const { flights, statements } = await countSave(world.url, example, productKey);
  sayJudged({ what: 'flights', value: flights, must: 5, aim: 5, better: 'less' });
  sayJudged({ what: 'statements', value: statements, must: 6, aim: 6, better: 'less' });

  if (Number(options.saves) > 0) await sayMemory(ours, contender);

  sayHeading('Acknowledged and read back');
  const lost = await countLost(world, acknowledged, productKey);
  sayJudged({ what: 'answers that differ from what was acknowledged', value: lost, must: 0, aim: 0, better: 'less' });

  await sayOthers(world, ours, plain, example, productKey);
}

async function sayOthers(
  world: World,
  ours: BenchServer,
  plain: BenchServer,
  example: World['insurers'][number],
  productKey: string,
) {
  // Before the uploads: each leaves a piece of evidence on the page.
  await sayWeights(ours.origin, plain.origin, { ...world, example }, productKey);
  if (Number(options.upload) > 0) {
    sayHeading(`Memory of the server during an upload of ${options.upload} MB`);
    const path = product.uploadPath(example.assessmentId);
    const upload = { server: ours, path, cookie: example.cookie, criterionKey: productKey };
    const grown = megabytes(await growthInUpload({ ...upload, megabytes: Number(options.upload) }));
    sayJudged({ what: 'growth at its largest', value: grown, must: 64, aim: 16, better: 'less', unit: ' MB' });
    const parts = { ...upload, path: product.partsPath(example.assessmentId), megabytes: Number(options.upload) };
    const grownByParts = megabytes(await growthInParts(parts));
    sayJudged({ what: 'the same by parts', value: grownByParts, must: 64, aim: 16, better: 'less', unit: ' MB' });
  }

  if (Number(options.reports) > 0) await sayReports(ours.origin, world.outcome);
  if (Number(options.overload) > 0) await sayOverload(world, ours.origin);
  if (Number(options.keys) > 0) await sayKeystrokes(ours.origin, plain.origin, example, productKey);
  if (Number(options.scale) > 0) await sayScale(world.cluster);
}

async function sayMemory(server: BenchServer, contender: Contender) {
  // What a process learns in its first minutes, such as compiled code, is not what more saves add.
  await repeat(contender, warming);
  sayHeading(`Memory of the server over ${options.saves} saves after ${warming}, after a collection`);
  const before = await server.memory();
  await repeat(contender, Number(options.saves));
  const after = await server.memory();
  const growth = (after.heap / before.heap - 1) * 100;
  sayJudged({ what: 'growth of the live heap', value: growth, must: 10, aim: 3, better: 'less', unit: ' %' });
  const shown = (of: 'heap' | 'resident') =>
    `${megabytes(before[of]).toFixed(1)} → ${megabytes(after[of]).toFixed(1)} MB`;
  sayPlain('live heap, before and after', shown('heap'));
  sayPlain('resident, before and after', shown('resident'));
}

async function sayReports(origin: string, { publicationId, cookie }: World['outcome']) {
  sayHeading(`Reports of an outcome of the demo as PDF, each made ${options.reports} times`);
  for (const file of ['board.pdf', 'complete.pdf']) {
    const url = origin + product.outcomeFile(publicationId, file);
    const times = await timesOfDownload(url, cookie, Number(options.reports));
    const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
    const note = `${at(0.5).toFixed(0)} ms in the middle`;
    sayJudged({ what: `${file}, p95`, value: at(0.95), must: 300, aim: 150, better: 'less', unit: ' ms', note });
  }
}

async function sayOverload(world: World, origin: string) {
  sayHeading('Four times as many saves as the server can do, whether or not it answers');
  const target = {
    origin,
    path: product.savePath,
    // Others than those that the saves before went to.
    criteria: norm.criteria.slice(2).map(({ key }) => key),
  };
  const found = await overload(world, target, { rounds: 3, milliseconds: Number(options.milliseconds) });
  sayPlain('saves a second, at most and then', `${found.peak.toFixed(0)} → ${found.goodput.toFixed(0)}`);
  const kept = (found.goodput / found.peak) * 100;
  sayJudged({ what: 'goodput of the peak', value: kept, must: 80, aim: 95, better: 'more', unit: ' %' });
  sayPlain('refused, and how long that took at p95', `${found.refused} in ${found.refusalP95.toFixed(0)} ms`);
  sayJudged({ what: 'refusals without Retry-After', value: found.silent, must: 0, aim: 0, better: 'less' });
}

async function sayKeystrokes(
  ours: string,
  plain: string,
  { assessmentId, cookie }: World['insurers'][number],
  key: string,
) {
  sayHeading('Typing in a browser whose processor is slowed four times, beside the field of a bare page, in turn');
  const explanation = { url: ours + product.criterionPage(assessmentId, key), name: 'explanation', cookie };
  const [typed, reference] = await keystrokesToPaint([explanation, { url: plain, name: 'text' }], Number(options.keys));
  if (!typed || !reference) throw new Error('nothing was typed');
  const note = `${reference.p98} ms in the bare field`;
  sayJudged({ what: 'key to paint, p98', value: typed.p98, must: 100, aim: 50, better: 'less', unit: ' ms', note });
  sayPlain('of that the script of the page, p98', `${typed.work.toFixed(1)} ms`);
}

async function sayScale(cluster: TestCluster) {
  const many = Number(options.scale);
  const pages = options.pages.split(',') as ScaledPage[];
  sayHeading(`Pages at ${many} assessments, each with a publication, over the same at 1,000, in turn`);
  const small = { rounds: 1, insurers: 1_000 };
  const must = 1.5;
  const judge = (what: string, value: number, note?: string) =>
    sayJudged({ what, value, must, aim: 1.1, better: 'less', note });
  for (const [words, large] of [
    ['in rounds of 1,000', { rounds: many / 1_000, insurers: 1_000 }],
    ['in one round', { rounds: 1, insurers: many }],
  ] as const) {
    const compared = await compareScales(cluster, [small, large], pages);
    for (const page of pages) {
      const { p95, ways } = compared[page];
      const [worst] = ways.toSorted((a, b) => b.ratio - a.ratio);
      judge(`${page}, ${words}: p95 of ${ways.length === 1 ? 'its reads' : `all ${ways.length} ways`}`, p95);
      if (worst && ways.length > 1) judge(`${page}, ${words}: the worst way, in the middle`, worst.ratio, worst.way);
    }
  }
}

async function startServers(url: string): Promise<[BenchServer, BenchServer]> {
  const storage = mkdtempSync(join(tmpdir(), 'trede-bench-'));
  atEnd(() => rmSync(storage, { recursive: true, force: true }));
  const settings = {
    DATABASE_URL: url,
    TREDE_STORAGE: storage,
    TREDE_DATABASE_CONNECTIONS: String(connections),
    TREDE_FILE_LIMIT: '1024',
  };
  const ours = await startBenchServer({
    folder: product.folder,
    ready: '/api/health',
    settings,
    flags: serverFlags,
    profile: options.profile,
  });
  atEnd(ours.stop);
  const plain = await startBenchServer({ folder: bare.folder, ready: '/', settings, flags: [] });
  atEnd(plain.stop);
  atEnd(closeConnections);
  return [ours, plain];
}

async function sayWeights(
  ours: string,
  plain: string,
  { example, outcome }: Pick<World, 'outcome'> & { example: World['insurers'][number] },
  criterionKey: string,
) {
  const { assessmentId, cookie } = example;
  sayHeading('Weight of pages, gzip, as it came over the wire; script beyond (c), a bare page');
  const reference = await weighPage(plain, '/');
  sayPlain('(c) script of a bare page', `${kilobytes(reference.script).toFixed(1)} KB`);
  const page = await weighPage(ours, product.criterionPage(assessmentId, criterionKey), cookie);
  const more = (script: number) => kilobytes(script - reference.script);
  const judge = (what: string, value: number, must: number, aim: number) =>
    sayJudged({ what, value, must, aim, better: 'less', unit: ' KB' });
  judge('criterion page: script over (c)', more(page.script), 35, 20);
  judge('criterion page: stylesheet', kilobytes(page.style), 15, 9);
  judge('criterion page: HTML', kilobytes(page.html), 20, 10);
  const dashboard = { name: 'dashboard', path: product.dashboard(outcome.publicationId), cookie: outcome.cookie };
  for (const { name, path, cookie: who } of [
    ...product.readingPages(assessmentId).map((reading) => ({ ...reading, cookie })),
    dashboard,
  ]) {
    judge(`${name}: script over (c)`, more((await weighPage(ours, path, who)).script), 2, 2);
  }
}
