import { eq, sql } from 'drizzle-orm';
import { assessments } from '#db/schema/assessments.ts';
import { criterionOf, expectSaved, explanationOf, saveStatusOf } from '../support/criterion-page.ts';
import { openAssessment, savedTexts } from '../support/demo.ts';
import { expect, test } from '../support/e2e.ts';

const coordinator = 'coordinator@duinrand.example';

/** Ten thousand characters as Word puts them on the clipboard: quotes, dashes, hard spaces, soft breaks, bullets. */
const pasted = Array.from(
  { length: 90 },
  (_, place) =>
    `${place + 1}.\u00a0\u201cDe klant\u201d \u2013 zei hij \u2013 \u2018krijgt\u2019 binnen 3\u00a0dagen\u2026\u2028 een é en een ﬁ,\t• ≥ 95\u202f% 👩🏽‍💼 op tijd.\n\n`,
)
  .join('')
  .padEnd(10_000, 'ë');

test('ten thousand characters from Word come back as they were', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn(coordinator);
  await page.goto(criterionOf(duinrand, 'II.2.a'));
  await explanationOf(page).selectText();
  await page.evaluate((text) => document.execCommand('insertText', false, text), pasted);
  await expectSaved(page);
  expect((await savedTexts(server.db, duinrand, 'II.2.a')).at(-1)).toBe(pasted.normalize('NFC'));
  await page.reload();
  await expect(explanationOf(page)).toHaveValue(pasted.normalize('NFC'));
});

test('a server that is killed in the middle of a save has kept nothing half, and saves once', async ({
  server,
  signedIn,
}) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn(coordinator);
  await page.goto(criterionOf(duinrand, 'II.2.b'));
  const before = await savedTexts(server.db, duinrand, 'II.2.b');
  await server.db.transaction(async (tx) => {
    // The save stands at the lock of the assessment, with nothing written yet.
    await tx.execute('set local role trede_supervisor');
    await tx.select().from(assessments).where(eq(assessments.id, duinrand.assessmentId)).for('no key update');
    await explanationOf(page).fill('Midden in het opslaan viel de server weg.');
    await expect
      .poll(async () => {
        const [row] = await server.db.execute<{ waiting: number }>(sql`select count(*)::int as waiting
          from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
        return row?.waiting;
      })
      .toBeGreaterThan(0);
    await server.killAndRestart();
  });
  await expect(saveStatusOf(page)).toHaveText(/^Opgeslagen \d\d:\d\d/, { timeout: 45_000 });
  expect(await savedTexts(server.db, duinrand, 'II.2.b')).toEqual([
    ...before,
    'Midden in het opslaan viel de server weg.',
  ]);
});

test('a new version of Trede says that the text is kept, and saves it after loading again', async ({
  server,
  signedIn,
}) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn(coordinator);
  await page.goto(criterionOf(duinrand, 'IV.3.d'));
  await page.route('**', (route) => {
    // Of a version that has another door for answers.
    return isSave(route.request()) ? route.continue({ url: `${route.request().url()}-of-before` }) : route.continue();
  });
  await explanationOf(page).fill('Getypt onder de vorige versie.');
  await expect(page.getByText('Er is een nieuwe versie van Trede, uw tekst is bewaard')).toBeVisible();
  await page.unroute('**');
  await page.getByRole('button', { name: 'Opnieuw laden' }).click();
  await expect(explanationOf(page)).toHaveValue('Getypt onder de vorige versie.');
  await expectSaved(page);
  expect((await savedTexts(server.db, duinrand, 'IV.3.d')).at(-1)).toBe('Getypt onder de vorige versie.');
});

test('who signs out leaves nothing on the device, in no window; a link alone takes nothing away', async ({
  server,
  signedIn,
}) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn(coordinator);
  await page.goto(criterionOf(duinrand, 'II.4.a'));
  await page.context().route('**', (route) => (isSave(route.request()) ? route.abort() : route.continue()));
  await explanationOf(page).fill('Nog niet verstuurd.');
  await expect(saveStatusOf(page)).toHaveText(/Niet opgeslagen|Geen verbinding/);
  const other = await page.context().newPage();
  const drafts = () => other.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('trede:draft:')));
  await other.goto('/assessments');
  await other.goto('/sign-in?out=1');
  expect(await drafts()).toHaveLength(1);
  await other.goto('/assessments');
  await other.getByRole('button', { name: 'Afmelden' }).click();
  await other.waitForURL(/sign-in/);
  await page.waitForURL(/sign-in/);
  expect(await drafts()).toEqual([]);
});

function isSave(request: { method: () => string; url: () => string }): boolean {
  return request.method() === 'POST' && request.url().endsWith('/answers');
}
