import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { assignments } from '#db/schema/reviews.ts';
import { expect, expectAccessible, test } from '../support/e2e.ts';
import { makeReviewCase, makeStaff, reviewNow } from '../support/review-case.ts';

const form = (page: Page) => page.locator('#shortcut-form');
const reason = (page: Page) => page.getByRole('textbox', { name: /^Reden/ });
const alert = (page: Page) => page.locator('main').getByRole('alert');

async function choose(page: Page, response: 'Deels' | 'Nee', text: string) {
  await form(page).getByRole('radio', { name: response }).check();
  await form(page).getByRole('radio', { name: 'niet aangetoond' }).check();
  await reason(page).fill(text);
}
const give = (page: Page) =>
  form(page)
    .getByRole('button', { name: /^Oordeel/ })
    .click();

test('a reviewer reads a colleague’s word before overwriting it, keeps what came too late, and judges first what a verdict would take away', async ({
  server,
  signedIn,
}) => {
  const staff = await makeStaff(server);
  const of = await makeReviewCase(server, staff, { answers: { 'III.2.a': { response: 'not_met' } } });
  const { assessmentId } = of;
  await staff.work(staff.lead, (tx) =>
    tx.insert(assignments).values({
      id: randomUUID(),
      assessmentId,
      organisationId: of.insurer.id,
      userId: staff.colleague.userId,
      assignedAt: reviewNow,
      assignedBy: staff.lead.userId,
    }),
  );
  const [first, second] = await Promise.all([signedIn(staff.reviewer.email), signedIn(staff.colleague.email)]);
  const at = (key: string) => `/reviews/${assessmentId}/sections/${key.split('.')[0]}?criterion=${key}`;

  // Both have the criterion open, and the first one decides.
  await Promise.all([first.goto(at('I.2.a')), second.goto(at('I.2.a'))]);
  await choose(first, 'Deels', 'Eerste woord.');
  await choose(second, 'Nee', 'Tweede woord.');
  await give(first);
  await expect(first).toHaveURL(/I\.2\.b$/);
  await give(second);
  await expect(alert(second)).toContainText('Iemand gaf intussen een ander oordeel');
  await expect(alert(second)).toContainText('Deels, niet aangetoond');
  await expect(alert(second)).toContainText('Eerste woord.');
  await expectAccessible(second);
  // Looking again shows both as well, and what was chosen is chosen still.
  await second.reload();
  await expect(alert(second)).toContainText('Eerste woord.');
  await expect(form(second).getByRole('radio', { name: 'Nee' })).toBeChecked();
  await expect(reason(second)).toHaveValue('Tweede woord.');
  await give(second);
  await expect(second).toHaveURL(/I\.2\.b$/);

  // The state moves on under the second one's hands.
  await choose(second, 'Nee', 'Derde woord.');
  await of.setState('proposed');
  await give(second);
  await expect(alert(second)).toContainText('De stand is intussen veranderd');
  await expect(reason(second)).toHaveValue('Derde woord.');
  await second.reload();
  await expect(second.getByRole('heading', { name: 'Dit is niet als oordeel bewaard' })).toBeVisible();
  await expect(second.getByText('Nee, niet aangetoond', { exact: true })).toBeVisible();
  await expect(second.getByRole('textbox', { name: 'Uw reden, om te kopiëren' })).toHaveValue('Derde woord.');
  await expectAccessible(second);

  // III.2.a is fulfilled by III.3.a alone: that is said before the verdict, and it is not taken.
  await of.setState('in_review');
  await first.goto(at('III.3.a'));
  await choose(first, 'Nee', 'Niet gezien.');
  await expect(form(first)).toContainText('Beoordeel eerst III.2.a.');
  await give(first);
  await expect(alert(first)).toContainText('Beoordeel eerst de criteria');
  await form(first).getByRole('link', { name: 'III.2.a' }).click();
  await form(first).getByRole('radio', { name: 'Nee' }).check();
  await give(first);
  await first.goto(at('III.3.a'));
  await expect(reason(first)).toHaveValue('Niet gezien.');
  await give(first);
  await expect(first).not.toHaveURL(/III\.3\.a$/);
});
