import { openAssessment } from '../support/demo.ts';
import { expect, expectAccessible, test } from '../support/e2e.ts';

const question = 'Waar staat hoe vaak dit gebeurt?';

test('a reviewer asks, the insurer answers beside what it signed, and the reviewer reads it there', async ({
  server,
  signedIn,
}) => {
  const { assessmentId } = await openAssessment(server.db, 'waterkant.example');
  const [reviewer, coordinator] = await Promise.all([
    signedIn('reviewer@toezicht.example'),
    signedIn('coordinator@waterkant.example'),
  ]);
  await reviewer.goto(`/reviews/${assessmentId}/sections/I?criterion=I.2.a`);
  await reviewer.locator('summary', { hasText: 'Vraag om informatie' }).click();
  const ask = reviewer.getByRole('textbox', { name: 'Wat wilt u weten?' });
  await reviewer.getByRole('button', { name: 'Versturen' }).click();
  await expect(reviewer.locator('main').getByRole('alert')).toContainText('Vul ten minste één vraag in');
  await ask.fill(question);
  await expectAccessible(reviewer);
  await reviewer.getByRole('button', { name: 'Versturen' }).click();
  await expect(reviewer.locator('.asked-one')).toContainText(question);
  await expect(reviewer.locator('.asked-one')).toContainText('Open');

  await coordinator.goto('/assessments');
  await coordinator.getByRole('link', { name: 'Open de vraag over I.2.a' }).click();
  await expect(coordinator.getByText(question)).toBeVisible();
  const text = coordinator.getByRole('textbox', { name: 'Uw aanvulling' });
  await text.fill('In hoofdstuk 3.');
  await expect(coordinator.locator('#supplement-saved')).toContainText('Opgeslagen');
  await coordinator.reload();
  await expect(text).toHaveValue('In hoofdstuk 3.');
  // What is not sent is the insurer's own.
  await reviewer.reload();
  await expect(reviewer.getByText('In hoofdstuk 3.')).toHaveCount(0);

  // A colleague in another window writes meanwhile: both texts are shown.
  const colleague = await signedIn('coordinator@waterkant.example');
  await colleague.goto(coordinator.url());
  await colleague.getByRole('textbox', { name: 'Uw aanvulling' }).fill('In hoofdstuk 4.');
  await expect(colleague.locator('#supplement-saved')).toContainText('Opgeslagen');
  await text.fill('In hoofdstuk 3, elke week.');
  await expect(coordinator.getByText('Tekst van uw collega')).toBeVisible();
  await coordinator.getByRole('button', { name: 'Met mijn tekst verder' }).click();
  await expect(coordinator.locator('#supplement-saved')).toContainText('Opgeslagen');
  await coordinator.locator('summary', { hasText: 'Aanvulling versturen' }).click();
  await expectAccessible(coordinator);
  await coordinator.getByRole('button', { name: 'Versturen' }).click();
  await expect(coordinator.getByText('Dit wordt niet meer gewijzigd.')).toBeVisible();
  await expect(text).toHaveCount(0);

  await reviewer.reload();
  await expect(reviewer.locator('.asked-one')).toContainText('Beantwoord');
  await expect(reviewer.locator('.supplement')).toContainText('In hoofdstuk 3, elke week.');
});

test('a supplement is saved and sent without script', async ({ server, signedIn }) => {
  const { assessmentId } = await openAssessment(server.db, 'meerzicht.example');
  const coordinator = await signedIn('coordinator@meerzicht.example', { javaScriptEnabled: false });
  await coordinator.goto(`/assessments/${assessmentId}`);
  await coordinator.getByRole('link', { name: 'Beantwoorden: II.4.a' }).click();
  const text = coordinator.getByRole('textbox', { name: 'Uw aanvulling' });
  await text.fill('Vier groepen.');
  await coordinator.getByRole('button', { name: 'Bewaren' }).click();
  await expect(text).toHaveValue('Vier groepen.');
  await text.fill('Vier groepen van honderd klanten.');
  await coordinator.locator('summary', { hasText: 'Aanvulling versturen' }).click();
  await coordinator.getByRole('button', { name: 'Versturen' }).click();
  await expect(coordinator.getByText('Dit wordt niet meer gewijzigd.')).toBeVisible();
  await expect(coordinator.getByText('Vier groepen van honderd klanten.')).toBeVisible();
});
