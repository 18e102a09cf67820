import type { Page } from '@playwright/test';
import { criterionOf, expectSaved, explanationOf } from '../support/criterion-page.ts';
import { openAssessment, savedAnswer } from '../support/demo.ts';
import { expect, test } from '../support/e2e.ts';

const mark = (page: Page) => page.locator('.tail').getByText('Overgenomen uit 2016-2017, nog niet bewerkt');
const lastRound = (page: Page) => page.locator('#last-round');
const textThen = async (page: Page) => (await lastRound(page).locator('.quoted').innerText()).trim();

test('last round’s text comes over without its answer, marked until it is edited', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn('coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'IV.4.b'));
  const then = await textThen(page);
  await lastRound(page)
    .getByRole('button', { name: /overnemen$/ })
    .click();
  await expect(explanationOf(page)).toHaveValue(then);
  await expect(mark(page)).toBeVisible();
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  expect(await savedAnswer(server.db, duinrand, 'IV.4.b')).toEqual({ version: 1, response: null, explanation: then });

  await page.getByRole('radio', { name: 'Deels' }).check();
  await expectSaved(page);
  await expect(mark(page)).toBeVisible();
  // The evidence that came with it is marked on its own.
  const pieces = page.getByRole('list', { name: 'Bewijsstukken bij IV.4.b' });
  await expect(pieces).toContainText('Overgenomen uit 2016-2017, nog niet bewerkt');
  await explanationOf(page).press('End');
  await explanationOf(page).pressSequentially(' En nu ook telefonisch.');
  await expect(mark(page)).toBeHidden();
  await expect
    .poll(async () => (await savedAnswer(server.db, duinrand, 'IV.4.b'))?.explanation)
    .toContain('En nu ook telefonisch.');
  await page.reload();
  await expect(explanationOf(page)).toHaveValue(/En nu ook telefonisch\./);
  await expect(mark(page)).toBeHidden();
});

test('a colleague’s text that came meanwhile is shown beside it, and stays above it', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const colleague = await signedIn('contributor@duinrand.example', { javaScriptEnabled: false });
  // Without script the page says what it saw; with it, it would have been told.
  const page = await signedIn('coordinator@duinrand.example', { javaScriptEnabled: false });
  await page.goto(criterionOf(duinrand, 'IV.5.a'));
  const then = await textThen(page);
  await colleague.goto(criterionOf(duinrand, 'IV.5.a'));
  await explanationOf(colleague).fill('Net geschreven.');
  await colleague.getByRole('button', { name: 'Opslaan en volgende' }).click();
  await expect(colleague).not.toHaveURL(/IV\.5\.a/);

  await lastRound(page)
    .getByRole('button', { name: /overnemen$/ })
    .click();
  await expect(page.getByRole('heading', { name: 'Er staat intussen een toelichting' })).toBeVisible();
  await expect(lastRound(page).locator('.versus')).toContainText('Net geschreven.');
  await lastRound(page).getByRole('button', { name: 'Eronder zetten' }).click();
  await expect(explanationOf(page)).toHaveValue(`Net geschreven.\n\n${then}`);
  await expect(mark(page)).toBeVisible();
});

for (const javaScriptEnabled of [true, false]) {
  test(`answers are tried and nothing is saved, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
    server,
    signedIn,
  }) => {
    const duinrand = await openAssessment(server.db, 'duinrand.example');
    const before = await savedAnswer(server.db, duinrand, 'III.4.b');
    const page = await signedIn('coordinator@duinrand.example', { javaScriptEnabled });
    await page.goto(`/assessments/${duinrand.assessmentId}`);
    await page.getByRole('link', { name: 'Wat als' }).click();
    const bar = page.getByRole('region', { name: 'Uitkomst van de proef' });
    await expect(bar).toContainText('Proef: er wordt niets opgeslagen');
    await expect(bar).toContainText('Blijft gelijk');
    await page.locator('summary', { hasText: 'Antwoorden proberen in onderdeel III' }).click();
    const choice = page.getByRole('combobox', { name: 'Probeer bij III.4.b' });
    await choice.selectOption('Nee');
    if (!javaScriptEnabled) {
      await page
        .locator('details', { has: choice })
        .getByRole('button', { name: 'Score van de proef berekenen' })
        .click();
    }
    await expect(bar).not.toContainText('Blijft gelijk');
    await expect(page).toHaveURL(/III\.4\.b=not_met/);
    await expect(page.getByRole('heading', { name: 'U probeert' })).toBeVisible();
    expect(await savedAnswer(server.db, duinrand, 'III.4.b')).toEqual(before);

    await page.reload();
    await expect(choice).toHaveValue('not_met');
    await page.getByRole('link', { name: 'Proef wissen' }).click();
    await expect(bar).toContainText('Blijft gelijk');
    await expect(page).toHaveURL(`/assessments/${duinrand.assessmentId}/trial`);
  });
}
