import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { answers, answerVersions } from '#db/schema/assessments.ts';
import { notes } from '#db/schema/teamwork.ts';
import { testDatabase } from '../support/database.ts';
import { as, type Insurer, makeInsurer } from '../support/insurer-work.ts';
import { writeSession } from '../support/session.ts';

// The doors themselves, with what Next gives them of a request: its cookies.
const jar = vi.hoisted(() => ({ value: '' }));
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => ({ value: jar.value }) }) }));

const database = testDatabase();
const held = globalThis as { tredeDatabase?: unknown };
let insurer: Insurer;
let doors: Awaited<ReturnType<typeof openDoors>>;

beforeAll(async () => {
  vi.stubEnv('TREDE_ORIGIN', 'https://trede.example');
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('TREDE_SECRET', 'x'.repeat(32));
  vi.stubEnv('TREDE_STORAGE', '/nowhere');
  held.tredeDatabase = database.db;
  doors = await openDoors();
  insurer = await makeInsurer(database.db);
  jar.value = await writeSession(database.db, insurer.people.coordinator.email);
});
afterAll(() => {
  delete held.tredeDatabase;
  vi.unstubAllEnvs();
});

async function openDoors() {
  const [byScript, byForm, note, room] = await Promise.all([
    import('../../app/api/assessments/[assessmentId]/answers/save-by-script.ts'),
    import('../../app/(insurer)/assessments/[assessmentId]/criteria/actions.ts'),
    import('../../app/(insurer)/assessments/[assessmentId]/notes/actions.ts'),
    import('../../app/(insurer)/assessments/actions.ts'),
  ]);
  return { ...byScript, ...byForm, ...note, ...room };
}

const half = 'Wij meten dit \ud83d elk kwartaal\u0000 \udc00.';
const whole = 'Wij meten dit \ufffd elk kwartaal \ufffd.';

const byScript = (criterionKey: string, version: number, explanation: string) =>
  doors.saveByScript({
    assessmentId: insurer.assessmentId,
    body: JSON.stringify({ criterionKey, version, response: 'met', explanation }),
    cookie: `__Host-trede=${jar.value}`,
  });

/** A browser has made its form well-formed already; what is no browser may send either. */
function posted(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

const keptOf = (criterionKey: string) =>
  as(database.db, 'trede_insurer', insurer.organisation.id, async (tx) => ({
    answer: (await tx.select().from(answers).where(eq(answers.criterionKey, criterionKey)))[0]?.explanation,
    versions: (await tx.select().from(answerVersions).where(eq(answerVersions.criterionKey, criterionKey))).length,
  }));

describe('half a character, and one that nobody can type', () => {
  it('are saved by script as any side can keep them, and a save that is sent again finds itself', async () => {
    const first = await byScript('I.2.a', 0, half);
    expect(first).toMatchObject({ status: 'done', data: { version: 1 } });
    expect(await byScript('I.2.a', 0, half)).toMatchObject({ status: 'done', data: { version: 1 } });
    expect(await byScript('I.2.a', 0, whole)).toMatchObject({ status: 'done', data: { version: 1 } });
    expect(await keptOf('I.2.a')).toEqual({ answer: whole, versions: 1 });
    const other = await byScript('I.2.a', 0, 'Iets anders.');
    expect(other).toMatchObject({ code: 'conflict', detail: { explanation: whole } });
  });

  it('are the same by a form, which then finds what the script saved', async () => {
    const { assessmentId } = insurer;
    const fields = { assessmentId, criterionKey: 'I.2.b', version: '0', response: 'met', explanation: half };
    const save = () => doors.saveAnswerAction({ status: 'idle' }, posted(fields));
    expect(await save()).toMatchObject({ status: 'done', data: { version: 1 } });
    expect(await save()).toMatchObject({ status: 'done', data: { version: 1 } });
    expect(await byScript('I.2.b', 0, half)).toMatchObject({ status: 'done', data: { version: 1 } });
    expect(await keptOf('I.2.b')).toEqual({ answer: whole, versions: 1 });
  });

  it('are no reason to leave a note twice', async () => {
    const { assessmentId } = insurer;
    const fields = { assessmentId, criterionKey: 'I.2.a', noteId: randomUUID(), text: half };
    const leave = () => doors.saveNoteAction({ status: 'idle' }, posted(fields));
    expect(await leave()).toMatchObject({ status: 'done' });
    expect(await leave()).toMatchObject({ status: 'done' });
    const left = await as(database.db, 'trede_insurer', insurer.organisation.id, (tx) => tx.select().from(notes));
    expect(left.map(({ text }) => text)).toEqual([whole]);
  });
});
