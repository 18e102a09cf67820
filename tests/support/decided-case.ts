import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { assignments, determinations, transitions, verdicts } from '#db/schema/reviews.ts';
import { frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import { makeOrganisation, makePerson, type Organisation, type Person } from '#db/seed/builders.ts';
import type { Response } from '#domain/answers.ts';
import type { Level } from '#domain/framework.ts';
import type { Role } from '#domain/policy.ts';
import type { SubmissionSnapshot } from '#domain/snapshot.ts';
import { inTransaction } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { computeReview } from '#services/reviews/compute-review.ts';
import { readReviewFacts } from '#services/reviews/review-facts.ts';
import { submissionRow } from './submission-row.ts';

export const frameworkRef = 'afm-claimafhandeling@2016-2017';

export type Staff = Record<'reviewer' | 'otherReviewer' | 'lead' | 'otherLead' | 'administrator' | 'auditor', Person>;
export type Supervisor = { organisation: Organisation; staff: Staff };
export type RoundSettings = Partial<typeof rounds.$inferInsert>;

/** One insurer's case in a round, as far as a test wants it. */
export type DecidedCase = { assessmentId: string; organisation: Organisation; signatory: Person; reference: string };

const staffRoles: Record<keyof Staff, readonly Role[]> = {
  reviewer: ['reviewer'],
  otherReviewer: ['reviewer'],
  lead: ['lead'],
  otherLead: ['reviewer', 'lead'],
  administrator: ['administrator'],
  auditor: ['auditor'],
};

/** A supervisor with one person in each role. */
export async function makeSupervisor(db: Database, now: Date): Promise<Supervisor> {
  const number = `T-${randomUUID().slice(0, 8)}`;
  const organisation = await makeOrganisation(db, { kind: 'supervisor', name: 'Toezicht', number, at: now });
  const people = await Promise.all(
    Object.entries(staffRoles).map(async ([login, roles]) => {
      const email = `${login}-${number}@toezicht.example`;
      return [
        login,
        await makePerson(db, { organisation, email, name: login, roles, passwordHash: '-', at: now }),
      ] as const;
    }),
  );
  return { organisation, staff: Object.fromEntries(people) as Staff };
}

/** An open round without hearing; `reviewer` and `otherLead` take part in it. */
export async function makeReviewRound(db: Database, supervisor: Supervisor, now: Date, settings: RoundSettings = {}) {
  const round: typeof rounds.$inferInsert = {
    id: randomUUID(),
    frameworkRef,
    name: `Ronde ${randomUUID().slice(0, 8)}`,
    productScope: 'Motorverzekering',
    periodFrom: '2025-10-01',
    periodTo: '2026-09-30',
    opensAt: now,
    deadlineAt: new Date(now.getTime() + 14 * 86_400_000),
    decisionsDueAt: new Date(now.getTime() + 90 * 86_400_000),
    contactMailbox: 'post@toezicht.example',
    hearing: false,
    openedAt: now,
    createdAt: now,
    retainUntil: '2036-01-01',
    ...settings,
  };
  const { administrator, reviewer, otherLead } = supervisor.staff;
  await inTransaction({ actor: administrator, db, now }, async (tx) => {
    await tx.insert(rounds).values(round);
    await tx
      .insert(roundReviewers)
      .values([reviewer, otherLead].map(({ userId }) => ({ roundId: round.id, userId, admittedAt: now })));
  });
  return round;
}

type CaseOptions = {
  supervisor: Supervisor;
  round: typeof rounds.$inferInsert;
  now: Date;
  state?: 'draft' | 'submitted' | 'in_review' | 'proposed' | 'decided';
  organisation?: Organisation;
  intake?: Record<string, boolean>;
  /** Responses that are not "met". */
  answers?: Record<string, Response>;
  /** Verdicts that override; every other criterion is confirmed. */
  overrides?: Record<string, Response>;
  /** Determined levels that differ from the computed ones. */
  levels?: Record<string, Level>;
  judgedBy?: Person;
};

/** A case brought to a state by writing its rows, so that a test of one verb does not rest on all verbs before it. */
export async function makeDecidedCase(db: Database, options: CaseOptions): Promise<DecidedCase> {
  const { supervisor, round, now, state = 'decided' } = options;
  const number = `V-${randomUUID().slice(0, 8)}`;
  const organisation =
    options.organisation ??
    (await makeOrganisation(db, { kind: 'insurer', name: `Verzekeraar ${number}`, number, at: now }));
  const signatory = await makePerson(db, {
    organisation,
    email: `signatory-${randomUUID()}@insurer.example`,
    name: 'Ondertekenaar',
    roles: ['signatory'],
    passwordHash: '-',
    at: now,
  });
  const assessmentId = randomUUID();
  const reference = `TR-${assessmentId.slice(0, 8)}`;
  const made = { assessmentId, organisation, signatory, reference };
  await inTransaction({ actor: supervisor.staff.administrator, db, now }, (tx) =>
    tx.insert(assessments).values({
      id: assessmentId,
      organisationId: organisation.id,
      roundId: round.id,
      stateChangedAt: now,
      deadlineAt: round.deadlineAt,
      reference,
      createdAt: now,
    }),
  );
  if (state === 'draft') return made;
  await submit(db, made, options);
  if (state === 'submitted') return made;
  await judge(db, made, options);
  return made;
}

async function submit(db: Database, { assessmentId, organisation, signatory, reference }: DecidedCase, o: CaseOptions) {
  const { round, now } = o;
  await inTransaction({ actor: signatory, db, now }, async (tx) => {
    const [version] = await tx.select().from(frameworkVersions).where(eq(frameworkVersions.ref, frameworkRef));
    if (!version) throw new Error('no framework');
    const framework = await compiledFramework(tx, version);
    const intake = { ownLossAdjusters: true, externalLossAdjusters: true, authorisedAgents: true, ...o.intake };
    const asked = framework.criteria.filter(({ appliesWhen }) => appliesWhen.every((key) => Reflect.get(intake, key)));
    const answers = Object.fromEntries(
      asked.map(({ key }) => [
        key,
        { response: o.answers?.[key] ?? ('met' as const), explanation: `Toelichting bij ${key}`, version: 1 },
      ]),
    );
    const { name, productScope, periodFrom, periodTo } = round;
    const snapshot: SubmissionSnapshot = {
      schema: 'trede-submission-1',
      reference,
      number: 1,
      organisation: { name: organisation.name, number: organisation.number },
      round: { name, productScope, periodFrom, periodTo },
      framework: { ref: frameworkRef, sha256: Buffer.from(version.sha256).toString('hex') },
      intake,
      answers,
      outside: {},
      evidence: [],
      evidenceLinks: [],
      declaration: 'Ik verklaar',
      signatory: { name: 'Ondertekenaar', function: 'Bestuurder' },
      signedAt: now.toISOString(),
      auditHead: null,
    };
    const of = { assessmentId, organisationId: organisation.id };
    await tx.insert(submissions).values(submissionRow(of, framework, snapshot, signatory));
    await tx.update(assessments).set({ state: 'submitted' }).where(eq(assessments.id, assessmentId));
  });
}

async function judge(db: Database, { assessmentId, organisation }: DecidedCase, o: CaseOptions) {
  const { supervisor, now, state = 'decided' } = o;
  const reviewer = o.judgedBy ?? supervisor.staff.reviewer;
  const ctx = { actor: reviewer, db, now };
  const of = { assessmentId, organisationId: organisation.id };
  await inTransaction(ctx, async (tx) => {
    await tx.insert(assignments).values({
      id: randomUUID(),
      ...of,
      userId: reviewer.userId,
      assignedAt: now,
      assignedBy: supervisor.staff.lead.userId,
    });
    await tx.update(assessments).set({ state: 'in_review' }).where(eq(assessments.id, assessmentId));
  });
  if (state === 'in_review' && !o.overrides && !o.levels) return;
  await inTransaction(ctx, async (tx) => {
    const before = await readReviewFacts(tx, ctx, assessmentId);
    const framework = await compiledFramework(tx, before.framework);
    const signed = before.submission;
    if (!signed) throw new Error('no submission');
    const row = { ...of, submissionId: signed.id, version: 1, decidedAt: now, decidedBy: reviewer.userId };
    await tx.insert(verdicts).values([
      ...Object.entries(signed.snapshot.intake).map(([intakeKey, intakeValue]) => ({
        ...row,
        id: randomUUID(),
        intakeKey,
        intakeValue,
        overrides: false,
      })),
      ...Object.entries(signed.snapshot.answers).map(([criterionKey, answer]) => {
        const response = o.overrides?.[criterionKey] ?? answer.response;
        const overrides = response !== answer.response;
        const why = overrides ? { ground: 'not_demonstrated' as const, reason: `Oordeel bij ${criterionKey}` } : {};
        return { ...row, id: randomUUID(), criterionKey, response, overrides, ...why };
      }),
    ]);
    const review = computeReview(framework, await readReviewFacts(tx, ctx, assessmentId));
    await tx.insert(determinations).values(
      review.computed.sections.flatMap(({ key, low }) => {
        if (!low) return [];
        const level = o.levels?.[key] ?? low;
        const reason = level === low ? '' : `Verschil bij ${key}`;
        const made = {
          version: 1,
          computedLevel: low,
          level,
          reason,
          determinedAt: now,
          determinedBy: reviewer.userId,
        };
        return [{ id: randomUUID(), ...of, sectionKey: key, ...made }];
      }),
    );
    if (state === 'in_review') return;
    await tx.insert(transitions).values({
      id: randomUUID(),
      ...of,
      verb: 'propose',
      fromState: 'in_review',
      toState: 'proposed',
      takenAt: now,
      takenBy: reviewer.userId,
    });
    await tx
      .update(assessments)
      .set({ state, proposedBy: reviewer.userId, stateChangedAt: now })
      .where(eq(assessments.id, assessmentId));
  });
}
