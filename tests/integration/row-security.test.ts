import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseRole } from '#db/client.ts';
import { testDatabase } from '../support/database.ts';
import { anyRow, plantRow } from '../support/plant-row.ts';

const database = testDatabase();
const mine = randomUUID();
const theirs = randomUUID();

/** Tables that belong to no tenant and hold nothing about one: why each may stand without row security. */
const shared = {
  framework_versions: 'the norm, which everybody who signs in may read',
  sign_in_throttles: 'hashes of addresses, for the role of the platform alone',
  audit_heads: 'granted to nobody: the trigger of the log keeps it',
};

/** What work in progress is: the supervisor reads submissions instead. */
const workInProgress = [
  'answers',
  'intake_answers',
  'answer_versions',
  'evidence_links',
  'delegations',
  'notes',
  'note_mentions',
  'presences',
  'uploads',
];
/** What only the supervisor may know. */
const supervisorsOwn = [
  'assignments',
  'verdicts',
  'determinations',
  'conflicts_of_interest',
  'release_inclusions',
  'release_claims',
  'release_criteria',
  'open_data',
  'round_reviewers',
  'objection_answers',
  'claim_findings',
  'working_notes',
  'standard_reasons',
  'planned_publications',
  'queue_lines',
  'queue_places',
  'organisation_phrases',
];
const dossier = [
  ...workInProgress,
  ...supervisorsOwn.filter((table) => table !== 'round_reviewers'),
  'submissions',
  'submission_evidence',
  'evidence',
  'information_requests',
  'supplements',
  'supplement_evidence',
  'draft_outcomes',
  'hearing_responses',
  'hearing_statements',
  'hearing_evidence',
  'claim_lists',
  'claim_draws',
  'extension_requests',
  'outside_results',
  'notices',
  'publications',
  'publication_sections',
  'releases',
  'release_figures',
];
const secrets = ['credentials', 'sessions', 'sign_in_throttles'];
const roles: DatabaseRole[] = [
  'trede_insurer',
  'trede_supervisor',
  'trede_administrator',
  'trede_system',
  'trede_visitor',
];

let superuser: postgres.Sql;
let app: postgres.Sql;
let owner: postgres.Sql;
let tables: string[];
let tenantTables: string[];

beforeAll(async () => {
  const options = { max: 1, onnotice: () => {} };
  superuser = postgres(database.superuserUrl, options);
  app = postgres(database.url, options);
  owner = postgres(database.ownerUrl, options);
  tables = await names(
    superuser`select relname as name from pg_class
      where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1`,
  );
  tenantTables = await names(
    superuser`select distinct table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'organisation_id' order by 1`,
  );
  for (const table of tenantTables) {
    for (const organisation of [mine, theirs]) await plantRow(superuser, table, ofOrganisation(table, organisation));
  }
  for (const table of tables.filter((name) => !tenantTables.includes(name) && !(name in shared))) {
    await plantRow(superuser, table);
  }
});
afterAll(() => Promise.all([superuser.end(), app.end(), owner.end()]));

describe('every table', () => {
  it('is held by forced row security, or stands here with the reason why not', async () => {
    const free = await names(
      superuser`select relname as name from pg_class where relkind in ('r', 'p')
        and relnamespace = 'public'::regnamespace and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(free.toSorted()).toEqual(Object.keys(shared).toSorted());
    expect(tenantTables.filter((table) => table in shared)).toEqual([]);
  });

  it('has for a role that may touch it exactly one policy, permissive and without an "or"', async () => {
    const policies = await superuser<{ table: string; roles: string[]; permissive: string; rule: string }[]>`
      select tablename as table, roles::text[] as roles, permissive,
        coalesce(qual, '') || ' ' || coalesce(with_check, '') as rule
      from pg_policies where schemaname = 'public'`;
    const wrong = policies.filter(
      (policy) => policy.roles.length !== 1 || policy.permissive !== 'PERMISSIVE' || /\bor\b/i.test(policy.rule),
    );
    expect(wrong).toEqual([]);
    const granted = (await privileges()).filter(({ table }) => !(table in shared));
    const pairs = new Set(granted.map(({ role, table }) => `${table} ${role}`));
    const counts = [...pairs].map((pair) => [
      pair,
      policies.filter(({ table, roles: to }) => pair === `${table} ${to[0]}`).length,
    ]);
    expect(counts.filter(([, count]) => count !== 1)).toEqual([]);
  });

  it('belongs to the owner, who cannot log in as the application, and hides its rows even from the owner', async () => {
    const seen = await Promise.all(
      tables
        .filter((table) => !(table in shared))
        .map(async (table) => {
          const [row] = await owner`select count(*)::int as n from ${owner(table)}`;
          const [all] = await superuser`select count(*)::int as n from ${superuser(table)}`;
          return { table, owner: row?.n, there: (all?.n ?? 0) > 0 };
        }),
    );
    expect(seen.filter((row) => row.owner !== 0 || !row.there)).toEqual([]);
  });
});

describe('the login of the application', () => {
  it('owns nothing, is no superuser, bypasses nothing and inherits nothing', async () => {
    const [login] =
      await superuser`select rolsuper, rolbypassrls, rolinherit, rolcreaterole, rolcreatedb, rolreplication,
      (select count(*)::int from pg_shdepend where refobjid = pg_roles.oid and deptype = 'o') as owned
      from pg_roles where rolname = 'trede_app'`;
    expect(Object.values(login ?? {})).toEqual([false, false, false, false, false, false, 0]);
    const powers = await superuser`select rolname from pg_roles
      where rolname like 'trede_%' and (rolsuper or rolbypassrls or rolcreaterole)`;
    expect([...powers]).toEqual([]);
  });

  it('can make no table in the schema, and takes on these roles and no other', async () => {
    await expect(app`create table public.planted (id int)`).rejects.toMatchObject({ code: '42501' });
    const held = await names(
      superuser`select roleid::regrole::text as name from pg_auth_members where member = 'trede_app'::regrole`,
    );
    expect(held.toSorted()).toEqual([...roles].sort());
    await expect(as('trede_owner' as DatabaseRole, null, (tx) => tx`select 1`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('reads without a role only who somebody is', async () => {
    const granted = (await privileges()).filter(({ role }) => role === 'trede_app');
    expect(granted.map(({ table, privilege }) => `${privilege} ${table}`).toSorted()).toEqual([
      'SELECT memberships',
      'SELECT organisations',
      'SELECT sessions',
      'SELECT users',
    ]);
  });

  it('sees nothing of a tenant when no organisation was set', async () => {
    for (const table of await touchable('trede_insurer', 'SELECT')) {
      const rows = await as('trede_insurer', null, (tx) => tx`select 1 from ${tx(table)} limit 1`);
      expect(rows.length, table).toBe(table in shared ? rows.length : 0);
    }
  });
});

describe('what runs in the name of the owner', () => {
  it('is called by a role only where it was given to that role', async () => {
    const callable = await superuser`select p.proname as name, r.rolname as role from pg_proc p
      join pg_roles r on r.rolname = any (${[...roles, 'trede_app']}) and has_function_privilege(r.oid, p.oid, 'execute')
      where p.prosecdef and p.pronamespace = 'public'::regnamespace`;
    expect(callable.map(({ name, role }) => `${role} ${name}`).toSorted()).toEqual([
      'trede_insurer ask_for_scan',
      'trede_insurer audit_head',
      'trede_supervisor ask_for_publication',
      'trede_supervisor audit_head',
      'trede_system ask_for_scan',
    ]);
  });

  it('is no trigger on a table that a role makes up: it would change rows of others', async () => {
    const made = (trigger: string) =>
      as('trede_insurer', mine, async (tx) => {
        await tx`create temporary table made_up (id uuid, assessment_id uuid, name text, number text, stream text)`;
        await tx`create trigger made_up before insert on made_up for each row execute function ${tx(trigger)}()`;
      });
    for (const trigger of ['keep_signed_score', 'keep_queue', 'keep_phrases', 'audit_event_chain'])
      await expect(made(trigger), trigger).rejects.toMatchObject({ code: '42501' });
  });
});

describe('a visitor without an account', () => {
  it('reads what was made public, without who made it so, and nothing else in the database', async () => {
    const granted = (await privileges()).filter(({ role }) => role === 'trede_visitor');
    expect(granted.map(({ privilege, table }) => `${privilege} ${table}`)).toEqual(['SELECT open_data']);
    expect(granted[0]?.columns.toSorted()).toEqual(['content', 'opened_at', 'release_id', 'sha256', 'withdrawn_at']);
    await expect(as('trede_visitor', null, (tx) => tx`select content from open_data`)).resolves.toHaveLength(1);
    await superuser`update open_data set withdrawn_at = now()`;
    await expect(as('trede_visitor', null, (tx) => tx`select content from open_data`)).resolves.toHaveLength(0);
  });
});

describe('an insurer', () => {
  it('reads rows of its own organisation and no others, in every tenant table', async () => {
    const readable = (await touchable('trede_insurer', 'SELECT')).filter((table) => tenantTables.includes(table));
    expect(readable).toContain('answers');
    for (const table of readable) {
      const rows = await as('trede_insurer', mine, (tx) => tx`select distinct organisation_id from ${tx(table)}`);
      expect([...rows], table).toEqual([{ organisation_id: mine }]);
    }
  });

  it('changes no row of another organisation, and gives none of its own away', async () => {
    const changeable = (await privileges()).filter(
      ({ role, privilege, table }) =>
        role === 'trede_insurer' && privilege === 'UPDATE' && tenantTables.includes(table),
    );
    expect(changeable.map(({ table }) => table)).toContain('answers');
    for (const { table, columns } of changeable) {
      const column = columns[0] as string;
      const changed = (organisation: string) =>
        as(
          'trede_insurer',
          mine,
          (tx) => tx`update ${tx(table)} set ${tx(column)} = ${tx(column)} where organisation_id = ${organisation}`,
        );
      expect((await changed(mine)).count, table).toBeGreaterThan(0);
      expect((await changed(theirs)).count, table).toBe(0);
      expect(columns, `${table}: a row keeps its organisation and its assessment`).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(organisation_id|assessment_id|id)$/)]),
      );
    }
  });

  it('adds no row to another organisation', async () => {
    for (const table of await touchable('trede_insurer', 'INSERT')) {
      const row = await anyRow(superuser, table, ofOrganisation(table, theirs));
      await expect(
        as('trede_insurer', mine, (tx) => tx`insert into ${tx(table)} ${tx(row as Record<string, string>)}`),
        table,
      ).rejects.toThrow(/violates row-level security/);
    }
  });

  it('writes no line in the log of an assessment that is not its own', async () => {
    const assessmentOf = (organisation: string) =>
      plantRow(superuser, 'assessments', { organisation_id: organisation }).then(({ id }) => id as string);
    const log = (assessment: string | null) =>
      as(
        'trede_insurer',
        mine,
        (tx) => tx`insert into audit_events (at, action, organisation_id, assessment_id)
          values (now(), 'planted', ${mine}, ${assessment})`,
      );
    await expect(log(await assessmentOf(theirs))).rejects.toThrow(/violates row-level security/);
    await expect(log(await assessmentOf(mine))).resolves.toMatchObject({ count: 1 });
    await expect(log(null)).resolves.toMatchObject({ count: 1 });
  });

  it('has no way at all to what only the supervisor may see', async () => {
    const granted = (await privileges()).filter(({ role }) => role === 'trede_insurer');
    expect(granted.filter(({ table }) => supervisorsOwn.includes(table))).toEqual([]);
    const readable = await touchable('trede_insurer', 'SELECT');
    expect(readable).not.toContain('transitions');
    expect(readable).not.toContain('audit_events');
    await expect(as('trede_insurer', mine, (tx) => tx`select 1 from verdicts`)).rejects.toThrow(/permission denied/);
    await expect(as('trede_insurer', mine, (tx) => tx`select 1 from transitions`)).rejects.toThrow(/permission denied/);
  });

  it('never reads which person of the supervisor wrote what it was sent', async () => {
    const columns = await superuser`
      select table_name, column_name from information_schema.column_privileges
      where grantee = 'trede_insurer' and privilege_type = 'SELECT'
        and table_name in ('information_requests', 'draft_outcomes', 'claim_draws', 'notices')
        and column_name like '%\\_by'`;
    expect(columns.map(({ table_name, column_name }) => `${table_name}.${column_name}`)).toEqual([]);
  });

  it('knows itself and its colleagues, and no other organisation, person or round', async () => {
    const [us, them] = [await plantTenant(), await plantTenant()];
    const seen = await as('trede_insurer', us.organisation, async (tx) => ({
      organisations: (await tx`select id from organisations`).map(({ id }) => id),
      users: (await tx`select id from users`).map(({ id }) => id),
      rounds: (await tx`select id from rounds`).map(({ id }) => id),
      releases: (await tx`select id from releases`).map(({ id }) => id),
      figures: (await tx`select release_id from release_figures`).map(({ release_id }) => release_id),
    }));
    expect(seen).toEqual({
      organisations: [us.organisation],
      users: [us.user],
      rounds: [us.round],
      releases: [us.release],
      figures: [us.release],
    });
    expect(Object.values(seen).flat()).not.toEqual(expect.arrayContaining([them.organisation]));
  });
});

describe('the supervisor', () => {
  it('has no way at all to work in progress, to passwords and to sessions', async () => {
    const granted = (await privileges()).filter(({ role }) => role === 'trede_supervisor');
    expect(granted.filter(({ table }) => [...workInProgress, ...secrets].includes(table))).toEqual([]);
    await expect(as('trede_supervisor', null, (tx) => tx`select 1 from answers`)).rejects.toThrow(/permission denied/);
  });

  it('reads a submission that stands, and never one that was withdrawn', async () => {
    const organisation_id = randomUUID();
    const standing = await plantRow(superuser, 'submissions', { organisation_id });
    await plantRow(superuser, 'submissions', { organisation_id, withdrawn_at: new Date() });
    const rows = await as(
      'trede_supervisor',
      null,
      (tx) => tx`select id from submissions where organisation_id = ${organisation_id}`,
    );
    expect([...rows]).toEqual([{ id: standing.id }]);
  });

  it('reads evidence that a standing submission pins, and no other', async () => {
    const organisation_id = randomUUID();
    const submission = (withdrawn_at: Date | null) =>
      plantRow(superuser, 'submissions', { organisation_id, withdrawn_at });
    const evidence = () => plantRow(superuser, 'evidence', { organisation_id });
    const [standing, withdrawn, signed, takenBack] = [
      await submission(null),
      await submission(new Date()),
      await evidence(),
      await evidence(),
    ];
    await evidence();
    await plantRow(superuser, 'submission_evidence', pin(standing, signed, organisation_id));
    await plantRow(superuser, 'submission_evidence', pin(withdrawn, takenBack, organisation_id));
    const seen = await as('trede_supervisor', null, async (tx) => ({
      evidence: [...(await tx`select id from evidence where organisation_id = ${organisation_id}`)],
      pins: [...(await tx`select evidence_id from submission_evidence where organisation_id = ${organisation_id}`)],
    }));
    expect(seen).toEqual({ evidence: [{ id: signed.id }], pins: [{ evidence_id: signed.id }] });
  });

  it('changes nothing of what an insurer wrote or signed', async () => {
    const granted = (await privileges()).filter(
      ({ role, privilege }) => role === 'trede_supervisor' && privilege !== 'SELECT',
    );
    const insurers = ['submissions', 'submission_evidence', 'evidence', 'organisations', 'users', 'memberships'];
    expect(granted.filter(({ table }) => insurers.includes(table))).toEqual([]);
  });
});

describe('the administrator', () => {
  it('has no way at all to a dossier, to the log, to passwords and to sessions', async () => {
    const granted = (await privileges()).filter(({ role }) => role === 'trede_administrator');
    expect(granted.filter(({ table }) => [...dossier, ...secrets].includes(table))).toEqual([]);
    expect(granted.filter(({ table }) => table === 'audit_events').map(({ privilege }) => privilege)).toEqual([
      'INSERT',
    ]);
    // The step that opens an assessment is written, never read.
    expect(granted.filter(({ table }) => table === 'transitions').map(({ privilege }) => privilege)).toEqual([
      'INSERT',
    ]);
  });
});

describe('what was written for ever', () => {
  const changeable: Record<string, string[]> = {
    submissions: ['withdrawn_at', 'withdrawn_by'],
    publications: ['replaced_at', 'under_revision_at'],
  };
  const lasting = [
    'answer_versions',
    'submissions',
    'submission_evidence',
    'outside_results',
    'verdicts',
    'determinations',
    'transitions',
    'notices',
    'publications',
    'publication_sections',
    'releases',
    'release_figures',
    'release_inclusions',
    'conflicts_of_interest',
    'audit_events',
  ];

  it('is changed by no role, but for the columns that mark it', async () => {
    const updates = (await privileges()).filter(
      ({ privilege, table }) => privilege === 'UPDATE' && lasting.includes(table),
    );
    expect(updates.filter(({ table, columns }) => columns.some((name) => !changeable[table]?.includes(name)))).toEqual(
      [],
    );
  });

  it('is deleted or emptied by no role; what only passes is forgotten: throttles, presences and uploads on their way', async () => {
    const granted = (await privileges()).filter(({ privilege }) => !/^(SELECT|INSERT|UPDATE)$/.test(privilege));
    expect(granted.map(({ role, table, privilege }) => `${role} ${privilege} ${table}`)).toEqual([
      'trede_insurer DELETE presences',
      'trede_insurer DELETE uploads',
      'trede_system DELETE presences',
      'trede_system DELETE sign_in_throttles',
      'trede_system DELETE uploads',
    ]);
  });

  it('keeps the hash of the bytes that were signed', async () => {
    const [update] = (await privileges()).filter(
      ({ role, table, privilege }) => role === 'trede_insurer' && table === 'evidence' && privilege === 'UPDATE',
    );
    for (const column of ['sha256', 'size_bytes', 'media_type', 'web_address', 'added_by']) {
      expect(update?.columns).not.toContain(column);
    }
  });
});

type Privilege = { role: string; table: string; privilege: string; columns: string[] };

/** What each role of the application, and everybody, may do with each table or some of its columns. */
async function privileges(): Promise<Privilege[]> {
  const rows = await superuser<Privilege[]>`
    select grantee as role, table_name as table, privilege_type as privilege, array_agg(column_name::text) as columns
    from information_schema.column_privileges
    where table_schema = 'public' and (grantee in ('trede_app', 'PUBLIC') or grantee = any (${roles}))
    group by 1, 2, 3
    union
    select grantee, table_name, privilege_type, '{}' from information_schema.table_privileges
    where table_schema = 'public' and (grantee in ('trede_app', 'PUBLIC') or grantee = any (${roles}))
      and privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
    order by 1, 2, 3`;
  return [...rows];
}

async function touchable(role: DatabaseRole, privilege: string): Promise<string[]> {
  return (await privileges())
    .filter((row) => row.role === role && row.privilege === privilege)
    .map(({ table }) => table);
}

/** A transaction of the application in a role, as `takeRole` begins one. */
function as<T>(role: DatabaseRole, organisation: string | null, work: (tx: postgres.TransactionSql) => Promise<T>) {
  return app.begin(async (tx) => {
    await tx`select set_config('role', ${role}, true), set_config('trede.organisation', ${organisation ?? ''}, true)`;
    return work(tx);
  }) as Promise<T>;
}

/** An insurer with one colleague, who takes part in one round with one release. */
async function plantTenant() {
  const [organisation, user, round, release] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await plantRow(superuser, 'organisations', { id: organisation });
  await plantRow(superuser, 'users', { id: user });
  await plantRow(superuser, 'memberships', { organisation_id: organisation, user_id: user });
  await plantRow(superuser, 'rounds', { id: round });
  await plantRow(superuser, 'assessments', { organisation_id: organisation, round_id: round });
  await plantRow(superuser, 'releases', { id: release, round_id: round });
  await plantRow(superuser, 'release_figures', { release_id: release });
  return { organisation, user, round, release };
}

/** Beside the organisation, what a table checks. */
function ofOrganisation(table: string, organisation: string): Record<string, unknown> {
  const own = { organisation_id: organisation };
  if (table === 'verdicts') return { ...own, criterion_key: 'I.2.a', overrides: false };
  if (table === 'information_requests') return { ...own, sent_by: randomUUID() };
  if (table === 'audit_events') return { ...own, stream: organisation };
  return own;
}

const pin = (submission: Record<string, unknown>, evidence: Record<string, unknown>, organisation_id: string) => ({
  submission_id: submission.id,
  evidence_id: evidence.id,
  organisation_id,
});

async function names(query: postgres.PendingQuery<postgres.Row[]>): Promise<string[]> {
  return (await query).map(({ name }) => name as string);
}
