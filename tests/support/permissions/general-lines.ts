import { randomUUID } from 'node:crypto';
import { listAssessments } from '#services/assessments/list-assessments.ts';
import { checkMayImport } from '#services/frameworks/check-may-import.ts';
import { getFramework } from '#services/frameworks/get-framework.ts';
import { importFramework } from '#services/frameworks/import-framework.ts';
import { listFrameworks } from '#services/frameworks/list-frameworks.ts';
import { previewFramework } from '#services/frameworks/preview-framework.ts';
import { inviteColleague } from '#services/invitations/invite-colleague.ts';
import { invitePerson } from '#services/invitations/invite-person.ts';
import { revokeInvitation } from '#services/invitations/revoke-invitation.ts';
import { endMembership } from '#services/members/end-membership.ts';
import { getColleague } from '#services/members/get-colleague.ts';
import { getTeam } from '#services/members/get-team.ts';
import { grantsOf, saveMembership } from '#services/members/save-membership.ts';
import { openRelease } from '#services/open-data/open-release.ts';
import { withdrawRelease } from '#services/open-data/withdraw-release.ts';
import { getOrganisation } from '#services/organisations/get-organisation.ts';
import { listOrganisations } from '#services/organisations/list-organisations.ts';
import { saveOrganisation } from '#services/organisations/save-organisation.ts';
import { listDashboards } from '#services/publications/list-dashboards.ts';
import { getRoundOutcomes } from '#services/releases/get-round-outcomes.ts';
import { makeRelease } from '#services/releases/make-release.ts';
import { declareConflict } from '#services/reviews/declare-conflict.ts';
import { getCalibration } from '#services/reviews/get-calibration.ts';
import { getOutsideResults } from '#services/reviews/get-outside-results.ts';
import { getOutsideTemplate } from '#services/reviews/get-outside-template.ts';
import { importOutsideResults } from '#services/reviews/import-outside-results.ts';
import { listQueue, listQueueInput } from '#services/reviews/list-queue.ts';
import { previewOutsideResults } from '#services/reviews/preview-outside-results.ts';
import { addParticipant } from '#services/rounds/add-participant.ts';
import { getNewRound } from '#services/rounds/get-new-round.ts';
import { getRound } from '#services/rounds/get-round.ts';
import { listRounds } from '#services/rounds/list-rounds.ts';
import { openRound } from '#services/rounds/open-round.ts';
import { saveRound, saveRoundInput } from '#services/rounds/save-round.ts';
import { getSectorFile } from '#services/sector/get-sector-file.ts';
import { getSectorReport } from '#services/sector/get-sector-report.ts';
import { listStandardReasons } from '#services/standard-reasons/list-standard-reasons.ts';
import { removeStandardReason } from '#services/standard-reasons/remove-standard-reason.ts';
import { saveStandardReason } from '#services/standard-reasons/save-standard-reason.ts';
import { normSource } from '../frameworks.ts';
import { framework } from '../insurer-work.ts';
import {
  type Ask,
  administers,
  anyLead,
  coordinates,
  type GeneralLine,
  ownNames,
  supervisor,
  withAdministrator,
} from './line.ts';

const keepsReasons = supervisor.filter((who) => !who.startsWith('auditor'));
/** Who of the supervisor reads what is said of the sector of a round: a conflict with one insurer does not matter. */
const inTheSector = supervisor.filter((who) => who !== 'reviewerElsewhere');

/** Verbs that are about no single assessment. */
export const generalLines: readonly GeneralLine[] = [
  { verb: listAssessments, may: ownNames, call: (ctx) => listAssessments(ctx) },
  { verb: listDashboards, may: [...ownNames, ...supervisor], call: (ctx) => listDashboards(ctx, {}) },
  {
    verb: listStandardReasons,
    may: keepsReasons,
    call: (ctx) => listStandardReasons(ctx, { frameworkRef: framework }),
  },
  {
    verb: saveStandardReason,
    may: keepsReasons,
    call: (ctx) =>
      saveStandardReason(ctx, {
        id: randomUUID(),
        frameworkRef: framework,
        criterionKey: null,
        ground: null,
        text: 'Niet gezien.',
      }),
  },
  {
    verb: removeStandardReason,
    may: keepsReasons,
    // No reason of that key: who may, is told so.
    call: (ctx) => removeStandardReason(ctx, { reasonId: randomUUID() }),
  },
  { verb: listQueue, may: supervisor, call: (ctx) => listQueue(ctx, listQueueInput.parse({})) },
  {
    verb: listFrameworks,
    may: [...ownNames, ...withAdministrator],
    call: (ctx) => listFrameworks(ctx, {}),
  },
  {
    verb: getFramework,
    may: [...ownNames, ...withAdministrator],
    call: (ctx) => getFramework(ctx, { ref: framework }),
  },
  { verb: listRounds, may: withAdministrator, call: (ctx) => listRounds(ctx, {}) },
  {
    verb: getRound,
    may: withAdministrator,
    call: (ctx, ask) => getRound(ctx, { roundId: ask.case.roundId }),
  },
  {
    verb: getCalibration,
    may: supervisor.filter((who) => who !== 'reviewerElsewhere'),
    call: (ctx, ask) => getCalibration(ctx, { roundId: ask.case.roundId }),
  },
  {
    verb: getRoundOutcomes,
    may: anyLead,
    call: (ctx, ask) => getRoundOutcomes(ctx, { roundId: ask.case.roundId }),
  },
  {
    verb: makeRelease,
    may: anyLead,
    call: (ctx, ask) => makeRelease(ctx, { id: randomUUID(), roundId: ask.case.roundId }),
  },
  {
    verb: getSectorReport,
    may: inTheSector,
    call: (ctx, ask) => getSectorReport(ctx, { roundId: ask.case.roundId }),
  },
  {
    verb: getSectorFile,
    may: inTheSector,
    call: (ctx, ask) =>
      getSectorFile(ctx, { roundId: ask.case.roundId, release: 1, file: 'figures.xlsx', locale: 'nl' }),
  },
  {
    verb: openRelease,
    may: anyLead,
    call: (ctx, ask) => openRelease(ctx, { releaseId: ask.case.releaseId }),
  },
  {
    verb: withdrawRelease,
    may: anyLead,
    call: (ctx, ask) => withdrawRelease(ctx, { releaseId: ask.case.releaseId, reason: 'Een fout.' }),
  },
  {
    verb: importOutsideResults,
    may: anyLead,
    call: (ctx, ask) => importOutsideResults(ctx, outsideTable(ask)),
  },
  {
    verb: previewOutsideResults,
    may: anyLead,
    call: (ctx, ask) => previewOutsideResults(ctx, outsideTable(ask)),
  },
  {
    verb: getOutsideResults,
    may: anyLead,
    call: (ctx, ask) => getOutsideResults(ctx, { roundId: ask.case.roundId }),
  },
  {
    verb: getOutsideTemplate,
    may: anyLead,
    call: (ctx, ask) => getOutsideTemplate(ctx, { roundId: ask.case.roundId }),
  },
  {
    verb: declareConflict,
    may: supervisor,
    call: (ctx, ask) => declareConflict(ctx, { organisationId: ask.case.insurer.organisation.id }),
  },
  administers(getNewRound, (ctx) => getNewRound(ctx, {})),
  administers(listOrganisations, (ctx) => listOrganisations(ctx, { search: '' })),
  administers(getOrganisation, (ctx, ask) =>
    getOrganisation(ctx, { organisationId: ask.case.insurer.organisation.id }),
  ),
  administers(saveOrganisation, (ctx) =>
    saveOrganisation(ctx, { organisationId: randomUUID(), name: 'Nieuw', number: randomUUID().slice(0, 8) }),
  ),
  administers(invitePerson, (ctx, ask) =>
    invitePerson(ctx, {
      invitationId: randomUUID(),
      organisationId: ask.case.insurer.organisation.id,
      name: 'Nieuw',
      email: `${randomUUID()}@nieuw.example`,
      roles: ['coordinator'],
    }),
  ),
  { verb: getTeam, may: ownNames, call: (ctx) => getTeam(ctx, {}) },
  {
    ...coordinates(getColleague, (ctx, ask) =>
      getColleague(ctx, { membershipId: ask.case.insurer.people.reader.membershipId }),
    ),
    ofOneInsurer: true,
  },
  {
    ...coordinates(saveMembership, (ctx, ask) => {
      const { membershipId, roles, sectionKeys } = ask.case.insurer.people.reader;
      const seen = grantsOf({ roles: [...roles], sectionKeys: sectionKeys && [...sectionKeys] });
      return saveMembership(ctx, { membershipId, seen, roles: ['contributor'], limit: 'all', sectionKeys: [] });
    }),
    ofOneInsurer: true,
  },
  coordinates(inviteColleague, (ctx) =>
    inviteColleague(ctx, {
      invitationId: randomUUID(),
      name: 'Nieuw',
      email: `${randomUUID()}@nieuw.example`,
      roles: ['contributor'],
      limit: 'some',
      sectionKeys: ['II'],
    }),
  ),
  {
    verb: revokeInvitation,
    may: ['coordinator', 'administrator'],
    ofOneInsurer: true,
    call: (ctx, ask) => revokeInvitation(ctx, { invitationId: ask.case.invitationId }),
  },
  {
    verb: endMembership,
    may: ['coordinator', 'administrator'],
    ofOneInsurer: true,
    call: (ctx, ask) => endMembership(ctx, { membershipId: ask.case.insurer.people.reader.membershipId }),
  },
  administers(saveRound, (ctx) => saveRound(ctx, newRound())),
  administers(openRound, (ctx, ask) =>
    openRound(ctx, { roundId: ask.case.roundId, organisationIds: [ask.case.insurer.organisation.id] }),
  ),
  administers(addParticipant, (ctx, ask) =>
    addParticipant(ctx, {
      roundId: ask.case.roundId,
      organisationId: ask.case.insurer.organisation.id,
      deadlineOn: null,
    }),
  ),
  administers(checkMayImport, (ctx) => checkMayImport(ctx, {})),
  administers(importFramework, (ctx) => importFramework(ctx, { document: normSource })),
  administers(previewFramework, (ctx) => previewFramework(ctx, { document: normSource })),
];

function outsideTable({ case: { roundId, insurer } }: Ask) {
  const line = `${insurer.organisation.number};V.2.a;voldoet;2026-11-01;Bureau`;
  return { roundId, table: `Nummer;Criterium;Uitkomst;Meetdatum;Bron\n${line}`, plan: '' };
}

function newRound() {
  return saveRoundInput.parse({
    roundId: randomUUID(),
    frameworkRef: framework,
    name: `Ronde ${randomUUID().slice(0, 8)}`,
    productScope: 'Motor',
    periodFrom: '2025-01-01',
    periodTo: '2025-12-31',
    opensOn: '2026-11-22',
    deadlineOn: '2027-01-31',
    decisionsDueOn: '2027-04-30',
    contactMailbox: 'post@toezicht.example',
    retainUntil: '2034-01-01',
  });
}
