import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { answers, answerVersions, assessments } from '#db/schema/assessments.ts';
import { memberships, organisations, users } from '#db/schema/identity.ts';
import { rounds } from '#db/schema/rounds.ts';
import type { Person } from '#db/seed/builders.ts';
import { as } from './insurer-work.ts';

/** An insurer's assessment in the round of the demo that is open. */
export type DemoAssessment = { assessmentId: string; organisationId: string; roundId: string };

/** A person of the demo, as the verbs know them. */
export async function demoPerson(db: Database, email: string): Promise<Person> {
  const [found] = await as(db, 'trede_system', (tx) =>
    tx
      .select({ user: users, membership: memberships, organisation: organisations })
      .from(users)
      .innerJoin(memberships, and(eq(memberships.userId, users.id), isNull(memberships.endedAt)))
      .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
      .where(eq(users.email, email)),
  );
  if (!found) throw new Error(`nobody in the demo has the address ${email}`);
  const { user, membership, organisation } = found;
  return {
    email,
    userId: user.id,
    membershipId: membership.id,
    organisationId: organisation.id,
    organisationKind: organisation.kind,
    roles: membership.roles,
    sectionKeys: membership.sectionKeys,
  };
}

export async function openAssessment(db: Database, domain: string): Promise<DemoAssessment> {
  const { organisationId } = await demoPerson(db, `coordinator@${domain}`);
  const [found] = await as(db, 'trede_supervisor', (tx) =>
    tx
      .select({ assessmentId: assessments.id, roundId: rounds.id })
      .from(assessments)
      .innerJoin(rounds, eq(rounds.id, assessments.roundId))
      .where(and(eq(assessments.organisationId, organisationId), eq(rounds.name, '2017-2018'))),
  );
  if (!found) throw new Error(`${domain} is not in the open round`);
  return { organisationId, ...found };
}

/** Every explanation that was ever saved for a criterion, the oldest first. */
export async function savedTexts(
  db: Database,
  { assessmentId, organisationId }: Pick<DemoAssessment, 'assessmentId' | 'organisationId'>,
  criterionKey: string,
): Promise<string[]> {
  const lines = await as(db, 'trede_insurer', organisationId, (tx) =>
    tx
      .select({ explanation: answerVersions.explanation })
      .from(answerVersions)
      .where(and(eq(answerVersions.assessmentId, assessmentId), eq(answerVersions.criterionKey, criterionKey)))
      .orderBy(asc(answerVersions.version)),
  );
  return lines.map(({ explanation }) => explanation);
}

/** The answer that the server has now; null when there is none. */
export async function savedAnswer(
  db: Database,
  { assessmentId, organisationId }: Pick<DemoAssessment, 'assessmentId' | 'organisationId'>,
  criterionKey: string,
) {
  const [answer] = await as(db, 'trede_insurer', organisationId, (tx) =>
    tx
      .select({ version: answers.version, response: answers.response, explanation: answers.explanation })
      .from(answers)
      .where(and(eq(answers.assessmentId, assessmentId), eq(answers.criterionKey, criterionKey))),
  );
  return answer ?? null;
}
