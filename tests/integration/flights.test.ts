import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { platformContext } from '#services/context.ts';
import { importFramework } from '#services/frameworks/import-framework.ts';
import { getSession } from '#services/sessions/get-session.ts';
import { hashToken, signIn } from '#services/sessions/sign-in.ts';
import { type CountedDatabase, openCountedDatabase } from '../support/counting-proxy.ts';
import { testDatabase } from '../support/database.ts';
import { compiled, norm, sizedDocument } from '../support/frameworks.ts';
import { insurerPassword, makeInsurers } from '../support/insurers.ts';

const database = testDatabase();
const now = new Date('2026-11-22T10:00:00Z');
let counted: CountedDatabase;

beforeAll(async () => {
  counted = await openCountedDatabase(database.url);
});
afterAll(() => counted.close());

describe.each([6, 44, 600])('saving an answer in a framework of %i criteria', (size) => {
  it('takes two trips to the database and four statements, with confirming who acts', async () => {
    const framework = await frameworkOf(size);
    expect(framework.criteria).toHaveLength(size);
    const save = await makeSave(framework);
    await save(1);
    const { flights, statements } = await counted.count(() => save(2));
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(4);
    expect(flights).toBeLessThanOrEqual(2);
  });
});

/** The norm as it ships, and else a framework of that size. */
async function frameworkOf(size: number) {
  if (size === norm.criteria.length) return norm;
  const document = sizedDocument(size);
  await importFramework(platformContext(database.db, now), { document: JSON.stringify(document) });
  return compiled(document);
}

/** What the posts of somebody who is typing do: confirm who acts, and save. The first of a minute reads who acts before. */
async function makeSave(framework: typeof norm) {
  const [insurer] = await makeInsurers(database.db, { framework, count: 1, now });
  if (!insurer) throw new Error('no insurer was made');
  const { token } = await signIn(
    { db: database.db, now, address: '192.0.2.1', sessionHours: 12 },
    { email: insurer.person.email, password: insurerPassword },
  );
  const criterionKey = framework.criteria[0]?.key ?? '';
  const known = await getSession({ db: counted.db, now, idleMinutes: 30 }, { token });
  if (!known) throw new Error('nobody is signed in');
  const session = { tokenHash: hashToken(token), idleSince: new Date(now.getTime() - 30 * 60_000) };
  return async (version: number) => {
    const ctx = { actor: known.actor, db: counted.db, now, session };
    const input = { assessmentId: insurer.assessmentId, criterionKey, version, explanation: `Versie ${version + 1}` };
    await saveAnswer(ctx, { ...input, response: 'partly' });
  };
}
