import accessibilityEn from './messages/en/accessibility.json' with { type: 'json' };
import accountEn from './messages/en/account.json' with { type: 'json' };
import administrationEn from './messages/en/administration.json' with { type: 'json' };
import assessmentEn from './messages/en/assessment.json' with { type: 'json' };
import authEn from './messages/en/auth.json' with { type: 'json' };
import calibrationEn from './messages/en/calibration.json' with { type: 'json' };
import carriedEn from './messages/en/carried.json' with { type: 'json' };
import claimsEn from './messages/en/claims.json' with { type: 'json' };
import commonEn from './messages/en/common.json' with { type: 'json' };
import dashboardEn from './messages/en/dashboard.json' with { type: 'json' };
import decisionsEn from './messages/en/decisions.json' with { type: 'json' };
import deskEn from './messages/en/desk.json' with { type: 'json' };
import downloadsEn from './messages/en/downloads.json' with { type: 'json' };
import evidenceEn from './messages/en/evidence.json' with { type: 'json' };
import extensionEn from './messages/en/extension.json' with { type: 'json' };
import frameworkEn from './messages/en/framework.json' with { type: 'json' };
import hearingEn from './messages/en/hearing.json' with { type: 'json' };
import historyEn from './messages/en/history.json' with { type: 'json' };
import insurerEn from './messages/en/insurer.json' with { type: 'json' };
import interestEn from './messages/en/interest.json' with { type: 'json' };
import libraryEn from './messages/en/library.json' with { type: 'json' };
import liveEn from './messages/en/live.json' with { type: 'json' };
import notesEn from './messages/en/notes.json' with { type: 'json' };
import outlineEn from './messages/en/outline.json' with { type: 'json' };
import outsideEn from './messages/en/outside.json' with { type: 'json' };
import previousEn from './messages/en/previous.json' with { type: 'json' };
import publishingEn from './messages/en/publishing.json' with { type: 'json' };
import receiptEn from './messages/en/receipt.json' with { type: 'json' };
import requestsEn from './messages/en/requests.json' with { type: 'json' };
import reviewEn from './messages/en/review.json' with { type: 'json' };
import sectorEn from './messages/en/sector.json' with { type: 'json' };
import teamEn from './messages/en/team.json' with { type: 'json' };
import trialEn from './messages/en/trial.json' with { type: 'json' };
import uploadEn from './messages/en/upload.json' with { type: 'json' };
import accessibilityNl from './messages/nl/accessibility.json' with { type: 'json' };
import accountNl from './messages/nl/account.json' with { type: 'json' };
import administrationNl from './messages/nl/administration.json' with { type: 'json' };
import assessmentNl from './messages/nl/assessment.json' with { type: 'json' };
import authNl from './messages/nl/auth.json' with { type: 'json' };
import calibrationNl from './messages/nl/calibration.json' with { type: 'json' };
import carriedNl from './messages/nl/carried.json' with { type: 'json' };
import claimsNl from './messages/nl/claims.json' with { type: 'json' };
import commonNl from './messages/nl/common.json' with { type: 'json' };
import dashboardNl from './messages/nl/dashboard.json' with { type: 'json' };
import decisionsNl from './messages/nl/decisions.json' with { type: 'json' };
import deskNl from './messages/nl/desk.json' with { type: 'json' };
import downloadsNl from './messages/nl/downloads.json' with { type: 'json' };
import evidenceNl from './messages/nl/evidence.json' with { type: 'json' };
import extensionNl from './messages/nl/extension.json' with { type: 'json' };
import frameworkNl from './messages/nl/framework.json' with { type: 'json' };
import hearingNl from './messages/nl/hearing.json' with { type: 'json' };
import historyNl from './messages/nl/history.json' with { type: 'json' };
import insurerNl from './messages/nl/insurer.json' with { type: 'json' };
import interestNl from './messages/nl/interest.json' with { type: 'json' };
import libraryNl from './messages/nl/library.json' with { type: 'json' };
import liveNl from './messages/nl/live.json' with { type: 'json' };
import notesNl from './messages/nl/notes.json' with { type: 'json' };
import outlineNl from './messages/nl/outline.json' with { type: 'json' };
import outsideNl from './messages/nl/outside.json' with { type: 'json' };
import previousNl from './messages/nl/previous.json' with { type: 'json' };
import publishingNl from './messages/nl/publishing.json' with { type: 'json' };
import receiptNl from './messages/nl/receipt.json' with { type: 'json' };
import requestsNl from './messages/nl/requests.json' with { type: 'json' };
import reviewNl from './messages/nl/review.json' with { type: 'json' };
import sectorNl from './messages/nl/sector.json' with { type: 'json' };
import teamNl from './messages/nl/team.json' with { type: 'json' };
import trialNl from './messages/nl/trial.json' with { type: 'json' };
import uploadNl from './messages/nl/upload.json' with { type: 'json' };

/** Every text on screen, a file for each part of the house. Dutch is the shape; English that lacks one does not compile. */
const nl = {
  accessibility: accessibilityNl,
  account: accountNl,
  administration: administrationNl,
  assessment: assessmentNl,
  auth: authNl,
  calibration: calibrationNl,
  carried: carriedNl,
  claims: claimsNl,
  common: commonNl,
  dashboard: dashboardNl,
  decisions: decisionsNl,
  desk: deskNl,
  downloads: downloadsNl,
  evidence: evidenceNl,
  extension: extensionNl,
  framework: frameworkNl,
  hearing: hearingNl,
  history: historyNl,
  insurer: insurerNl,
  interest: interestNl,
  library: libraryNl,
  live: liveNl,
  notes: notesNl,
  outline: outlineNl,
  outside: outsideNl,
  previous: previousNl,
  publishing: publishingNl,
  receipt: receiptNl,
  requests: requestsNl,
  review: reviewNl,
  sector: sectorNl,
  team: teamNl,
  trial: trialNl,
  upload: uploadNl,
};
const en: Messages = {
  accessibility: accessibilityEn,
  account: accountEn,
  administration: administrationEn,
  assessment: assessmentEn,
  auth: authEn,
  calibration: calibrationEn,
  carried: carriedEn,
  claims: claimsEn,
  common: commonEn,
  dashboard: dashboardEn,
  decisions: decisionsEn,
  desk: deskEn,
  downloads: downloadsEn,
  evidence: evidenceEn,
  extension: extensionEn,
  framework: frameworkEn,
  hearing: hearingEn,
  history: historyEn,
  insurer: insurerEn,
  interest: interestEn,
  library: libraryEn,
  live: liveEn,
  notes: notesEn,
  outline: outlineEn,
  outside: outsideEn,
  previous: previousEn,
  publishing: publishingEn,
  receipt: receiptEn,
  requests: requestsEn,
  review: reviewEn,
  sector: sectorEn,
  team: teamEn,
  trial: trialEn,
  upload: uploadEn,
};

export type Messages = typeof nl;
export const messages = { nl, en };
