import { saveAnswer } from '#services/assessments/save-answer.ts';
import { getSession } from '#services/sessions/get-session.ts';
import { hashToken, signIn } from '#services/sessions/sign-in.ts';
import { openCountedDatabase } from '../support/counting-proxy.ts';
import { type Insurer, insurerPassword } from '../support/insurers.ts';

/**
 * The trips and statements of one save, with confirming who acts, on a connection that is warm.
 * @param criterionKey a criterion that was answered once
 */
export async function countSave(url: string, { assessmentId, person }: Insurer, criterionKey: string) {
  const { db, count, close } = await openCountedDatabase(url);
  const now = new Date();
  try {
    const ctx = { db, now, address: '127.0.0.1', sessionHours: 1, idleMinutes: 30 };
    const { token } = await signIn(ctx, { email: person.email, password: insurerPassword });
    const known = await getSession(ctx, { token });
    if (!known) throw new Error('nobody is signed in');
    const session = { tokenHash: hashToken(token), idleSince: new Date(now.getTime() - 30 * 60_000) };
    const save = async (version: number) => {
      const input = { assessmentId, criterionKey, version, explanation: `Versie ${version + 1}` };
      await saveAnswer({ actor: known.actor, db, now, session }, { ...input, response: 'partly' });
    };
    await save(1);
    const { flights, statements } = await count(() => save(2));
    return { flights, statements: statements.length };
  } finally {
    await close();
  }
}
