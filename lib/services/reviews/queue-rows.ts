import 'server-only';
import { desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { organisationPhrases, queueLines, queuePlaces } from '#db/schema/queue.ts';
import { conflictsOfInterest } from '#db/schema/reviews.ts';
import { frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import type { State } from '#domain/workflow.ts';
import type { Context } from '#services/context.ts';
import type { ListQueueInput, QueueLine } from './list-queue.ts';
import { everybody, type Source, sourcesOf, type Team } from './queue-sources.ts';

export const queuePageSize = 20;
/** Nothing in the queue is counted further than this; the screen says "meer dan". */
export const queueCountedTo = 1000;
/** Of the insurers whose name or number begins so, as many are looked at. */
export const queueFoundAtMost = 100;

export type QueueCounts = {
  mine: number;
  unassigned: number;
  late: number;
  insurer: number;
  all: number;
  /** With the filters on. */
  matching: number;
  /** Insurers that the search begins, looked at or not; 0 without a search. */
  found: number;
};
/** A queue as one person asks for it; `assigned`: the person whom the filter names, `everybody` for "nobody". */
export type QueueAsked = {
  input: ListQueueInput;
  roundId: string;
  teams: readonly Team[];
  assigned: string | null;
};

type Row = Pick<QueueLine, 'name' | 'number' | 'state' | 'termAt' | 'late' | 'asksExtension' | 'openRequests'> & {
  id: string;
  waitsOn: 'insurer' | 'reviewer' | 'lead' | 'nobody';
  assigned: string[];
  submitted: boolean;
  sortKey: string;
  rank: 0 | 1;
};

const given = (name: string) => sql.placeholder(name);
const keys = { mine: 'by_term', term: 'by_term', name: 'by_name', state: 'by_state', score: 'by_score' } as const;

/** The lines of a page and one more, forwards from `after` or backwards from `before`. */
export function readQueueRows(tx: Transaction, ctx: Context, asked: QueueAsked): Promise<Row[]> {
  const { input } = asked;
  const sources = sourcesOf({ ...asked, actor: ctx.actor }, input);
  const backwards = input.before !== null;
  const key = sql.raw(`p.${keys[input.order]}`);
  const direction = sql.raw(backwards ? 'desc' : 'asc');
  const onward = sql`(${key}, p.assessment_id) ${sql.raw(backwards ? '<' : '>')} (of.key, of.id)`;
  const mode = modeOf(input);
  const stretch = placesOf(mode, '', sql`p.assessment_id, ${key} as sort_key`, {
    and: sql`and (of.open or ${onward})`,
    end: sql`order by ${key} ${direction}, p.assessment_id ${direction} limit ${sql.raw(String(queuePageSize + 1))}`,
  });
  return tx
    .select({
      id: sql<string>`l.assessment_id`,
      name: sql<string>`l.name`,
      number: sql<string>`l.number`,
      state: sql<State>`l.state`,
      waitsOn: sql<Row['waitsOn']>`l.waits_on`,
      assigned: sql<string[]>`to_json(l.assigned)`,
      termAt: sql<Date | null>`l.term_at`.mapWith(queueLines.termAt),
      late: sql<boolean>`l.late`,
      submitted: sql<boolean>`l.submitted`,
      asksExtension: sql<boolean>`l.asks_extension`,
      openRequests: sql<number>`l.open_requests`,
      sortKey: sql<string>`page.sort_key`,
      rank: sql<0 | 1>`page.rank`,
    })
    .from(
      sql`(select rank, sort_key, assessment_id from (${stretch}) as every
        order by rank ${direction}, sort_key ${direction}, assessment_id ${direction}
        limit ${sql.raw(String(queuePageSize + 1))}) as page`,
    )
    .innerJoin(sql`${queueLines} l`, sql`l.assessment_id = page.assessment_id`)
    .orderBy(sql`page.rank ${direction}, page.sort_key ${direction}, page.assessment_id ${direction}`)
    .prepare(`queue:rows:${mode}:${keys[input.order]}:${backwards}`)
    .execute({ ...common(ctx, asked), ...stretches('', sources, input) });
}

/** The strip above the list, and how many match the filters: each no further than a page can tell. */
export async function readQueueCounts(tx: Transaction, ctx: Context, asked: QueueAsked): Promise<QueueCounts> {
  const { input } = asked;
  const everyone = { ...asked, assigned: null, actor: ctx.actor };
  const views = {
    mine: sourcesOf(everyone, { waiting: 'me' }),
    unassigned: sourcesOf(everyone, { unassigned: '1' }),
    late: sourcesOf(everyone, { late: '1' }),
    insurer: sourcesOf(everyone, { waiting: 'insurer' }),
    all: sourcesOf(everyone, {}),
    matching: sourcesOf({ ...asked, actor: ctx.actor }, { ...input, order: 'term' }),
  };
  const mode = modeOf(input);
  const [counts] = await tx
    .select({
      mine: countedByIndex('mine', 'bucket'),
      unassigned: countedByIndex('unassigned', 'bucket'),
      late: countedByIndex('late', 'bucket'),
      insurer: countedByIndex('insurer', 'bucket'),
      all: countedByIndex('all', 'bucket'),
      matching: mode === 'found' ? countedByLine('matching') : countedByIndex('matching', mode),
      found: sql<number>`(select count(*)::integer from (select from ${organisationPhrases}
        where ${given('searches')}::boolean and ${begins}
        limit ${sql.raw(String(queueFoundAtMost + 1))}) as found)`,
    })
    .from(sql`(values (1)) as one`)
    .prepare(`queue:counts:${mode}`)
    .execute({
      ...common(ctx, asked),
      ...Object.assign({}, ...Object.entries(views).map(([name, sources]) => stretches(name, sources, null))),
    });
  return counts ?? { mine: 0, unassigned: 0, late: 0, insurer: 0, all: 0, matching: 0, found: 0 };
}

/**
 * How many lines stretches hold, by the index alone: nothing is asked of a line. Those of insurers with whom the actor has
 * a conflict of interest are few, and are counted apart and taken off.
 */
function countedByIndex(name: string, mode: 'bucket' | 'band'): SQL<number> {
  const band = mode === 'band' ? sql`and p.band = ${given('score')}::smallint` : sql``;
  const most = sql`limit ${sql.raw(String(queueCountedTo + 1))} + hidden.lines`;
  return sql<number>`(select least(seen.lines - hidden.lines, ${sql.raw(String(queueCountedTo + 1))})::integer
    from (select count(*) as lines from ${conflictsOfInterest} c
      join ${queuePlaces} p on p.organisation_id = c.organisation_id and p.round_id = ${given('roundId')}::uuid ${band}
      join ${listOf(name)} on of.holder = p.holder and of.bucket = p.bucket
      where c.user_id = ${given('userId')}::uuid) as hidden
    cross join lateral (select count(*) as lines from (select from ${listOf(name)}
      cross join lateral (select from ${queuePlaces} p where p.round_id = ${given('roundId')}::uuid
        and p.holder = of.holder and p.bucket = of.bucket ${band} ${most}) as p ${most}) as each) as seen)`;
}

/** How many of the insurers that a search finds stand in stretches. */
function countedByLine(name: string): SQL<number> {
  const none = { and: sql``, end: sql`` };
  return sql<number>`(select count(*)::integer from ${placesOf('found', name, sql`p.assessment_id`, none)} as counted)`;
}

/** A range of the index, and no `like`: with one, a plan that serves every search cannot use an index. */
const begins = sql`phrase ~>=~ ${given('phrase')}::text and phrase ~<~ (${given('phrase')}::text || U&'\\+10FFFF')`;

/** Which index leads: the stretches of a filter, those of one score, or the insurers that a search finds. */
type Mode = 'bucket' | 'band' | 'found';
const modeOf = ({ q, score }: ListQueueInput): Mode => (q !== '' ? 'found' : score ? 'band' : 'bucket');

/** The stretches given under a name, as rows. */
const listOf = (name: string) => sql`(select * from unnest(${given(`${name}Holders`)}::text::uuid[],
    ${given(`${name}Buckets`)}::text::smallint[], ${given(`${name}Ranks`)}::text::smallint[], ${given(`${name}Keys`)}::text[],
    ${given(`${name}Ids`)}::text::uuid[], ${given(`${name}Open`)}::text::boolean[]) as of (holder, bucket, rank, key, id, open)) as of`;

/** Lines of the stretches given under a name, each read from its beginning. */
function placesOf(mode: Mode, name: string, columns: SQL, { and, end }: { and: SQL; end: SQL }): SQL {
  const passes = sql`not exists (select from ${conflictsOfInterest} c
      where c.organisation_id = p.organisation_id and c.user_id = ${given('userId')}::uuid)`;
  if (mode === 'found') {
    // Made first: a hundred insurers have few lines in a round, and the stretches are then walked through once.
    return sql`(with near as materialized (select p.* from (select distinct organisation_id from
        (select organisation_id from ${organisationPhrases} where ${begins} limit ${sql.raw(String(queueFoundAtMost))}) as first) as found
        join ${queuePlaces} p on p.organisation_id = found.organisation_id and p.round_id = ${given('roundId')}::uuid)
      select of.rank, ${columns} from near p join ${listOf(name)} on of.holder = p.holder and of.bucket = p.bucket
      where (${given('score')}::smallint is null or p.band = ${given('score')}::smallint) and ${passes} ${and})`;
  }
  const band = mode === 'band' ? sql`and p.band = ${given('score')}::smallint` : sql``;
  return sql`select p.* from ${listOf(name)}
    cross join lateral (select of.rank, ${columns} from ${queuePlaces} p
      where p.round_id = ${given('roundId')}::uuid and p.holder = of.holder and p.bucket = of.bucket
        ${band} and ${passes} ${and} ${end}) as p`;
}

/** The stretches of a list as columns; from the place in `input` on, those before it left out. */
function stretches(name: string, list: readonly Source[], input: ListQueueInput | null) {
  const place = input?.before ?? input?.after ?? null;
  const isBehind = (rank: number) => place !== null && (input?.before ? rank > place.rank : rank < place.rank);
  const kept = list.filter(({ rank }) => !isBehind(rank));
  const column = (values: readonly unknown[]) => `{${values.join(',')}}`;
  return {
    [`${name}Holders`]: column(kept.map(({ holder }) => holder)),
    [`${name}Buckets`]: column(kept.map(({ bucket }) => bucket)),
    [`${name}Ranks`]: column(kept.map(({ rank }) => rank)),
    [`${name}Keys`]: kept.map(() => place?.key ?? ''),
    [`${name}Ids`]: column(kept.map(() => place?.id ?? everybody)),
    [`${name}Open`]: column(kept.map(({ rank }) => place === null || rank !== place.rank)),
  };
}

function common({ actor }: Context, { input, roundId }: QueueAsked) {
  return {
    userId: actor.userId,
    roundId,
    score: input.score,
    searches: input.q !== '',
    phrase: input.q.toLowerCase(),
  };
}

/** Who has cases of a round together, in as many steps of the index as there are people and teams. */
export async function readTeams(tx: Transaction, roundId: string): Promise<Team[]> {
  const next = (after: SQL) => sql`(select min_of.holder from ${queuePlaces} min_of
    where min_of.round_id = ${given('roundId')}::uuid ${after} order by min_of.round_id, min_of.holder limit 1)`;
  return (
    tx
      .select({ holder: sql<string>`holder`, members: sql<string[]>`to_json(members)` })
      .from(
        sql`(with recursive holders as (select ${next(sql``)} as holder
        union all select ${next(sql`and min_of.holder > holders.holder`)} from holders where holders.holder is not null)
        select holder, (select l.assigned from ${queuePlaces} p join ${queueLines} l on l.assessment_id = p.assessment_id
          where p.round_id = ${given('roundId')}::uuid and p.holder = holders.holder limit 1) as members
        from holders where holder is not null) as teams`,
      )
      // One person's places, and those of everybody, stand under a holder that is no team of theirs.
      .where(sql`holder <> ${everybody}::uuid and holder <> all (members)`)
      .prepare('queue:teams')
      .execute({ roundId })
  );
}

/** Rounds that the actor may look into, newest first: a reviewer's own, for lead and auditor every one. */
export async function readQueueRounds(tx: Transaction, { actor }: Context) {
  const rows = await tx
    .select({
      id: rounds.id,
      name: rounds.name,
      productScope: rounds.productScope,
      decisionsDueAt: rounds.decisionsDueAt,
      hearing: rounds.hearing,
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
    })
    .from(rounds)
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .where(
      sql`(not ${given('ownRounds')}::boolean or exists (select from ${roundReviewers} admitted
        where admitted.round_id = ${rounds.id} and admitted.user_id = ${given('userId')}::uuid and admitted.ended_at is null))`,
    )
    .orderBy(desc(rounds.opensAt), rounds.id)
    .prepare('queue:rounds')
    .execute({
      userId: actor.userId,
      ownRounds: !(actor.roles.includes('lead') || actor.roles.includes('auditor')),
    });
  return rows.map(({ ref, sha256, ...round }) => ({ ...round, framework: { ref, sha256 } }));
}
