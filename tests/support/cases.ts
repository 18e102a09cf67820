import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import { releaseFigures, releases } from '#db/schema/publications.ts';
import { assignments, conflictsOfInterest } from '#db/schema/reviews.ts';
import { roundReviewers, rounds } from '#db/schema/rounds.ts';
import { makeOrganisation, makePerson, type Person } from '#db/seed/builders.ts';
import type { SupervisorRole } from '#domain/policy.ts';
import type { State } from '#domain/workflow.ts';
import { submitAssessment } from '#services/assessments/submit-assessment.ts';
import { assignSection } from '#services/delegations/assign-section.ts';
import { sendDraftOutcome } from '#services/hearing/send-draft-outcome.ts';
import { invitePerson } from '#services/invitations/invite-person.ts';
import { saveNote } from '#services/notes/save-note.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { sendRequests } from '#services/requests/send-requests.ts';
import { approveOutcome } from '#services/reviews/approve-outcome.ts';
import { closeAssessment } from '#services/reviews/close-assessment.ts';
import { confirmUndisputed } from '#services/reviews/confirm-undisputed.ts';
import { decideCriterion } from '#services/reviews/decide-criterion.ts';
import { decideIntake } from '#services/reviews/decide-intake.ts';
import { determineSection } from '#services/reviews/determine-section.ts';
import { proposeOutcome } from '#services/reviews/propose-outcome.ts';
import { returnAssessment } from '#services/reviews/return-assessment.ts';
import { startReview } from '#services/reviews/start-review.ts';
import { hashPassword } from '#services/sessions/password.ts';
import {
  allFacts,
  answerEverything,
  as,
  contextOf,
  frameworkOf,
  type Insurer,
  instant,
  makeInsurer,
  password,
} from './insurer-work.ts';

/**
 * The supervisor's people, by how they stand to every case: two have it assigned (`judge`, reviewer and lead at once,
 * judges and proposes where that was done), one is among the reviewers of its round, one is not; and three declared a
 * conflict with its insurer, whatever else they are.
 */
export const staffRoles = {
  reviewer: ['reviewer'],
  judge: ['reviewer', 'lead'],
  reviewerInRound: ['reviewer'],
  reviewerElsewhere: ['reviewer'],
  reviewerInConflict: ['reviewer'],
  lead: ['lead'],
  leadInConflict: ['lead'],
  administrator: ['administrator'],
  auditor: ['auditor'],
  auditorInConflict: ['auditor'],
} as const satisfies Record<string, readonly SupervisorRole[]>;
export type StaffName = keyof typeof staffRoles;
export type Staff = Record<StaffName, Person>;

/** An assessment in one state, with what verbs point at in it. */
export type Case = {
  state: State;
  insurer: Insurer;
  /** A contributor of this insurer who may fill in section II and no other. */
  limited: Person;
  assessmentId: string;
  roundId: string;
  submissionId: string;
  /** A file that the submission pins, and its link to I.5.b. */
  fileId: string;
  linkId: string;
  /** A note among colleagues at I.2.a, left before anything was signed; it names the reader. */
  noteId: string;
  /** A newer version of a piece that no submission pins, and the link of the older one to I.2.a. */
  newerId: string;
  olderLinkId: string;
  publicationId: string;
  /** A question on I.2.a that is open. */
  requestId: string;
  /** The version that was sent for the hearing. */
  draftOutcomeId: string;
  releaseId: string;
  /** An invitation of this insurer that stands. */
  invitationId: string;
  /** Section II is asked of who is limited to it. */
  delegationId: string;
  /** The version of each verdict and determination: 0 where nothing was judged. */
  judged: 0 | 1;
};

/** What that note says. */
export const noteText = 'Alleen voor collega’s: klopt dit wel?';

export async function makeStaff(db: Database): Promise<Staff> {
  const organisation = await makeOrganisation(db, {
    kind: 'supervisor',
    name: 'Toezichthouder',
    number: randomUUID(),
    at: instant,
  });
  const passwordHash = await hashPassword(password);
  const people: Partial<Staff> = {};
  for (const [name, roles] of Object.entries(staffRoles)) {
    const email = `${name}@${organisation.id}.example`.toLowerCase();
    people[name as StaffName] = await makePerson(db, { organisation, email, name, roles, passwordHash, at: instant });
  }
  return people as Staff;
}

/** Brings an assessment of an insurer of its own to a state, by the verbs that people use where there is one. */
export async function makeCase(db: Database, staff: Staff, state: State): Promise<Case> {
  const insurer = await makeInsurer(db);
  const { assessmentId, roundId, organisation } = insurer;
  await standToIt(db, staff, insurer);
  const limited = await makePerson(db, {
    organisation,
    email: `limited@${organisation.id}.example`,
    name: 'limited',
    roles: ['contributor'],
    sectionKeys: ['II'],
    passwordHash: 'none',
    at: instant,
  });
  await answerEverything(db, insurer);
  const file = await addFile(db, insurer);
  const noteId = randomUUID();
  await saveNote(contextOf(db, insurer.people.contributor), {
    assessmentId,
    criterionKey: 'I.2.a',
    noteId,
    text: noteText,
    mentions: [insurer.people.reader.userId],
  });
  const invitationId = randomUUID();
  await invitePerson(contextOf(db, staff.administrator), {
    invitationId,
    organisationId: organisation.id,
    name: 'Nieuw',
    email: `nieuw@${organisation.id}.example`,
    roles: ['coordinator'],
  });
  const delegationId = randomUUID();
  await assignSection(contextOf(db, insurer.people.coordinator), {
    delegationId,
    assessmentId,
    sectionKey: 'II',
    membershipId: limited.membershipId,
    dueOn: '2026-11-30',
    seenId: '',
  });
  const made = {
    state,
    delegationId,
    insurer,
    limited,
    assessmentId,
    roundId,
    submissionId: randomUUID(),
    publicationId: randomUUID(),
    draftOutcomeId: randomUUID(),
    requestId: randomUUID(),
    releaseId: await plantRelease(db, roundId, staff.lead),
  };
  await bringTo(db, staff, made);
  const judged = ['hearing', 'proposed', 'decided', 'published'].includes(state) ? 1 : 0;
  return { ...made, ...file, ...(await addVersions(db, insurer)), noteId, invitationId, judged };
}

/** A release that nobody stands behind, with one mean: there is something to open. */
async function plantRelease(db: Database, roundId: string, { userId }: Person): Promise<string> {
  const releaseId = randomUUID();
  await as(db, 'trede_supervisor', async (tx) => {
    await tx.insert(releases).values({ id: releaseId, roundId, number: 1, madeAt: instant, madeBy: userId });
    await tx
      .insert(releaseFigures)
      .values({ releaseId, sectionKey: 'I', meanNumerator: 3, meanDenominator: 1, insurers: 5 });
  });
  return releaseId;
}

type Begun = Omit<Case, 'fileId' | 'linkId' | 'newerId' | 'olderLinkId' | 'noteId' | 'invitationId' | 'judged'>;

async function bringTo(db: Database, staff: Staff, made: Begun) {
  const { state, insurer, assessmentId, submissionId } = made;
  const of = { assessmentId };
  const by = (person: Person) => contextOf(db, person);
  if (state === 'draft') return;
  await submitAssessment(by(insurer.people.signatory), {
    ...of,
    submissionId,
    signatoryName: 'Anna de Vries',
    signatoryFunction: 'Bestuurder',
    declared: true,
    password,
  });
  if (state === 'submitted') return;
  await startReview(by(staff.judge), of);
  if (state === 'in_review') {
    const question = { id: [made.requestId], criterionKey: ['I.2.a'], question: ['Waar staat dit?'] };
    await sendRequests(by(staff.judge), { ...of, ...question, term: 'days', days: 14 });
    return;
  }
  const reason = 'De toelichtingen gaan over een andere periode.';
  if (state === 'closed') return closeAssessment(by(staff.lead), { ...of, reasonKind: 'other', reason });
  if (state === 'returned') {
    const terms = { itemKey: [], itemText: [], term: 'days' as const, days: 14 };
    return returnAssessment(by(staff.judge), { ...of, id: randomUUID(), reason, ...terms });
  }
  await judgeEverything(db, staff, assessmentId);
  if (state === 'hearing') {
    await as(db, 'trede_administrator', (tx) =>
      tx.update(rounds).set({ hearing: true }).where(eq(rounds.id, made.roundId)),
    );
    return sendDraftOutcome(by(staff.judge), { ...of, id: made.draftOutcomeId });
  }
  await proposeOutcome(by(staff.judge), of);
  if (state === 'proposed') return;
  await approveOutcome(by(staff.lead), { ...of, approved: [] });
  if (state === 'decided') return;
  made.publicationId = (await publishAssessment(by(staff.lead), of)).publicationId;
}

async function judgeEverything(db: Database, staff: Staff, assessmentId: string) {
  const ctx = contextOf(db, staff.judge);
  const framework = await frameworkOf(db);
  const word = { assessmentId, version: 0, reason: '' };
  for (const intakeKey of Object.keys(allFacts)) {
    await decideIntake(ctx, { ...word, id: randomUUID(), intakeKey, value: true, ground: null });
  }
  // What is judged from claim files, of which none was drawn, is confirmed one by one.
  const { apart = [], together = [] } = Object.groupBy(framework.criteria, ({ claimFiles }) =>
    claimFiles ? 'apart' : 'together',
  );
  const lines = together.map(({ key }) => ({ criterionKey: key, id: randomUUID() }));
  await confirmUndisputed(ctx, { assessmentId, lines });
  for (const { key } of apart) {
    await decideCriterion(ctx, { ...word, id: randomUUID(), criterionKey: key, response: 'met', ground: null });
  }
  for (const { key } of framework.sections) {
    await determineSection(ctx, { ...word, id: randomUUID(), sectionKey: key, computedLevel: 5, level: 5 });
  }
}

/** Who is among the reviewers of the round, has the case, or declared a conflict with its insurer. */
async function standToIt(db: Database, staff: Staff, { roundId, assessmentId, organisation }: Insurer) {
  const admitted = [staff.reviewer, staff.judge, staff.reviewerInRound, staff.reviewerInConflict];
  await as(db, 'trede_administrator', (tx) =>
    tx.insert(roundReviewers).values(admitted.map(({ userId }) => ({ roundId, userId, admittedAt: instant }))),
  );
  const conflicted = [staff.reviewerInConflict, staff.leadInConflict, staff.auditorInConflict];
  await as(db, 'trede_supervisor', async (tx) => {
    await tx
      .insert(conflictsOfInterest)
      .values(conflicted.map(({ userId }) => ({ userId, organisationId: organisation.id, declaredAt: instant })));
    await tx.insert(assignments).values(
      // One of them still has the case, as if the conflict had not ended it.
      [staff.reviewer, staff.judge, staff.reviewerInConflict].map(({ userId }) => ({
        id: randomUUID(),
        assessmentId,
        organisationId: organisation.id,
        userId,
        assignedAt: instant,
        assignedBy: staff.lead.userId,
      })),
    );
  });
}

async function addFile(db: Database, insurer: Insurer) {
  const [fileId, linkId] = [randomUUID(), randomUUID()];
  await insertFile(db, insurer, { id: fileId, links: [{ id: linkId, criterionKey: 'I.5.b' }] });
  return { fileId, linkId };
}

async function addVersions(db: Database, insurer: Insurer) {
  const [olderId, olderLinkId, newerId] = [randomUUID(), randomUUID(), randomUUID()];
  await insertFile(db, insurer, { id: olderId, links: [{ id: olderLinkId, criterionKey: 'I.2.a' }] });
  await insertFile(db, insurer, { id: newerId, replacesId: olderId, links: [] });
  return { newerId, olderLinkId };
}

type MadeFile = { id: string; replacesId?: string; links: readonly { id: string; criterionKey: string }[] };

async function insertFile(
  db: Database,
  { assessmentId, organisation, people }: Insurer,
  { id, replacesId, links }: MadeFile,
) {
  const of = { assessmentId, organisationId: organisation.id };
  await as(db, 'trede_insurer', organisation.id, async (tx) => {
    await tx.insert(evidence).values({
      id,
      ...of,
      replacesId,
      kind: 'file',
      title: 'Werkinstructie',
      fileName: 'werkinstructie.pdf',
      mediaType: 'application/pdf',
      sizeBytes: 4,
      sha256: new Uint8Array(32),
      storageKey: id,
      scanResult: 'clean',
      addedAt: instant,
      addedBy: people.coordinator.userId,
    });
    for (const link of links) {
      await tx.insert(evidenceLinks).values({
        ...of,
        ...link,
        evidenceId: id,
        linkedAt: instant,
        linkedBy: people.coordinator.userId,
      });
    }
  });
}

/** The state of an assessment now. */
export async function stateOf(db: Database, assessmentId: string): Promise<State | undefined> {
  const [row] = await as(db, 'trede_supervisor', (tx) =>
    tx.select({ state: assessments.state }).from(assessments).where(eq(assessments.id, assessmentId)),
  );
  return row?.state;
}
