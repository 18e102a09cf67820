import { criterionOf, explanationOf, saveExplanation } from '../support/criterion-page.ts';
import { openAssessment, savedTexts } from '../support/demo.ts';
import { expect, test } from '../support/e2e.ts';

test('Back after two saves shows the newest text, and the next save is no conflict', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn('coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'III.4.b'));
  await saveExplanation(page, 'Eerste versie.');
  await saveExplanation(page, 'Tweede versie.');
  await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
  await expect(page).toHaveURL(criterionOf(duinrand, 'III.5.a'));

  await page.goBack();
  await expect(page).toHaveURL(criterionOf(duinrand, 'III.4.b'));
  await expect(explanationOf(page)).toHaveValue('Tweede versie.');
  await saveExplanation(page, 'Derde versie.');
  await expect(page.locator('#conflict')).toHaveCount(0);
  expect(await savedTexts(server.db, duinrand, 'III.4.b')).toEqual([
    'Eerste versie.',
    'Tweede versie.',
    'Derde versie.',
  ]);
});

test('Back to a page that the browser loaded whole shows the newest text, too', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn('coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'III.5.a'));
  await saveExplanation(page, 'Voor het laatst gelezen in maart.');
  await saveExplanation(page, 'Voor het laatst gelezen in april.');
  await page.goto('/assessments');
  await page.goBack();
  await expect(explanationOf(page)).toHaveValue('Voor het laatst gelezen in april.');
  await saveExplanation(page, 'Voor het laatst gelezen in mei.');
  expect((await savedTexts(server.db, duinrand, 'III.5.a')).at(-1)).toBe('Voor het laatst gelezen in mei.');
});
