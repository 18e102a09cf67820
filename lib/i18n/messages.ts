import accessibilityEn from './messages/en/accessibility.json' with { type: 'json' };
import administrationEn from './messages/en/administration.json' with { type: 'json' };
import assessmentEn from './messages/en/assessment.json' with { type: 'json' };
import authEn from './messages/en/auth.json' with { type: 'json' };
import commonEn from './messages/en/common.json' with { type: 'json' };
import dashboardEn from './messages/en/dashboard.json' with { type: 'json' };
import decisionsEn from './messages/en/decisions.json' with { type: 'json' };
import evidenceEn from './messages/en/evidence.json' with { type: 'json' };
import frameworkEn from './messages/en/framework.json' with { type: 'json' };
import insurerEn from './messages/en/insurer.json' with { type: 'json' };
import reviewEn from './messages/en/review.json' with { type: 'json' };
import uploadEn from './messages/en/upload.json' with { type: 'json' };
import accessibilityNl from './messages/nl/accessibility.json' with { type: 'json' };
import administrationNl from './messages/nl/administration.json' with { type: 'json' };
import assessmentNl from './messages/nl/assessment.json' with { type: 'json' };
import authNl from './messages/nl/auth.json' with { type: 'json' };
import commonNl from './messages/nl/common.json' with { type: 'json' };
import dashboardNl from './messages/nl/dashboard.json' with { type: 'json' };
import decisionsNl from './messages/nl/decisions.json' with { type: 'json' };
import evidenceNl from './messages/nl/evidence.json' with { type: 'json' };
import frameworkNl from './messages/nl/framework.json' with { type: 'json' };
import insurerNl from './messages/nl/insurer.json' with { type: 'json' };
import reviewNl from './messages/nl/review.json' with { type: 'json' };
import uploadNl from './messages/nl/upload.json' with { type: 'json' };

/** Every text on screen, a file for each part of the house. Dutch is the shape; English that lacks one does not compile. */
const nl = {
  accessibility: accessibilityNl,
  administration: administrationNl,
  assessment: assessmentNl,
  auth: authNl,
  common: commonNl,
  dashboard: dashboardNl,
  decisions: decisionsNl,
  evidence: evidenceNl,
  framework: frameworkNl,
  insurer: insurerNl,
  review: reviewNl,
  upload: uploadNl,
};
const en: Messages = {
  accessibility: accessibilityEn,
  administration: administrationEn,
  assessment: assessmentEn,
  auth: authEn,
  common: commonEn,
  dashboard: dashboardEn,
  decisions: decisionsEn,
  evidence: evidenceEn,
  framework: frameworkEn,
  insurer: insurerEn,
  review: reviewEn,
  upload: uploadEn,
};

export type Messages = typeof nl;
export const messages = { nl, en };
