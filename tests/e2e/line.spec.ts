import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { makeOrganisation, makePerson, makeRound, type Person } from '#db/seed/builders.ts';
import { demoPassword } from '#db/seed/demo-accounts.ts';
import { answerAll } from '#db/seed/demo-insurer.ts';
import { hashPassword } from '#services/sessions/password.ts';
import { explanationOf } from '../support/criterion-page.ts';
import { demoPerson } from '../support/demo.ts';
import { expect, type Server, test } from '../support/e2e.ts';
import { frameworkOf } from '../support/insurer-work.ts';

const insurerName = 'Rechtweg Schade';

test('from an empty assessment to the dashboard', async ({ server, signedIn }) => {
  test.slow();
  const taking = await openRoundWithoutHearing(server);
  const { assessmentId, roundId } = taking;
  const [coordinator, signatory, reviewer, lead] = await Promise.all([
    signedIn(taking.coordinator.email),
    signedIn(taking.signatory.email),
    signedIn('reviewer@toezicht.example'),
    signedIn('lead@toezicht.example'),
  ]);
  await test.step('the insurer says what it is, and answers', () => answer(coordinator, server, taking));
  await test.step('the signatory signs, submits and keeps the receipt', () => sign(signatory, assessmentId));
  await test.step('the lead assigns from the queue', () => assign(lead, server));
  await test.step('the reviewer starts and judges', () => judge(reviewer));
  await test.step('the reviewer determines and proposes', () => determineAndPropose(reviewer));
  await test.step('the insurer reads that it is being decided', async () => {
    await coordinator.goto(`/assessments/${assessmentId}`);
    await expect(coordinator.locator('main header')).toContainText('In besluitvorming');
  });
  await test.step('the lead sends back with a reason, which the reviewer reads before proposing again', () =>
    sendBack(lead, reviewer, assessmentId));
  await test.step('the lead approves the difference by name, publishes and makes a release', () =>
    publish(lead, assessmentId, roundId));
  await test.step('the insurer sees its outcome', () => seeOutcome(coordinator));
});

type Taking = { coordinator: Person; signatory: Person; assessmentId: string; roundId: string };

/** An insurer that takes part for the first time, in a round that hears nobody; the hearing has a journey of its own. */
async function openRoundWithoutHearing({ db }: Server): Promise<Taking> {
  const at = new Date();
  const organisation = await makeOrganisation(db, { kind: 'insurer', name: insurerName, number: 'V-2001', at });
  const passwordHash = await hashPassword(demoPassword);
  const person = (role: 'coordinator' | 'signatory') =>
    makePerson(db, { organisation, email: `${role}@rechtweg.example`, name: role, roles: [role], passwordHash, at });
  const [coordinator, signatory] = [await person('coordinator'), await person('signatory')];
  const administrator = await demoPerson(db, 'administrator@toezicht.example');
  const { ref: frameworkRef } = await frameworkOf(db);
  const { round, assessments } = await makeRound(db, {
    administrator,
    frameworkRef,
    organisations: [organisation],
    now: at,
  });
  const assessmentId = assessments.get(organisation.id)?.id ?? '';
  return { coordinator, signatory, assessmentId, roundId: round.id };
}

async function answer(page: Page, server: Server, taking: Taking) {
  await page.goto('/assessments');
  await page.getByRole('link', { name: 'Profielvragen beantwoorden' }).last().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Profielvragen');
  for (const yes of await page.getByRole('radio', { name: 'Ja', exact: true }).all()) await yes.check();
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await page.getByRole('link', { name: 'Beginnen met I.2.a' }).click();
  for (const [key, next] of [
    ['I.2.a', 'I.2.b'],
    ['I.2.b', 'I.2.c'],
  ] as const) {
    await expect(page).toHaveURL(new RegExp(`/criteria/${key}$`));
    await page.getByRole('radio', { name: 'Ja, wij voldoen hier minimaal aan' }).check();
    await explanationOf(page).fill(`Zo doen wij het bij ${key}.`);
    await page.getByRole('button', { name: 'Opslaan en volgende' }).click();
    await expect(page).toHaveURL(new RegExp(`/criteria/${next}$`));
  }
  await answerTheRest(server, taking);
}

/** By the verb, with evidence where the norm asks it: forty-two more pages would prove nothing new. */
async function answerTheRest({ db, storage }: Server, { assessmentId, coordinator }: Taking) {
  const { criteria } = await frameworkOf(db);
  const rest = criteria
    .filter(({ key }) => key !== 'I.2.a' && key !== 'I.2.b')
    .map((criterion) => ({
      criterion,
      response: 'met' as const,
      explanation: `Zo doen wij het bij ${criterion.key}.`,
      evidence: criterion.evidenceAsked
        ? { kind: 'web_address' as const, title: 'Jaarverslag', aboutPeriod: '', locator: 'blz. 4' }
        : null,
    }));
  await answerAll({ db, storage, assessmentId, coordinator }, rest, new Date());
}

async function sign(page: Page, assessmentId: string) {
  await page.goto('/assessments');
  await page.getByRole('link', { name: 'Controleren en ondertekenen' }).last().click();
  await expect(page.getByText('Niets staat indienen in de weg')).toBeVisible();
  await page.getByLabel('Uw functie').fill('Directeur');
  await page.getByLabel('Uw wachtwoord').fill('verkeerd');
  await page.getByRole('button', { name: 'Ondertekenen en indienen' }).click();
  await expect(page.getByRole('link', { name: 'Kruis aan dat u de verklaring aflegt' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Dit wachtwoord is niet goed/ })).toBeVisible();
  await page.getByLabel('Uw wachtwoord').fill(demoPassword);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Ondertekenen en indienen' }).click();
  await expect(page).toHaveURL(`/assessments/${assessmentId}/receipt`);

  const shown = await page.locator('.hash').innerText();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Ondertekend bestand downloaden (JSON)' }).click();
  const file = await readFile(await (await download).path());
  expect(createHash('sha256').update(file).digest('hex')).toBe(shown.replace(/\s/g, ''));
  expect(JSON.parse(file.toString())).toMatchObject({ answers: expect.anything() });
}

async function assign(page: Page, { db }: Server) {
  const { userId } = await demoPerson(db, 'reviewer@toezicht.example');
  await page.goto('/reviews');
  await page.getByLabel(`${insurerName} kiezen`).check();
  await page.getByLabel('Wijs gekozen zaken toe aan').selectOption(userId);
  await page.getByRole('button', { name: 'Toewijzen' }).click();
  const line = page.getByRole('row', { name: new RegExp(insurerName) });
  await expect(line).not.toContainText('niemand');
}

async function judge(page: Page) {
  await page.goto('/reviews');
  await page.getByRole('link', { name: insurerName }).click();
  await page.getByRole('button', { name: 'Beoordelen beginnen' }).click();
  await page.getByRole('link', { name: /profielvragen vragen nog een oordeel/ }).click();
  for (const left of [2, 1, 0]) {
    const open = page.locator('li').filter({ has: page.getByText('nog te beoordelen', { exact: true }) });
    const first = open.first();
    await first.getByRole('radio', { name: /^Ja/ }).check();
    await first.getByRole('button', { name: 'Oordeel geven' }).click();
    await expect(open).toHaveCount(left);
  }
  await page.getByRole('navigation', { name: 'Onderdelen' }).getByRole('link', { name: /^V / }).click();
  await page.getByRole('navigation', { name: 'Criteria van onderdeel V' }).locator('a', { hasText: '5.a' }).click();
  await expect(page).toHaveURL(/criterion=V\.5\.a$/);
  await page.getByRole('radio', { name: /^Nee/ }).check();
  await expect(page.getByText('Onderdeel V: berekend van 5 naar 4. Totaal: van 5,0 naar 4,8.')).toBeVisible();
  await page.getByRole('button', { name: 'Oordeel geven en volgende' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Kies een grond en vul een reden in' })).toBeVisible();
  await page.getByRole('radio', { name: /^niet aangetoond/ }).check();
  await page.getByRole('textbox', { name: /^Reden/ }).fill('De online-omgeving was er pas na de referentieperiode.');
  await page.getByRole('button', { name: 'Oordeel geven en volgende' }).click();
  await expect(page).not.toHaveURL(/criterion=V\.5\.a$/);

  await page.goto(overviewOf(page));
  await page.getByRole('link', { name: /^Onderdeel I: 13 criteria vragen/ }).click();
  await page.getByRole('link', { name: 'Onbetwiste criteria in één keer bevestigen (9)' }).click();
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(9);
  await page.goto(page.url().replace(/\?section=I$/, ''));
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(39);
  await page.getByRole('button', { name: 'Gekozen criteria bevestigen' }).click();
  await expect(page).not.toHaveURL(/undisputed/);
  // What is judged from claim files asks for a look of its own.
  for (const key of ['I.3.c', 'I.3.d', 'I.4.c', 'I.5.a']) {
    await page.goto(`${overviewOf(page)}/sections/I?criterion=${key}`);
    await page.getByRole('radio', { name: /^Ja/ }).check();
    await page.getByRole('button', { name: 'Oordeel geven en volgende' }).click();
    await expect(page).not.toHaveURL((url) => url.search.endsWith(key));
  }
}

async function determineAndPropose(page: Page) {
  const overview = overviewOf(page);
  await page.goto(overview);
  for (const key of ['I', 'II', 'III', 'IV', 'V']) {
    const link = page.getByRole('link', { name: `Onderdeel ${key}: conceptscore bepalen` });
    await link.click();
    if (key === 'II') await determineOtherwise(page);
    else await page.getByRole('button', { name: 'Conceptscore bewaren' }).click();
    await expect(page).toHaveURL(overview);
    await expect(link).toHaveCount(0);
  }
  await propose(page);
}

async function propose(page: Page) {
  await page.locator('summary', { hasText: 'Uitkomst voorstellen' }).click();
  await page.getByRole('button', { name: 'Uitkomst voorstellen' }).click();
  await expect(page.getByText('Ter vaststelling', { exact: true })).toBeVisible();
}

/** Nothing goes back without a reason, and whoever proposed decides nothing of it. */
async function sendBack(lead: Page, reviewer: Page, assessmentId: string) {
  await reviewer.goto(`/reviews/${assessmentId}`);
  // The list under ? names the step for whoever has it; nothing on the page offers it.
  await expect(reviewer.getByText('Uitkomst goedkeuren').filter({ visible: true })).toHaveCount(0);
  await lead.goto(`/reviews/${assessmentId}`);
  await lead.locator('summary', { hasText: 'Terug naar de beoordelaar' }).click();
  const back = lead.getByRole('button', { name: 'Terug naar de beoordelaar' });
  await back.click();
  await expect(lead.getByRole('alert').filter({ hasText: 'reden' })).toBeVisible();
  await lead.getByRole('textbox', { name: /^Reden/ }).fill('Licht de 4 voor onderdeel II nog eens na.');
  await back.click();
  await expect(lead.locator('dt', { hasText: 'Stand' }).locator('+ dd')).toHaveText('In beoordeling');
  await reviewer.goto(`/reviews/${assessmentId}`);
  await expect(reviewer.locator('main')).toContainText('Licht de 4 voor onderdeel II nog eens na.');
  await propose(reviewer);
}

async function determineOtherwise(page: Page) {
  await page.getByRole('radio', { name: /^4/ }).check();
  await expect(page.getByText(/^Berekend 5, conceptscore 4\. Totaal: van 4,8 naar 4,6\./)).toBeVisible();
  await page.getByRole('button', { name: 'Conceptscore bewaren' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Vul een reden in' })).toBeVisible();
  await expect(page.getByRole('radio', { name: /^4/ })).toBeChecked();
  await page.getByRole('textbox', { name: /^Reden/ }).fill('De praktijk is nog te kort zichtbaar voor een 5.');
  await page.getByRole('button', { name: 'Conceptscore bewaren' }).click();
}

async function publish(page: Page, assessmentId: string, roundId: string) {
  await page.goto(`/reviews/${assessmentId}`);
  await page.locator('summary', { hasText: 'Uitkomst goedkeuren' }).click();
  await page.getByRole('button', { name: 'Uitkomst goedkeuren' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Keur elk verschil' })).toBeVisible();
  await page.getByRole('checkbox', { name: /^II .*: berekend 5, vastgesteld 4$/ }).check();
  await page.getByRole('button', { name: 'Uitkomst goedkeuren' }).click();
  await expect(page.locator('dt', { hasText: 'Stand' }).locator('+ dd')).toHaveText('Vastgesteld');
  await page.locator('summary', { hasText: 'Uitkomst publiceren' }).click();
  await page.getByRole('button', { name: 'Uitkomst publiceren' }).click();
  await expect(page.getByText('Uitkomst bekend', { exact: true })).toBeVisible();

  await page.goto(`/rounds/${roundId}/outcomes`);
  await page.locator('summary', { hasText: 'Sectorbeeld maken' }).click();
  await page.getByRole('button', { name: 'Sectorbeeld maken' }).click();
  await expect(page.getByText(/^Sectorbeeld 1/)).toBeVisible();
}

async function seeOutcome(page: Page) {
  await page.goto('/assessments');
  await page.getByRole('link', { name: 'Naar uw dashboard' }).first().click();
  const total = page.getByRole('region', { name: /De uitkomst van deze ronde|sector|vorige ronde/i }).first();
  await expect(total).toContainText('4,6');
  await expect(total).toContainText('te weinig verzekeraars');
  const second = page.locator('article#II');
  await expect(second).toContainText('De praktijk is nog te kort zichtbaar voor een 5.');
  await expect(second).toContainText('berekend 5, vastgesteld 4');
  const fifth = page.locator('article#V');
  await expect(fifth.getByRole('heading', { level: 3 })).toContainText(/score 4|van 4 naar 5/);
  await fifth.locator('summary').click();
  const row = fifth.getByRole('row', { name: /^V\.5\.a/ });
  await expect(row).toContainText('Zo doen wij het bij V.5.a.');
  await expect(row).toContainText('De online-omgeving was er pas na de referentieperiode.');
}

/** The page of the case that is open in the workspace. */
const overviewOf = (page: Page) => page.url().replace(/(\/reviews\/[^/?]+).*/, '$1');
