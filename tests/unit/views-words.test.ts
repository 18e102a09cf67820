import { describe, expect, it } from 'vitest';
import { messages } from '#lib/i18n/messages.ts';

/** Every text, with the names of what is filled in taken out. */
function textsOf(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node.replace(/\{\w+/g, '{')]];
  return Object.entries(node as object).flatMap(([key, value]) => textsOf(value, `${path}.${key}`));
}

// An objection and a decree are words of administrative law, for what may come after an outcome and not before it.
describe('what an insurer says of a draft outcome', () => {
  it.each([
    ['nl', /bezwa(ar|ren)|react|reage|weerwoord|hoorzitting|\bbesluit(en)?\b/i],
    ['en', /\bobject(s|ed|ions?)?\b|\brespon[ds]e?\w*|\bhearings?\b|\bappeals?\b|\bdecrees?\b/i],
  ] as const)('has one name on every screen and in every file: zienswijze, views (%s)', (locale, others) => {
    expect(textsOf(messages[locale]).filter(([, text]) => others.test(text))).toEqual([]);
  });
});
