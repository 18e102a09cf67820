import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { assessments } from '#db/schema/assessments.ts';
import { evidence } from '#db/schema/evidence.ts';
import { openAssessment } from '../support/demo.ts';
import { expect, expectAccessible, type Server, test } from '../support/e2e.ts';
import { as } from '../support/insurer-work.ts';
import { pressShortcut, tabTo } from '../support/keyboard.ts';

test('the whole review by keyboard alone, with evidence, notes, a standard reason and an undo', async ({
  server,
  signedIn,
}) => {
  const { assessmentId } = await openAssessment(server.db, 'kustwacht.example');
  const page = await signedIn('reviewer@toezicht.example');
  const press = (key: string) => page.keyboard.press(key);
  const shortcut = (key: string) => pressShortcut(page, key);
  const at = `/reviews/${assessmentId}`;
  await page.goto(at);
  await shortcut('s');
  await press('Enter');
  await expect(page.getByText('Wacht op')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Verder met beoordelen' })).toBeVisible();

  // Shortcuts are listed, and can be switched off and on there.
  await shortcut('?');
  const listed = page.getByRole('dialog');
  await expect(listed).toContainText('Verder met beoordelen');
  // What the page does not offer now is not listed.
  await expect(listed).not.toContainText('Met beoordelen beginnen');
  await expect(listed).not.toContainText('Uitkomst goedkeuren');
  // Every question that the page can open has a letter, and each letter stands in the list.
  const letters = await page
    .locator('main details.confirm > summary')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-keyshortcuts') ?? one.textContent));
  expect(letters).toEqual(expect.arrayContaining(['T', 'V', 'I']));
  for (const letter of letters)
    await expect(listed.locator('dt', { hasText: new RegExp(`^${letter}$`) })).toHaveCount(1);
  await press('Escape');
  await shortcut('t');
  await expect(page.locator('#return-reason')).toBeFocused();

  // The profile questions, by Tab and arrows.
  await page.goto(`${at}/intake`);
  for (const left of [2, 1, 0]) {
    await tabTo(page, /^Ja/);
    await press('Space');
    await tabTo(page, 'Oordeel geven');
    await press('Enter');
    await expect(page.getByText('nog te beoordelen', { exact: true })).toHaveCount(left);
  }

  // A standard reason, then an override that uses it.
  await page.goto('/reviews/reasons/afm-claimafhandeling%402016-2017');
  await page.getByRole('textbox', { name: /^Reden/ }).focus();
  await page.keyboard.type('De stukken tonen dit niet aan.');
  await tabTo(page, 'Reden toevoegen');
  await press('Enter');
  await expect(page.getByRole('listitem').filter({ hasText: 'De stukken tonen dit niet aan.' })).toBeVisible();

  await page.goto(`${at}/sections/V?criterion=V.5.a`);
  await expect(page.getByRole('combobox', { name: 'Standaardreden' })).toBeVisible();
  await shortcut('r');
  await page.keyboard.type('Eerst dit.');
  await press('Tab');
  await expect(page.getByRole('combobox', { name: 'Standaardreden' })).toBeFocused();
  // The last of the list: the supervisor has reasons of before.
  await press('End');
  await tabTo(page, 'Invoegen');
  await press('Enter');
  const reason = page.getByRole('textbox', { name: /^Reden/ });
  await expect(reason).toHaveValue('Eerst dit. De stukken tonen dit niet aan.');
  // Kept on this device: a reload loses nothing.
  await page.reload();
  await expect(reason).toHaveValue('Eerst dit. De stukken tonen dit niet aan.');
  await shortcut('3');
  await shortcut('4');
  await shortcut('Control+Enter');
  await expect(page).not.toHaveURL(/criterion=V\.5\.a$/);

  // A note for colleagues.
  await page.goto(`${at}/sections/I?criterion=I.3.c`);
  await shortcut('n');
  await page.keyboard.type('Nabellen over blz. 4.');
  await shortcut('Control+Enter');
  await expect(page.locator('.working-notes')).toContainText('Nabellen over blz. 4.');

  // The rest is undisputed; confirmed, undone, and confirmed again.
  await shortcut('u');
  await expect(page).toHaveURL(/undisputed\?section=I$/);
  await page.goto(`${at}/undisputed`);
  await shortcut('Control+Enter');
  await expect(page).not.toHaveURL(/undisputed/);
  await page.goto(`${at}/undisputed`);
  await tabTo(page, 'Bevestiging ongedaan maken');
  await press('Enter');
  await expect(page.getByRole('checkbox', { checked: true }).first()).toBeVisible();
  await expectAccessible(page);
  await shortcut('Control+Enter');
  await expect(page).not.toHaveURL(/undisputed/);
  await judgeTheRest(page, at);
  for (const key of ['I', 'II', 'III', 'IV', 'V']) {
    await page.goto(`${at}/sections/${key}/determination`);
    if ((await page.locator('#shortcut-form').count()) === 0) continue;
    await shortcut('Control+Enter');
    await expect(page).toHaveURL(new RegExp(`${assessmentId}$`));
  }
  await page.goto(at);
  await shortcut('d');
  await expect(page.getByRole('button', { name: 'Conceptuitkomst versturen' })).toBeFocused();
  await press('Enter');
  await expect(page.locator('main').getByText('Gelegenheid voor zienswijze', { exact: true })).toBeVisible();
});

/** What is not undisputed asks for a word of its own: as the insurer says. */
async function judgeTheRest(page: Page, at: string) {
  for (let left = 0; left < 16; left++) {
    await page.goto(at);
    const open = page.getByRole('link', { name: /^Onderdeel .*vra/ }).first();
    if ((await open.count()) === 0) return;
    await open.focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('#shortcut-form')).toBeVisible();
    await pressShortcut(page, 'b');
    await pressShortcut(page, 'Control+Enter');
    await page.waitForURL(/sections/);
  }
}

test('evidence opens beside the criterion at the page that is named, and says when nobody may open it', async ({
  server,
  signedIn,
}) => {
  const { assessmentId } = await openAssessment(server.db, 'waterkant.example');
  const page = await signedIn('reviewer@toezicht.example');
  await page.setViewportSize({ width: 1440, height: 900 });
  const key = await criterionWithPdf(page, assessmentId);
  await pressShortcut(page, 'e');
  await expect(page).toHaveURL(/piece=/);
  await expect(page.locator('.p-file canvas')).toBeVisible();
  await expect(page.locator('.p-file .viewing')).toBeFocused();
  await expectAccessible(page);
  const pieceId = new URL(page.url()).searchParams.get('piece') ?? '';
  await setScan(server, assessmentId, pieceId);
  await page.goto(`/reviews/${assessmentId}/sections/${key.split('.')[0]}?criterion=${key}&piece=${pieceId}`);
  await expect(page.getByText('Tot die tijd kan niemand het openen')).toBeVisible();
  await expect(page.locator('.p-file canvas')).toHaveCount(0);
});

async function criterionWithPdf(page: Page, assessmentId: string): Promise<string> {
  for (const key of ['I.5.b', 'II.3.b', 'III.5.a', 'II.4.a', 'I.2.a', 'I.2.b', 'I.3.a', 'II.2.a', 'III.2.a']) {
    await page.goto(`/reviews/${assessmentId}/sections/${key.split('.')[0]}?criterion=${key}`);
    if ((await page.locator('[aria-keyshortcuts="E"]').count()) > 0) return key;
  }
  throw new Error('no criterion of the demo has a PDF');
}

async function setScan({ db }: Server, assessmentId: string, pieceId: string) {
  const [of] = await as(db, 'trede_supervisor', (tx) =>
    tx.select({ organisationId: assessments.organisationId }).from(assessments).where(eq(assessments.id, assessmentId)),
  );
  await as(db, 'trede_system', of?.organisationId ?? randomUUID(), (tx) =>
    tx
      .update(evidence)
      .set({ scanResult: 'waiting' })
      .where(and(eq(evidence.id, pieceId), isNotNull(evidence.storageKey), isNull(evidence.removedAt))),
  );
}
