import { eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { informationRequests } from '#db/schema/requests.ts';
import type { State } from '#domain/workflow.ts';
import { respondOutcome } from '#services/hearing/respond-outcome.ts';
import { saveStatement } from '#services/hearing/save-statement.ts';
import { type Case, makeCase, type Staff } from './cases.ts';
import { as, contextOf, deadline, frameworkOf, instant } from './insurer-work.ts';

/** A draft outcome that waits for its response beside a question that is open: both are there, whatever the state. */
export async function makeAskedCase(db: Database, staff: Staff): Promise<Case> {
  const made = await makeCase(db, staff, 'hearing');
  await as(db, 'trede_supervisor', (tx) =>
    tx.insert(informationRequests).values({
      id: made.requestId,
      assessmentId: made.assessmentId,
      organisationId: made.insurer.organisation.id,
      criterionKey: 'I.2.a',
      question: 'Waar staat dit?',
      termAt: deadline,
      sentAt: instant,
      sentBy: staff.judge.userId,
    }),
  );
  return made;
}

/** A draft outcome to which the insurer objected, in section I. */
export async function makeObjectedCase(db: Database, staff: Staff): Promise<Case> {
  const made = await makeCase(db, staff, 'hearing');
  const { assessmentId, draftOutcomeId } = made;
  const ctx = contextOf(db, made.insurer.people.signatory);
  for (const { key } of (await frameworkOf(db)).sections) {
    const agrees = key !== 'I';
    await saveStatement(ctx, { assessmentId, sectionKey: key, version: 0, agrees, text: agrees ? '' : 'Zo niet.' });
  }
  await respondOutcome(ctx, { assessmentId, draftOutcomeId });
  return made;
}

/** Puts a case in a state without the step that leads there; gives it as it then is. */
export async function putIn(db: Database, made: Case, state: State): Promise<Case> {
  await as(db, 'trede_supervisor', (tx) =>
    tx.update(assessments).set({ state }).where(eq(assessments.id, made.assessmentId)),
  );
  return { ...made, state };
}
