import { and, eq, isNull } from 'drizzle-orm';
import postgres from 'postgres';
import { type Database, openDatabase } from '#db/client.ts';
import { publications, releases } from '#db/schema/publications.ts';
import type { Actor } from '#domain/policy.ts';
import { getDashboard } from '#services/publications/get-dashboard.ts';
import { type ListQueueInput, listQueue, listQueueInput, queueOrders } from '#services/reviews/list-queue.ts';
import { queuePageSize } from '#services/reviews/queue-rows.ts';
import { getSectorReport } from '#services/sector/get-sector-report.ts';
import {
  copyTemplate,
  databaseUrl,
  dropCopy,
  seededTemplate,
  superuserUrl,
  type TestCluster,
} from '../support/cluster.ts';
import { demoPerson } from '../support/demo.ts';
import { as } from '../support/insurer-work.ts';

/** How many rounds there are, and how many insurers take part in each. */
export type Size = { rounds: number; insurers: number };

/**
 * How many times as long the large platform takes: at the 95th percentile of all reads of a page together, and in the middle
 * of each way to read it. A way by itself is read too seldom for a percentile that a pause of the reader does not move.
 */
export type Compared = Record<ScaledPage, { p95: number; ways: { way: string; ratio: number }[] }>;

/** What is read on both platforms. */
export type ScaledPage = (typeof scaledPages)[number];
export const scaledPages = ['queue', 'dashboard', 'sector'] as const;

const filters: Partial<Record<keyof ListQueueInput, string>>[] = [
  {},
  { state: 'draft' },
  { state: 'in_review' },
  { state: 'published' },
  { waiting: 'me' },
  { waiting: 'insurer' },
  { waiting: 'lead' },
  { assigned: 'me' },
  { assigned: 'nobody' },
  { waiting: 'colleague' },
  { waiting: 'nobody' },
  { score: '3' },
  { score: '5' },
  { state: 'in_review', late: '1', assigned: 'nobody' },
  { unassigned: '1' },
  { late: '1' },
  { q: 'verzekeraar 9' },
];

/** Reads of each way on each platform. */
const repeats = 100;

/**
 * Reads the queue by every filter and sort, on its first page and a deep one, the dashboard with the sector beside it, and
 * the report on the sector, on two platforms in turn: whatever else the machine does falls on both.
 */
export async function compareScales(
  cluster: TestCluster,
  sizes: [Size, Size],
  pages: readonly ScaledPage[],
): Promise<Compared> {
  const platforms = await Promise.all(sizes.map((size) => openPlatform(cluster, size)));
  const times: Record<ScaledPage, { way: string; small: number[]; large: number[] }[]> = {
    queue: [],
    dashboard: [],
    sector: [],
  };
  const measure = async (
    page: ScaledPage,
    way: string,
    workOf: (platform: Platform, place: number) => () => Promise<unknown>,
  ) => {
    const [small = [], large = []] = await inTurn(platforms.map(workOf));
    times[page].push({ way, small, large });
  };
  try {
    for (const order of pages.includes('queue') ? queueOrders : []) {
      for (const filter of filters) {
        const way = `${JSON.stringify(filter)} by ${order}`;
        const asked = { ...filter, order };
        await measure('queue', way, (platform) => () => read(platform, asked));
        const deep = await Promise.all(platforms.map((platform) => deepPlace(platform, asked)));
        await measure(
          'queue',
          `${way}, deep`,
          (platform, place) => () => read(platform, { ...asked, after: deep[place] }),
        );
      }
    }
    if (pages.includes('dashboard')) await measure('dashboard', 'as a signatory', ({ openDashboard }) => openDashboard);
    if (pages.includes('sector')) await measure('sector', 'as a lead', ({ openSector }) => openSector);
    return {
      queue: comparisonOf(times.queue),
      dashboard: comparisonOf(times.dashboard),
      sector: comparisonOf(times.sector),
    };
  } finally {
    for (const { close } of platforms) await close();
  }
}

type Platform = {
  db: Database;
  lead: Actor;
  round: string;
  openDashboard: () => Promise<unknown>;
  openSector: () => Promise<unknown>;
  close: () => Promise<void>;
};

/** A copy of the demo with rounds of that size. */
async function openPlatform(cluster: TestCluster, size: Size): Promise<Platform> {
  const name = await copyTemplate(cluster, seededTemplate);
  const { database: db, close } = openDatabase(databaseUrl(cluster, name), 4);
  const round = await fill(superuserUrl(cluster, name), size);
  const signatory = await demoPerson(db, 'signatory@stroomdal.example');
  const [latest] = await as(db, 'trede_supervisor', (tx) =>
    tx
      .select({ id: publications.id })
      .from(publications)
      .where(and(eq(publications.organisationId, signatory.organisationId), isNull(publications.replacedAt))),
  );
  const publicationId = latest?.id ?? '';
  const lead = await demoPerson(db, 'lead@toezicht.example');
  const [released] = await as(db, 'trede_supervisor', (tx) => tx.select({ roundId: releases.roundId }).from(releases));
  const roundId = released?.roundId ?? '';
  return {
    db,
    lead,
    round,
    openDashboard: () => getDashboard({ actor: signatory, db, now: new Date() }, { publicationId }),
    openSector: () => getSectorReport({ actor: lead, db, now: new Date() }, { roundId }),
    close: async () => {
      await close();
      await dropCopy(cluster, name);
    },
  };
}

const read = ({ db, lead, round }: Platform, asked: object) =>
  listQueue({ actor: lead, db, now: new Date() }, listQueueInput.parse({ ...asked, round }));

/** A place forty pages on, or as far as there are full ones: a page with less on it is less work. */
async function deepPlace(platform: Platform, asked: object): Promise<string | null> {
  let after: string | null = null;
  for (let page = 0; page < 40; page++) {
    const { lines, hasAfter } = await read(platform, { ...asked, after });
    const next = lines.at(-1)?.cursor ?? null;
    if (!hasAfter || (await read(platform, { ...asked, after: next })).lines.length < queuePageSize) break;
    after = next;
  }
  return after;
}

/** Milliseconds of each read of each work; whatever else the machine does falls on all of them. */
async function inTurn(works: (() => Promise<unknown>)[]): Promise<number[][]> {
  for (const work of works) await work();
  const times = works.map((): number[] => []);
  for (let turn = 0; turn < repeats; turn++) {
    for (const [place, work] of works.entries()) {
      const began = performance.now();
      await work();
      times[place]?.push(performance.now() - began);
    }
  }
  return times;
}

function comparisonOf(ways: readonly { way: string; small: number[]; large: number[] }[]): Compared[ScaledPage] {
  const p95 = (of: 'small' | 'large') =>
    percentile(
      ways.flatMap((way) => way[of]),
      0.95,
    );
  return {
    p95: p95('large') / p95('small'),
    ways: ways.map(({ way, small, large }) => ({ way, ratio: percentile(large, 0.5) / percentile(small, 0.5) })),
  };
}

const percentile = (times: readonly number[], share: number) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;

/**
 * Rounds like one of the demo, each with as many insurers, in all states, two thirds assigned and some of them to two, each
 * with a publication.
 * @returns the id of the newest round
 */
async function fill(url: string, { rounds, insurers }: Size): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`
    insert into organisations (id, kind, name, number, created_at)
    select gen_random_uuid(), 'insurer', 'Verzekeraar ' || n, 'B-' || n, now() from generate_series(1, ${insurers}::int) n`;
  await sql`
    insert into rounds select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'name', 'Ronde ' || n,
      'opens_at', now() + n * interval '1 minute'))).*
    from (select r from rounds r order by opens_at desc limit 1) as of, generate_series(1, ${rounds}::int) n`;
  // The queue is kept by triggers, line by line: for so many at once it is filled as the migration does.
  await sql`set session_replication_role = replica`;
  await sql`
    insert into assessments (id, organisation_id, round_id, state, state_changed_at, deadline_at, reference, created_at)
    select gen_random_uuid(), o.id, r.id, (enum_range(null::assessment_state))[1 + (row_number() over ()) % 9], now(),
      now() + (row_number() over () % 40 - 20) * interval '1 day', 'S-' || row_number() over (), now()
    from organisations o cross join rounds r where o.number like 'B-%' and r.name like 'Ronde %'`;
  await sql`
    insert into assignments (id, assessment_id, organisation_id, user_id, assigned_at, assigned_by)
    select gen_random_uuid(), a.id, a.organisation_id, u.id, now(), u.id
    from (select *, row_number() over () as n from assessments where reference like 'S-%') a
    join users u on u.email = 'lead@toezicht.example' and a.n % 3 = 0
      or u.email = 'reviewer@toezicht.example' and a.n % 3 = 1 or u.email = 'reviewer2@toezicht.example' and a.n % 6 = 0`;
  await sql`
    insert into publications (id, assessment_id, organisation_id, round_id, edition, content, sha256, published_at)
    select gen_random_uuid(), id, organisation_id, round_id, 1, '{}', '', now() from assessments where reference like 'S-%'`;
  // The functions run in the name of the owner, to whom row security shows rows inside a trigger only.
  const held = await sql<{ name: string }[]>`select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relforcerowsecurity`;
  for (const { name } of held) await sql`alter table ${sql(name)} no force row level security`;
  await sql`select keep_queue_lines(array(select id from assessments where reference like 'S-%'), now())`;
  await sql`update queue_lines l set score = case when a.n % 3 = 0 then null else 1 + (a.n % 31) / 10.0 end
    from (select id, row_number() over (order by reference) as n from assessments where reference like 'S-%') a
    where a.id = l.assessment_id`;
  await sql`select keep_queue_places(array(select id from assessments where reference like 'S-%'))`;
  for (const { name } of held) await sql`alter table ${sql(name)} force row level security`;
  const [kept] = await sql`select count(distinct assessment_id)::int as lines from queue_places
    where assessment_id in (select id from assessments where reference like 'S-%')`;
  if (kept?.lines !== rounds * insurers)
    throw new Error(`the queue holds ${kept?.lines} of ${rounds * insurers} lines`);
  await sql`insert into organisation_phrases select o.id, phrase from organisations o, phrases_of(o.name, o.number) phrase
    where o.number like 'B-%' on conflict do nothing`;
  await sql`set session_replication_role = origin`;
  // As the database does by itself, which it has no time for here.
  await sql`vacuum analyze`;
  const [round] = await sql`select id from rounds order by opens_at desc limit 1`;
  await sql.end();
  return String(round?.id);
}
