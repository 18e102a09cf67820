import { expect, expectAccessible, signInByForm, test } from '../support/e2e.ts';

test('a person signs in, lands on their own home, and signs out', async ({ page }) => {
  await signInByForm(page, 'coordinator@duinrand.example');
  await expect(page).toHaveURL('/assessments');
  await page.getByRole('button', { name: 'Afmelden' }).first().click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/assessments');
  await expect(page).toHaveURL(/\/sign-in\?to=%2Fassessments/);
});

test('a wrong password is said, and the address stays filled in', async ({ page }) => {
  await signInByForm(page, 'coordinator@duinrand.example', 'verkeerd');
  await expect(page.getByRole('alert').filter({ hasText: 'passen niet bij elkaar' })).toBeFocused();
  await expect(page.locator('input[name=email]')).toHaveValue('coordinator@duinrand.example');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('signing in works', async ({ page }) => {
    await signInByForm(page, 'lead@toezicht.example');
    await expect(page).toHaveURL('/reviews');
  });
});

test('the sign-in page is accessible, in both languages', async ({ page }) => {
  await page.goto('/sign-in');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'English' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expectAccessible(page);
});
