import { and, eq, isNull } from 'drizzle-orm';
import { sessions } from '#db/schema/identity.ts';
import { demoPerson } from '../support/demo.ts';
import { expect, expectAccessible, scriptRuns, signInByForm, test } from '../support/e2e.ts';
import { as, makeInsurer, password } from '../support/insurer-work.ts';

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

test('a person changes their password, and is signed out wherever else they were', async ({ server, browser }) => {
  const { email } = (await makeInsurer(server.db)).people.coordinator;
  const [here, elsewhere] = await Promise.all([0, 1].map(() => browser.newPage({ baseURL: server.origin })));
  if (!here || !elsewhere) throw new Error('two browsers');
  for (const page of [here, elsewhere]) await signInByForm(page, email, password);
  await here.getByRole('link', { name: 'Uw account' }).first().click();
  const [present, wanted] = [here.getByLabel('Uw wachtwoord van nu'), here.getByLabel('Nieuw wachtwoord')];
  await present.fill('verkeerd');
  await wanted.fill('een nieuw goed wachtwoord');
  await here.getByRole('button', { name: 'Wachtwoord wijzigen' }).click();
  await expect(here.locator('main').getByRole('alert')).toContainText('niet uw wachtwoord van nu');
  await expect(wanted).toHaveValue('een nieuw goed wachtwoord');
  await present.fill(password);
  await here.getByRole('button', { name: 'Wachtwoord wijzigen' }).click();
  await expect(here.getByRole('status')).toContainText('Uw wachtwoord is gewijzigd');
  await elsewhere.goto('/account');
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await signInByForm(elsewhere, email, 'een nieuw goed wachtwoord');
  await expect(elsewhere).toHaveURL('/assessments');
  await here.reload();
  await expect(here.getByRole('table', { name: 'Browsers waarin u bent aangemeld' }).getByRole('row')).toHaveCount(3);
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

test('a session warns two minutes before its end, goes on when asked, and says when it is over', async ({
  server,
  signedIn,
}) => {
  const email = 'coordinator@duinrand.example';
  const page = await signedIn(email);
  await page.clock.install();
  await page.goto('/team');
  await scriptRuns(page);
  await page.clock.fastForward('27:30');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.clock.fastForward('00:35');
  const warning = page.getByRole('dialog', { name: 'Bent u er nog?' });
  await expect(warning).toContainText('Over 2 minuten melden wij u af');
  await expectAccessible(page);
  await warning.getByRole('button', { name: 'Verder werken' }).click();
  await expect(warning).toBeHidden();

  const { membershipId } = await demoPerson(server.db, email);
  await as(server.db, 'trede_system', (tx) =>
    tx
      .update(sessions)
      .set({ revokedAt: new Date() })
      .where(and(eq(sessions.membershipId, membershipId), isNull(sessions.revokedAt))),
  );
  await page.clock.fastForward('00:31');
  const over = page.getByRole('dialog', { name: 'U bent afgemeld' });
  await expect(over.getByRole('link', { name: 'Aanmelden' })).toHaveAttribute('href', '/sign-in?to=%2Fteam');
});

test('a page that is drawn in the last two minutes of a session warns at once', async ({ server, signedIn }) => {
  const email = 'contributor@duinrand.example';
  const page = await signedIn(email);
  const { membershipId } = await demoPerson(server.db, email);
  await as(server.db, 'trede_system', (tx) =>
    tx
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() + 100_000) })
      .where(eq(sessions.membershipId, membershipId)),
  );
  await page.goto('/team');
  const warning = page.getByRole('dialog', { name: 'Bent u er nog?' });
  await expect(warning).toContainText('eindigt uw sessie');
  await expect(warning.getByRole('button', { name: 'Verder werken' })).toHaveCount(0);
});
