import { and, eq, isNull } from 'drizzle-orm';
import { sessions } from '#db/schema/identity.ts';
import { criterionOf, expectSaved, explanationOf, saveExplanation, saveStatusOf } from '../support/criterion-page.ts';
import { demoPerson, openAssessment, savedTexts } from '../support/demo.ts';
import { expect, fillSignIn, test } from '../support/e2e.ts';
import { as } from '../support/insurer-work.ts';

const coordinator = 'coordinator@duinrand.example';
const contributor = 'contributor@duinrand.example';

test('what one types, a colleague sees once it says saved', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const [page, watching] = await Promise.all([signedIn(contributor), signedIn(coordinator)]);
  await page.goto(criterionOf(duinrand, 'V.2.a'));
  await page.getByRole('radio', { name: 'Deels' }).check();
  await expectSaved(page);
  await saveExplanation(page, 'De website noemt alle eisen, behalve de termijnen.');

  await watching.goto(criterionOf(duinrand, 'V.2.a'));
  await expect(explanationOf(watching)).toHaveValue('De website noemt alle eisen, behalve de termijnen.');
  await expect(watching.getByRole('radio', { name: 'Deels' })).toBeChecked();
});

test('text that was not sent yet survives a closed tab', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn(contributor);
  await page.goto(criterionOf(duinrand, 'V.2.b'));
  // Nothing gets out any more, not even as the tab closes: only the device can have kept the text.
  await page.context().route('**', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await explanationOf(page).fill('Ons noodnummer wordt dag en nacht opgenomen.');
  await expect(saveStatusOf(page)).toHaveText(/Niet opgeslagen|Geen verbinding/);
  await page.close();

  const again = await page.context().newPage();
  await again.goto(criterionOf(duinrand, 'V.2.b'));
  await expect(explanationOf(again)).toHaveValue('Ons noodnummer wordt dag en nacht opgenomen.');
  await page.context().unroute('**');
  await expectSaved(again);
  expect(await savedTexts(server.db, duinrand, 'V.2.b')).toEqual(['Ons noodnummer wordt dag en nacht opgenomen.']);
});

test('a lost connection is shown, and the text goes out when it is back', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn(contributor);
  await page.goto(criterionOf(duinrand, 'V.3.a'));
  await page.context().setOffline(true);
  await explanationOf(page).fill('De brief over de contra-expert gaat mee met elke afspraak.');
  await expect(saveStatusOf(page)).toHaveText(/^Geen verbinding\. Uw tekst staat op dit apparaat/);
  await expect(saveStatusOf(page).getByRole('button', { name: 'Probeer opnieuw' })).toBeVisible();
  await page.context().setOffline(false);
  await expectSaved(page);
  expect(await savedTexts(server.db, duinrand, 'V.3.a')).toEqual([
    'De brief over de contra-expert gaat mee met elke afspraak.',
  ]);
});

test('after an expired session one comes back to the same page, with the text', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn(contributor);
  await page.goto(criterionOf(duinrand, 'V.4.a'));
  const { membershipId } = await demoPerson(server.db, contributor);
  await as(server.db, 'trede_system', (tx) =>
    tx
      .update(sessions)
      .set({ revokedAt: new Date() })
      .where(and(eq(sessions.membershipId, membershipId), isNull(sessions.revokedAt))),
  );
  await explanationOf(page).fill('Elke afwijzing noemt de reden en de weg naar het Kifid.');
  await expect(page.getByText('U bent afgemeld, uw tekst is bewaard')).toBeVisible();
  await expect(explanationOf(page)).toHaveValue('Elke afwijzing noemt de reden en de weg naar het Kifid.');

  await page.getByRole('link', { name: 'Meld u aan en ga hier verder' }).click();
  await page.waitForURL(/sign-in/);
  await fillSignIn(page, contributor);
  await expect(page).toHaveURL(criterionOf(duinrand, 'V.4.a'));
  await expect(explanationOf(page)).toHaveValue('Elke afwijzing noemt de reden en de weg naar het Kifid.');
  await expectSaved(page);
  expect(await savedTexts(server.db, duinrand, 'V.4.a')).toEqual([
    'Elke afwijzing noemt de reden en de weg naar het Kifid.',
  ]);
});

test('a server that is killed before it could say “saved” saves once', async ({ server, signedIn }) => {
  const duinrand = await openAssessment(server.db, 'duinrand.example');
  const page = await signedIn(contributor);
  await page.goto(criterionOf(duinrand, 'V.5.a'));
  let killed = false;
  await page.route('**', async (route) => {
    if (killed || route.request().method() !== 'POST') return route.continue();
    killed = true;
    // The server has it; its word never arrives.
    await route.fetch();
    await server.killAndRestart();
    await route.abort('connectionreset');
  });
  await explanationOf(page).fill('Klanten volgen hun claim in Mijn Duinrand.');
  await expect(saveStatusOf(page)).toHaveText(/^Opslaan…/);
  await expect.poll(() => killed).toBe(true);
  await expect(saveStatusOf(page)).toHaveText(/^Opgeslagen \d\d:\d\d/, { timeout: 45_000 });
  expect(await savedTexts(server.db, duinrand, 'V.5.a')).toEqual(['Klanten volgen hun claim in Mijn Duinrand.']);
});
