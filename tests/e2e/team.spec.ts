import { criterionOf, expectSaved, explanationOf, saveExplanation } from '../support/criterion-page.ts';
import { savedAnswer } from '../support/demo.ts';
import { expect, expectAccessible, test } from '../support/e2e.ts';
import { makeInsurer } from '../support/insurer-work.ts';

test('a coordinator invites a colleague for one section, asks for it by a day, and ends the access', async ({
  browser,
  server,
  signedIn,
}) => {
  const made = await makeInsurer(server.db);
  const insurer = { assessmentId: made.assessmentId, organisationId: made.organisation.id };
  const coordinator = await signedIn(made.people.coordinator.email);

  await coordinator.goto('/team');
  await coordinator.getByLabel('Naam', { exact: true }).fill('Noor Zijlstra');
  await coordinator.getByLabel('E-mailadres', { exact: true }).fill('noor@zijlstra.example');
  await expect(coordinator.getByText('Alleen deze onderdelen, de rest lezen')).toBeHidden();
  await coordinator.getByRole('checkbox', { name: /^Invuller/ }).check();
  await coordinator.getByText('Alleen deze onderdelen, de rest lezen').click();
  await coordinator.getByRole('checkbox', { name: /^II / }).check();
  await coordinator.getByRole('button', { name: 'Uitnodiging maken' }).click();
  const link = await coordinator.getByLabel('Link voor noor@zijlstra.example').inputValue();
  await expect(coordinator.getByRole('list', { name: /nog niet zijn aangenomen/ })).toContainText('Noor Zijlstra');
  await expectAccessible(coordinator);

  const context = await browser.newContext({ baseURL: server.origin });
  const colleague = await context.newPage();
  await colleague.goto(link);
  await colleague.locator('input[name=password]').fill('vier paarden op zolder');
  await colleague.locator('main form').getByRole('button').first().click();
  await expect(colleague).toHaveURL(/\/assessments$/);
  await expect(colleague.getByText('Er wacht niets op u')).toBeVisible();

  // Its own section can be answered, another is for reading.
  await colleague.goto(criterionOf(insurer, 'II.2.a'));
  await saveExplanation(colleague, 'Zo pakken wij dat aan.');
  await expectSaved(colleague);
  expect((await savedAnswer(server.db, insurer, 'II.2.a'))?.explanation).toBe('Zo pakken wij dat aan.');
  await colleague.goto(criterionOf(insurer, 'I.2.a'));
  await expect(colleague.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(explanationOf(colleague)).toHaveCount(0);

  await coordinator.goto(`/assessments/${insurer.assessmentId}`);
  await coordinator.getByRole('link', { name: 'Collega vragen, onderdeel II', exact: true }).click();
  const section = coordinator.getByRole('region', { name: /^II / });
  await section.getByLabel('Collega').selectOption({ label: 'Noor Zijlstra' });
  await section.getByLabel('Klaar op').fill(dayFromNow(5));
  await section.getByRole('button', { name: 'Vragen' }).click();
  await expect(section.getByText(/^Gevraagd aan Noor Zijlstra voor/)).toBeVisible();

  await colleague.goto('/assessments');
  const waiting = colleague.getByRole('region', { name: /^Wat op u wacht/ });
  await expect(waiting).toContainText('Onderdeel II');
  await waiting.getByRole('link', { name: /^Naar II/ }).click();
  await expect(explanationOf(colleague)).toBeVisible();

  await coordinator.goto('/team');
  await coordinator.getByRole('link', { name: 'Wijzigen wat Noor Zijlstra mag' }).click();
  await coordinator.getByText('Toegang beëindigen', { exact: true }).first().click();
  await coordinator.getByRole('button', { name: 'Toegang beëindigen' }).click();
  await expect(coordinator.getByRole('status')).toContainText('De toegang is beëindigd');
  await expect(coordinator.getByRole('table')).not.toContainText('Noor Zijlstra');

  await colleague.goto('/assessments');
  await expect(colleague.getByRole('heading', { name: 'Uw toegang is beëindigd' })).toBeVisible();
  await context.close();
  expect((await savedAnswer(server.db, insurer, 'II.2.a'))?.explanation).toBe('Zo pakken wij dat aan.');
});

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
