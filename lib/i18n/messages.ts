import authEn from './messages/en/auth.json' with { type: 'json' };
import commonEn from './messages/en/common.json' with { type: 'json' };
import dashboardEn from './messages/en/dashboard.json' with { type: 'json' };
import decisionsEn from './messages/en/decisions.json' with { type: 'json' };
import authNl from './messages/nl/auth.json' with { type: 'json' };
import commonNl from './messages/nl/common.json' with { type: 'json' };
import dashboardNl from './messages/nl/dashboard.json' with { type: 'json' };
import decisionsNl from './messages/nl/decisions.json' with { type: 'json' };

/** Every text on screen, a file for each part of the house. Dutch is the shape; English that lacks one does not compile. */
const nl = { common: commonNl, auth: authNl, dashboard: dashboardNl, decisions: decisionsNl };
const en: Messages = { common: commonEn, auth: authEn, dashboard: dashboardEn, decisions: decisionsEn };

export type Messages = typeof nl;
export const messages = { nl, en };
