import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '#db/seed/builders.ts';
import { states } from '#domain/workflow.ts';
import { diskStaging } from '#lib/storage/staging.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { Refusal } from '#services/errors.ts';
import { builtInScanner } from '#services/evidence/built-in-scanner.ts';
import type { IncomingContext } from '#services/evidence/evidence-context.ts';
import { type Case, makeCase, makeStaff, type Staff, type StaffName, staffRoles, stateOf } from '../support/cases.ts';
import { testDatabase } from '../support/database.ts';
import { makeAskedCase, makeObjectedCase, putIn } from '../support/heard-cases.ts';
import { type Insurer, instant, makeInsurer } from '../support/insurer-work.ts';
import { assessmentLines } from '../support/permissions/assessment-lines.ts';
import { exempt } from '../support/permissions/exempt.ts';
import { generalLines } from '../support/permissions/general-lines.ts';
import { type AssessmentLine, type OwnName, ownNames, type Who } from '../support/permissions/line.ts';
import { undone } from '../support/undone.ts';

/** How a verb answers: `allowed` when neither who asks nor the state stands in the way. */
type Answer = 'allowed' | 'not_found' | 'forbidden' | 'wrong_state';
const staffNames = Object.keys(staffRoles) as StaffName[];
const waiting = ['answerRequest', 'withdrawRequest', 'saveSupplement', 'saveStatement', 'respondOutcome'];
const enclosed = ['with a supplement', 'in a hearing'];
const foreignNames = ['reader', 'contributor', 'coordinator', 'signatory'] as const;

const database = testDatabase();
let staff: Staff;
let foreign: Insurer;
const cases = new Map<string, Case>();
let asked: Case;
let objected: Case;

/** Lines of what waits for the insurer, asked once more where it is there in every state. */
const askedLines = assessmentLines
  .filter(({ verb, about, kind }) => kind === 'act' && (waiting.includes(verb.name) || enclosed.includes(about ?? '')))
  .map(({ absentIn: _, ...line }) => line);
const objectionLines = assessmentLines
  .filter(({ verb }) => verb.name === 'answerObjection')
  .map(({ absentIn: _, ...line }): AssessmentLine => ({ ...line, in: ['in_review', 'hearing'] }));

beforeAll(async () => {
  staff = await makeStaff(database.db);
  foreign = await makeInsurer(database.db);
  await Promise.all([
    ...states.map(async (state) => cases.set(state, await makeCase(database.db, staff, state))),
    makeAskedCase(database.db, staff).then((made) => {
      asked = made;
    }),
    makeObjectedCase(database.db, staff).then((made) => {
      objected = made;
    }),
  ]);
}, 120_000);

describe.each(states)('in the state %s', (state) => {
  it('stands the assessment that is asked about', async () => {
    expect(await stateOf(database.db, caseIn(state).assessmentId)).toBe(state);
  });

  it.each(assessmentLines.map((line) => [nameOf(line), line] as const))('%s answers each role', async (_, line) => {
    const here = caseIn(state);
    const answers = await ask(here, (ctx) => line.call(ctx, { case: here, staff }), line.kind);
    expect(answers).toEqual(table((who) => expectedOf(line, who, here), 'not_found'));
  });
});

describe.each(states)('put in the state %s, with all that it points at', (state) => {
  it.each(askedLines.map((line) => [nameOf(line), line] as const))('%s answers each role', async (_, line) => {
    await answersAsStated(line, await putIn(database.db, asked, state));
  });

  it.each(objectionLines.map((line) => [nameOf(line), line] as const))('%s answers each role', async (_, line) => {
    await answersAsStated(line, await putIn(database.db, objected, state));
  });
});

/** Of a case that was signed before it came where it is, a draft too. */
async function answersAsStated(line: AssessmentLine, here: Case) {
  const answers = await ask(here, (ctx) => line.call(ctx, { case: here, staff }), line.kind);
  expect(answers).toEqual(table((who) => expectedOf(line, who, here, true), 'not_found'));
}

describe('about no single assessment', () => {
  it.each(generalLines.map((line) => [line.verb.name, line] as const))('%s answers each role', async (_, line) => {
    const here = caseIn('draft');
    const answers = await ask(here, (ctx) => line.call(ctx, { case: here, staff }));
    const allowed = Object.entries(answers).filter(([, answer]) => answer === 'allowed');
    // An insurer is an insurer: who is foreign to this case may ask for the lists of its own.
    const expected = Object.entries(
      table((who) => (line.may.includes(who) ? 'allowed' : 'forbidden'), line.ofOneInsurer && 'not_found'),
    );
    expect(allowed).toEqual(expected.filter(([, answer]) => answer === 'allowed'));
  });
});

it('has a line for every verb that there is', () => {
  const lines = [...assessmentLines, ...generalLines].map(({ verb }) => verb.name);
  const missing = verbsInSource().filter((name) => !lines.includes(name) && !(name in exempt));
  expect(missing).toEqual([]);
  expect(Object.keys(exempt).filter((name) => lines.includes(name))).toEqual([]);
});

/** The rules of "Who may do what", in the order in which they weigh. */
function expectedOf(line: AssessmentLine, who: Who, { state, judged }: Case, signed = state !== 'draft'): Answer {
  const hidden = line.kind === 'read' ? 'not_found' : 'forbidden';
  if (!sees(who, signed) || isInsurer(who) !== isTheirs(line, who)) return 'not_found';
  if (!line.may.includes(who)) return hidden;
  if (line.needsSubmission && !signed && !isInsurer(who)) return hidden;
  if (line.notWhoJudged && judged && who === 'judge') return hidden;
  if (line.absentIn?.includes(state)) return 'not_found';
  if (line.repeatedBy?.[state]?.includes(who) || line.in.includes(state)) return 'allowed';
  return line.kind === 'read' ? 'not_found' : 'wrong_state';
}

/** Whether somebody may know that the assessment exists: its own insurer, and the supervisor's people of its round. */
function sees(who: Who, signed: boolean): boolean {
  if (who === 'administrator' || who === 'reviewerElsewhere' || who.endsWith('InConflict')) return false;
  return who === 'auditor' ? signed : true;
}

function isTheirs({ may }: AssessmentLine, who: Who): boolean {
  return may.some((allowed) => isInsurer(allowed) === isInsurer(who)) === isInsurer(who);
}

function isInsurer(who: Who): who is OwnName {
  return (ownNames as readonly string[]).includes(who);
}

/** One expected answer per person: the insurer's own, the other insurer's, the supervisor's. */
function table(of: (who: Who) => Answer, toForeign?: Answer): Record<string, Answer> {
  return Object.fromEntries([
    ...ownNames.map((name) => [`own ${name}`, of(name)] as const),
    ...foreignNames.map((name) => [`foreign ${name}`, toForeign ?? of(name)] as const),
    ...staffNames.map((name) => [`supervisor ${name}`, of(name)] as const),
  ]);
}

/** What the verb really answers to each of them; nothing that it does stays. */
async function ask(here: Case, call: (ctx: IncomingContext) => Promise<unknown>, kind: 'read' | 'act' = 'act') {
  const people: [string, Person][] = [
    ...ownNames.map((name): [string, Person] => [
      `own ${name}`,
      name === 'limited' ? here.limited : here.insurer.people[name],
    ]),
    ...foreignNames.map((name): [string, Person] => [`foreign ${name}`, foreign.people[name]]),
    ...staffNames.map((name): [string, Person] => [`supervisor ${name}`, staff[name]]),
  ];
  const answers = await Promise.all(
    people.map(async ([name, actor]) => {
      const ctx = {
        actor,
        db: undone(database.db),
        now: instant,
        storage: nowhere,
        staging,
        scanner: builtInScanner,
        limits,
      };
      const answer = await call(ctx).then((): Answer => 'allowed', answerOf);
      // A page turns every refusal into the page that is not there.
      return [name, kind === 'read' && answer === 'forbidden' ? 'not_found' : answer] as const;
    }),
  );
  return Object.fromEntries(answers);
}

function answerOf(error: unknown): Answer {
  if (!(error instanceof Refusal)) throw error;
  if (error.code === 'not_found' || error.code === 'forbidden') return error.code;
  return error.because.includes('wrong_state') ? 'wrong_state' : 'allowed';
}

function caseIn(state: string): Case {
  const found = cases.get(state);
  if (!found) throw new Error(`no case in ${state}`);
  return found;
}

function nameOf({ verb, about }: AssessmentLine): string {
  return about ? `${verb.name}, ${about},` : verb.name;
}

/** Exported functions that take a context first: what an action, a route or a page can call. */
function verbsInSource(): string[] {
  const folder = join(process.cwd(), 'lib', 'services');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /[/\\].*\.ts$/.test(file));
  return files.flatMap((file) => {
    const source = readFileSync(join(folder, file), 'utf8');
    return [...source.matchAll(/export async function (\w+)(?:<[^>]*>)?\(\s*ctx: [^,)]*Context/g)].map(
      ([, name]) => name as string,
    );
  });
}

/** An object store that keeps nothing. */
const nowhere: Storage = {
  write: async (_key, source) => {
    for await (const _ of source);
  },
  readRange: async () => new Uint8Array(),
  read: async () => new Blob(['file']).stream(),
  remove: async () => {},
  list: async function* () {},
};
const staging = diskStaging(join(tmpdir(), 'trede-matrix'));
const limits = { file: 1_000_000, assessment: 10_000_000, organisation: 50_000_000, count: 1_000 };
