import { openAssessment } from '../support/demo.ts';
import { expect, test } from '../support/e2e.ts';

/** What each side reads in each state that the demo holds; what is approved stands with its publishing. */
const states = [
  {
    domain: 'lindehof.example',
    insurer: 'Ingediend',
    supervisor: 'Ingediend',
    next: 'Nu aan zet: de toezichthouder.',
    criterion: 'Nu aan zet: de toezichthouder.',
  },
  // Its list of claim files is awaited.
  {
    domain: 'kustwacht.example',
    insurer: 'Ingediend',
    supervisor: 'Ingediend',
    next: 'Nu aan zet: u.',
    criterion: 'Nu aan zet: u en uw collega’s.',
  },
  {
    domain: 'waterkant.example',
    insurer: 'In beoordeling',
    supervisor: 'In beoordeling',
    next: 'De toezichthouder beoordeelt uw zelfbeoordeling',
    criterion: 'De zelfbeoordeling wordt beoordeeld',
  },
  {
    domain: 'noorderhof.example',
    insurer: 'Gelegenheid voor zienswijze',
    supervisor: 'Gelegenheid voor zienswijze',
    next: 'Nu aan zet: u en uw collega’s.',
    criterion: 'Nu aan zet: de ondertekenaar van uw organisatie',
  },
  {
    domain: 'polderhuis.example',
    insurer: 'In besluitvorming',
    supervisor: 'Ter vaststelling',
    next: 'De toezichthouder stelt de uitkomst vast',
    criterion: 'In besluitvorming',
  },
  {
    domain: 'stroomdal.example',
    insurer: 'Uitkomst bekend',
    supervisor: 'Uitkomst bekend',
    next: 'De uitkomst is bekend',
    criterion: 'De uitkomst staat op uw dashboard.',
  },
  {
    // After a hearing the insurer reads of no second review.
    domain: 'vlietstede.example',
    insurer: 'In besluitvorming',
    supervisor: 'In beoordeling',
    next: 'De uitkomst die u eerder kreeg, wordt herzien.',
    criterion: 'In besluitvorming',
  },
  {
    domain: 'torenwijk.example',
    insurer: 'Gesloten zonder uitkomst',
    supervisor: 'Gesloten zonder uitkomst',
    next: 'Deze zelfbeoordeling is gesloten zonder uitkomst',
    criterion: 'Er wordt niets meer van u gevraagd.',
  },
] as const;

test('each side reads in its own words where an assessment stands, and who acts next', async ({ server, signedIn }) => {
  const lead = await signedIn('lead@toezicht.example');
  for (const { domain, insurer, supervisor, next, criterion } of states) {
    await test.step(domain, async () => {
      const { assessmentId } = await openAssessment(server.db, domain);
      const page = await signedIn(`coordinator@${domain}`);
      await page.goto(`/assessments/${assessmentId}`);
      await expect(page.locator('main').getByText(insurer).first()).toBeVisible();
      await expect(page.getByText(next).first()).toBeVisible();
      // Whatever was signed cannot be changed.
      await page.goto(`/assessments/${assessmentId}/criteria/I.2.a`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('textbox')).toHaveCount(0);
      await expect(page.locator('main').getByText(criterion).first()).toBeVisible();
      await expect(page.getByText('Controleren en ondertekenen')).toHaveCount(0);

      await lead.goto(`/reviews/${assessmentId}`);
      await expect(lead.locator('dt', { hasText: 'Stand' }).locator('+ dd')).toHaveText(new RegExp(`^${supervisor}`));
      await page.context().close();
    });
  }
});

test('what was returned says why, and leads to each spot', async ({ server, signedIn }) => {
  const { assessmentId } = await openAssessment(server.db, 'eikendaal.example');
  const page = await signedIn('coordinator@eikendaal.example');
  await page.goto(`/assessments/${assessmentId}`);
  await expect(page.getByRole('heading', { name: /^Teruggestuurd op/ })).toBeVisible();
  await expect(page.getByText('Vul de zelfbeoordeling aan op twee punten.')).toBeVisible();
  await expect(page.getByText(/^De toelichtingen gaan over een eerdere periode|De toelichtingen gaan/)).toBeVisible();
  await page
    .getByRole('link', { name: /I\.2\.d/ })
    .first()
    .click();
  await expect(page).toHaveURL(`/assessments/${assessmentId}/criteria/I.2.d`);
  await expect(page.getByRole('textbox', { name: 'Toelichting', exact: true })).toBeEditable();
});

test('the signatory takes a submission back, and the supervisor can no longer read it', async ({
  server,
  signedIn,
}) => {
  const { assessmentId } = await openAssessment(server.db, 'lindehof.example');
  const [signatory, lead] = await Promise.all([
    signedIn('signatory@lindehof.example'),
    signedIn('lead@toezicht.example'),
  ]);
  await lead.goto(`/reviews/${assessmentId}/sections/I`);
  await expect(lead.getByRole('group').or(lead.getByRole('region')).first()).toBeVisible();
  await signatory.goto(`/assessments/${assessmentId}`);
  await signatory.locator('summary', { hasText: 'Terugtrekken' }).click();
  await expect(signatory.getByText('De toezichthouder kan haar dan niet meer lezen.')).toBeVisible();
  await signatory.getByRole('button', { name: 'Terugtrekken' }).click();
  await expect(signatory.locator('main header')).toContainText('Concept');
  expect((await lead.goto(`/reviews/${assessmentId}/sections/I`))?.status()).toBe(404);
  await lead.goto(`/reviews/${assessmentId}`);
  await expect(lead.getByText(/^Vóór indienen ziet u alleen de stand\./)).toBeVisible();
});

test('a draft is not found for the supervisor, nor a colleague company’s pages for an insurer', async ({
  server,
  signedIn,
}) => {
  const { assessmentId } = await openAssessment(server.db, 'duinrand.example');
  const [reviewer, foreign] = await Promise.all([
    signedIn('reviewer@toezicht.example'),
    signedIn('coordinator@waterkant.example'),
  ]);
  for (const [page, path] of [
    [reviewer, `/reviews/${assessmentId}/sections/I`],
    [reviewer, `/assessments/${assessmentId}`],
    [reviewer, `/assessments/${assessmentId}/criteria/I.2.a`],
    [foreign, `/assessments/${assessmentId}`],
    [foreign, `/assessments/${assessmentId}/criteria/I.2.a`],
    [foreign, `/reviews/${assessmentId}`],
    [foreign, '/assessments/not-an-id'],
  ] as const) {
    expect((await page.goto(path))?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deze bladzijde is er niet');
  }
});

test('the language is switched in place, and the norm stays Dutch', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn('coordinator@duinrand.example');
  await page.goto(`/assessments/${duinrand.assessmentId}/criteria/I.2.a`);
  const norm = page.locator('blockquote.norm');
  const words = await norm.innerText();
  await page.getByRole('button', { name: 'English' }).first().click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page).toHaveURL(`/assessments/${duinrand.assessmentId}/criteria/I.2.a`);
  await expect(page.getByRole('button', { name: 'Save and continue' })).toBeVisible();
  await expect(norm).toHaveText(words);
  await expect(norm).toHaveAttribute('lang', 'nl');
});
