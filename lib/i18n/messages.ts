import authEn from './messages/en/auth.json' with { type: 'json' };
import commonEn from './messages/en/common.json' with { type: 'json' };
import insurerEn from './messages/en/insurer.json' with { type: 'json' };
import authNl from './messages/nl/auth.json' with { type: 'json' };
import commonNl from './messages/nl/common.json' with { type: 'json' };
import insurerNl from './messages/nl/insurer.json' with { type: 'json' };

/** Every text on screen, a file for each part of the house. Dutch is the shape; English that lacks one does not compile. */
const nl = { common: commonNl, auth: authNl, insurer: insurerNl };
const en: Messages = { common: commonEn, auth: authEn, insurer: insurerEn };

export type Messages = typeof nl;
export const messages = { nl, en };
