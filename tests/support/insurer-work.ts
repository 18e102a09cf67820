import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { type Database, type DatabaseRole, type Transaction, takeRole } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import { notices } from '#db/schema/reviews.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { makeOrganisation, makePerson, type Organisation, type Person } from '#db/seed/builders.ts';
import type { Response } from '#domain/answers.ts';
import type { Framework } from '#domain/framework.ts';
import type { InsurerRole } from '#domain/policy.ts';
import type { State } from '#domain/workflow.ts';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { saveIntake } from '#services/assessments/save-intake.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { hashPassword } from '#services/sessions/password.ts';

export const password = 'een goed wachtwoord';
export const instant = new Date('2026-11-22T13:02:00Z');
export const deadline = new Date('2026-12-14T22:59:59Z');
export const framework = 'afm-claimafhandeling@2016-2017';
export const allFacts = { ownLossAdjusters: true, externalLossAdjusters: true, authorisedAgents: true };

export type Insurer = {
  organisation: Organisation;
  people: Record<InsurerRole, Person>;
  assessmentId: string;
  roundId: string;
};

let sharedHash: Promise<string> | undefined;

/** An insurer with one person for each role and an assessment in draft, in a round of its own. */
export async function makeInsurer(db: Database, name = `Proef ${randomUUID().slice(0, 8)}`): Promise<Insurer> {
  sharedHash ??= hashPassword(password);
  const passwordHash = await sharedHash;
  const organisation = await makeOrganisation(db, { kind: 'insurer', name, number: randomUUID(), at: instant });
  const person = (role: InsurerRole) =>
    makePerson(db, {
      organisation,
      email: `${role}@${organisation.id}.example`,
      name: `${role} ${name}`,
      roles: [role],
      passwordHash,
      at: instant,
    });
  const people = {
    reader: await person('reader'),
    contributor: await person('contributor'),
    coordinator: await person('coordinator'),
    signatory: await person('signatory'),
  };
  const roundId = randomUUID();
  const assessmentId = randomUUID();
  await as(db, 'trede_administrator', async (tx) => {
    await tx.insert(rounds).values({
      id: roundId,
      frameworkRef: framework,
      name: `2017-2018 ${roundId.slice(0, 8)}`,
      productScope: 'Motorverzekering',
      periodFrom: '2025-10-01',
      periodTo: '2026-09-30',
      opensAt: instant,
      openedAt: instant,
      deadlineAt: deadline,
      decisionsDueAt: new Date('2027-03-01T22:59:59Z'),
      contactMailbox: 'dashboard@toezicht.example',
      hearing: false,
      createdAt: instant,
      retainUntil: '2034-01-01',
    });
    await tx.insert(assessments).values({
      id: assessmentId,
      organisationId: organisation.id,
      roundId,
      stateChangedAt: instant,
      deadlineAt: deadline,
      reference: `TR-2026-${assessmentId.slice(0, 8)}`,
      createdAt: instant,
    });
  });
  return { organisation, people, assessmentId, roundId };
}

export const contextOf = (db: Database, actor: Person, now = instant) => ({ actor, db, now });

/** Answers everything that applies with `met` and an explanation, and points at evidence where the norm asks it. */
export async function answerEverything(
  db: Database,
  insurer: Insurer,
  responses: Readonly<Record<string, Response>> = {},
  facts: Readonly<Record<string, boolean>> = allFacts,
) {
  const { assessmentId, people } = insurer;
  const ctx = contextOf(db, people.coordinator);
  await saveIntake(ctx, {
    assessmentId,
    facts: Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, { value, version: 0 }])),
  });
  for (const criterion of (await frameworkOf(db)).criteria) {
    if (criterion.appliesWhen.some((fact) => facts[fact] === false)) continue;
    if (criterion.evidenceAsked) await addWebAddress(db, insurer, criterion.key);
    await saveAnswer(ctx, {
      assessmentId,
      criterionKey: criterion.key,
      version: 0,
      response: responses[criterion.key] ?? 'met',
      explanation: `Zo doen wij het bij ${criterion.key}.`,
    });
  }
}

export async function addWebAddress(
  db: Database,
  { organisation, assessmentId, people }: Insurer,
  criterionKey: string,
  scan: 'clean' | 'refused' | 'waiting' = 'clean',
  at = instant,
) {
  const id = randomUUID();
  const of = { assessmentId, organisationId: organisation.id };
  await as(db, 'trede_insurer', organisation.id, async (tx) => {
    await tx.insert(evidence).values({
      id,
      ...of,
      kind: scan === 'clean' ? 'web_address' : 'file',
      title: 'Jaarverslag klantbelang',
      aboutPeriod: '2026',
      webAddress: 'https://duinrand.example/klantbelang',
      seenOn: '2026-11-20',
      scanResult: scan,
      addedAt: at,
      addedBy: people.coordinator.userId,
    });
    await tx.insert(evidenceLinks).values({
      id: randomUUID(),
      ...of,
      evidenceId: id,
      criterionKey,
      locator: 'bladzijde 4',
      linkedAt: at,
      linkedBy: people.coordinator.userId,
    });
  });
  return id;
}

/** Puts an assessment where the supervisor's verbs would have brought it. */
export async function setState(db: Database, { assessmentId, organisation }: Insurer, state: State, reason?: string) {
  await as(db, 'trede_supervisor', async (tx) => {
    await tx.update(assessments).set({ state, stateChangedAt: instant }).where(eq(assessments.id, assessmentId));
    if (state !== 'returned' && state !== 'closed') return;
    await tx.insert(notices).values({
      id: randomUUID(),
      assessmentId,
      organisationId: organisation.id,
      kind: state,
      reason: reason ?? 'De toelichtingen gaan over een andere periode.',
      items: state === 'returned' ? [{ key: 'I.4.c', text: 'Voeg bewijs van contactmomenten toe.' }] : [],
      termAt: state === 'returned' ? deadline : null,
      sentAt: instant,
    });
  });
}

export async function setDeadline(db: Database, { assessmentId }: Insurer, deadlineAt: Date) {
  await as(db, 'trede_supervisor', (tx) =>
    tx.update(assessments).set({ deadlineAt }).where(eq(assessments.id, assessmentId)),
  );
}

export async function frameworkOf(db: Database): Promise<Framework> {
  return as(db, 'trede_supervisor', async (tx) => {
    const [version] = await tx.select().from(frameworkVersions).where(eq(frameworkVersions.ref, framework));
    if (!version) throw new Error('the framework that ships is not there');
    return compiledFramework(tx, version);
  });
}

type Work<T> = (tx: Transaction) => Promise<T>;

/** A transaction in a database role, for what no verb of these tests can bring about. */
export function as<T>(db: Database, role: DatabaseRole, work: Work<T>): Promise<T>;
export function as<T>(db: Database, role: DatabaseRole, organisationId: string, work: Work<T>): Promise<T>;
export function as<T>(db: Database, role: DatabaseRole, second: string | Work<T>, third?: Work<T>): Promise<T> {
  const [organisationId, work] = typeof second === 'string' ? [second, third as Work<T>] : [null, second];
  return db.transaction(async (tx) => {
    await takeRole(tx, role, organisationId);
    return work(tx);
  });
}
