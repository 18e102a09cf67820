import { and, eq, isNull } from 'drizzle-orm';
import postgres from 'postgres';
import { type Database, openDatabase } from '#db/client.ts';
import { publications } from '#db/schema/publications.ts';
import type { Actor } from '#domain/policy.ts';
import { getDashboard } from '#services/publications/get-dashboard.ts';
import { type ListQueueInput, listQueue, listQueueInput, queueOrders } from '#services/reviews/list-queue.ts';
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

/** Milliseconds at the 95th percentile: of each way to read the queue, and of the dashboard. */
export type Scaled = { queue: ReadonlyMap<string, number>; dashboard: number };

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
  { unassigned: '1' },
  { late: '1' },
  { q: 'verzekeraar 9' },
];

/**
 * Fills a copy of the demo with rounds of that size, and reads the queue by every filter and sort, on its first page and
 * a deep one, and the dashboard with the sector beside it.
 */
export async function measureAtScale(cluster: TestCluster, size: Size, repeats: number): Promise<Scaled> {
  const name = await copyTemplate(cluster, seededTemplate);
  const { database: db, close } = openDatabase(databaseUrl(cluster, name), 4);
  try {
    const round = await fill(superuserUrl(cluster, name), size);
    const lead = await demoPerson(db, 'lead@toezicht.example');
    const queue = new Map<string, number>();
    for (const order of queueOrders) {
      for (const filter of filters) {
        const asked = { ...filter, order, round };
        const deep = await deepPlace(db, lead, asked);
        for (const page of deep ? [asked, { ...asked, after: deep }] : [asked]) {
          const way = `${JSON.stringify(filter)} by ${order}${'after' in page ? ', deep' : ''}`;
          queue.set(way, await timed(repeats, () => read(db, lead, page)));
        }
      }
    }
    return { queue, dashboard: await dashboard(db, repeats) };
  } finally {
    await close();
    await dropCopy(cluster, name);
  }
}

const read = (db: Database, actor: Actor, asked: object) =>
  listQueue({ actor, db, now: new Date() }, listQueueInput.parse(asked));

/** A place forty pages on, or as far as there are. */
async function deepPlace(db: Database, actor: Actor, asked: object): Promise<string | null> {
  let after: string | null = null;
  for (let page = 0; page < 40; page++) {
    const { lines, hasAfter } = await read(db, actor, { ...asked, after });
    if (!hasAfter) break;
    after = lines.at(-1)?.cursor ?? null;
  }
  return after;
}

async function dashboard(db: Database, repeats: number): Promise<number> {
  const signatory = await demoPerson(db, 'signatory@stroomdal.example');
  const [latest] = await as(db, 'trede_supervisor', (tx) =>
    tx
      .select({ id: publications.id })
      .from(publications)
      .where(and(eq(publications.organisationId, signatory.organisationId), isNull(publications.replacedAt))),
  );
  const publicationId = latest?.id ?? '';
  return timed(repeats, () => getDashboard({ actor: signatory, db, now: new Date() }, { publicationId }));
}

async function timed(repeats: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const times: number[] = [];
  for (let turn = 0; turn < repeats; turn++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
}

/**
 * Rounds like one of the demo, each with as many insurers, in all states, every third assigned, each with a publication.
 * @returns the id of the newest round
 */
async function fill(url: string, { rounds, insurers }: Size): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`
    insert into organisations (id, kind, name, number, created_at)
    select gen_random_uuid(), 'insurer', 'Verzekeraar ' || n, 'V-' || n, now() from generate_series(1, ${insurers}::int) n`;
  await sql`
    insert into rounds select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'name', 'Ronde ' || n,
      'opens_at', now() + n * interval '1 minute'))).*
    from (select r from rounds r order by opens_at desc limit 1) as of, generate_series(1, ${rounds}::int) n`;
  await sql`
    insert into assessments (id, organisation_id, round_id, state, state_changed_at, deadline_at, reference, created_at)
    select gen_random_uuid(), o.id, r.id, (enum_range(null::assessment_state))[1 + (row_number() over ()) % 9], now(),
      now() + (row_number() over () % 40 - 20) * interval '1 day', 'S-' || row_number() over (), now()
    from organisations o cross join rounds r where o.number like 'V-%' and r.name like 'Ronde %'`;
  await sql`
    insert into assignments (id, assessment_id, organisation_id, user_id, assigned_at, assigned_by)
    select gen_random_uuid(), a.id, a.organisation_id, u.id, now(), u.id
    from (select *, row_number() over () as n from assessments where reference like 'S-%') a
    cross join (select id from users where email = 'lead@toezicht.example') u where a.n % 3 = 0`;
  await sql`
    insert into publications (id, assessment_id, organisation_id, round_id, edition, content, sha256, published_at)
    select gen_random_uuid(), id, organisation_id, round_id, 1, '{}', '', now() from assessments where reference like 'S-%'`;
  await sql`analyze`;
  const [round] = await sql`select id from rounds order by opens_at desc limit 1`;
  await sql.end();
  return String(round?.id);
}
