import { openAssessment } from '../support/demo.ts';
import { expect, expectAccessible, test } from '../support/e2e.ts';
import { pressShortcut } from '../support/keyboard.ts';

const list = ['nummer;datum;product;uitkomst', 'A-1;1-3-2018;auto;betaald', 'A-2;2-3-2018;reis;afgewezen'].join('\r\n');
const asFile = (content: string) => ({ name: 'lijst.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });

test('an insurer gives its list, the reviewer draws from it, records findings and quotes them', async ({
  server,
  signedIn,
}) => {
  const { assessmentId } = await openAssessment(server.db, 'kustwacht.example');
  const [reviewer, coordinator] = await Promise.all([
    signedIn('reviewer@toezicht.example'),
    signedIn('coordinator@kustwacht.example'),
  ]);
  await reviewer.goto(`/reviews/${assessmentId}`);
  await reviewer.getByRole('button', { name: 'Beoordelen beginnen' }).click();
  await expect(reviewer.getByRole('button', { name: 'Beoordelen beginnen' })).toHaveCount(0);

  await coordinator.goto(`/assessments/${assessmentId}`);
  await coordinator.getByRole('link', { name: 'Naar de lijst' }).click();
  const file = coordinator.getByLabel('De lijst als CSV-bestand');
  await file.setInputFiles(asFile(`${list}\r\nA-2;31-2-2018;;betaald`));
  await coordinator.getByRole('button', { name: 'Controleren' }).click();
  const alert = coordinator.locator('main').getByRole('alert');
  await expect(alert).toContainText('De datum is geen dag zoals 15-03-2026 op regel 4.');
  await expect(alert).toContainText('Het product ontbreekt op regel 4.');
  await expectAccessible(coordinator);
  await file.setInputFiles(asFile(`\uFEFF${list}`));
  await coordinator.getByRole('button', { name: 'Controleren' }).click();
  await expect(coordinator.getByText('2 dossiers in lijst.csv')).toBeVisible();
  await expectAccessible(coordinator);
  await coordinator.getByRole('button', { name: 'Lijst geven' }).click();
  await expect(coordinator.getByText('Er is nog niet getrokken.')).toBeVisible();

  await reviewer.goto(`/reviews/${assessmentId}/claims`);
  await expectAccessible(reviewer);
  await reviewer.getByLabel('Dossiers per groep').fill('0');
  await reviewer.locator('summary', { hasText: 'Trekken' }).click();
  await reviewer.getByRole('button', { name: 'Nu trekken' }).click();
  await expect(reviewer.locator('main').getByRole('alert')).toContainText('1 tot en met 100');
  await reviewer.getByLabel('Dossiers per groep').fill('2');
  await reviewer.getByRole('button', { name: 'Nu trekken' }).click();
  await expect(reviewer.getByRole('heading', { name: 'Dossier A-1' })).toBeVisible();

  // By keyboard alone: a digit chooses, Ctrl Enter records and goes on.
  await pressShortcut(reviewer, '1');
  await pressShortcut(reviewer, 'Control+Enter');
  await expect(reviewer).toHaveURL(/criterion=I\.3\.d/);
  await reviewer.goto(`/reviews/${assessmentId}/claims?line=3&criterion=I.3.c`);
  await reviewer.getByLabel('niet conform').check();
  await reviewer.getByLabel('Opmerking').fill('Geen verslag.');
  await reviewer.getByRole('button', { name: 'Vastleggen en volgende' }).click();
  await expect(reviewer.locator('tfoot')).toContainText('1 conform, 1 niet conform, 0 niet vast te stellen, 0 open');
  await expectAccessible(reviewer);

  await coordinator.reload();
  await expect(coordinator.getByRole('rowheader', { name: 'A-1' })).toBeVisible();
  await expect(coordinator.locator('main')).not.toContainText('Geen verslag.');

  await reviewer.goto(`/reviews/${assessmentId}/sections/I?criterion=I.3.c`);
  await reviewer.getByRole('button', { name: 'Zet de aantallen in de reden' }).click();
  await expect(reviewer.getByRole('textbox', { name: /^Reden/ })).toHaveValue(
    'Wij bekeken 2 dossiers uit uw lijst van 2. Daarvan was 1 dossier conform, 1 niet conform en 0 niet vast te stellen.',
  );
});

test('a list is checked and given without script', async ({ server, signedIn }) => {
  const { assessmentId } = await openAssessment(server.db, 'lindehof.example');
  const page = await signedIn('coordinator@lindehof.example', { javaScriptEnabled: false });
  await page.goto(`/assessments/${assessmentId}/claims`);
  await page.getByLabel('De lijst als CSV-bestand').setInputFiles(asFile(list));
  await page.getByRole('button', { name: 'Controleren' }).click();
  await page.getByRole('button', { name: 'Lijst geven' }).click();
  await expect(page.getByText('lijst.csv')).toBeVisible();
});
