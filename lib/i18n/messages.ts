import authEn from './messages/en/auth.json' with { type: 'json' };
import commonEn from './messages/en/common.json' with { type: 'json' };
import reviewEn from './messages/en/review.json' with { type: 'json' };
import authNl from './messages/nl/auth.json' with { type: 'json' };
import commonNl from './messages/nl/common.json' with { type: 'json' };
import reviewNl from './messages/nl/review.json' with { type: 'json' };

/** Every text on screen, a file for each part of the house. Dutch is the shape; English that lacks one does not compile. */
const nl = { common: commonNl, auth: authNl, review: reviewNl };
const en: Messages = { common: commonEn, auth: authEn, review: reviewEn };

export type Messages = typeof nl;
export const messages = { nl, en };
