import type { Page } from '@playwright/test';
import { expect, findBarriers, test } from '../support/e2e.ts';
import { listDoors } from '../support/list-doors.ts';
import { type Visit, visitsOf } from '../support/visits.ts';

test.describe.configure({ mode: 'parallel' });
// Every page in every state is looked at, at the width of a desk and at that of 400 % zoom, and every page in both languages.
for (const locale of ['nl', 'en'] as const) {
  for (const side of ['insurer', 'supervisor'] as const) {
    test(`the pages of the ${side} have no barriers, ${locale}`, async ({ server, browser, signedIn }) => {
      test.setTimeout(600_000);
      const pages = new Map<string, Page>();
      const barriers: string[] = [];
      for (const { visit, widths } of shareOf(locale, await visitsOf(server.db), side)) {
        const who = String(visit.as);
        const page = pages.get(who) ?? (visit.as ? await signedIn(visit.as, { locale }) : await anybody());
        pages.set(who, page);
        const answer = await page.goto(visit.path);
        expect(answer?.status(), visit.path).toBe(visit.status ?? 200);
        barriers.push(...(await findBarriers(page, widths)).map((barrier) => `${who} ${visit.path}: ${barrier}`));
      }
      expect(barriers).toEqual([]);

      async function anybody() {
        const context = await browser.newContext({ baseURL: server.origin });
        await context.addCookies([{ name: 'trede-locale', value: locale, url: server.origin }]);
        return context.newPage();
      }
    });
  }
}

test('every page is among those that are looked at', async ({ server }) => {
  const pages = listDoors().filter((door) => door.endsWith('page.tsx') && door !== 'app/page.tsx');
  const seen = new Set((await visitsOf(server.db)).map(({ of }) => `app/${of}`));
  expect(pages.filter((page) => !seen.has(page))).toEqual([]);
});

/**
 * What is looked at in one language: of a page with one state, the Dutch with its long words where there is least room and
 * the English where there is most; of a page with several, each other state, at both widths.
 */
function shareOf(locale: 'nl' | 'en', visits: readonly Visit[], side: 'insurer' | 'supervisor') {
  const [turn, width] = locale === 'nl' ? [0, 320] : [1, 1440];
  return [...Map.groupBy(visits, ({ of }) => of).values()]
    .flatMap((states) =>
      states.length === 1
        ? states.map((visit) => ({ visit, widths: [width] }))
        : states.filter((_, place) => place % 2 === turn).map((visit) => ({ visit, widths: [320, 1440] })),
    )
    .filter(({ visit }) => sideOf(visit) === side);
}

const sideOf = ({ of }: Visit) => (of.startsWith('(supervisor)') || of === 'not-found.tsx' ? 'supervisor' : 'insurer');
