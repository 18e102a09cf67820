import { and, eq, isNull } from 'drizzle-orm';
import { memberships } from '#db/schema/identity.ts';
import { closeAssessment } from '#services/reviews/close-assessment.ts';
import { criterionOf, expectSaved, explanationOf, saveExplanation, saveStatusOf } from '../support/criterion-page.ts';
import { demoPerson, openAssessment, savedTexts } from '../support/demo.ts';
import { expect, expectAccessible, test } from '../support/e2e.ts';
import { as, makeInsurer } from '../support/insurer-work.ts';

const coordinator = 'coordinator@duinrand.example';
const contributor = 'contributor@duinrand.example';

test('two people see each other on a criterion, and what one saves reaches the pages of the other', async ({
  server,
  signedIn,
}) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const elsewhere = await server.another();
  const [hers, his] = await Promise.all([signedIn(coordinator), signedIn(contributor, { at: elsewhere.origin })]);
  await hers.goto(criterionOf(duinrand, 'II.3.a'));
  const stream = his.waitForResponse((response) => response.url().includes('/events?'));
  await his.goto(criterionOf(duinrand, 'II.3.a'));
  await stream;
  await expect(hers.getByText('heeft dit criterium ook open')).toBeVisible();
  await expect(his.getByText('heeft dit criterium ook open')).toBeVisible();

  // The other process says it, too; she has nothing typed, so that the newer text takes its place.
  await saveExplanation(his, 'Elke klant krijgt binnen twee dagen een vaste behandelaar.');
  await expect(explanationOf(hers)).toHaveValue('Elke klant krijgt binnen twee dagen een vaste behandelaar.');
  await expect(hers.getByText(/ heeft II\.3\.a opgeslagen/)).toBeVisible();
  await expect(hers.getByText('is dit antwoord aan het typen')).toBeVisible();
  await expectAccessible(hers);

  // What she is typing stays hers when he saves once more; she is asked which text stays.
  await explanationOf(hers).pressSequentially(' En een brief.', { delay: 5 });
  await expectSaved(hers);
  await explanationOf(hers).focus();
  await his.goto(`/assessments/${duinrand.assessmentId}/outline?at=II.3.a`);
  await expect(his.getByText(/heeft dit open|is hier aan het typen/)).toBeVisible();
  await expectAccessible(his);

  const overview = his.getByRole('link', { name: /^II\.3\.b/ });
  await expect(overview).toBeVisible();
  await hers.goto(criterionOf(duinrand, 'II.3.b'));
  await saveExplanation(hers, 'Klanten kiezen zelf tussen bellen, mailen en bezoek.');
  await expect(his.getByText(/ heeft II\.3\.b opgeslagen/)).toBeVisible();
  await his.close();
  await elsewhere.stop();
});

test('a text that is under somebody’s hands is never replaced', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const [hers, his] = await Promise.all([signedIn(coordinator), signedIn(contributor)]);
  await Promise.all([hers.goto(criterionOf(duinrand, 'II.3.c')), his.goto(criterionOf(duinrand, 'II.3.c'))]);
  await saveExplanation(hers, 'Van haar.');
  await expect(explanationOf(his)).toHaveValue('Van haar.');
  await explanationOf(his).focus();
  await saveExplanation(hers, 'Van haar, en langer.');
  await expect(his.getByText(/ heeft II\.3\.c opgeslagen/)).toBeVisible();
  await expect(explanationOf(his)).toHaveValue('Van haar.');
  await explanationOf(his).fill('Van hem.');
  await expect(his.locator('#conflict')).toContainText('Van haar, en langer.');
  await his.getByRole('link', { name: 'Kies welke tekst blijft' }).press('Enter');
  await expect(his.locator('#conflict')).toBeFocused();
  await his.getByRole('button', { name: 'Mijn tekst bewaren' }).press('Enter');
  await expect(explanationOf(his)).toBeFocused();
  await expectSaved(his);
  expect((await savedTexts(server.db, duinrand, 'II.3.c')).slice(-3)).toEqual([
    'Van haar.',
    'Van haar, en langer.',
    'Van hem.',
  ]);
});

test('a round that is closed while somebody types leaves the text readable, with why', async ({ server, signedIn }) => {
  const insurer = await makeInsurer(server.db);
  const page = await signedIn(insurer.people.coordinator.email);
  await page.goto(criterionOf(insurer, 'I.2.a'));
  await page.context().setOffline(true);
  await explanationOf(page).fill('Wat ik nog wilde zeggen.');
  await expect(saveStatusOf(page)).toHaveText(/Geen verbinding/);
  await closeAssessment(
    { actor: await demoPerson(server.db, 'lead@toezicht.example'), db: server.db, now: new Date() },
    { assessmentId: insurer.assessmentId, reasonKind: 'other', reason: 'Op verzoek.' },
  );
  await page.context().setOffline(false);
  await expect(
    page.getByText(/Niet opgeslagen: de zelfbeoordeling kan niet meer|Op dit apparaat staat nog tekst/),
  ).toBeVisible();
  await page.reload();
  await expect(page.getByText('Op dit apparaat staat nog tekst die niet is opgeslagen').first()).toBeVisible();
  await expect(page.getByText('Wat ik nog wilde zeggen.')).toBeVisible();
});

test('a colleague who is removed while typing keeps the text on the page', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const leaving = 'signatory@duinrand.example';
  const person = await demoPerson(server.db, leaving);
  await as(server.db, 'trede_administrator', (tx) =>
    tx
      .update(memberships)
      .set({ roles: ['contributor', 'signatory'] })
      .where(eq(memberships.id, person.membershipId)),
  );
  const page = await signedIn(leaving);
  await page.goto(criterionOf(duinrand, 'II.4.b'));
  await explanationOf(page).fill('Voor het laatst');
  await expectSaved(page);
  await as(server.db, 'trede_administrator', (tx) =>
    tx
      .update(memberships)
      .set({ endedAt: new Date() })
      .where(and(eq(memberships.id, person.membershipId), isNull(memberships.endedAt))),
  );
  await explanationOf(page).fill('Voor het laatst, en nog iets.');
  const told = page.getByRole('alert').filter({ hasText: 'Niet opgeslagen: uw toegang is beëindigd' });
  await expect(told).toContainText('Voor het laatst, en nog iets.');
  // Signing in again could not help.
  await expect(told.getByRole('link')).toHaveCount(0);
  await expect(explanationOf(page)).toHaveValue('Voor het laatst, en nog iets.');
  expect((await savedTexts(server.db, duinrand, 'II.4.b')).at(-1)).toBe('Voor het laatst');
  await as(server.db, 'trede_administrator', (tx) =>
    tx
      .update(memberships)
      .set({ endedAt: null, roles: person.roles as ('signatory' | 'reader')[] })
      .where(eq(memberships.id, person.membershipId)),
  );
});

test('criteria whose text this device still holds are named one by one', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn('coordinator@duinrand.example');
  const { userId } = await demoPerson(server.db, 'coordinator@duinrand.example');
  await page.clock.install();
  await page.goto(criterionOf(duinrand, 'II.4.b'));
  await page.evaluate((start) => {
    const draft = JSON.stringify({ version: 0, response: null, explanation: 'Nog niet verstuurd.', at: 1 });
    for (const key of ['II.2.a', 'II.2.b', 'II.3.a']) localStorage.setItem(`${start}${key}#window`, draft);
  }, `trede:draft:${userId}:${duinrand.assessmentId}:`);
  await expect(async () => {
    await page.clock.fastForward(8_000);
    await expect(page.getByText('Op dit apparaat staat nog tekst')).toHaveText(
      'Op dit apparaat staat nog tekst die niet is opgeslagen: II.2.a, II.2.b en II.3.a',
      { timeout: 500 },
    );
  }).toPass();
});
