import administrationEn from './messages/en/administration.json' with { type: 'json' };
import authEn from './messages/en/auth.json' with { type: 'json' };
import commonEn from './messages/en/common.json' with { type: 'json' };
import frameworkEn from './messages/en/framework.json' with { type: 'json' };
import administrationNl from './messages/nl/administration.json' with { type: 'json' };
import authNl from './messages/nl/auth.json' with { type: 'json' };
import commonNl from './messages/nl/common.json' with { type: 'json' };
import frameworkNl from './messages/nl/framework.json' with { type: 'json' };

/** Every text on screen, a file for each part of the house. Dutch is the shape; English that lacks one does not compile. */
const nl = { common: commonNl, auth: authNl, administration: administrationNl, framework: frameworkNl };
const en: Messages = { common: commonEn, auth: authEn, administration: administrationEn, framework: frameworkEn };

export type Messages = typeof nl;
export const messages = { nl, en };
