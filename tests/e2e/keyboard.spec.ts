import { criterionOf, expectSaved } from '../support/criterion-page.ts';
import { openAssessment, savedAnswer } from '../support/demo.ts';
import { expect, test } from '../support/e2e.ts';
import { pressShortcut, tabTo } from '../support/keyboard.ts';

test('an insurer answers, names a web address and checks, by keyboard alone', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn('coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'IV.2.b'));

  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Naar de inhoud' })).toBeFocused();
  await expect(page.getByRole('link', { name: 'Naar de inhoud' })).toBeInViewport();
  await page.keyboard.press('Enter');
  await tabTo(page, 'Naar het criterium');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Ja, wij voldoen hier minimaal aan');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Deels' })).toBeChecked();
  await expectSaved(page);
  await tabTo(page, 'Toelichting');
  await page.keyboard.type('Wij spreken dit af, en meten het nog niet.');

  await tabTo(page, 'Webadres noemen');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Titel');
  await page.keyboard.type('Samenwerkingsovereenkomst');
  await tabTo(page, /^Webadres/);
  await page.keyboard.type('https://www.example/overeenkomst');
  await tabTo(page, /^Gezien op/);
  // Day and month alike: the field takes them in the order of the browser's own language.
  await page.keyboard.type('01012026');
  await tabTo(page, 'Webadres toevoegen');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: /^Samenwerkingsovereenkomst/ })).toBeVisible();

  await tabTo(page, 'Opslaan en volgende');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(criterionOf(duinrand, 'IV.3.a'));
  expect(await savedAnswer(server.db, duinrand, 'IV.2.b')).toMatchObject({
    response: 'partly',
    explanation: 'Wij spreken dit af, en meten het nog niet.',
  });
  await tabTo(page, /^Controleren en ondertekenen/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Controleren en ondertekenen');
});

test('a reviewer judges with the shortcuts', async ({ server, signedIn }) => {
  const { assessmentId } = await openAssessment(server.db, 'waterkant.example');
  const page = await signedIn('reviewer@toezicht.example');
  await page.goto(`/reviews/${assessmentId}/sections/V?criterion=V.4.a`);
  await pressShortcut(page, 'k');
  await expect(page).toHaveURL(/criterion=V\.3\.a$/);
  await pressShortcut(page, 'j');
  await expect(page).toHaveURL(/criterion=V\.4\.a$/);
  const own = page.getByRole('group', { name: 'Uw oordeel over V.4.a' }).getByRole('radio', { name: /verzekeraar/ });
  const places = ['met', 'partly', 'not_met'];
  await pressShortcut(page, String(places.indexOf(String(await own.getAttribute('value'))) + 1));
  await expect(own).toBeChecked();
  await expect(page.getByText(/^Onderdeel V/).first()).toBeVisible();
  await pressShortcut(page, 'Control+Enter');
  await expect(page).toHaveURL(/criterion=V\.5\.a$/);
  await expect(
    page.getByRole('navigation', { name: 'Criteria van onderdeel V' }).getByRole('row', { name: /4\.a/ }),
  ).toContainText('bevestigd');

  await pressShortcut(page, '?');
  await expect(page.getByRole('dialog', { name: 'Sneltoetsen' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a reviewer overrides with Tab and arrows only', async ({ server, signedIn }) => {
  const { assessmentId } = await openAssessment(server.db, 'waterkant.example');
  const page = await signedIn('reviewer@toezicht.example');
  await page.goto(`/reviews/${assessmentId}/sections/V?criterion=V.5.a`);
  const choice = page.getByRole('group', { name: 'Uw oordeel over V.5.a' });
  const own = String(await choice.getByRole('radio', { name: /verzekeraar/ }).getAttribute('value'));
  await tabTo(page, /^Ja/);
  // Space chooses Yes, each arrow the next.
  await page.keyboard.press('Space');
  if (own === 'met') await page.keyboard.press('ArrowRight');
  await tabTo(page, /^niet aangetoond/);
  await page.keyboard.press('Space');
  await tabTo(page, /^Reden/);
  await page.keyboard.type('Het bewijs gaat over een andere periode.');
  await tabTo(page, 'Oordeel geven en volgende');
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(/V\.5\.a/);
  await page.goto(`/reviews/${assessmentId}/sections/V?criterion=V.5.a`);
  await expect(
    page.getByRole('navigation', { name: 'Criteria van onderdeel V' }).getByRole('row', { name: /5\.a/ }),
  ).toContainText('afgeweken');
});
