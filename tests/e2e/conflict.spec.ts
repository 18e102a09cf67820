import type { Page } from '@playwright/test';
import { criterionOf, expectSaved, explanationOf, saveExplanation } from '../support/criterion-page.ts';
import { openAssessment, savedAnswer, savedTexts } from '../support/demo.ts';
import { expect, expectAccessible, test } from '../support/e2e.ts';

const hers = 'Wij toetsen de gevolmachtigden twee keer per jaar.';
const his = 'Elk kwartaal lezen wij twintig dossiers van gevolmachtigden.';

const choices = [
  { key: 'IV.4.a', button: 'Mijn tekst bewaren', kept: his, versions: [hers, his] },
  { key: 'IV.4.b', button: 'Deze tekst bewaren', kept: hers, versions: [hers, his, hers] },
  {
    key: 'IV.3.a',
    button: 'Beide onder elkaar zetten en zelf samenvoegen',
    kept: `${his}\n\n${hers}`,
    versions: [hers, `${his}\n\n${hers}`],
  },
];

for (const { key, button, kept, versions } of choices) {
  test(`two people answer ${key} at once, and the second chooses “${button}”`, async ({ server, signedIn }) => {
    const duinrand = await openAssessment(server.db, 'duinrand.example');
    const [first, second] = await Promise.all([
      signedIn('coordinator@duinrand.example'),
      signedIn('contributor@duinrand.example'),
    ]);
    await Promise.all([first.goto(criterionOf(duinrand, key)), second.goto(criterionOf(duinrand, key))]);
    // Under his hands: else her text would take the place of his, and there would be nothing to choose.
    await explanationOf(second).focus();
    await saveExplanation(first, hers);
    await explanationOf(second).fill(his);

    await expect(second.getByRole('alert').filter({ hasText: /Een collega wijzigde dit antwoord om/ })).toBeVisible();
    const beside = second.locator('#conflict');
    await expect(beside).toContainText(hers);
    await expect(beside).toContainText(his);
    if (key === 'IV.4.a') await expectAccessible(second);

    await chooseAndSave(second, button);
    await expect(explanationOf(second)).toHaveValue(kept);
    await expect.poll(async () => (await savedAnswer(server.db, duinrand, key))?.explanation).toBe(kept);
    expect(await savedTexts(server.db, duinrand, key)).toEqual(versions);
  });
}

async function chooseAndSave(page: Page, button: string) {
  await page.getByRole('button', { name: button }).click();
  await expect(page.locator('#conflict')).toHaveCount(0);
  await expectSaved(page);
}
