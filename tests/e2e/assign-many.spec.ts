import { conflictsOfInterest } from '#db/schema/reviews.ts';
import { openAssessment } from '../support/demo.ts';
import { expect, test } from '../support/e2e.ts';
import { makeReviewCase, makeStaff, reviewNow } from '../support/review-case.ts';

for (const javaScriptEnabled of [true, false]) {
  test(`a lead gives several cases to a reviewer ${javaScriptEnabled ? 'by keyboard' : 'without script'}`, async ({
    server,
    signedIn,
  }) => {
    const { roundId } = await openAssessment(server.db, 'lindehof.example');
    const page = await signedIn('lead@toezicht.example', { javaScriptEnabled });
    await page.goto(`/reviews?round=${roundId}&assigned=nobody&order=name`);
    const boxes = page.locator('tbody').getByRole('checkbox', { name: /kiezen$/ });
    const chosen = Math.min(2, await boxes.count());
    expect(chosen).toBeGreaterThan(0);
    for (let place = 0; place < chosen; place++) {
      await boxes.nth(place).focus();
      await page.keyboard.press('Space');
    }
    if (javaScriptEnabled) {
      // All of them at once, and none again.
      const all = page.getByRole('checkbox', { name: 'Alles op deze bladzijde kiezen' });
      await all.check();
      await expect(page.locator('tbody input:checked')).toHaveCount(await boxes.count());
      await all.uncheck();
      for (let place = 0; place < chosen; place++) await boxes.nth(place).check();
    }
    const names = await page.locator('tbody tr:has(input:checked) th a').allTextContents();
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

test('a bulk that holds a conflict of interest is given to nobody, and names the insurer', async ({
  server,
  signedIn,
}) => {
  const staff = await makeStaff(server);
  const waits = { assignedTo: null, state: 'submitted' } as const;
  const of = await makeReviewCase(server, staff, { ...waits, name: 'Aalscholver Verzekeringen' });
  await makeReviewCase(server, staff, { ...waits, name: 'Bergeend Verzekeringen' });
  await staff.work(staff.colleague, (tx) =>
    tx
      .insert(conflictsOfInterest)
      .values({ userId: staff.colleague.userId, organisationId: of.insurer.id, declaredAt: reviewNow }),
  );
  const page = await signedIn(staff.lead.email);
  await page.goto(`/reviews?round=${staff.roundId}&order=name`);
  const boxes = page.locator('tbody').getByRole('checkbox', { name: /kiezen$/ });
  for (const box of await boxes.all()) await box.check();
  const give = async (name: string) => {
    const reviewer = page.getByLabel('Wijs gekozen zaken toe aan');
    const [label = ''] = await reviewer.getByRole('option', { name: new RegExp(`^${name}`) }).allTextContents();
    await reviewer.selectOption({ label });
    await page.getByRole('button', { name: 'Toewijzen' }).click();
  };
  await give('colleague');
  const refusal = page.locator('main').getByRole('alert');
  await expect(refusal).toContainText(
    'Aalscholver Verzekeringen: Deze beoordelaar heeft een belang bij deze verzekeraar gemeld.',
  );
  await expect(refusal).not.toContainText('Bergeend');
  await expect(boxes).toHaveCount(2);
  await expect(page.locator('tbody').getByRole('checkbox', { checked: true })).toHaveCount(2);
  await give('reviewer');
  await expect(page.locator('td.a.none')).toHaveCount(0);
});
