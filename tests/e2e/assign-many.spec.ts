import { openAssessment } from '../support/demo.ts';
import { expect, test } from '../support/e2e.ts';

for (const javaScriptEnabled of [true, false]) {
  test(`a lead gives several cases to a reviewer ${javaScriptEnabled ? 'by keyboard' : 'without script'}`, async ({
    server,
    signedIn,
  }) => {
    const { roundId } = await openAssessment(server.db, 'lindehof.example');
    const page = await signedIn('lead@toezicht.example', { javaScriptEnabled });
    await page.goto(`/reviews?round=${roundId}&assigned=nobody&order=name`);
    const boxes = page.getByRole('checkbox', { name: /kiezen$/ });
    const chosen = Math.min(2, await boxes.count());
    expect(chosen).toBeGreaterThan(0);
    for (let place = 0; place < chosen; place++) {
      await boxes.nth(place).focus();
      await page.keyboard.press('Space');
    }
    const names = await page.locator('tr:has(input:checked) th a').allTextContents();
    const reviewer = page.getByLabel('Wijs gekozen zaken toe aan');
    const choices = await reviewer.getByRole('option', { name: /open za/ }).allTextContents();
    await reviewer.selectOption({ label: choices[0] ?? '' });
    await page.getByRole('button', { name: 'Toewijzen' }).focus();
    await page.keyboard.press('Enter');
    for (const name of names) await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
    await page.goto(`/reviews?round=${roundId}&order=name`);
    for (const name of names) {
      await expect(page.getByRole('row', { name }).locator('td.a.none')).toHaveCount(0);
    }
  });
}
