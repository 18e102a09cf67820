import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { assignments } from '#db/schema/reviews.ts';
import { frameworkVersions, roundReviewers, rounds } from '#db/schema/rounds.ts';
import { makeOrganisation, makePerson, type Organisation, type Person } from '#db/seed/builders.ts';
import type { Response } from '#domain/answers.ts';
import type { Framework } from '#domain/framework.ts';
import { scoreAssessment } from '#domain/scoring.ts';
import type { OutsideResult, SubmissionSnapshot } from '#domain/snapshot.ts';
import type { State } from '#domain/workflow.ts';
import { type Context, inTransaction, platformContext } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import type { TestDatabase } from './database.ts';
import { submissionRow } from './submission-row.ts';

export const reviewNow = new Date('2026-11-22T10:00:00Z');

/** The supervisor's people, and a round of theirs on the framework that ships. */
export type Staff = {
  organisation: Organisation;
  reviewer: Person;
  colleague: Person;
  /** Admitted to no round. */
  outsider: Person;
  lead: Person;
  auditor: Person;
  administrator: Person;
  roundId: string;
  framework: Framework;
  as: (person: Person, now?: Date) => Context;
  work: <T>(person: Person, work: (tx: Transaction) => Promise<T>) => Promise<T>;
};

let made = 0;

/** Makes people and a round of their own; `hearing` is off as in the rounds that run now. */
export async function makeStaff(
  database: Pick<TestDatabase, 'db'>,
  { hearing = false }: { hearing?: boolean } = {},
): Promise<Staff> {
  const { db } = database;
  const mark = `s${++made}`;
  const at = reviewNow;
  const organisation = await makeOrganisation(db, { kind: 'supervisor', name: 'Toezicht', number: `T-${mark}`, at });
  const person = (login: string, roles: Person['roles'], minutes: number) =>
    makePerson(db, {
      organisation,
      email: `${login}@${mark}.example`,
      name: login,
      roles,
      passwordHash: 'none',
      at: new Date(at.getTime() + minutes * 60_000),
    });
  const reviewer = await person('reviewer', ['reviewer'], 1);
  const colleague = await person('colleague', ['reviewer'], 2);
  const outsider = await person('outsider', ['reviewer'], 3);
  const lead = await person('lead', ['lead'], 4);
  const auditor = await person('auditor', ['auditor'], 5);
  const administrator = await person('administrator', ['administrator'], 6);
  const as = (actor: Person, now = at): Context => ({ actor, db, now });
  const work = <T>(actor: Person, doing: (tx: Transaction) => Promise<T>) => inTransaction(as(actor), doing);
  const roundId = randomUUID();
  const framework = await inTransaction(platformContext(db), async (tx) => {
    const [version] = await tx.select().from(frameworkVersions).limit(1);
    if (!version) throw new Error('no framework was imported');
    await tx.insert(rounds).values({
      id: roundId,
      frameworkRef: version.ref,
      name: `2026-2027 ${mark}`,
      productScope: 'motorverzekering',
      periodFrom: '2026-01-01',
      periodTo: '2026-12-31',
      opensAt: new Date('2026-09-01T08:00:00Z'),
      deadlineAt: new Date('2026-11-13T22:59:59Z'),
      decisionsDueAt: new Date('2027-03-01T22:59:59Z'),
      contactMailbox: 'ronde@toezicht.example',
      hearing,
      openedAt: new Date('2026-09-01T08:00:00Z'),
      createdAt: at,
      retainUntil: '2034-01-01',
    });
    for (const { userId } of [reviewer, colleague]) {
      await tx.insert(roundReviewers).values({ roundId, userId, admittedAt: at });
    }
    return compiledFramework(tx, version);
  });
  return { organisation, reviewer, colleague, outsider, lead, auditor, administrator, roundId, framework, as, work };
}

export type Answers = Readonly<Record<string, { response: Response | null; explanation?: string }>>;

/** What the insurer signs, as far as a test cares. */
export type Signing = {
  intake?: Readonly<Record<string, boolean>>;
  /** Over "Ja" everywhere; null leaves it out. */
  answers?: Readonly<Record<string, Answers[string] | null>>;
  evidenceLinks?: SubmissionSnapshot['evidenceLinks'];
  evidence?: SubmissionSnapshot['evidence'];
  outside?: Readonly<Record<string, OutsideResult>>;
};

export type ReviewCase = {
  assessmentId: string;
  insurer: Organisation;
  signatory: Person;
  /** Signs once more: the next number. */
  submit: (signing?: Signing, at?: Date) => Promise<string>;
  setState: (state: State) => Promise<void>;
};

/** An assessment that was signed, and is in review by `staff.reviewer` unless said otherwise. */
export async function makeReviewCase(
  database: Pick<TestDatabase, 'db'>,
  staff: Staff,
  options: Signing & { name?: string; state?: State; assignedTo?: Person | null; signed?: boolean } = {},
): Promise<ReviewCase> {
  const { db } = database;
  const number = ++made;
  const at = reviewNow;
  const name = options.name ?? `Verzekeraar ${number}`;
  const insurer = await makeOrganisation(db, { kind: 'insurer', name, number: `V-${number}`, at });
  const signatory = await makePerson(db, {
    organisation: insurer,
    email: `signatory@v${number}.example`,
    name: 'Ondertekenaar',
    roles: ['signatory', 'coordinator'],
    passwordHash: 'none',
    at,
  });
  const assessmentId = randomUUID();
  await staff.work(staff.administrator, (tx) =>
    tx.insert(assessments).values({
      id: assessmentId,
      organisationId: insurer.id,
      roundId: staff.roundId,
      stateChangedAt: at,
      deadlineAt: new Date('2026-11-13T22:59:59Z'),
      reference: `TR-TEST-${number}`,
      createdAt: at,
    }),
  );
  let signings = 0;
  const submit = async (signing: Signing = {}, signedAt = at) => {
    const snapshot = snapshotOf(staff, insurer, ++signings, signing, signedAt);
    const row = submissionRow({ assessmentId, organisationId: insurer.id }, staff.framework, snapshot, signatory);
    await staff.work(signatory, (tx) => tx.insert(submissions).values(row));
    return row.id;
  };
  const setState = (state: State) =>
    staff.work(staff.lead, async (tx) => {
      await tx.update(assessments).set({ state, stateChangedAt: at }).where(eq(assessments.id, assessmentId));
    });
  if (options.signed !== false) await submit(options);
  await setState(options.state ?? 'in_review');
  const assignedTo = options.assignedTo === undefined ? staff.reviewer : options.assignedTo;
  if (assignedTo) {
    await staff.work(staff.lead, (tx) =>
      tx.insert(assignments).values({
        id: randomUUID(),
        assessmentId,
        organisationId: insurer.id,
        userId: assignedTo.userId,
        assignedAt: at,
        assignedBy: staff.lead.userId,
      }),
    );
  }
  return { assessmentId, insurer, signatory, submit, setState };
}

function snapshotOf(
  { framework }: Staff,
  insurer: Organisation,
  number: number,
  { intake = {}, answers = {}, evidence = [], evidenceLinks = [], outside = {} }: Signing,
  signedAt: Date,
): SubmissionSnapshot {
  const facts = { ...Object.fromEntries(framework.intake.map(({ key }) => [key, true])), ...intake };
  const applicable = scoreAssessment(framework, { intake: facts, answers: {} }).traces;
  const given = framework.criteria.flatMap(({ key }) => {
    const answer =
      answers[key] === undefined ? { response: 'met' as const, explanation: 'Zo doen wij het.' } : answers[key];
    if (answer === null || !applicable[key]?.applies) return [];
    return [[key, { response: answer.response, explanation: answer.explanation ?? '', version: 1 }] as const];
  });
  return {
    schema: 'trede-submission-1',
    reference: 'TR-TEST',
    number,
    organisation: { name: insurer.name, number: insurer.number },
    round: { name: '2026-2027', productScope: 'motorverzekering', periodFrom: '2026-01-01', periodTo: '2026-12-31' },
    framework: { ref: framework.ref, sha256: '' },
    intake: facts,
    answers: Object.fromEntries(given),
    outside,
    evidence,
    evidenceLinks,
    declaration: 'Ik verklaar',
    signatory: { name: 'O. Ondertekenaar', function: 'bestuurder' },
    signedAt: signedAt.toISOString(),
    auditHead: null,
  };
}
