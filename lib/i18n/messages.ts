import assessmentEn from './messages/en/assessment.json' with { type: 'json' };
import authEn from './messages/en/auth.json' with { type: 'json' };
import commonEn from './messages/en/common.json' with { type: 'json' };
import evidenceEn from './messages/en/evidence.json' with { type: 'json' };
import assessmentNl from './messages/nl/assessment.json' with { type: 'json' };
import authNl from './messages/nl/auth.json' with { type: 'json' };
import commonNl from './messages/nl/common.json' with { type: 'json' };
import evidenceNl from './messages/nl/evidence.json' with { type: 'json' };

/** Every text on screen, a file for each part of the house. Dutch is the shape; English that lacks one does not compile. */
const nl = { common: commonNl, auth: authNl, assessment: assessmentNl, evidence: evidenceNl };
const en: Messages = { common: commonEn, auth: authEn, assessment: assessmentEn, evidence: evidenceEn };

export type Messages = typeof nl;
export const messages = { nl, en };
