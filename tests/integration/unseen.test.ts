import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { submissions } from '#db/schema/assessments.ts';
import { standardReasons, verdicts, workingNotes } from '#db/schema/reviews.ts';
import { diskStaging } from '#lib/storage/staging.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { Refusal } from '#services/errors.ts';
import { builtInScanner } from '#services/evidence/built-in-scanner.ts';
import { type Case, makeCase, makeStaff, type Staff } from '../support/cases.ts';
import { testDatabase } from '../support/database.ts';
import { as, framework, instant } from '../support/insurer-work.ts';
import { assessmentLines } from '../support/permissions/assessment-lines.ts';
import { generalLines } from '../support/permissions/general-lines.ts';
import { undone } from '../support/undone.ts';

const database = testDatabase();
const secret = 'NIET-VOOR-DE-VERZEKERAAR';
const states = ['in_review', 'hearing', 'decided'] as const;
let staff: Staff;
const cases = new Map<string, Case>();

beforeAll(async () => {
  staff = await makeStaff(database.db);
  for (const state of states) {
    const at = await makeCase(database.db, staff, state);
    cases.set(state, at);
    await plant(at);
  }
}, 120_000);

const reads = [
  ...assessmentLines.filter(({ kind, may }) => kind === 'read' && may.includes('signatory')),
  ...generalLines.filter(({ verb, may }) => may.includes('signatory') && /^(get|list)/.test(verb.name)),
];

describe.each(states)('of a case that is %s', (state) => {
  it.each(reads.map((line) => [line.verb.name, line] as const))(
    '%s tells the insurer nothing that is not its own',
    async (_, line) => {
      const here = cases.get(state) as Case;
      for (const name of ['reader', 'signatory'] as const) {
        const actor = here.insurer.people[name];
        const told = await line.call(contextOf(actor), { case: here, staff }).catch((error: unknown) => {
          if (error instanceof Refusal) return error;
          throw error;
        });
        const words = JSON.stringify([told, told instanceof Refusal ? told.detail : null], readable);
        for (const hidden of hiddenWords()) expect(words, `${name} reads ${line.verb.name}`).not.toContain(hidden);
      }
    },
  );
});

it('walks the reads of the insurer', () => expect(reads.length).toBeGreaterThan(15));

/** Notes, standard reasons and a verdict after what was sent last: nothing of it was ever told. */
async function plant({ assessmentId, insurer: { organisation } }: Case) {
  const of = { assessmentId, organisationId: organisation.id };
  const by = staff.judge.userId;
  await as(database.db, 'trede_supervisor', async (tx) => {
    const [signed] = await tx
      .select({ id: submissions.id })
      .from(submissions)
      .where(eq(submissions.assessmentId, assessmentId))
      .orderBy(desc(submissions.number))
      .limit(1);
    await tx.insert(workingNotes).values([
      { id: randomUUID(), ...of, criterionKey: null, text: secret, writtenAt: instant, writtenBy: by },
      { id: randomUUID(), ...of, criterionKey: 'I.2.a', text: secret, writtenAt: instant, writtenBy: by },
    ]);
    await tx.insert(standardReasons).values({
      id: randomUUID(),
      frameworkRef: framework,
      text: secret,
      writtenAt: instant,
      writtenBy: by,
    });
    if (!signed) return;
    await tx.insert(verdicts).values({
      id: randomUUID(),
      ...of,
      submissionId: signed.id,
      criterionKey: 'I.2.a',
      version: 90,
      response: 'partly',
      overrides: true,
      ground: 'not_demonstrated',
      reason: secret,
      decidedAt: instant,
      decidedBy: by,
    });
  });
}

/** The words that were planted, and whatever tells one of the supervisor's people. */
function hiddenWords(): string[] {
  const people = Object.values(staff).flatMap(({ userId, email, membershipId }) => [userId, email, membershipId]);
  return [secret, ...people];
}

const nowhere: Storage = {
  write: async () => {},
  read: async () => new ReadableStream({ start: (controller) => controller.close() }),
  remove: async () => {},
} as unknown as Storage;

const contextOf = (actor: Case['limited']) => ({
  actor,
  db: undone(database.db),
  now: instant,
  storage: nowhere,
  staging: diskStaging(tmpdir()),
  scanner: builtInScanner,
  limits: { file: 1_000, assessment: 1_000, organisation: 1_000, count: 10 },
});

/** Exact fractions are made of whole numbers that JSON does not know. */
const readable = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
