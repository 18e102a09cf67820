import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { demoPdf } from '#db/seed/demo-file.ts';
import { criterionOf } from '../support/criterion-page.ts';
import { openAssessment } from '../support/demo.ts';
import { expect, expectAccessible, test } from '../support/e2e.ts';

const pdf = (name: string) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(demoPdf(name)),
});
/** The harmless file that every scanner knows; in two parts, so that no scanner takes this source for it. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

test('several files at once, each with its own result', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn('contributor@duinrand.example');
  await page.goto(criterionOf(duinrand, 'IV.5.a'));
  await upload(page, [
    pdf('Audit gevolmachtigden.pdf'),
    { name: 'rekenmodel.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ\x90\0\x03 this is a program') },
    { name: 'leeg.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    { name: 'programma.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ\x90\0\x03') },
    { name: 'besmet.txt', mimeType: 'text/plain', buffer: Buffer.from(eicar) },
  ]);
  await expectResult(page, 'Audit gevolmachtigden.pdf', 'toegevoegd');
  await expectResult(page, 'rekenmodel.pdf', 'De inhoud past niet bij de naam van het bestand.');
  await expectResult(page, 'leeg.txt', 'Dit bestand is leeg.');
  await expectResult(page, 'programma.exe', 'Dit soort bestand kan niet als bewijs.');
  await expectResult(page, 'besmet.txt', 'In dit bestand is schadelijke inhoud gevonden.');
  // Only the good one, and the infected one that has to be taken away by hand, are in the list.
  await expect(pieces(page)).toHaveCount(2);
  const infected = pieces(page).filter({ hasText: 'besmet' });
  await expect(infected).toContainText('geweigerd');
  await expect(infected.getByRole('link')).toHaveCount(0);
  await expectAccessible(page);

  await infected.locator('summary', { hasText: 'Weghalen' }).click();
  await infected.getByRole('button', { name: 'Weghalen' }).click();
  await expect(pieces(page)).toHaveCount(1);
});

test('a piece is opened as a file, gets its page, and is taken away', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn('coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'IV.2.b'));
  await upload(page, [pdf('Overeenkomst volmacht.pdf')]);
  const piece = pieces(page).filter({ hasText: 'Overeenkomst volmacht' });
  await expect(piece).toContainText('zonder vindplaats');

  const href = await piece.getByRole('link', { name: 'Overeenkomst volmacht', exact: true }).getAttribute('href');
  const opened = await page.request.get(String(href));
  expect(opened.headers()).toMatchObject({
    'content-disposition': expect.stringMatching(/^attachment/),
    'x-content-type-options': 'nosniff',
    'cache-control': expect.stringContaining('no-store'),
  });
  expect(await opened.body()).toEqual(pdf('Overeenkomst volmacht.pdf').buffer);

  await piece.locator('summary', { hasText: 'Bladzijde of alinea noemen' }).click();
  await piece.getByLabel('Bladzijde, alinea of blad').fill('blz. 12');
  await piece.getByRole('button', { name: 'Vindplaats opslaan' }).click();
  await expect(piece).toContainText('blz. 12');

  await piece.locator('summary', { hasText: 'Losmaken' }).click();
  await piece.getByRole('button', { name: 'Losmaken' }).click();
  await expect(piece).toHaveCount(0);
  await page.locator('summary', { hasText: 'Eerder bewijs kiezen' }).click();
  await page.getByLabel('Bewijsstuk', { exact: true }).fill('Overeenkomst volmacht');
  await page.getByRole('button', { name: 'Bij dit criterium gebruiken' }).click();
  await expect(piece).toHaveCount(1);

  await piece.locator('summary', { hasText: 'Weghalen' }).click();
  await piece.getByRole('button', { name: 'Weghalen' }).click();
  await expect(piece).toHaveCount(0);
  expect((await page.request.get(String(href))).status()).toBe(404);
});

test('a file of 30 MB goes through, with its progress in sight', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn('coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'IV.3.c'));
  const large = Buffer.concat([Buffer.from('datum;uitkomst\n'), Buffer.alloc(30_000_000, '2026-11-22;akkoord\n')]);
  await upload(page, onDisk('uitbetalingen.csv', large));
  await expect(page.getByRole('progressbar', { name: 'uitbetalingen.csv' })).toBeVisible();
  await expect(pieces(page).filter({ hasText: 'uitbetalingen' })).toContainText('30 MB', { timeout: 60_000 });
});

test('a web address without its date is refused with a link to the field, and what was typed stays', async ({
  server,
  signedIn,
}) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn('coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'IV.3.d'));
  await page.locator('summary', { hasText: 'Webadres noemen' }).click();
  await page.getByLabel('Titel').fill('Gedragscode gevolmachtigden');
  await page.getByLabel('Webadres', { exact: true }).fill('https://www.example/gedragscode');
  await page.getByRole('button', { name: 'Webadres toevoegen' }).click();
  await page.getByRole('link', { name: 'Noem de datum waarop u het webadres zag' }).click();
  await expect(page.getByLabel('Gezien op')).toBeFocused();
  await expect(page.getByLabel('Titel')).toHaveValue('Gedragscode gevolmachtigden');
  await page.getByLabel('Gezien op').fill('2026-01-15');
  await page.getByRole('button', { name: 'Webadres toevoegen' }).click();
  await expect(pieces(page)).toContainText('Webadres, gezien op 15 januari 2026');
});

const pieces = (page: Page) => page.getByRole('list', { name: /^Bewijsstukken bij/ }).locator('> li');

async function upload(page: Page, files: string | { name: string; mimeType: string; buffer: Buffer }[]) {
  await page.locator('summary', { hasText: 'Bestand toevoegen' }).click();
  await page.getByLabel('Bestanden', { exact: true }).setInputFiles(files);
  await page.getByRole('button', { name: 'Bestanden toevoegen' }).click();
}

async function expectResult(page: Page, name: string, text: string) {
  await expect(page.locator('.uploads li').filter({ hasText: name })).toContainText(text);
}

test('a file whose sending broke off goes on after a reload, and is there once', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn('coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'IV.4.a'));
  const large = Buffer.concat([Buffer.from('datum;uitkomst\n'), Buffer.alloc(40_000_000, '2026-11-22;akkoord\n')]);
  const file = onDisk('metingen.csv', large);
  const parts = countParts(page);
  // After two parts nothing gets through any more, whatever is tried, until it is mended.
  let line: 'whole' | 'cut' | 'mended' = 'whole';
  await page.route('**/uploads/**', async (route) => {
    if (line === 'mended' || (line === 'whole' && parts.sent < 2)) return route.continue();
    if (line === 'whole') await page.context().setOffline(true);
    line = 'cut';
    await route.abort('internetdisconnected');
  });
  await upload(page, file);
  const shown = page.locator('.uploads li').filter({ hasText: 'metingen.csv' });
  await expect(shown).toContainText('De verbinding viel weg', { timeout: 30_000 });

  await page.context().setOffline(false);
  await page.reload();
  await page.locator('summary', { hasText: 'Bestand toevoegen' }).click();
  await expect(shown).toContainText('Kies hetzelfde bestand hierboven opnieuw');
  await expectAccessible(page);
  line = 'mended';
  const before = parts.sent;
  await page.getByLabel('Bestanden', { exact: true }).setInputFiles(file);
  await page.getByRole('button', { name: 'Bestanden toevoegen' }).click();
  await expect(shown).toContainText('toegevoegd', { timeout: 30_000 });
  // It went on where it was: fewer parts than the whole file has.
  expect(parts.sent - before).toBeLessThan(5);
  const piece = page
    .getByRole('list', { name: /^Bewijsstukken bij/ })
    .locator('> li')
    .filter({ hasText: 'metingen' });
  await expect(piece).toHaveCount(1);
  const opened = await page.request.get(String(await piece.getByRole('link').getAttribute('href')));
  expect((await opened.body()).equals(large)).toBe(true);
});

/** A file that the browser reads by itself: handed over as bytes, a large one takes too long. */
function onDisk(name: string, bytes: Buffer): string {
  const file = join(mkdtempSync(join(tmpdir(), 'trede-large-')), name);
  writeFileSync(file, bytes);
  return file;
}

/** Counts the parts that the server acknowledged. */
function countParts(page: Page) {
  const parts = { sent: 0 };
  page.on('response', (response) => {
    if (response.request().method() === 'PATCH' && response.status() === 204) parts.sent += 1;
  });
  return parts;
}
