import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { returnAssessment } from '#services/reviews/return-assessment.ts';
import { demoPerson } from '../support/demo.ts';
import { expect, test } from '../support/e2e.ts';
import { answerEverything, makeInsurer, password, setDeadline } from '../support/insurer-work.ts';
import { tabTo } from '../support/keyboard.ts';

/** The summary above a form; Next has an alert of its own on every page. */
const problems = (page: Page) => page.locator('main').getByRole('alert');

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

test('a signatory submits, withdraws, submits, and submits again what was returned, by keyboard alone', async ({
  server,
  signedIn,
}) => {
  const insurer = await makeInsurer(server.db);
  await setDeadline(server.db, insurer, inDays(20));
  await answerEverything(server.db, insurer);
  const page = await signedIn(insurer.people.signatory.email);
  const overview = `/assessments/${insurer.assessmentId}`;

  const sign = async () => {
    await page.goto(`${overview}/check`);
    await tabTo(page, 'Uw functie', 'Shift+Tab');
    await page.keyboard.type('Bestuursvoorzitter');
    await tabTo(page, 'Uw wachtwoord');
    await page.keyboard.type(password);
    await tabTo(page, /^Ik heb de antwoorden gelezen/);
    await page.keyboard.press('Space');
    await tabTo(page, 'Ondertekenen en indienen');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`${overview}/receipt`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Uw zelfbeoordeling is ingediend');
  };

  await test.step('what is missing is said at its field', async () => {
    await page.goto(`${overview}/check`);
    await tabTo(page, 'Ondertekenen en indienen', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(problems(page)).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Uw functie')).toBeFocused();
  });

  await test.step('submit, and take the receipt along', async () => {
    await sign();
    await tabTo(page, /^Ontvangstbewijs downloaden/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toMatch(/^ontvangstbewijs-TR-2026-.*-1\.pdf$/);
    expect(readFileSync(await download.path()).toString('latin1', 0, 5)).toBe('%PDF-');
  });

  await test.step('withdraw', async () => {
    await tabTo(page, 'Terugtrekken');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Terugtrekken');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(overview);
    await expect(page.locator('main').getByText('Concept').first()).toBeVisible();
  });

  await test.step('submit again, and read at the criterion why it came back', async () => {
    await sign();
    const lead = { actor: await demoPerson(server.db, 'lead@toezicht.example'), db: server.db, now: new Date() };
    await returnAssessment(lead, {
      id: randomUUID(),
      assessmentId: insurer.assessmentId,
      reason: 'Graag één punt aanvullen.',
      itemKey: ['I.4.c'],
      itemText: ['Voeg bewijs van contactmomenten toe.'],
      term: 'days',
      days: 14,
    });
    await page.goto(overview);
    await expect(page.getByText('Graag één punt aanvullen.')).toBeVisible();
    await tabTo(page, 'I.4.c');
    await page.keyboard.press('Enter');
    await expect(page.locator('#asked')).toContainText('Voeg bewijs van contactmomenten toe.');
    await expect(page.getByText('Zo doen wij het bij I.4.c.')).toBeVisible();
    await page.goto(`${overview}/check`);
    await expect(page.getByRole('row', { name: /I\.4\.c/ })).toContainText('De toezichthouder vraagt: Voeg bewijs');
  });

  await test.step('submit for the third time', async () => {
    await sign();
    await expect(page.getByRole('definition').filter({ hasText: /^3$/ })).toBeVisible();
  });
});

test('an insurer asks for more time, and the lead gives it, each in a window of its own', async ({
  server,
  signedIn,
}) => {
  const insurer = await makeInsurer(server.db, 'Uitstel Proef');
  await setDeadline(server.db, insurer, inDays(-1));
  const page = await signedIn(insurer.people.coordinator.email);
  // The lead answers without script.
  const lead = await signedIn('lead@toezicht.example', { javaScriptEnabled: false });
  const overview = `/assessments/${insurer.assessmentId}`;

  await page.goto(overview);
  await page.locator('summary', { hasText: 'Uitstel vragen' }).click();
  await page.getByRole('button', { name: 'Uitstel vragen' }).click();
  await expect(problems(page)).toContainText('Vul in waarom u meer tijd nodig hebt');
  await page.getByLabel(/^Waarom hebt u meer tijd nodig/).fill('Onze actuaris is ziek.');
  await page.getByRole('button', { name: 'Uitstel vragen' }).click();
  await expect(page.getByRole('heading', { name: /^U vroeg om uitstel op/ })).toBeVisible();

  await lead.goto(`/reviews?round=${insurer.roundId}&waiting=me`);
  const line = lead.getByRole('row', { name: /Uitstel Proef/ });
  await expect(line).toContainText('vraagt uitstel');
  await line.getByRole('link').click();
  await expect(lead.locator('#extension')).toContainText('Onze actuaris is ziek.');
  await lead.locator('#extension summary', { hasText: 'Weigeren' }).click();
  await lead.locator('#refuse').getByRole('button').click();
  await expect(lead.locator('#extension')).toBeVisible();
  await lead.locator('#extension summary', { hasText: 'Weigeren' }).click();
  await lead.locator('#refuse').getByLabel('Reden').fill('De termijn was ruim genoeg.');
  await lead.locator('#refuse').getByRole('button').click();
  await expect(lead.locator('#extension')).toHaveCount(0);

  await page.reload();
  await expect(page.getByRole('heading', { name: 'U krijgt geen uitstel' })).toBeVisible();
  await expect(page.getByText('De termijn was ruim genoeg.')).toBeVisible();
  await page.locator('summary', { hasText: 'Uitstel vragen' }).click();
  await page.getByLabel(/^Waarom hebt u meer tijd nodig/).fill('Nog een week dan.');
  await page.getByRole('button', { name: 'Uitstel vragen' }).click();
  await expect(page.getByRole('heading', { name: /^U vroeg om uitstel op/ })).toBeVisible();

  await lead.reload();
  await lead.locator('#extension summary', { hasText: 'Uitstel geven' }).click();
  await lead.locator('#grant').getByLabel('Reden').fill('Eén week extra.');
  await lead.locator('#grant').getByRole('button').click();
  await expect(lead.locator('#extension')).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: /^U kreeg uitstel tot en met/ })).toBeVisible();
  await expect(page.getByText('Eén week extra.')).toBeVisible();
});

test('a colleague who declares an interest loses the insurer from sight', async ({ server, signedIn }) => {
  const insurer = await makeInsurer(server.db, 'Belang Proef');
  await setDeadline(server.db, insurer, inDays(20));
  await answerEverything(server.db, insurer);
  const page = await signedIn('lead@toezicht.example');
  await page.goto(`/reviews/${insurer.assessmentId}`);
  await page.locator('summary', { hasText: 'Persoonlijk belang bij Belang Proef melden' }).click();
  await page.getByRole('button', { name: 'Belang melden' }).click();
  await expect(page.getByRole('heading', { name: 'Uw belang is vastgelegd' })).toBeVisible();
  expect((await page.goto(`/reviews/${insurer.assessmentId}`))?.status()).toBe(404);
});

test('another language leaves the reader on the page, also after an answer that did not lead on', async ({
  server,
  signedIn,
}) => {
  const insurer = await makeInsurer(server.db);
  await setDeadline(server.db, insurer, inDays(20));
  await answerEverything(server.db, insurer);
  const page = await signedIn(insurer.people.signatory.email);
  await page.goto(`/assessments/${insurer.assessmentId}/check`);
  await page.getByRole('button', { name: 'Ondertekenen en indienen' }).click();
  await expect(problems(page)).toBeVisible();
  await page.getByRole('button', { name: 'English' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check and sign');
  await expect(page).toHaveURL(`/assessments/${insurer.assessmentId}/check`);
});

test('the page of checks says that the deadline is over, and offers no signing then', async ({ server, signedIn }) => {
  const insurer = await makeInsurer(server.db);
  await answerEverything(server.db, insurer);
  await setDeadline(server.db, insurer, inDays(-1));
  const page = await signedIn(insurer.people.signatory.email);
  await page.goto(`/assessments/${insurer.assessmentId}/check`);
  const points = page.locator('#points');
  await expect(points).toContainText('De termijn eindigde op');
  await expect(page.getByText('Niets staat indienen in de weg')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Ondertekenen en indienen' })).toHaveCount(0);
  await points.getByRole('link', { name: 'Op het overzicht' }).click();
  await expect(page.locator('#extension')).toBeVisible();
});
