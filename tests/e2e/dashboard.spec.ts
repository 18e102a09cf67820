import { publications } from '#db/schema/publications.ts';
import { expect, test } from '../support/e2e.ts';
import { as } from '../support/insurer-work.ts';

test('a dashboard is read in part, prints a board on one page, and stays drawn in forced colours', async ({
  signedIn,
  server,
}) => {
  const [shown] = await as(server.db, 'trede_supervisor', (tx) => tx.select().from(publications).limit(1));
  const page = await signedIn('lead@toezicht.example');
  await page.goto(`/dashboards/${shown?.id}`);
  const parts = page.getByRole('navigation', { name: 'Welke criteria' });
  await parts.getByRole('link', { name: /Houdt de volgende score tegen/ }).click();
  await expect(page).toHaveURL(/\?show=blocking/);
  await expect(page.getByRole('heading', { name: 'Houdt de volgende score tegen' })).toBeVisible();
  await parts.getByRole('link', { name: 'Alle onderdelen' }).click();
  await expect(page).not.toHaveURL(/show=/);

  await page.emulateMedia({ forcedColors: 'active' });
  const filled = page.locator('.five .st-fill').first();
  const ground = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  expect(await filled.evaluate((part) => getComputedStyle(part).fill)).not.toBe(ground);
  await page.emulateMedia({ forcedColors: 'none', media: 'print' });
  await expect(page.locator('.band:has(.downloads)')).toBeHidden();
  await expect(parts).toBeHidden();
  // On A4 between its margins: the figure and the sections side by side end on the first page.
  await page.setViewportSize({ width: 680, height: 980 });
  const list = await page.locator('.five > ol').boundingBox();
  expect((list?.y ?? 0) + (list?.height ?? Number.POSITIVE_INFINITY)).toBeLessThan(980);
  const tops = await page
    .locator('.five > ol > li')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  expect(new Set(tops).size).toBe(1);
});
