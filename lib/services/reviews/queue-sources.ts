import 'server-only';
import type { Actor } from '#domain/policy.ts';
import { type State, states } from '#domain/workflow.ts';
import type { ListQueueInput } from './list-queue.ts';

/** Parties in the order of the database's `queue_party`. */
const parties = ['insurer', 'reviewer', 'lead', 'nobody'] as const;
type Party = (typeof parties)[number];

/** In `queue_places`: the place of a line for everybody. */
export const everybody = '00000000-0000-0000-0000-000000000000';

/** A stretch of the index; several are a list, in which those of rank 0 come before those of rank 1. */
export type Source = { holder: string; bucket: number; rank: 0 | 1 };
/** The reviewers who have cases together; one alone is a team as well. A line stands under one team at most. */
export type Team = { holder: string; members: readonly string[] };

type Viewer = { actor: Actor; teams: readonly Team[]; assigned: string | null };
type Filter = Partial<Pick<ListQueueInput, 'state' | 'waiting' | 'late' | 'unassigned' | 'order'>>;

const whoActs: Record<State, readonly Party[]> = {
  draft: ['insurer', 'lead'],
  submitted: ['reviewer', 'lead'],
  in_review: ['insurer', 'reviewer', 'lead'],
  hearing: ['insurer', 'reviewer', 'lead'],
  proposed: ['lead'],
  decided: ['lead'],
  published: ['nobody'],
  returned: ['insurer', 'lead'],
  closed: ['nobody'],
};

/**
 * Where in the index a filter finds its lines. Every filter but the score and the search is a choice of stretches, so that
 * each order reads a page from their beginnings, whatever else is in the round.
 * @param viewer `teams`: those of the round; `assigned`: the person that the filter names, or `everybody`
 */
export function sourcesOf(viewer: Viewer, filter: Filter): readonly Source[] {
  const { actor, assigned } = viewer;
  const me = actor.userId;
  const isLead = actor.roles.includes('lead');
  const person = assigned === everybody ? null : assigned;
  const teams = viewer.teams.filter(({ members }) => !person || members.includes(person));
  const [withMe, withoutMe] = [true, false].map((mine) =>
    teams.filter(({ members }) => members.includes(me) === mine).map(({ holder }) => holder),
  ) as [string[], string[]];
  const of = (holders: readonly string[], who: readonly Party[], rank: 0 | 1 = 0): Source[] =>
    holders.flatMap((holder) =>
      bucketsOf(filter, who, actor.roles.includes('auditor')).flatMap((bucket) =>
        holder !== everybody && bucket & 2 ? [] : [{ holder, bucket, rank }],
      ),
    );
  const base = [person ?? everybody];
  const nobodyAssigned = (sources: Source[]) =>
    assigned === everybody ? sources.filter(({ bucket }) => bucket & 2) : sources;
  switch (filter.waiting) {
    case 'me':
      return nobodyAssigned([
        ...of(person && person !== me ? withMe : [me], ['reviewer']),
        ...(isLead ? of(base, ['lead']) : []),
      ]);
    case 'colleague':
      return assigned === everybody ? [] : of(withoutMe, ['reviewer']);
    case 'insurer':
    case 'lead':
    case 'nobody':
      return nobodyAssigned(of(base, [filter.waiting]));
    default: {
      const mineFirst = filter.order === 'mine' && !assigned;
      if (!mineFirst) return nobodyAssigned(of(base, parties));
      const rest: Party[] = isLead ? ['insurer', 'nobody'] : ['insurer', 'lead', 'nobody'];
      const mine = [...of([me], ['reviewer']), ...(isLead ? of(base, ['lead']) : [])];
      return [...mine, ...of(base, rest, 1), ...of(withoutMe, ['reviewer'], 1)];
    }
  }
}

/** The numbers of `queue_places.bucket` that a filter takes: as the migration makes them, only those that can be. */
function bucketsOf({ state, late, unassigned }: Filter, who: readonly Party[], submittedOnly: boolean): number[] {
  const open = unassigned ? (['submitted', 'in_review'] as const) : states;
  return open.flatMap((one) =>
    state && one !== state
      ? []
      : whoActs[one]
          .filter((party) => who.includes(party))
          .flatMap((party) =>
            flagsOf(one, Boolean(late), Boolean(unassigned), submittedOnly).map(
              (flags) => 32 * states.indexOf(one) + 8 * parties.indexOf(party) + flags,
            ),
          ),
  );
}

/** 4: late, 2: nobody has it, 1: submitted. */
function flagsOf(state: State, late: boolean, unassigned: boolean, submittedOnly: boolean): number[] {
  const lateness = ['decided', 'published', 'closed'].includes(state) ? [0] : [0, 4];
  const assigned = unassigned ? [2] : [0, 2];
  return lateness
    .filter((flag) => !late || flag)
    .flatMap((flag) =>
      assigned.flatMap((none) => (submittedOnly ? [1] : [0, 1]).map((signed) => flag + none + signed)),
    );
}
