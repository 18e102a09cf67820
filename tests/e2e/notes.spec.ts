import { randomUUID } from 'node:crypto';
import { demoNameOf } from '#db/seed/demo-accounts.ts';
import { saveNote } from '#services/notes/save-note.ts';
import { criterionOf, explanationOf, saveExplanation } from '../support/criterion-page.ts';
import { demoPerson, openAssessment, savedAnswer } from '../support/demo.ts';
import { expect, expectAccessible, signInByForm, test } from '../support/e2e.ts';
import { send } from '../support/http.ts';
import { writeSession } from '../support/session.ts';
import { visitsOf } from '../support/visits.ts';

const key = 'III.3.a';
const [firstName = ''] = demoNameOf('coordinator@duinrand.example').split(' ');

test('a colleague is named in a note, sees it, deals with it, and an earlier text comes back', async ({
  server,
  signedIn,
}) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const before = await savedAnswer(server.db, duinrand, key);
  const [first, second] = await Promise.all([
    signedIn('contributor@duinrand.example'),
    signedIn('coordinator@duinrand.example'),
  ]);
  await first.goto(criterionOf(duinrand, key));
  await first.locator('summary', { hasText: 'Notitie schrijven' }).click();
  const note = first.getByRole('textbox', { name: 'Notitie voor uw collega’s' });
  await note.pressSequentially(`Klopt dit, @${firstName.toLowerCase()}? `);
  await expect(first.getByRole('checkbox', { name: new RegExp(firstName) })).toBeChecked();

  // Not sent yet, and still there after the page was closed.
  await first.reload();
  await expect(note).toHaveValue(`Klopt dit, @${firstName.toLowerCase()}? `);
  await expect(first.getByRole('checkbox', { name: new RegExp(firstName) })).toBeChecked();
  await expectAccessible(first);
  await first.getByRole('button', { name: 'Notitie plaatsen' }).click();
  const listed = (page: typeof first) => page.getByRole('list', { name: `Notities bij ${key}` });
  await expect(listed(first)).toContainText(`Klopt dit, @${firstName.toLowerCase()}?`);
  await expect(note).toHaveValue('');

  await second.goto(`/assessments/${duinrand.assessmentId}`);
  await second.getByRole('region', { name: 'Overleg' }).getByRole('link', { name: key }).click();
  await expect(second.getByText('Een collega noemt u in een notitie hieronder.')).toBeVisible();
  await expect(listed(second).locator('.attword')).toHaveText('Noemt u.');
  await second.waitForLoadState('networkidle');
  await second.reload();
  await expect(listed(second)).toContainText('Klopt dit');
  await expect(listed(second).locator('.attword')).toHaveCount(0);
  await second.getByRole('button', { name: /^Afhandelen/ }).click();
  await second.locator('summary', { hasText: '1 afgehandelde notitie' }).click();
  await expect(listed(second)).toContainText('Afgehandeld door');

  await saveExplanation(first, 'Een heel andere tekst.');
  await first.getByRole('link', { name: /^Eerdere teksten/ }).click();
  await expect(first.getByRole('heading', { level: 1 })).toHaveText(`Eerdere teksten bij ${key}`);
  await expect(first.locator('.became')).toContainText('Daarna toegevoegd:');
  // A colleague saves meanwhile: both texts are shown, and the earlier one still comes back.
  await second.reload();
  await saveExplanation(second, 'En nog een andere tekst.');
  await first
    .getByRole('button', { name: /Deze tekst terugzetten/ })
    .last()
    .click();
  await expect(first.getByRole('alert').filter({ hasText: 'Niet teruggezet: een collega wijzigde' })).toBeVisible();
  await expect(first.locator('.versus')).toContainText('En nog een andere tekst.');
  await first.getByRole('button', { name: /Toch terugzetten/ }).click();
  await expect(first).toHaveURL(criterionOf(duinrand, key));
  await expect(explanationOf(first)).toHaveValue(String(before?.explanation));
  expect(await savedAnswer(server.db, duinrand, key)).toEqual({ ...before, version: Number(before?.version) + 3 });
});

test('no page of the supervisor holds a note', async ({ server }) => {
  const coordinator = await demoPerson(server.db, 'coordinator@waterkant.example');
  const { assessmentId } = await openAssessment(server.db, 'waterkant.example');
  const text = 'Alleen-voor-Waterkant';
  await saveNote(
    { actor: coordinator, db: server.db, now: new Date() },
    { assessmentId, criterionKey: 'I.2.a', noteId: randomUUID(), text, mentions: [] },
  );
  const bodyOf = async (path: string, email: string) =>
    (await send(server.origin + path, { session: await writeSession(server.db, email) })).text();
  expect(await bodyOf(`/assessments/${assessmentId}/criteria/I.2.a`, coordinator.email)).toContain(text);
  const visits = (await visitsOf(server.db)).filter((visit) => visit.as?.endsWith('@toezicht.example'));
  expect(visits.length).toBeGreaterThan(20);
  for (const { path, as } of visits) expect(await bodyOf(path, String(as)), path).not.toContain(text);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a note is written, refused when empty, seen, and an earlier text comes back', async ({ page, server }) => {
    const duinrand = await openAssessment(server.db, 'duinrand.example');
    await signInByForm(page, 'contributor@duinrand.example');
    await page.goto(criterionOf(duinrand, 'III.4.a'));
    await page.getByRole('button', { name: 'Gezien' }).click();
    await expect(page.getByRole('button', { name: 'Gezien' })).toHaveCount(0);
    await page.locator('summary', { hasText: 'Notitie schrijven' }).click();
    await page.getByRole('button', { name: 'Notitie plaatsen' }).click();
    await expect(page.getByRole('link', { name: /Schrijf eerst wat u/ })).toBeVisible();
    await page.getByRole('textbox', { name: 'Notitie voor uw collega’s' }).fill('Zonder script geschreven.');
    await page.getByRole('button', { name: 'Notitie plaatsen' }).click();
    await expect(page.getByRole('list', { name: 'Notities bij III.4.a' }).first()).toContainText('Zonder script');

    await page.getByRole('link', { name: /^Eerdere teksten/ }).click();
    const oldest = page.locator('.band').last();
    const text = await oldest.locator('.prewrap').first().textContent();
    await oldest
      .getByRole('button', { name: /Deze tekst terugzetten/ })
      .first()
      .click();
    await expect(page).toHaveURL(criterionOf(duinrand, 'III.4.a'));
    expect((await savedAnswer(server.db, duinrand, 'III.4.a'))?.explanation).toBe(text);
  });
});
