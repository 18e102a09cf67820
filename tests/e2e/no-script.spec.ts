import { demoPdf } from '#db/seed/demo-file.ts';
import { criterionOf, explanationOf } from '../support/criterion-page.ts';
import { openAssessment, savedAnswer } from '../support/demo.ts';
import { expect, fillSignIn, signInByForm, test } from '../support/e2e.ts';
import { answerEverything, makeInsurer, password, setDeadline } from '../support/insurer-work.ts';

test.use({ javaScriptEnabled: false });

test('the intake is filled in without script', async ({ page, server }) => {
  const { assessmentId, people } = await makeInsurer(server.db);
  await signInByForm(page, people.coordinator.email, password);
  await page.goto(`/assessments/${assessmentId}/intake`);
  await page
    .getByRole('group', { name: /gevolmachtigd agenten/ })
    .getByLabel('Nee')
    .check();
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page).toHaveURL(`/assessments/${assessmentId}`);
  await page.goto(`/assessments/${assessmentId}/intake`);
  await expect(page.getByRole('group', { name: /gevolmachtigd agenten/ }).getByLabel('Nee')).toBeChecked();
});

test('a criterion is answered without script, and leads on to the next', async ({ page, server }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  await signInByForm(page, 'coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'I.4.c'));
  await page.getByRole('radio', { name: 'Deels' }).check();
  await explanationOf(page).fill('In tien van twintig dossiers.');
  await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
  await expect(page).toHaveURL(criterionOf(duinrand, 'I.5.a'));
  expect(await savedAnswer(server.db, duinrand, 'I.4.c')).toEqual({
    version: 1,
    response: 'partly',
    explanation: 'In tien van twintig dossiers.',
  });
});

test('posting an answered criterion as it stands changes nothing', async ({ page, server }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const before = await savedAnswer(server.db, duinrand, 'II.4.a');
  expect(before?.explanation).not.toBe('');
  await signInByForm(page, 'coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'II.4.a'));
  await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
  await expect(page).toHaveURL(criterionOf(duinrand, 'II.4.b'));
  expect(await savedAnswer(server.db, duinrand, 'II.4.a')).toEqual(before);
});

test('a colleague who saved meanwhile is shown without script, and what was typed stays', async ({
  page,
  server,
  signedIn,
}) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const other = await signedIn('contributor@duinrand.example', { javaScriptEnabled: false });
  await signInByForm(page, 'coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'III.5.b'));
  await other.goto(criterionOf(duinrand, 'III.5.b'));
  await explanationOf(other).fill('Van een collega.');
  await other.getByRole('button', { name: 'Opslaan en volgende' }).click();
  await expect(other).not.toHaveURL(/III\.5\.b/);

  await explanationOf(page).fill('Van mij.');
  await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
  await expect(page.getByText(/Een collega wijzigde dit antwoord om/)).toBeVisible();
  await expect(page.locator('#conflict')).toContainText('Van een collega.');
  await expect(page.locator('#saved')).toHaveText('Niet opgeslagen');
  // Nothing is offered that does nothing without script.
  await expect(page.locator('#conflict').getByRole('button')).toHaveCount(0);
  await expect(page.locator('#conflict')).toContainText('Met de knop onderaan slaat u op');
  await expect(explanationOf(page)).toHaveValue('Van mij.');
  await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
  await expect(page).not.toHaveURL(/III\.5\.b/);
  expect((await savedAnswer(server.db, duinrand, 'III.5.b'))?.explanation).toBe('Van mij.');
});

test('a file is uploaded without script', async ({ page, server }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  await signInByForm(page, 'coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'II.5.a'));
  await page.locator('summary', { hasText: 'Bestand toevoegen' }).click();
  const name = 'Zonder script.pdf';
  await page
    .getByLabel('Bestanden', { exact: true })
    .setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(demoPdf(name)) });
  await page.getByRole('button', { name: 'Bestanden toevoegen' }).click();
  await expect(page.locator('.uploads li').filter({ hasText: name })).toContainText('toegevoegd');
  await expect(page.getByRole('list', { name: 'Bewijsstukken bij II.5.a' })).toContainText('Zonder script');
});

test('signing and submitting works without script, and a refusal keeps what was typed', async ({ page, server }) => {
  const insurer = await makeInsurer(server.db);
  await setDeadline(server.db, insurer, new Date(Date.now() + 20 * 86_400_000));
  await answerEverything(server.db, insurer);
  await signInByForm(page, insurer.people.signatory.email, password);
  await page.goto(`/assessments/${insurer.assessmentId}/check`);
  await page.getByLabel('Uw functie').fill('Directeur');
  await page.getByRole('button', { name: 'Ondertekenen en indienen' }).click();
  await expect(page.getByRole('link', { name: 'Kruis aan dat u de verklaring aflegt' })).toBeVisible();
  await expect(page.getByLabel('Uw functie')).toHaveValue('Directeur');
  await page.getByLabel('Uw wachtwoord').fill(password);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Ondertekenen en indienen' }).click();
  await expect(page).toHaveURL(`/assessments/${insurer.assessmentId}/receipt`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Uw zelfbeoordeling is ingediend');
});

test('what was typed survives the end of a session without script, and is sent again after signing in', async ({
  page,
  server,
}) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  await signInByForm(page, 'coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'I.3.b'));
  const typed = 'Een lange dag werk,\nmet <b>alle</b> dossiers.';
  await page.getByRole('radio', { name: 'Deels' }).check();
  await explanationOf(page).fill(typed);
  await page.context().clearCookies({ name: 'trede' });
  await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nog niet opgeslagen: u bent afgemeld');
  await expect(page.locator('.quoted')).toHaveText(typed, { useInnerText: true });
  expect((await savedAnswer(server.db, duinrand, 'I.3.b'))?.explanation).not.toBe(typed);

  const beside = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Meld u aan in een nieuw tabblad' }).click();
  await fillSignIn(await beside, 'coordinator@duinrand.example');
  await expect(await beside).toHaveURL(criterionOf(duinrand, 'I.3.b'));
  await page.reload();
  await expect(page).not.toHaveURL(/I\.3\.b/);
  expect(await savedAnswer(server.db, duinrand, 'I.3.b')).toMatchObject({ response: 'partly', explanation: typed });
});

test('a file that is sent after the session had ended leads back to its criterion, which says so', async ({
  page,
  server,
}) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  await signInByForm(page, 'coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'II.5.a'));
  await page.locator('summary', { hasText: 'Bestand toevoegen' }).click();
  await page.getByRole('button', { name: 'Bestanden toevoegen' }).click();
  await expect(page.locator('.uploads')).toContainText('Er is geen bestand gekozen');
  await expect(page).toHaveURL(/II\.5\.a/);

  await page.context().clearCookies({ name: 'trede' });
  await page.getByRole('button', { name: 'Bestanden toevoegen' }).click();
  await fillSignIn(page, 'coordinator@duinrand.example');
  await expect(page.locator('.uploads')).toContainText('Er kwam geen bestand aan, want u was afgemeld');

  await page.goto(`/assessments/${duinrand.assessmentId}/evidence`);
  await page.locator('summary', { hasText: 'Bestand toevoegen' }).click();
  await page.getByRole('button', { name: 'Bestand toevoegen' }).click();
  await expect(page.getByRole('heading', { name: 'Er is geen bestand gekozen' })).toBeVisible();
});

test('a web address that was refused without script stands open, with what was typed and what is wrong', async ({
  page,
  server,
}) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  await signInByForm(page, 'coordinator@duinrand.example');
  await page.goto(criterionOf(duinrand, 'II.5.a'));
  await page.locator('summary', { hasText: 'Webadres noemen' }).click();
  await page.getByLabel('Titel').fill('Gedragscode');
  await page.getByLabel('Webadres', { exact: true }).fill('https://www.example/gedragscode');
  await page.getByRole('button', { name: 'Webadres toevoegen' }).click();
  await expect(page.getByRole('link', { name: 'Noem de datum waarop u het webadres zag' })).toBeVisible();
  await expect(page.getByLabel('Titel')).toHaveValue('Gedragscode');
  await expect(page.getByLabel('Webadres', { exact: true })).toHaveValue('https://www.example/gedragscode');
  // The answer beside it is not what was refused.
  await expect(page.getByText('Eerder bewijs kiezen')).toBeVisible();
  await expect(page.getByLabel('Bewijsstuk', { exact: true })).toBeHidden();
});

test('a verdict is given without script', async ({ page, server }) => {
  const { assessmentId } = await openAssessment(server.db, 'waterkant.example');
  await signInByForm(page, 'reviewer@toezicht.example');
  const at = `/reviews/${assessmentId}/sections/II?criterion=II.4.a`;
  await page.goto(at);
  const form = page.locator('#shortcut-form');
  // Another word than the insurer's own, which carries the letter.
  const other = await form.locator('input[name="response"]:not([aria-keyshortcuts])').first().getAttribute('value');
  await form.locator(`input[name="response"][value="${other}"]`).check();
  await form.locator('input[name="ground"][value="not_demonstrated"]').check();
  await form.locator('#verdict-reason').fill('Het stuk toont dit niet aan.');
  await form.getByRole('button', { name: /^Oordeel/ }).click();
  await expect(page).not.toHaveURL(/II\.4\.a/);
  await page.goto(at);
  await expect(form.locator(`input[name="response"][value="${other}"]`)).toBeChecked();
  await expect(form.locator('#verdict-reason')).toHaveValue('Het stuk toont dit niet aan.');
});
