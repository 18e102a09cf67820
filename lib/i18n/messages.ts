import accessibilityEn from './messages/en/accessibility.json' with { type: 'json' };
import authEn from './messages/en/auth.json' with { type: 'json' };
import commonEn from './messages/en/common.json' with { type: 'json' };
import dashboardEn from './messages/en/dashboard.json' with { type: 'json' };
import insurerEn from './messages/en/insurer.json' with { type: 'json' };
import accessibilityNl from './messages/nl/accessibility.json' with { type: 'json' };
import authNl from './messages/nl/auth.json' with { type: 'json' };
import commonNl from './messages/nl/common.json' with { type: 'json' };
import dashboardNl from './messages/nl/dashboard.json' with { type: 'json' };
import insurerNl from './messages/nl/insurer.json' with { type: 'json' };

/** Every text on screen, a file for each part of the house. Dutch is the shape; English that lacks one does not compile. */
const nl = {
  accessibility: accessibilityNl,
  auth: authNl,
  common: commonNl,
  dashboard: dashboardNl,
  insurer: insurerNl,
};
const en: Messages = {
  accessibility: accessibilityEn,
  auth: authEn,
  common: commonEn,
  dashboard: dashboardEn,
  insurer: insurerEn,
};

export type Messages = typeof nl;
export const messages = { nl, en };
