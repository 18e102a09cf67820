import type { Page } from '@playwright/test';
import { expect, findBarriers, test } from '../support/e2e.ts';
import { listDoors } from '../support/list-doors.ts';
import { type Visit, visitsOf } from '../support/visits.ts';

test.describe.configure({ mode: 'parallel' });
// Every page in every state is looked at in Dutch at 400 % zoom, where its long words have least room, and in English at
// the width of a desk.
for (const [locale, width] of [
  ['nl', 320],
  ['en', 1440],
] as const) {
  for (const side of ['insurer', 'supervisor'] as const) {
    test(`the pages of the ${side} have no barriers, ${locale}`, async ({ server, browser, signedIn }) => {
      test.setTimeout(600_000);
      const pages = new Map<string, Page>();
      const barriers: string[] = [];
      for (const visit of (await visitsOf(server.db)).filter((one) => sideOf(one) === side)) {
        const who = String(visit.as);
        const page = pages.get(who) ?? (visit.as ? await signedIn(visit.as, { locale }) : await anybody());
        pages.set(who, page);
        const answer = await page.goto(visit.path);
        expect(answer?.status(), visit.path).toBe(visit.status ?? 200);
        barriers.push(...(await findBarriers(page, width)).map((barrier) => `${who} ${visit.path}: ${barrier}`));
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

const sideOf = ({ of }: Visit) => (of.startsWith('(supervisor)') || of === 'not-found.tsx' ? 'supervisor' : 'insurer');
