import { openAssessment } from '../support/demo.ts';
import { expect, test } from '../support/e2e.ts';

test('the answers print from their page', async ({ signedIn, server }) => {
  const page = await signedIn('coordinator@kustwacht.example');
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
  const { assessmentId } = await openAssessment(server.db, 'kustwacht.example');
  await page.goto(`/assessments/${assessmentId}/check`);
  await page.getByRole('button', { name: 'Afdrukken' }).click();
  await expect(page.locator('body[data-printed]')).toBeVisible();
});
