import { createHash, randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseRole } from '#db/client.ts';
import { takeRole } from '#db/client.ts';
import { type AuditEvent, recordEvent } from '#services/audit.ts';
import { testDatabase } from '../support/database.ts';
import { plantRow } from '../support/plant-row.ts';

const database = testDatabase();
const organisationId = randomUUID();
const assessmentId = randomUUID();
const stream = `assessment:${assessmentId}`;
const now = new Date('2026-11-22T10:00:00.123Z');
let superuser: postgres.Sql;

beforeAll(async () => {
  superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
  await plantRow(superuser, 'assessments', { id: assessmentId, organisation_id: organisationId });
  const of = { organisationId, assessmentId };
  await record('trede_insurer', { ...of, action: 'answer.save', detail: { criterionKey: 'I.2.a', version: 1 } });
  await record('trede_insurer', {
    ...of,
    action: 'intake.save',
    detail: { ownLossAdjusters: true, b: null, aa: 'ë"\\' },
  });
  // All at once, as people work: the chain stays one chain.
  await Promise.all(
    Array.from({ length: 12 }, (_, version) =>
      record(version % 2 ? 'trede_supervisor' : 'trede_insurer', {
        ...of,
        action: 'verdict.decide',
        detail: { version },
      }),
    ),
  );
  await record('trede_administrator', { organisationId, action: 'organisation.save' });
  await record('trede_system', { action: 'session.refuse', detail: { because: ['credentials', 'x'] } });
});
afterAll(() => superuser.end());

describe('the log', () => {
  it('holds one unbroken chain per assessment, organisation and platform', async () => {
    expect(await faults()).toEqual([]);
    const streams = await superuser<{ stream: string; n: number }[]>`
      select stream, count(*)::int as n from audit_events group by 1`;
    expect(Object.fromEntries(streams.map((row) => [row.stream, row.n]))).toMatchObject({
      [stream]: 14,
      [`organisation:${organisationId}`]: 1,
    });
    expect(streams.map((row) => row.stream)).toContain('platform');
  });

  it('makes place and hashes itself, whatever a role sends for them', async () => {
    await superuser`begin`;
    await superuser`set local role trede_system`;
    await superuser`insert into audit_events (stream, sequence, at, action, previous_hash, hash)
      values (${stream}, 1, now(), 'planted', ${Buffer.from('x')}, ${Buffer.from('y')})`;
    await superuser`reset role`;
    expect(await faults()).toEqual([]);
    const [planted] = await superuser`select stream from audit_events where action = 'planted'`;
    await superuser`rollback`;
    expect(planted).toEqual({ stream: 'platform' });
  });

  it.each<[string, (tx: postgres.Sql) => Promise<unknown>, string]>([
    [
      'changed',
      (tx) => tx`update audit_events set detail = '{}' where stream = ${stream} and sequence = 3`,
      `${stream} 3`,
    ],
    [
      'given another hand',
      (tx) => tx`update audit_events set actor_id = null where stream = ${stream} and sequence = 5`,
      `${stream} 5`,
    ],
    [
      'dated back',
      (tx) => tx`update audit_events set at = at - interval '1 day' where stream = ${stream} and sequence = 2`,
      `${stream} 2`,
    ],
    [
      'taken out of the middle',
      (tx) => tx`delete from audit_events where stream = ${stream} and sequence = 7`,
      `${stream} 8`,
    ],
    [
      'taken from the end',
      (tx) => tx`delete from audit_events where stream = ${stream} and sequence = 14`,
      `${stream} head`,
    ],
  ])('gives away a line that was %s', async (_, tamper, fault) => {
    await superuser`begin`;
    await tamper(superuser);
    const found = await faults();
    await superuser`rollback`;
    expect(found).toContain(fault);
  });

  it('cannot be changed by any role of the application', async () => {
    const app = postgres(database.url, { max: 1, onnotice: () => {} });
    for (const role of ['trede_insurer', 'trede_supervisor', 'trede_administrator', 'trede_system']) {
      const as = (statement: string) =>
        app.begin(async (tx) => {
          await tx`select set_config('role', ${role}, true), set_config('trede.organisation', ${organisationId}, true)`;
          await tx.unsafe(statement);
        });
      await expect(as(`update audit_events set detail = '{}'`), role).rejects.toThrow(/permission denied/);
      await expect(as('delete from audit_events'), role).rejects.toThrow(/permission denied/);
      await expect(as('truncate audit_events'), role).rejects.toThrow(/permission denied/);
      await expect(as(`update audit_heads set sequence = 1`), role).rejects.toThrow(/permission denied/);
    }
    await app.end();
  });
});

async function record(role: DatabaseRole, event: Omit<AuditEvent, 'at' | 'actorId'>) {
  await database.db.transaction(async (tx) => {
    await takeRole(tx, role, role === 'trede_insurer' ? organisationId : null);
    await recordEvent(tx, { at: now, actorId: randomUUID(), ...event });
  });
}

type Line = {
  stream: string;
  sequence: string;
  at: Date;
  actor_id: string | null;
  action: string;
  organisation_id: string | null;
  assessment_id: string | null;
  detail: unknown;
  previous_hash: Buffer;
  hash: Buffer;
};

/** Every place where a chain does not follow from its lines, computed here and not by the database. */
async function faults(): Promise<string[]> {
  const lines = await superuser<Line[]>`select * from audit_events order by stream, sequence`;
  const heads = await superuser<Line[]>`select stream, sequence, hash from audit_heads`;
  const last = new Map<string, { sequence: number; hash: Buffer }>();
  const found: string[] = [];
  for (const line of lines) {
    const before = last.get(line.stream) ?? { sequence: 0, hash: Buffer.alloc(0) };
    const sequence = Number(line.sequence);
    const content = asJsonb([
      line.stream,
      sequence,
      line.at.toISOString(),
      line.actor_id,
      line.action,
      line.organisation_id,
      line.assessment_id,
      line.detail,
    ]);
    const hash = createHash('sha256').update(before.hash).update(content).digest();
    const follows = sequence === before.sequence + 1 && before.hash.equals(line.previous_hash);
    if (!follows || !hash.equals(line.hash)) found.push(`${line.stream} ${sequence}`);
    last.set(line.stream, { sequence, hash: line.hash });
  }
  const ends = heads.filter(({ stream: of, sequence, hash }) => {
    const end = last.get(of);
    return !end || end.sequence !== Number(sequence) || !end.hash.equals(hash);
  });
  return [...found, ...ends.map(({ stream: of }) => `${of} head`)];
}

/** A value as PostgreSQL writes a jsonb: keys by length, then by bytes; a space after comma and colon. */
function asJsonb(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asJsonb).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const bytes = (key: string) => Buffer.from(key);
  const entries = Object.entries(value).toSorted(
    ([a], [b]) => bytes(a).length - bytes(b).length || Buffer.compare(bytes(a), bytes(b)),
  );
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}: ${asJsonb(held)}`).join(', ')}}`;
}
