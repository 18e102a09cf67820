import { openAssessment } from '../support/demo.ts';
import { expect, expectAccessible, test } from '../support/e2e.ts';

const found = /Eigen schade-experts waren er niet meer/;

test('a draft outcome is read, objected to and sent, and the reviewer answers and proposes', async ({
  server,
  signedIn,
}) => {
  const { assessmentId } = await openAssessment(server.db, 'noorderhof.example');
  const [signatory, reviewer] = await Promise.all([
    signedIn('signatory@noorderhof.example'),
    signedIn('reviewer@toezicht.example'),
  ]);
  await signatory.goto(`/assessments/${assessmentId}/draft-outcome`);
  await expect(signatory.getByText('Nu aan zet: u en uw collega’s.')).toBeVisible();
  // The reviewer found a profile question otherwise: why stands open, and a section that it decides about leads to it.
  await expect(signatory.getByText(found)).toBeVisible();
  await signatory.getByRole('link', { name: 'Lees waarom' }).first().click();
  await expect(signatory.locator('#profile')).toBeInViewport();
  for (const key of ['I', 'III', 'IV']) {
    const said = signatory.locator(`#statement-${key}`);
    await said.getByRole('radio', { name: 'Eens', exact: true }).check();
    await said.getByRole('button', { name: 'Opslaan' }).click();
    await expect(said.getByText(/^Opgeslagen/)).toBeVisible();
    await expect(signatory.getByRole('link', { name: `Onderdeel ${key}: kies of u het eens bent` })).toHaveCount(0);
  }
  // What is typed and not saved is there again after the page was closed.
  const last = signatory.locator('#statement-V');
  await last.getByRole('radio', { name: 'Niet eens' }).check();
  await last.getByRole('textbox').fill('Dit klopt niet.');
  await signatory.reload();
  await expect(last.getByRole('textbox')).toHaveValue('Dit klopt niet.');
  await last.getByRole('button', { name: 'Opslaan' }).click();
  await expectAccessible(signatory);

  await reviewer.goto(`/reviews/${assessmentId}`);
  await expect(reviewer.getByRole('main')).not.toContainText('Dit klopt niet.');
  await signatory.locator('summary', { hasText: 'Zienswijze versturen' }).click();
  await signatory.getByRole('button', { name: 'Versturen' }).click();
  await expect(signatory.getByRole('heading', { name: 'Uw zienswijze is verstuurd' })).toBeVisible();
  await expect(signatory.getByRole('button', { name: 'Opslaan' })).toHaveCount(0);

  await reviewer.reload();
  for (const key of ['II', 'V']) {
    const objection = reviewer.locator(`#objection-${key}`);
    await objection.getByRole('textbox').fill(`Ons antwoord bij ${key}.`);
    await objection.getByRole('button', { name: 'Antwoord opslaan' }).click();
    await expect(objection.getByText(/^Opgeslagen/)).toBeVisible();
  }
  await expectAccessible(reviewer);
  await reviewer.locator('summary', { hasText: 'Uitkomst voorstellen' }).click();
  await reviewer.getByRole('button', { name: 'Uitkomst voorstellen' }).click();
  await expect(reviewer.getByText('Ter vaststelling').first()).toBeVisible();
  await signatory.goto(`/assessments/${assessmentId}`);
  await expect(signatory.getByRole('main')).not.toContainText('Ons antwoord');
});

test('the dashboard tells why a profile question was found otherwise than answered', async ({ signedIn }) => {
  const page = await signedIn('signatory@stroomdal.example');
  await page.goto('/dashboards');
  await page.getByRole('link', { name: /2017-2018/ }).click();
  await expect(page.getByText(found)).toBeVisible();
  await expect(page.locator('#III').getByRole('link', { name: 'Lees waarom' })).toHaveAttribute('href', '#profile');
});
