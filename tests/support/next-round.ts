import { randomUUID } from 'node:crypto';
import type { Database } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { rounds } from '#db/schema/rounds.ts';
import { submitAssessment } from '#services/assessments/submit-assessment.ts';
import { as, contextOf, deadline, framework, type Insurer, instant, password } from './insurer-work.ts';

/** Signs and submits what stands in an assessment of `makeInsurer`. */
export async function signIt(db: Database, { assessmentId, people }: Insurer): Promise<string> {
  const submissionId = randomUUID();
  await submitAssessment(contextOf(db, people.signatory), {
    assessmentId,
    submissionId,
    signatoryName: 'Anna de Vries',
    signatoryFunction: 'Bestuurder',
    declared: true,
    password,
  });
  return submissionId;
}

/** The same insurer in a round of the year after, in draft with nothing in it. */
export async function inNextRound(
  db: Database,
  insurer: Insurer,
  frameworkRef = framework,
  carriedSections: (typeof rounds.$inferInsert)['carriedSections'] = [],
): Promise<Insurer> {
  const roundId = randomUUID();
  const assessmentId = randomUUID();
  await as(db, 'trede_administrator', async (tx) => {
    await tx.insert(rounds).values({
      id: roundId,
      frameworkRef,
      name: `2018-2019 ${roundId.slice(0, 8)}`,
      productScope: 'Motorverzekering',
      periodFrom: '2026-10-01',
      periodTo: '2027-09-30',
      opensAt: instant,
      openedAt: instant,
      deadlineAt: deadline,
      decisionsDueAt: new Date('2027-12-01T22:59:59Z'),
      contactMailbox: 'dashboard@toezicht.example',
      hearing: false,
      carriedSections,
      createdAt: instant,
      retainUntil: '2035-01-01',
    });
    await tx.insert(assessments).values({
      id: assessmentId,
      organisationId: insurer.organisation.id,
      roundId,
      stateChangedAt: instant,
      deadlineAt: deadline,
      reference: `TR-2027-${assessmentId.slice(0, 8)}`,
      createdAt: instant,
    });
  });
  return { ...insurer, assessmentId, roundId };
}
