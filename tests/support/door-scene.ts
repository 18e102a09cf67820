import { randomBytes, randomUUID } from 'node:crypto';
import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { claimDraws } from '#db/schema/claim-files.ts';
import { evidence, evidenceLinks, uploads } from '#db/schema/evidence.ts';
import { draftOutcomes } from '#db/schema/hearing.ts';
import { invitations, memberships, organisations, users } from '#db/schema/identity.ts';
import { publications, releases } from '#db/schema/publications.ts';
import { informationRequests, supplements } from '#db/schema/requests.ts';
import { workingNotes } from '#db/schema/reviews.ts';
import { delegations } from '#db/schema/teamwork.ts';
import { drawFromClaims } from '#services/claims/draw-from-claims.ts';
import { giveClaims } from '#services/claims/give-claims.ts';
import { saveNote } from '#services/notes/save-note.ts';
import { demoPerson } from './demo.ts';
import { as } from './insurer-work.ts';

/** The ids behind the doors, in the demo: of one insurer whose assessment is in review. */
export type Scene = Awaited<ReturnType<typeof readScene>>;

export async function readScene(db: Database) {
  const own = await as(db, 'trede_supervisor', async (tx) => {
    const [row] = await tx
      .select({
        assessmentId: assessments.id,
        organisationId: assessments.organisationId,
        roundId: assessments.roundId,
        submissionId: submissions.id,
      })
      .from(assessments)
      .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
      .innerJoin(submissions, eq(submissions.assessmentId, assessments.id))
      .where(and(eq(organisations.name, 'Waterkant Schade'), eq(assessments.state, 'in_review')));
    if (!row) throw new Error('the demo has no assessment in review');
    const [publication] = await tx
      .select({ publicationId: publications.id })
      .from(publications)
      .where(eq(publications.organisationId, row.organisationId))
      .orderBy(desc(publications.edition))
      .limit(1);
    const [release] = await tx.select({ releaseId: releases.id, releasedRoundId: releases.roundId }).from(releases);
    if (!publication || !release) throw new Error('the demo has no publication or no release');
    return { ...row, ...publication, ...release };
  });
  const pieces = await as(db, 'trede_insurer', own.organisationId, (tx) =>
    tx
      .select({ evidenceId: evidence.id, linkId: evidenceLinks.id })
      .from(evidence)
      .innerJoin(evidenceLinks, eq(evidenceLinks.evidenceId, evidence.id))
      .where(and(eq(evidence.assessmentId, own.assessmentId), eq(evidence.kind, 'file'), isNull(evidence.removedAt)))
      .limit(1),
  );
  const usedInvitationId = randomUUID();
  await as(db, 'trede_administrator', (tx) =>
    tx.insert(invitations).values({
      id: usedInvitationId,
      tokenHash: randomBytes(32),
      organisationId: own.organisationId,
      email: 'was@waterkant.example',
      name: 'Was',
      roles: ['reader'],
      invitedAt: new Date(),
      expiresAt: new Date(),
      usedAt: new Date(),
    }),
  );
  const [team, uploadId, strangerId] = [await plantTeam(db, own), await plantUpload(db, own), await plantInsurer(db)];
  const [piece] = pieces;
  const noteId = randomUUID();
  const coordinator = await demoPerson(db, 'coordinator@waterkant.example');
  await saveNote(
    { actor: coordinator, db, now: new Date() },
    { assessmentId: own.assessmentId, criterionKey: criterion, noteId, text: 'Voor wie aanklopt.', mentions: [] },
  );
  if (!piece) throw new Error('the demo lacks a file');
  const newerId = await plantNewer(db, own, piece.evidenceId, coordinator.userId);
  const requestId = await plantRequest(db, own);
  const draftOutcomeId = await plantDraftOutcome(db, own);
  const workingNoteId = await plantWorkingNote(db, own);
  const files = await plantClaims(db, own.assessmentId);
  return {
    ...own,
    ...piece,
    ...team,
    newerId,
    strangerId,
    uploadId,
    noteId,
    workingNoteId,
    requestId,
    draftOutcomeId,
    usedInvitationId,
    ...files,
  };
}

/** A note of a reviewer who is not asked to take it away: nobody else can. */
async function plantWorkingNote(db: Database, of: { assessmentId: string; organisationId: string }): Promise<string> {
  const id = randomUUID();
  const { userId } = await demoPerson(db, 'reviewer2@toezicht.example');
  await as(db, 'trede_supervisor', (tx) =>
    tx.insert(workingNotes).values({
      id,
      assessmentId: of.assessmentId,
      organisationId: of.organisationId,
      criterionKey: criterion,
      text: 'Van een ander.',
      writtenAt: new Date(),
      writtenBy: userId,
    }),
  );
  return id;
}

/** A list of one claim, drawn: nothing more can be given or drawn. */
async function plantClaims(db: Database, assessmentId: string) {
  const [reviewer, coordinator] = await Promise.all([
    demoPerson(db, 'reviewer@toezicht.example'),
    demoPerson(db, 'coordinator@waterkant.example'),
  ]);
  const [drawn] = await as(db, 'trede_supervisor', (tx) =>
    tx
      .select({ listId: claimDraws.listId, drawId: claimDraws.id })
      .from(claimDraws)
      .where(eq(claimDraws.assessmentId, assessmentId)),
  );
  if (drawn) return drawn;
  const [listId, drawId] = [randomUUID(), randomUUID()];
  const now = new Date();
  const of = { assessmentId, stratum: '' as const, perStratum: 1 };
  await giveClaims(
    { actor: coordinator, db, now },
    { id: listId, assessmentId, fileName: 'een.csv', content: oneClaim },
  );
  await drawFromClaims({ actor: reviewer, db, now }, { ...of, id: drawId, listId });
  return { listId, drawId };
}

const oneClaim = 'nummer;datum;product;uitkomst\n1;1-3-2018;auto;betaald';

/** A question that was answered: nothing can be changed about it any more. */
async function plantRequest(db: Database, of: { assessmentId: string; organisationId: string }): Promise<string> {
  const id = randomUUID();
  const at = new Date();
  const [reviewer, coordinator] = await Promise.all([
    demoPerson(db, 'reviewer@toezicht.example'),
    demoPerson(db, 'coordinator@waterkant.example'),
  ]);
  await as(db, 'trede_supervisor', (tx) =>
    tx.insert(informationRequests).values({
      ...of,
      id,
      criterionKey: criterion,
      question: 'Waar staat dit?',
      termAt: new Date(at.getTime() + 86_400_000),
      sentAt: at,
      sentBy: reviewer.userId,
    }),
  );
  const by = coordinator.userId;
  await as(db, 'trede_insurer', of.organisationId, (tx) =>
    tx.insert(supplements).values({
      assessmentId: of.assessmentId,
      organisationId: of.organisationId,
      requestId: id,
      text: 'Op bladzijde 4.',
      version: 1,
      savedAt: at,
      savedBy: by,
      sentAt: at,
      sentBy: by,
    }),
  );
  return id;
}

/** A version of the draft outcome, sent before the review was opened again; its words are those that another insurer got. */
function plantDraftOutcome(db: Database, of: { assessmentId: string; organisationId: string }): Promise<string> {
  return as(db, 'trede_supervisor', async (tx) => {
    const [planted] = await tx.select().from(draftOutcomes).where(eq(draftOutcomes.assessmentId, of.assessmentId));
    if (planted) return planted.id;
    const [sent] = await tx.select().from(draftOutcomes).limit(1);
    if (!sent) throw new Error('the demo has no assessment in a hearing');
    const { assessmentId, organisationId } = of;
    const id = randomUUID();
    await tx.insert(draftOutcomes).values({ ...sent, id, assessmentId, organisationId, version: 1, silentAt: null });
    return id;
  });
}

/** A file on its way that its coordinator began before the assessment was handed in. */
async function plantUpload(db: Database, of: { assessmentId: string; organisationId: string }): Promise<string> {
  const id = randomUUID();
  await as(db, 'trede_insurer', of.organisationId, async (tx) => {
    const [coordinator] = await tx.select().from(users).where(eq(users.email, 'coordinator@waterkant.example'));
    await tx.insert(uploads).values({
      id,
      assessmentId: of.assessmentId,
      organisationId: of.organisationId,
      fileName: 'notitie.txt',
      sizeBytes: 12,
      criterionKey: 'I.2.a',
      startedAt: new Date(),
      startedBy: coordinator?.id ?? '',
      expiresAt: new Date(Date.now() + 3_600_000),
    });
  });
  return id;
}

/** An insurer in no round: somebody who declares an interest in it loses nothing. */
async function plantInsurer(db: Database) {
  const id = randomUUID();
  const row = { id, kind: 'insurer' as const, name: 'Nergens Bij', number: id, createdAt: new Date() };
  await as(db, 'trede_administrator', (tx) => tx.insert(organisations).values(row));
  return id;
}

/** A newer version of a piece. */
async function plantNewer(
  db: Database,
  { assessmentId, organisationId }: { assessmentId: string; organisationId: string },
  replacesId: string,
  addedBy: string,
) {
  return as(db, 'trede_insurer', organisationId, async (tx) => {
    const [before] = await tx.select({ id: evidence.id }).from(evidence).where(eq(evidence.replacesId, replacesId));
    if (before) return before.id;
    const id = randomUUID();
    await tx.insert(evidence).values({
      id,
      assessmentId,
      organisationId,
      kind: 'web_address',
      title: 'Nieuwer',
      webAddress: 'https://nieuwer.example/',
      seenOn: '2026-11-01',
      scanResult: 'clean',
      addedAt: new Date(),
      addedBy,
      replacesId,
    });
    return id;
  });
}

/** Of the insurer: its coordinator, a membership that ended, and a section that is asked of nobody any more. */
async function plantTeam(
  db: Database,
  { assessmentId, organisationId }: { assessmentId: string; organisationId: string },
) {
  const delegationId = randomUUID();
  const endedMembershipId = randomUUID();
  const { coordinator, other } = await as(db, 'trede_administrator', async (tx) => {
    const people = await tx
      .select({ membershipId: memberships.id, userId: users.id, email: users.email })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(inArray(users.email, ['coordinator@waterkant.example', 'reader@duinrand.example']));
    const [coordinator, other] = ['waterkant', 'duinrand'].map((name) =>
      people.find(({ email }) => email.endsWith(`@${name}.example`)),
    );
    if (!coordinator || !other) throw new Error('the demo lacks a coordinator or a reader');
    return { coordinator, other };
  });
  const at = new Date();
  await as(db, 'trede_system', (tx) =>
    tx.insert(memberships).values({
      id: endedMembershipId,
      userId: other.userId,
      organisationId,
      roles: ['reader'],
      createdAt: at,
      endedAt: at,
    }),
  );
  await as(db, 'trede_insurer', organisationId, (tx) =>
    tx.insert(delegations).values({
      id: delegationId,
      assessmentId,
      organisationId,
      sectionKey: 'I',
      membershipId: coordinator.membershipId,
      dueOn: '2026-12-01',
      askedAt: at,
      askedBy: coordinator.userId,
      endedAt: at,
      endedBy: coordinator.userId,
    }),
  );
  return { delegationId, endedMembershipId, coordinatorMembershipId: coordinator.membershipId };
}

type Request = { path: string; form?: undefined } | { form: Record<string, string>; path?: undefined };

const criterion = 'I.2.a';
const stale = { id: randomUUID(), version: '99' };

/**
 * How each door is knocked on. A form is one that is refused for what it says once who asks is let in (a state, a version,
 * a reason left open), so that the demo stays as it is.
 */
export const knocks: Readonly<Record<string, (scene: Scene) => Request>> = {
  'app/(insurer)/assessments/page.tsx': () => ({ path: '/assessments' }),
  'app/(insurer)/assessments/[assessmentId]/page.tsx': ofAssessment(''),
  'app/(insurer)/assessments/[assessmentId]/intake/page.tsx': ofAssessment('/intake'),
  'app/(insurer)/assessments/[assessmentId]/outline/page.tsx': ofAssessment('/outline'),
  'app/api/assessments/[assessmentId]/events/route.ts#GET': ofAssessment(
    `/events?presenceId=${randomUUID()}&readAt=2026-11-22T10:00:00.000Z`,
    '/api',
  ),
  'app/(insurer)/assessments/[assessmentId]/check/page.tsx': ofAssessment('/check'),
  'app/(insurer)/assessments/[assessmentId]/evidence/page.tsx': ofAssessment('/evidence'),
  'app/(insurer)/assessments/[assessmentId]/evidence/[evidenceId]/page.tsx': ({ assessmentId, evidenceId }) => ({
    path: `/assessments/${assessmentId}/evidence/${evidenceId}`,
  }),
  'app/(insurer)/assessments/[assessmentId]/receipt/page.tsx': ofAssessment('/receipt'),
  'app/(insurer)/assessments/[assessmentId]/submitted/page.tsx': ofAssessment('/submitted'),
  'app/(insurer)/assessments/[assessmentId]/draft-outcome/page.tsx': ({ assessmentId }) => ({
    path: `/assessments/${assessmentId}/draft-outcome`,
  }),
  'app/(insurer)/assessments/[assessmentId]/draft-outcome/actions.ts#saveStatementAction': ({ assessmentId }) => ({
    form: { assessmentId, sectionKey: 'I', version: '99', agrees: 'yes', text: '' },
  }),
  // Another version than the one that is out.
  'app/(insurer)/assessments/[assessmentId]/draft-outcome/actions.ts#respondOutcomeAction': ({ assessmentId }) => ({
    form: { assessmentId, draftOutcomeId: randomUUID() },
  }),
  'app/(insurer)/assessments/[assessmentId]/criteria/[criterionKey]/page.tsx': ofAssessment(`/criteria/${criterion}`),
  'app/(insurer)/assessments/[assessmentId]/criteria/[criterionKey]/history/page.tsx': ofAssessment(
    `/criteria/${criterion}/history`,
  ),
  'app/(insurer)/assessments/[assessmentId]/activity/page.tsx': ofAssessment('/activity'),
  'app/(insurer)/assessments/[assessmentId]/last-round/[sectionKey]/page.tsx': ofAssessment('/last-round/I'),
  'app/(insurer)/assessments/[assessmentId]/trial/page.tsx': ofAssessment('/trial'),
  'app/(insurer)/assessments/[assessmentId]/last-round/actions.ts#takeOverAnswerAction': about({
    criterionKey: criterion,
    version: '9',
  }),
  'app/(insurer)/assessments/[assessmentId]/last-round/actions.ts#takeOverSectionAction': about({ sectionKey: 'I' }),
  'app/(insurer)/assessments/actions.ts#saveIntakeAction': ({ assessmentId }) => ({
    form: { assessmentId, 'fact.authorisedAgents': 'true', 'version.authorisedAgents': '9' },
  }),
  'app/(insurer)/assessments/actions.ts#submitAssessmentAction': ({ assessmentId }) => ({
    form: { assessmentId, submissionId: randomUUID(), signatoryName: 'A', signatoryFunction: 'B' },
  }),
  'app/(insurer)/assessments/actions.ts#withdrawAssessmentAction': ({ assessmentId, submissionId }) => ({
    form: { assessmentId, submissionId },
  }),
  'app/(insurer)/assessments/actions.ts#askExtensionAction': about({ id: randomUUID() }),
  'app/(insurer)/assessments/[assessmentId]/criteria/actions.ts#saveAnswerAction': ({ assessmentId }) => ({
    form: { assessmentId, criterionKey: criterion, version: '9', response: 'not_met', explanation: 'Anders.' },
  }),
  'app/(insurer)/assessments/[assessmentId]/criteria/actions.ts#restoreAnswerAction': ({ assessmentId }) => ({
    form: { assessmentId, criterionKey: criterion, version: '9', response: 'not_met', explanation: 'Anders.' },
  }),
  'app/(insurer)/assessments/[assessmentId]/claims/page.tsx': ({ assessmentId }) => ({
    path: `/assessments/${assessmentId}/claims`,
  }),
  'app/(insurer)/assessments/[assessmentId]/claims/actions.ts#giveClaimsAction': ({ assessmentId }) => ({
    form: { assessmentId, id: randomUUID(), fileName: 'een.csv', content: btoa(oneClaim), intent: 'give' },
  }),
  'app/(insurer)/assessments/[assessmentId]/requests/[requestId]/page.tsx': ({ assessmentId, requestId }) => ({
    path: `/assessments/${assessmentId}/requests/${requestId}`,
  }),
  'app/(insurer)/assessments/[assessmentId]/requests/actions.ts#saveSupplementAction': ({
    assessmentId,
    requestId,
  }) => ({ form: { assessmentId, requestId, version: '1', text: 'Anders.' } }),
  // Another version than the one that was sent: answered already, nothing is sent again.
  'app/(insurer)/assessments/[assessmentId]/requests/actions.ts#answerRequestAction': ({
    assessmentId,
    requestId,
  }) => ({ form: { assessmentId, requestId, version: '1', text: 'Anders.' } }),
  // Names somebody who is no colleague of anyone.
  'app/(insurer)/assessments/[assessmentId]/notes/actions.ts#saveNoteAction': ({ assessmentId }) => ({
    form: { assessmentId, criterionKey: criterion, noteId: randomUUID(), text: 'Kijk.', 'mentions[]': randomUUID() },
  }),
  'app/(insurer)/assessments/[assessmentId]/notes/actions.ts#resolveNoteAction': ({ assessmentId, noteId }) => ({
    form: { assessmentId, noteId, to: 'open' },
  }),
  'app/(insurer)/assessments/[assessmentId]/notes/actions.ts#seeMentionsAction': ({ assessmentId }) => ({
    form: { assessmentId, 'noteIds[]': randomUUID() },
  }),
  'app/(insurer)/assessments/[assessmentId]/evidence/actions.ts#addWebAddressAction': ({ assessmentId }) => ({
    form: {
      assessmentId,
      criterionKey: criterion,
      evidenceId: randomUUID(),
      title: 'Pagina',
      webAddress: 'https://voorbeeld.example',
      seenOn: '2026-01-01',
    },
  }),
  'app/(insurer)/assessments/[assessmentId]/evidence/actions.ts#changeLocatorAction': ({ assessmentId, linkId }) => ({
    form: { assessmentId, linkId, locator: 'p. 99' },
  }),
  'app/(insurer)/assessments/[assessmentId]/evidence/actions.ts#linkEvidenceAction': ({
    assessmentId,
    evidenceId,
  }) => ({
    form: { assessmentId, evidenceId, criterionKey: criterion, linkId: randomUUID() },
  }),
  'app/(insurer)/assessments/[assessmentId]/evidence/actions.ts#removeEvidenceAction': ({
    assessmentId,
    evidenceId,
  }) => ({
    form: { assessmentId, evidenceId },
  }),
  'app/(insurer)/assessments/[assessmentId]/evidence/actions.ts#encloseEvidenceAction': ({
    assessmentId,
    requestId,
    evidenceId,
  }) => ({ form: { assessmentId, requestId, evidenceId } }),
  'app/(insurer)/assessments/[assessmentId]/evidence/actions.ts#removeEnclosureAction': ({
    assessmentId,
    requestId,
    evidenceId,
  }) => ({ form: { assessmentId, requestId, evidenceId } }),
  'app/(insurer)/assessments/[assessmentId]/evidence/actions.ts#removeEvidenceLinkAction': ({
    assessmentId,
    linkId,
  }) => ({
    form: { assessmentId, linkId },
  }),
  'app/(insurer)/assessments/[assessmentId]/delegations/page.tsx': ofAssessment('/delegations'),
  'app/(insurer)/assessments/[assessmentId]/delegations/actions.ts#assignSectionAction': ({
    assessmentId,
    coordinatorMembershipId,
  }) => ({
    form: {
      delegationId: randomUUID(),
      assessmentId,
      sectionKey: 'I',
      membershipId: coordinatorMembershipId,
      dueOn: '2026-12-01',
    },
  }),
  'app/(insurer)/assessments/[assessmentId]/delegations/actions.ts#unassignSectionAction': ({
    assessmentId,
    delegationId,
  }) => ({ form: { assessmentId, delegationId } }),
  'app/(auth)/account/page.tsx': () => ({ path: '/account' }),
  'app/(auth)/account/actions.ts#changePasswordAction': () => ({
    form: { currentPassword: 'niet dit wachtwoord', newPassword: 'te kort' },
  }),
  'app/(auth)/account/actions.ts#endOtherSessionsAction': () => ({ form: { others: 'all' } }),
  'app/(insurer)/team/page.tsx': () => ({ path: '/team' }),
  'app/(insurer)/team/[membershipId]/page.tsx': ({ coordinatorMembershipId }) => ({
    path: `/team/${coordinatorMembershipId}`,
  }),
  'app/(insurer)/team/actions.ts#inviteColleagueAction': () => ({
    form: { invitationId: randomUUID(), name: 'Nieuw', email: 'nieuw@nieuw.example' },
  }),
  'app/(insurer)/team/actions.ts#saveMembershipAction': ({ coordinatorMembershipId }) => ({
    form: { membershipId: coordinatorMembershipId, seen: 'anders', 'roles[]': 'reader' },
  }),
  'app/(insurer)/team/actions.ts#endColleagueMembershipAction': ({ endedMembershipId }) => ({
    form: { membershipId: endedMembershipId },
  }),
  'app/(insurer)/team/actions.ts#revokeColleagueInvitationAction': ({ usedInvitationId }) => ({
    form: { invitationId: usedInvitationId },
  }),
  'app/(insurer)/assessments/[assessmentId]/evidence/actions.ts#saveEvidenceAction': ({
    assessmentId,
    evidenceId,
  }) => ({
    form: { assessmentId, evidenceId, title: 'Anders', wasTitle: 'Iets' },
  }),
  'app/(insurer)/assessments/[assessmentId]/evidence/actions.ts#saveEvidenceLinksAction': ({
    assessmentId,
    evidenceId,
  }) => ({
    form: {
      assessmentId,
      evidenceId,
      formKey: randomUUID(),
      'criterionKeys[]': criterion,
      [`locator.${criterion}`]: '',
    },
  }),
  'app/(insurer)/assessments/[assessmentId]/evidence/actions.ts#moveEvidenceLinksAction': ({
    assessmentId,
    newerId,
    linkId,
  }) => ({
    form: { assessmentId, evidenceId: newerId, 'linkIds[]': linkId, [`locator.${linkId}`]: '' },
  }),
  'app/(insurer)/assessments/[assessmentId]/evidence/actions.ts#removePieceAction': ({ assessmentId, evidenceId }) => ({
    form: { assessmentId, evidenceId },
  }),
  'app/api/evidence/[evidenceId]/route.ts#GET': ({ evidenceId }) => ({ path: `/api/evidence/${evidenceId}` }),
  'app/api/submissions/[submissionId]/route.ts#GET': ({ submissionId }) => ({
    path: `/api/submissions/${submissionId}`,
  }),
  'app/api/submissions/[submissionId]/receipt/route.ts#GET': ({ submissionId }) => ({
    path: `/api/submissions/${submissionId}/receipt`,
  }),
  'app/(dashboard)/dashboards/page.tsx': () => ({ path: '/dashboards' }),
  'app/(dashboard)/dashboards/[publicationId]/page.tsx': ({ publicationId }) => ({
    path: `/dashboards/${publicationId}`,
  }),
  'app/api/publications/[publicationId]/[file]/route.ts#GET': ({ publicationId }) => ({
    path: `/api/publications/${publicationId}/board.pdf`,
  }),
  'app/api/publications/[publicationId]/dossier/route.ts#GET': ({ publicationId }) => ({
    path: `/api/publications/${publicationId}/dossier`,
  }),
  'app/(supervisor)/reviews/page.tsx': () => ({ path: '/reviews' }),
  'app/(supervisor)/reviews/[assessmentId]/page.tsx': ofReview(''),
  'app/(supervisor)/reviews/[assessmentId]/intake/page.tsx': ofReview('/intake'),
  'app/(supervisor)/reviews/[assessmentId]/undisputed/page.tsx': ofReview('/undisputed'),
  'app/(supervisor)/reviews/reasons/[ref]/page.tsx': () => ({
    path: '/reviews/reasons/afm-claimafhandeling%402016-2017',
  }),
  'app/(supervisor)/reviews/desk-actions.ts#saveStandardReasonAction': () => ({
    form: {
      id: randomUUID(),
      frameworkRef: 'afm-claimafhandeling@2016-2017',
      criterionKey: 'X.9.z',
      text: 'Een reden.',
    },
  }),
  'app/(supervisor)/reviews/desk-actions.ts#removeStandardReasonAction': () => ({ form: { reasonId: randomUUID() } }),
  'app/(supervisor)/reviews/desk-actions.ts#saveWorkingNoteAction': about({
    id: randomUUID(),
    criterionKey: criterion,
    text: 'Nabellen over blz. 4.',
  }),
  'app/(supervisor)/reviews/desk-actions.ts#removeWorkingNoteAction': ({ assessmentId, workingNoteId }) => ({
    form: { assessmentId, noteId: workingNoteId },
  }),
  'app/(supervisor)/reviews/desk-actions.ts#undoUndisputedAction': about({ confirmedAt: '2026-01-01T00:00:00.000Z' }),
  'app/(supervisor)/reviews/[assessmentId]/sections/[sectionKey]/page.tsx': ofReview('/sections/I'),
  'app/(supervisor)/reviews/[assessmentId]/sections/[sectionKey]/determination/page.tsx':
    ofReview('/sections/I/determination'),
  'app/(supervisor)/reviews/[assessmentId]/draft-outcome/page.tsx': ({ assessmentId }) => ({
    path: `/reviews/${assessmentId}/draft-outcome?version=1`,
  }),
  'app/(supervisor)/reviews/[assessmentId]/outcome/page.tsx': ofReview('/outcome'),
  'app/(supervisor)/reviews/hearing-actions.ts#sendDraftOutcomeAction': about({ id: randomUUID() }),
  'app/(supervisor)/reviews/hearing-actions.ts#reopenReviewAction': about(),
  'app/(supervisor)/reviews/hearing-actions.ts#answerObjectionAction': ({ assessmentId, draftOutcomeId }) => ({
    form: { assessmentId, draftOutcomeId, sectionKey: 'I', version: '0', text: ' ' },
  }),
  'app/(supervisor)/reviews/actions.ts#startReviewAction': about(),
  'app/(supervisor)/reviews/actions.ts#decideCriterionAction': about({
    ...stale,
    criterionKey: criterion,
    response: 'partly',
  }),
  'app/(supervisor)/reviews/actions.ts#decideIntakeAction': about({
    ...stale,
    intakeKey: 'ownLossAdjusters',
    value: 'no',
  }),
  'app/(supervisor)/reviews/actions.ts#confirmUndisputedAction': about({ 'lines[]': `I.9.z~${randomUUID()}` }),
  'app/(supervisor)/reviews/actions.ts#determineSectionAction': about({
    ...stale,
    sectionKey: 'I',
    computedLevel: '3',
    level: '3',
  }),
  'app/(supervisor)/reviews/actions.ts#proposeOutcomeAction': about(),
  'app/(supervisor)/reviews/actions.ts#returnAssessmentAction': about({ id: randomUUID(), term: 'days', days: '14' }),
  'app/(supervisor)/reviews/actions.ts#declareConflictAction': ({ strangerId }) => ({
    form: { organisationId: strangerId },
  }),
  'app/(supervisor)/reviews/[assessmentId]/claims/page.tsx': ({ assessmentId }) => ({
    path: `/reviews/${assessmentId}/claims`,
  }),
  'app/(supervisor)/reviews/claim-actions.ts#drawFromClaimsAction': ({ assessmentId, listId }) => ({
    form: { assessmentId, id: randomUUID(), listId, stratum: '', perStratum: '1' },
  }),
  'app/(supervisor)/reviews/claim-actions.ts#recordFindingAction': ({ assessmentId, drawId }) => ({
    form: { assessmentId, drawId, line: '2', criterionKey: 'I.3.c', version: '0', finding: 'conform', remark: '' },
  }),
  'app/(supervisor)/reviews/request-actions.ts#sendRequestsAction': about({
    'id[]': randomUUID(),
    'criterionKey[]': criterion,
    'question[]': '',
    term: 'days',
    days: '14',
  }),
  'app/(supervisor)/reviews/request-actions.ts#withdrawRequestAction': ({ assessmentId, requestId }) => ({
    form: { assessmentId, requestId },
  }),
  'app/(supervisor)/reviews/decision-actions.ts#approveOutcomeAction': about(),
  'app/(supervisor)/reviews/decision-actions.ts#assignReviewerAction': ({ assessmentId }) => ({
    form: { 'assessmentIds[]': assessmentId, userId: randomUUID() },
  }),
  'app/(supervisor)/reviews/decision-actions.ts#closeAssessmentAction': about({ reasonKind: 'other' }),
  'app/(supervisor)/reviews/decision-actions.ts#correctPublicationAction': about(),
  'app/(supervisor)/reviews/decision-actions.ts#extendTermAction': about({ lastDay: '2034-01-01' }),
  'app/(supervisor)/reviews/decision-actions.ts#refuseExtensionAction': about({ requestId: randomUUID() }),
  'app/(supervisor)/reviews/decision-actions.ts#publishAssessmentAction': about(),
  'app/(supervisor)/reviews/decision-actions.ts#reopenAssessmentAction': about(),
  'app/(supervisor)/reviews/decision-actions.ts#revokeApprovalAction': about(),
  'app/(supervisor)/reviews/decision-actions.ts#sendBackOutcomeAction': about(),
  'app/(supervisor)/reviews/decision-actions.ts#unassignReviewerAction': about({ userId: randomUUID() }),
  'app/(supervisor)/rounds/[roundId]/outcomes/page.tsx': ({ roundId }) => ({ path: `/rounds/${roundId}/outcomes` }),
  'app/(supervisor)/rounds/[roundId]/outside-results/page.tsx': ({ roundId }) => ({
    path: `/rounds/${roundId}/outside-results`,
  }),
  'app/(supervisor)/rounds/[roundId]/outside-results/actions.ts#outsideResultsAction': ({ roundId }) => ({
    form: { roundId, table: 'Nummer\n1', intent: 'import' },
  }),
  'app/api/rounds/[roundId]/outside-results/route.ts#GET': ({ roundId }) => ({
    path: `/api/rounds/${roundId}/outside-results`,
  }),
  'app/(supervisor)/rounds/[roundId]/outcomes/actions.ts#publishFromRoundAction': about(),
  // A day that is over.
  'app/(supervisor)/rounds/[roundId]/outcomes/actions.ts#planPublicationsAction': ({ assessmentId, roundId }) => ({
    form: {
      roundId,
      which: 'chosen',
      'assessmentIds[]': assessmentId,
      when: 'moment',
      day: '2020-01-01',
      time: '09:00',
    },
  }),
  'app/(supervisor)/rounds/[roundId]/outcomes/actions.ts#unplanPublicationAction': about(),
  'app/(supervisor)/rounds/[roundId]/outcomes/actions.ts#makeReleaseAction': ({ releaseId, releasedRoundId }) => ({
    form: { id: releaseId, roundId: releasedRoundId },
  }),
  'app/(supervisor)/rounds/[roundId]/sector/page.tsx': ({ releasedRoundId }) => ({
    path: `/rounds/${releasedRoundId}/sector`,
  }),
  'app/api/rounds/[roundId]/sector/[release]/[file]/route.ts#GET': ({ releasedRoundId }) => ({
    path: `/api/rounds/${releasedRoundId}/sector/1/figures.xlsx`,
  }),
  // Open already: nothing changes.
  'app/(supervisor)/rounds/[roundId]/sector/actions.ts#openReleaseAction': ({ releaseId, releasedRoundId }) => ({
    form: { releaseId, roundId: releasedRoundId, release: '1' },
  }),
  // Without its reason.
  'app/(supervisor)/rounds/[roundId]/sector/actions.ts#withdrawReleaseAction': ({ releaseId, releasedRoundId }) => ({
    form: { releaseId, roundId: releasedRoundId, release: '1', reason: '' },
  }),
  'app/(supervisor)/organisations/actions.ts#revokeInvitationAction': ({ usedInvitationId }) => ({
    form: { invitationId: usedInvitationId },
  }),
  'app/(supervisor)/frameworks/page.tsx': () => ({ path: '/frameworks' }),
  'app/(supervisor)/frameworks/[ref]/page.tsx': () => ({ path: '/frameworks/afm-claimafhandeling%402016-2017' }),
  'app/(supervisor)/frameworks/import/page.tsx': () => ({ path: '/frameworks/import' }),
  'app/(supervisor)/frameworks/actions.ts#frameworkAction': () => ({ form: { document: 'no: framework' } }),
  'app/(supervisor)/rounds/page.tsx': () => ({ path: '/rounds' }),
  'app/(supervisor)/rounds/new/page.tsx': () => ({ path: '/rounds/new' }),
  'app/(supervisor)/rounds/[roundId]/calibration/page.tsx': ({ roundId }) => ({
    path: `/rounds/${roundId}/calibration`,
  }),
  'app/(supervisor)/rounds/[roundId]/page.tsx': ({ roundId }) => ({ path: `/rounds/${roundId}` }),
  'app/(supervisor)/rounds/actions.ts#saveRoundAction': ({ roundId }) => ({
    form: {
      roundId,
      frameworkRef: 'afm-claimafhandeling@2016-2017',
      name: 'Anders',
      productScope: 'Motor',
      periodFrom: '2025-01-01',
      periodTo: '2024-01-01',
      opensOn: '2026-01-01',
      deadlineOn: '2026-01-02',
      decisionsDueOn: '2026-01-03',
      contactMailbox: 'post@toezicht.example',
      retainUntil: '2034-01-01',
    },
  }),
  'app/(supervisor)/rounds/actions.ts#openRoundAction': ({ roundId }) => ({ form: { roundId } }),
  'app/(supervisor)/rounds/actions.ts#addParticipantAction': ({ roundId, organisationId }) => ({
    form: { roundId, organisationId },
  }),
  'app/(supervisor)/organisations/page.tsx': () => ({ path: '/organisations' }),
  'app/(supervisor)/organisations/[organisationId]/page.tsx': ({ organisationId }) => ({
    path: `/organisations/${organisationId}`,
  }),
  'app/(supervisor)/organisations/actions.ts#saveOrganisationAction': ({ organisationId }) => ({
    form: { organisationId, name: 'Waterkant Schade', number: 'V-1001' },
  }),
  'app/(supervisor)/organisations/actions.ts#addOrganisationAction': () => ({
    form: { organisationId: randomUUID(), name: 'Nieuw', number: 'V-1001' },
  }),
  'app/(supervisor)/organisations/actions.ts#invitePersonAction': ({ organisationId }) => ({
    form: { invitationId: randomUUID(), organisationId, name: 'Nieuw', email: 'nieuw@nieuw.example' },
  }),
  'app/(supervisor)/organisations/actions.ts#endMembershipAction': ({ endedMembershipId }) => ({
    form: { membershipId: endedMembershipId },
  }),
};

function ofAssessment(rest: string, before = '') {
  return ({ assessmentId }: Scene): Request => ({ path: `${before}/assessments/${assessmentId}${rest}` });
}

function ofReview(rest: string) {
  return ({ assessmentId }: Scene): Request => ({ path: `/reviews/${assessmentId}${rest}` });
}

function about(form: Record<string, string> = {}) {
  return ({ assessmentId }: Scene): Request => ({ form: { assessmentId, ...form } });
}
