import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { informationRequests } from '#db/schema/requests.ts';
import { demoPdf } from '#db/seed/demo-file.ts';
import { demoPerson, openAssessment } from '../support/demo.ts';
import { expect, expectAccessible, type Server, test } from '../support/e2e.ts';
import { as } from '../support/insurer-work.ts';

const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(demoPdf(name)) });

test('files go with a supplement, one from the library too, and the reviewer opens them beside the answer', async ({
  server,
  signedIn,
}) => {
  const { assessmentId, requestId } = await ask(server, 'III.2.a');
  const [coordinator, reviewer] = await Promise.all([
    signedIn('coordinator@waterkant.example'),
    signedIn('reviewer@toezicht.example'),
  ]);
  await coordinator.goto(`/assessments/${assessmentId}/requests/${requestId}`);
  const files = coordinator.locator('#enclosures');
  await files.locator('summary', { hasText: 'Bestand toevoegen' }).click();
  await upload(coordinator, [pdf('Meting april.pdf'), pdf('Verkeerd.pdf')]);
  await expect(files.getByRole('link', { name: 'Meting april' })).toBeVisible();
  const wrong = files.getByRole('listitem').filter({ hasText: 'Verkeerd' }).filter({ hasText: 'Weghalen' });
  await wrong.locator('summary', { hasText: 'Weghalen' }).click();
  await wrong.getByRole('button', { name: 'Weghalen' }).click();
  await expect(files.getByRole('link', { name: 'Verkeerd' })).toHaveCount(0);

  await files.locator('summary', { hasText: 'Eerder bewijs kiezen' }).click();
  const piece = files.getByLabel('Bewijsstuk', { exact: true });
  await piece.fill('Bestaat niet');
  await files.getByRole('button', { name: 'Meesturen' }).click();
  await expect(files.getByRole('alert')).toContainText('Geen bewijsstuk heet zo');
  const title = String(await files.locator('datalist option').first().getAttribute('value'));
  await piece.fill(title);
  await files.getByRole('button', { name: 'Meesturen' }).click();
  await expect(files.getByRole('link', { name: title })).toBeVisible();
  await expectAccessible(coordinator);

  await coordinator.locator('summary', { hasText: 'Aanvulling versturen' }).click();
  await coordinator.getByRole('button', { name: 'Versturen' }).click();
  await expect(coordinator.getByText('Dit wordt niet meer gewijzigd.')).toBeVisible();
  await expect(files.getByRole('link', { name: 'Meting april' })).toBeVisible();
  await expect(files.locator('summary')).toHaveCount(0);

  await reviewer.goto(`/reviews/${assessmentId}/sections/III?criterion=III.2.a`);
  const sent = reviewer.locator('.enclosed li').filter({ hasText: 'Meting april' });
  const [download] = await Promise.all([
    reviewer.waitForEvent('download'),
    sent.getByRole('link', { name: 'Downloaden' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Meting april.pdf');
  await sent.getByRole('button', { name: 'Bekijken' }).click();
  await expect(sent.locator('canvas')).toBeVisible();
  await expectAccessible(reviewer);
});

test('a file goes with an objection, and away again, without script', async ({ server, signedIn }) => {
  const { assessmentId } = await openAssessment(server.db, 'noorderhof.example');
  const signatory = await signedIn('signatory@noorderhof.example', { javaScriptEnabled: false });
  await signatory.goto(`/assessments/${assessmentId}/draft-outcome`);
  const section = signatory.locator('#statement-III-files');
  await section.locator('summary', { hasText: 'Bestand toevoegen' }).click();
  await section.getByLabel('Bestanden', { exact: true }).setInputFiles([pdf('Bezwaren.pdf')]);
  await section.getByRole('button', { name: 'Bestanden toevoegen' }).click();
  await expect(signatory).toHaveURL(/draft-outcome\?.*#statement-III$/);
  await expect(section.getByRole('link', { name: 'Bezwaren' })).toBeVisible();
  await expect(signatory.locator('#statement-II-files')).toContainText('Nog niets toegevoegd');
  await section.locator('summary', { hasText: 'Weghalen' }).click();
  await section.getByRole('button', { name: 'Weghalen' }).click();
  await expect(section.getByRole('link', { name: 'Bezwaren' })).toHaveCount(0);
});

async function upload(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]) {
  await page.getByLabel('Bestanden', { exact: true }).setInputFiles(files);
  await page.getByRole('button', { name: 'Bestanden toevoegen' }).click();
}

/** A question that is open to the insurer whose case is in review. */
async function ask({ db }: Server, criterionKey: string) {
  const { assessmentId, organisationId } = await openAssessment(db, 'waterkant.example');
  const reviewer = await demoPerson(db, 'reviewer@toezicht.example');
  const [requestId, now] = [randomUUID(), Date.now()];
  await as(db, 'trede_supervisor', (tx) =>
    tx.insert(informationRequests).values({
      id: requestId,
      assessmentId,
      organisationId,
      criterionKey,
      question: 'Waarop berust dit?',
      termAt: new Date(now + 7 * 86_400_000),
      sentAt: new Date(now),
      sentBy: reviewer.userId,
    }),
  );
  return { assessmentId, requestId };
}
