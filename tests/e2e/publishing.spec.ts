import { and, eq, isNull } from 'drizzle-orm';
import { users } from '#db/schema/identity.ts';
import { assignments } from '#db/schema/reviews.ts';
import { demoNameOf, demoSupervisor } from '#db/seed/demo-accounts.ts';
import { approveOutcome } from '#services/reviews/approve-outcome.ts';
import { demoPerson, openAssessment } from '../support/demo.ts';
import { expect, expectAccessible, test } from '../support/e2e.ts';
import { as } from '../support/insurer-work.ts';

const reason = 'Een stuk bij onderdeel III is alsnog meegewogen.';

test('a lead plans publishing, the outcome comes out by itself, and a correction leaves both versions to read', async ({
  server,
  signedIn,
}) => {
  const { assessmentId, roundId } = await openAssessment(server.db, 'heidezicht.example');
  const [assigned] = await as(server.db, 'trede_supervisor', (tx) =>
    tx
      .select({ email: users.email })
      .from(assignments)
      .innerJoin(users, eq(users.id, assignments.userId))
      .where(and(eq(assignments.assessmentId, assessmentId), isNull(assignments.endedAt))),
  );
  const [lead, insurer, reviewer] = await Promise.all([
    signedIn('lead@toezicht.example'),
    signedIn('signatory@heidezicht.example'),
    signedIn(assigned?.email ?? ''),
  ]);
  await insurer.goto(`/assessments/${assessmentId}`);
  await expect(insurer.locator('main').getByText('In besluitvorming').first()).toBeVisible();
  await expect(insurer.getByText('De toezichthouder stelt de uitkomst vast').first()).toBeVisible();
  await lead.goto(`/reviews/${assessmentId}`);
  await expect(lead.locator('dt', { hasText: 'Stand' }).locator('+ dd')).toHaveText('Vastgesteld');
  await lead.goto(`/rounds/${roundId}/outcomes`);
  await expect(lead.locator('#waiting')).toBeVisible();
  await plan('2020-01-01', '09:00');
  await expect(lead.locator('main').getByRole('alert')).toContainText('Kies een moment in de toekomst.');
  await plan('2099-01-01', '09:00');
  await expect(lead.getByText('De publicatie is gepland')).toBeVisible();
  await expect(lead.getByText('1 januari 2099 om 09:00')).toBeVisible();
  await expectAccessible(lead);
  await lead.locator('summary', { hasText: 'Planning intrekken' }).click();
  await lead.getByRole('button', { name: 'Planning intrekken' }).click();
  await expect(lead.getByText('De planning is ingetrokken')).toBeVisible();
  // Within seconds: the process that serves the page takes the job out of the queue.
  const soon = new Date(Date.now() + 3_000);
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Amsterdam',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const [day = '', time = ''] = clock.format(soon).split(' ');
  await plan(day, time);
  await expect(lead.getByText('De publicatie is gepland')).toBeVisible();
  await expect(async () => {
    await insurer.goto('/dashboards');
    await expect(insurer.getByRole('link', { name: /2017-2018/ })).toHaveCount(1, { timeout: 500 });
  }).toPass({ timeout: 15_000 });

  await lead.goto(`/reviews/${assessmentId}`);
  await lead.locator('summary', { hasText: 'Uitkomst herzien' }).click();
  await lead.getByRole('textbox', { name: 'Reden' }).fill(reason);
  await lead.getByRole('button', { name: 'Uitkomst herzien' }).click();
  await expect(lead.getByText('In beoordeling').first()).toBeVisible();
  await insurer.getByRole('link', { name: /2017-2018/ }).click();
  await insurer.waitForURL(/\/dashboards\/[0-9a-f-]{36}/);
  await expect(async () => {
    await insurer.reload();
    await expect(insurer.getByText('Deze uitkomst wordt herzien')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  const first = insurer.url();

  await reviewer.goto(`/reviews/${assessmentId}`);
  await reviewer.locator('summary', { hasText: 'Uitkomst voorstellen' }).click();
  await reviewer.getByRole('button', { name: 'Uitkomst voorstellen' }).click();
  await expect(reviewer.getByText('Ter vaststelling').first()).toBeVisible();
  await lead.reload();
  await expect(lead.getByText(`Voorgesteld door ${demoNameOf(assigned?.email ?? '')}`)).toBeVisible();
  await lead.locator('summary', { hasText: 'Uitkomst goedkeuren' }).click();
  await lead.getByRole('button', { name: 'Uitkomst goedkeuren' }).click();
  await expect(lead.getByText(`Goedgekeurd door ${demoNameOf('lead@toezicht.example')}`)).toBeVisible();
  await lead.locator('summary', { hasText: 'Uitkomst publiceren' }).click();
  await lead.getByRole('button', { name: 'Uitkomst publiceren' }).click();
  await expect(lead.getByText('Uitkomst bekend').first()).toBeVisible();

  await expect(async () => {
    await insurer.goto(first);
    await expect(insurer.getByText('Deze versie is vervangen door versie 2')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await insurer.getByRole('link', { name: 'Naar de nieuwste versie' }).click();
  await expect(insurer.getByText('Waarom versie 2 er is')).toBeVisible();
  await expect(insurer.getByText(reason).first()).toBeVisible();
  await expectAccessible(insurer);
  // The supervisor reads the earlier version too.
  await expect(async () => {
    await lead.goto(first);
    await expect(lead.getByText('Deze versie is vervangen door versie 2')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  for (const page of [first, insurer.url()]) {
    await insurer.goto(page);
    for (const { name } of Object.values(demoSupervisor.people)) {
      await expect(insurer.locator('body')).not.toContainText(name);
    }
  }

  async function plan(day: string, time: string) {
    await lead.getByRole('radio', { name: /Alle vastgestelde/ }).check();
    await lead.getByLabel('Dag').fill(day);
    await lead.getByLabel('Tijd').fill(time);
    await lead.getByRole('button', { name: 'Publicatie plannen' }).click();
  }
});

test('a lead looks at what is ready as its insurer will, and publishes it all at once, without script', async ({
  server,
  signedIn,
}) => {
  const { assessmentId, roundId } = await openAssessment(server.db, 'polderhuis.example');
  const actor = await demoPerson(server.db, 'lead@toezicht.example');
  await approveOutcome(
    { actor, db: server.db, now: new Date() },
    { assessmentId, approved: ['I', 'II', 'III', 'IV', 'V'] },
  );
  const [lead, insurer] = await Promise.all(
    ['lead@toezicht.example', 'signatory@polderhuis.example'].map((email) =>
      signedIn(email, { javaScriptEnabled: false }),
    ),
  );
  if (!lead || !insurer) throw new Error('two people');
  await lead.goto(`/rounds/${roundId}/outcomes`);
  await lead.getByRole('link', { name: 'Bekijken zoals de verzekeraar' }).last().click();
  await expect(lead.getByText('Voorbeeld: zo ziet de verzekeraar de uitkomst')).toBeVisible();
  const shown = await lead.locator('main article').allInnerTexts();
  expect(shown).toHaveLength(5);
  await lead.goBack();
  await lead
    .getByText(/Publiceer (alle \d|de uitkomst)/)
    .first()
    .click();
  await lead.getByRole('button', { name: /Publiceer (alle \d|de uitkomst)/ }).click();
  await expect(lead.getByRole('status')).toBeVisible();
  // The platform publishes one after the other.
  await expect(async () => {
    await lead.reload();
    await expect(lead.getByText('Uitkomst publiceren')).toHaveCount(0, { timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await insurer.goto('/dashboards');
  await insurer
    .locator('main')
    .getByRole('link', { name: /2017-2018/ })
    .first()
    .click();
  await expect(insurer).toHaveURL(/\/dashboards\/[0-9a-f-]{36}/);
  expect(await insurer.locator('main article').allInnerTexts()).toEqual(shown);
});
